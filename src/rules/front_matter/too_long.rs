//! The rule's page is `rules/front-matter/too-long.md`.

use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TooLong {
    /// How many characters the values of these keys may have.
    limits: BTreeMap<String, usize>,
}

impl Default for TooLong {
    /// What search engines show.
    fn default() -> TooLong {
        TooLong { limits: [("title".to_owned(), 60), ("description".to_owned(), 160)].into() }
    }
}

impl Rule for TooLong {
    fn check(&self, post: &Post, report: &mut Report) {
        for (key, &limit) in &self.limits {
            let Some(value) = post.front_matter.get(key) else { continue };
            let length = value.text().map_or(0, |text| text.trim().chars().count());
            if length > limit {
                report.at(value.span, format!("`{key}` has {length} characters, more than {limit}"));
            }
        }
    }
}
