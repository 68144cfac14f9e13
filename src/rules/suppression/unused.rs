//! The rule's page is `rules/suppression/unused.md`.

use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Unused {}

impl Rule for Unused {
    /// Nothing: `suppress.rs` reports when the other rules are done.
    fn check(&self, _post: &Post, _report: &mut Report) {}
}
