//! The rule's page is `rules/front-matter/curly-quotes.md`.

use super::known_keys::{self, Kind};
use super::quoted;
use crate::diagnostic::{Edit, Report, Safety, Severity};
use crate::post::Post;
use crate::post::yaml::{Node, Style};
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// Quotes that word processors make of `"` and `'`, in pairs.
const PAIRS: [(&str, &[char], &[char]); 2] =
    [("double", &['\u{201c}', '\u{201d}', '\u{201e}'], &['\u{201c}', '\u{201d}']), ("single", &['\u{2018}'], &['\u{2019}'])];

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct CurlyQuotes {}

impl Rule for CurlyQuotes {
    fn check(&self, post: &Post, report: &mut Report) {
        for entry in post.front_matter.entries() {
            let Some(key) = entry.key.text() else { continue };
            check_value(key, &entry.value, report);
            entry.value.items().iter().for_each(|item| check_value(key, item, report));
        }
    }
}

fn check_value(key: &str, value: &Node, report: &mut Report) {
    let Some(text) = value.text().filter(|_| value.style == Style::Plain) else { return };
    let Some(inner) = PAIRS.iter().find_map(|(_, open, close)| text.strip_prefix(*open)?.strip_suffix(*close)) else { return };
    // quotes inside mean that those outside belong to words
    if inner.is_empty() || inner.contains(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}']) {
        return;
    }
    let straight = quoted::value(inner);
    let found = report.at(value.span, "these quotes are part of the value: only straight ones are quotes for YAML");
    // a title may well be somebody's words
    if known_keys::all().get(key).is_some_and(|known| known.kinds.contains(&Kind::Text)) {
        found.severity(Severity::Info).fix(Safety::Unsafe, format!("write `{straight}`"), [Edit::replace(value.span, straight)]);
    } else {
        found.fix(Safety::Safe, format!("write `{straight}`"), [Edit::replace(value.span, straight)]);
    }
}
