//! The rule's page is `rules/site/duplicate-title.md`.

use super::{is_read, show};
use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DuplicateTitle {}

/// More posts than these share a title on purpose: a series, a default.
const MOST: usize = 2;

impl Rule for DuplicateTitle {
    fn check(&self, post: &Post, report: &mut Report) {
        let Some(value) = post.front_matter.get("title").filter(|_| is_read(post)) else { return };
        let Some(same) = value.text().and_then(|text| post.site.same_title(post.path, text)) else { return };
        if same.others > MOST {
            return;
        }
        let found = report.at(value.span, "another post has the same title");
        show(found, same.earlier, "title", "here");
    }
}
