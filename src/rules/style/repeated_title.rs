//! The rule's page is `rules/style/repeated-title.md`.

use super::is_title;
use crate::diagnostic::Report;
use crate::markup::Kind;
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RepeatedTitle {}

impl Rule for RepeatedTitle {
    fn check(&self, post: &Post, report: &mut Report) {
        if !matches!(post.kind, DocumentKind::Post | DocumentKind::Draft) {
            return;
        }
        let headings = post.constructs().headings.iter().map(|(heading, _)| *heading);
        let markdown = headings.filter(|&heading| matches!(post.tree.node(heading).kind, Kind::Heading(_)));
        for heading in markdown.filter(|&heading| is_title(post, heading)) {
            let found = report.at(post.tree.node(heading).span, "this heading repeats the title, which the layout prints");
            if let Some(title) = post.front_matter.get("title") {
                found.label(title.span, "the title");
            }
        }
    }
}
