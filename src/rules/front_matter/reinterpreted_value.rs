//! The rule's page is `rules/front-matter/reinterpreted-value.md`.

use super::quoted;
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::post::yaml::{Data, Node, Style};
use crate::rules::Rule;
use crate::site::value::Value;
use schemars::JsonSchema;
use serde::Deserialize;

/// Keys whose values are lists of words.
const WORDS: [&str; 5] = ["tags", "tag", "categories", "category", "keywords"];

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReinterpretedValue {
    /// Keys that this site uses in a way of its own.
    allow: Vec<String>,
}

impl Rule for ReinterpretedValue {
    fn check(&self, post: &Post, report: &mut Report) {
        for entry in post.front_matter.entries() {
            let Some(key) = entry.key.text() else { continue };
            if self.allow.iter().any(|allowed| allowed == key) {
                continue;
            }
            check_value(&entry.value, post, report);
            let holds_words = WORDS.contains(&key);
            for item in entry.value.items() {
                check_value(item, post, report);
                if holds_words && matches!(item.data, Data::Bool(_)) {
                    let written = item.span.of(post.text);
                    let found = report.at(item.span, format!("YAML reads `{written}` as true or false, not as a word"));
                    let text = quoted::value(written);
                    found.fix(Safety::Safe, format!("write `{text}`"), [Edit::replace(item.span, text)]);
                }
            }
        }
    }
}

/// A number that is printed in another way than it is written.
fn check_value(value: &Node, post: &Post, report: &mut Report) {
    if value.style != Style::Plain {
        return;
    }
    let (Data::Integer(_) | Data::Float(_)) = value.data else { return };
    let (written, Some(printed)) = (value.span.of(post.text), Value::from(value).to_text()) else { return };
    // a sign or a separator of thousands is no surprise
    let plain: String = written.trim_start_matches('+').chars().filter(|c| !matches!(c, '_' | ',')).collect();
    if plain == printed || written.starts_with("0x") {
        return;
    }
    let how = match (&value.data, written.contains(':')) {
        (_, true) => " (a number to the base of 60)",
        (Data::Integer(_), _) if plain.trim_start_matches('-').starts_with('0') => " (an octal number)",
        _ => "",
    };
    let text = quoted::value(written);
    report.at(value.span, format!("YAML reads `{written}` as {printed}{how}")).fix(
        Safety::Safe,
        format!("write `{text}`"),
        [Edit::replace(value.span, text)],
    );
}
