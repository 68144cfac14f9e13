use super::{hazards, may_define_elsewhere};
use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::{HazardKind, Kind};
use crate::post::Post;
use crate::rules::Rule;
use crate::suggest::nearest;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/undefined-footnote.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UndefinedFootnote {}

impl Rule for UndefinedFootnote {
    fn check(&self, post: &Post, report: &mut Report) {
        let marks = hazards(post, |kind| match kind {
            HazardKind::UndefinedFootnote { name } => Some(name.as_str()),
            _ => None,
        });
        let marks: Vec<_> = marks.into_iter().filter(|(span, name)| !is_pattern(post, *span, name)).collect();
        if marks.is_empty() || may_define_elsewhere(post) {
            return;
        }
        let known: Vec<&str> = post
            .tree
            .walk()
            .filter_map(|id| match &post.tree.node(id).kind {
                Kind::FootnoteDefinition { name } => Some(name.text.as_ref()),
                _ => None,
            })
            .collect();
        for (span, name) in marks {
            let found = report.at(span, format!("there is no footnote `{name}`: the mark is printed as it stands"));
            match nearest(name, known.iter().copied().filter(|_| !is_number(name))) {
                Some(near) => {
                    found.fix(Safety::Unsafe, format!("write `[^{near}]`"), [Edit::replace(span, format!("[^{near}]"))]);
                }
                None => {
                    found.note(format!("a footnote stands on a line of its own: `[^{name}]: …`"));
                }
            }
        }
    }
}

/// Other numbers are near to any number.
fn is_number(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_digit())
}

/// A class of a regular expression: `[^a-z]`, `[^x]+`.
fn is_pattern(post: &Post, span: Span, name: &str) -> bool {
    let is_range = matches!(name.as_bytes(), [_, b'-', _, ..]);
    is_range || post.text[span.end as usize..].starts_with(['+', '*', '{', '?', '\\', '$'])
}
