//! The rule's page is `rules/front-matter/reinterpreted-value.md`.

use super::known_keys::{self, Kind};
use super::quoted;
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::post::yaml::{Data, Entry, Node, Style};
use crate::rules::Rule;
use crate::site::value::Value;
use crate::text::Span;
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
            check_value(key, &entry.value, post, report);
            check_tag(entry, post, report);
            let holds_words = WORDS.contains(&key);
            for item in entry.value.items() {
                check_value(key, item, post, report);
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

/// Whether the values of a key are words, and versions are.
fn is_for_words(key: &str) -> bool {
    let is_text = known_keys::all().get(key).is_some_and(|known| known.kinds.contains(&Kind::Text));
    is_text || WORDS.contains(&key) || key.to_lowercase().contains("version")
}

/// A word with an exclamation mark in front, which is a tag in YAML, and says nothing to Jekyll.
fn check_tag(entry: &Entry, post: &Post, report: &mut Report) {
    let between = entry.key.span.end.min(entry.value.span.start)..entry.value.span.start;
    let Some(before) = post.text.get(between.start as usize..between.end as usize) else { return };
    let Some(at) = before.find('!').filter(|&at| entry.value.text().is_some() && !before[at..].starts_with("!!")) else { return };
    let tag = before[at..].trim_end();
    let start = between.start as usize + at;
    let whole = Span::new(start, entry.value.span.end as usize);
    let text = quoted::value(whole.of(post.text));
    report.at(Span::new(start, start + tag.len()), format!("YAML reads `{tag}` as a tag, which is no part of the value")).fix(
        Safety::Safe,
        format!("write `{text}`"),
        [Edit::replace(whole, text)],
    );
}

/// A number that is printed in another way than it is written.
fn check_value(key: &str, value: &Node, post: &Post, report: &mut Report) {
    if value.style != Style::Plain {
        return;
    }
    let (Data::Integer(_) | Data::Float(_)) = value.data else { return };
    let (written, Some(printed)) = (value.span.of(post.text), Value::from(value).to_text()) else { return };
    // a sign or a separator of thousands is no surprise
    let plain: String = written.trim_start_matches('+').chars().filter(|c| !matches!(c, '_' | ',')).collect();
    // a zero at the end of a price or a coordinate says nothing
    let is_only_rounded = matches!(value.data, Data::Float(_)) && !written.contains(':') && !is_for_words(key);
    if plain == printed || written.starts_with("0x") || is_only_rounded {
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
