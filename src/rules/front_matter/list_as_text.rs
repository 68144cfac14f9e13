//! The rule's page is `rules/front-matter/list-as-text.md`.

use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::post::yaml::{Entry, Style};
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// The keys whose text Jekyll splits at white space, or not at all.
const KEYS: [&str; 4] = ["tags", "categories", "tag", "category"];

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ListAsText {}

impl Rule for ListAsText {
    fn check(&self, post: &Post, report: &mut Report) {
        for key in KEYS {
            if let Some(entry) = post.front_matter.entry(key) {
                check_entry(key, entry, report);
            }
        }
    }
}

fn check_entry(key: &str, entry: &Entry, report: &mut Report) {
    let Some(text) = entry.value.text() else { return };
    let separator = if text.contains(',') { ',' } else { ';' };
    if !text.contains(separator) || entry.value.style == Style::Alias {
        return;
    }
    let items: Vec<&str> = text.split(separator).map(|item| item.trim().trim_matches(['[', ']', '"', '\'']).trim()).collect();
    let message = match key.ends_with('s') {
        true => {
            let read: Vec<String> = text.split_whitespace().map(|item| format!("`{item}`")).collect();
            format!("`{key}` is a text, not a list: Jekyll makes {} of it", read.join(" and "))
        }
        false => format!("`{key}` is a text, not a list: Jekyll takes all of it for one"),
    };
    let list: Vec<String> = items.into_iter().filter(|item| !item.is_empty()).map(super::quoted::flow_item).collect();
    let list = format!("[{}]", list.join(", "));
    report.at(entry.value.span, message).fix(Safety::Unsafe, format!("write `{list}`"), [Edit::replace(entry.value.span, list)]);
}
