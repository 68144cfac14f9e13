use super::{Trusted, targets};
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use crate::rules::habit::Habit;
use crate::site::target::Target;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/images/letter-case.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct LetterCase {
    #[serde(skip)]
    trusted: Trusted,
}

impl Rule for LetterCase {
    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        self.trusted = Trusted::learn(newest);
        Vec::new()
    }

    fn check(&self, post: &Post, report: &mut Report) {
        for (picture, target) in targets(post, &self.trusted) {
            let Target::OtherCase { url, .. } = target else { continue };
            let found = report.at(picture.span, format!("the picture is `{url}`: letter case counts on a web server"));
            if let Some(edit) = repair(post, picture.span, &url) {
                found.fix(Safety::Safe, format!("write `{}`", edit.text), [edit]);
            }
        }
    }
}

/// The edit that gives the end of the written path the case of the real one.
fn repair(post: &Post, written: Span, actual: &str) -> Option<Edit> {
    let text = written.of(post.text);
    let mut tail = actual;
    loop {
        if !tail.is_empty()
            && let Some(start) = text.to_lowercase().rfind(&tail.to_lowercase())
            && text.is_char_boundary(start)
            && text.get(start..start + tail.len()).is_some_and(|found| found.eq_ignore_ascii_case(tail))
        {
            let start = written.start as usize + start;
            return Some(Edit::replace(Span::new(start, start + tail.len()), tail));
        }
        tail = tail.split_once('/')?.1;
    }
}
