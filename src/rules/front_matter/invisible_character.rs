//! The rule's page is `rules/front-matter/invisible-character.md`.

use crate::diagnostic::{Edit, Report, Safety, Severity};
use crate::post::Post;
use crate::rules::Rule;
use crate::rules::invisible::{self, Found};
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct InvisibleCharacter {}

impl Rule for InvisibleCharacter {
    fn check(&self, post: &Post, report: &mut Report) {
        let yaml = post.front_matter.yaml;
        for (found, end) in groups(yaml.of(post.text)) {
            let span = Span::new(yaml.start as usize + found.at, yaml.start as usize + end);
            let title = if found.what.is_space { "write a space" } else { "take it away" };
            let count = span.of(post.text).chars().count();
            let more = if count > 1 { format!(", and {} more right after it", count - 1) } else { String::new() };
            let character = report.at(span, format!("{} (U+{:04X}){more}", found.what.name, u32::from(found.character)));
            character.fix(Safety::Safe, title, [Edit::replace(span, found.what.replacement.repeat(count))]);
            // a space more or less harms only what is looked up
            if found.what.is_space {
                character.severity(Severity::Info);
            }
        }
    }
}

/// The invisible characters, each with the byte after those that follow it at once and are to be replaced in the same way.
fn groups(text: &str) -> Vec<(Found, usize)> {
    let mut groups: Vec<(Found, usize)> = Vec::new();
    for found in invisible::find(text) {
        let after = found.at + found.character.len_utf8();
        match groups.last_mut() {
            Some((first, end)) if *end == found.at && first.what.replacement == found.what.replacement => *end = after,
            _ => groups.push((found, after)),
        }
    }
    groups
}
