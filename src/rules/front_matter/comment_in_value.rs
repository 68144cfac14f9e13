//! The rule's page is `rules/front-matter/comment-in-value.md`.

use super::quoted;
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::post::yaml::{Node, Style};
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct CommentInValue {}

impl Rule for CommentInValue {
    fn check(&self, post: &Post, report: &mut Report) {
        for entry in post.front_matter.entries() {
            let Some(comment) = cut_off(&entry.value, post) else { continue };
            let whole = entry.value.span.to(comment);
            let text = quoted::value(whole.of(post.text));
            report.at(comment, "YAML takes this for a comment: the value ends before it").fix(
                Safety::Safe,
                format!("write `{text}`"),
                [Edit::replace(whole, text)],
            );
        }
    }
}

/// The rest of the line behind a text, where it begins with `#` and goes on without a space: `#12`, `#devops`.
fn cut_off(value: &Node, post: &Post) -> Option<Span> {
    // a value that is a word or nothing at all may have a comment that is in a hurry
    let is_text =
        value.style == Style::Plain && value.text().is_some_and(|text| text.contains(' ') || text.ends_with([':', '(', 'C', 'F']));
    let end = value.span.end as usize;
    let line = post.text.get(end..)?.split(['\n', '\r']).next()?;
    let start = line.len() - line.trim_start().len();
    let rest = line.get(start..)?.trim_end();
    let goes_on = rest.strip_prefix('#')?.starts_with(|c: char| c.is_alphanumeric());
    (is_text && start > 0 && goes_on).then(|| Span::new(end + start, end + start + rest.len()))
}
