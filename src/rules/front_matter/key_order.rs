//! The rule's page is `rules/front-matter/key-order.md`.

use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct KeyOrder {
    /// The keys in their order; others may stand anywhere.
    order: Vec<String>,
}

impl Default for KeyOrder {
    fn default() -> KeyOrder {
        KeyOrder { order: ["layout", "title", "date", "author", "categories", "tags"].map(str::to_owned).into() }
    }
}

impl Rule for KeyOrder {
    fn check(&self, post: &Post, report: &mut Report) {
        let place = |key: &str| self.order.iter().position(|known| known == key);
        let mut last: Option<(usize, &str)> = None;
        for entry in post.front_matter.entries() {
            let Some((key, at)) = entry.key.text().and_then(|key| Some((key, place(key)?))) else { continue };
            match last {
                Some((before, other)) if at < before => {
                    report.at(entry.key.span, format!("`{key}` belongs before `{other}`"));
                    // one finding a post says it
                    return;
                }
                _ => last = Some((at, key)),
            }
        }
    }
}
