//! The rule's page is `rules/file/unreadable.md`.

use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Unreadable {}

impl Rule for Unreadable {
    /// Nothing: what became a post was readable. `lint/read.rs` finds the others.
    fn check(&self, _post: &Post, _report: &mut Report) {}
}
