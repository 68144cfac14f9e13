//! The rule's page is `rules/file/too-large.md`.

use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// The largest file that is read, in bytes, unless the option says otherwise.
pub const LIMIT: u64 = 16 * 1024 * 1024;

#[derive(Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TooLarge {
    /// The largest file that is read, in bytes; at most 1 GiB.
    #[schemars(range(min = 1, max = 1_073_741_824))]
    limit: u64,
}

impl Default for TooLarge {
    fn default() -> TooLarge {
        TooLarge { limit: LIMIT }
    }
}

impl Rule for TooLarge {
    /// Nothing: what became a post was not too large. `lint/read.rs` finds the others.
    fn check(&self, _post: &Post, _report: &mut Report) {}
}
