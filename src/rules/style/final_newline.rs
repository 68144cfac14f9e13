//! The rule's page is `rules/style/final-newline.md`.

use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use crate::text::{Span, line_end};
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct FinalNewline {}

impl Rule for FinalNewline {
    fn check(&self, post: &Post, report: &mut Report) {
        if post.text.is_empty() || post.text.ends_with('\n') {
            return;
        }
        let end = Span::empty(post.text.len());
        report.at(end, "the file does not end with a newline").fix(
            Safety::Layout,
            "end the last line",
            [Edit::insert(end.start, line_end(post.text))],
        );
    }
}
