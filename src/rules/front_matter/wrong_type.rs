use super::known_keys::{self, Kind};
use crate::diagnostic::Report;
use crate::post::Post;
use crate::post::yaml::{Data, Node};
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/front-matter/wrong-type.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WrongType {
    /// Keys that this site uses in a way of its own.
    allow: Vec<String>,
}

impl Rule for WrongType {
    fn check(&self, post: &Post, report: &mut Report) {
        for entry in post.front_matter.entries() {
            let Some(key) = entry.key.text() else { continue };
            let Some(known) = known_keys::all().get(key) else { continue };
            if self.allow.iter().any(|allowed| allowed == key) || known.kinds.iter().any(|&kind| is_a(&entry.value, kind)) {
                continue;
            }
            let wanted: Vec<&str> = known.kinds.iter().filter_map(|&kind| name(kind)).collect();
            let found =
                report.at(entry.value.span, format!("`{key}` is {}, and should be {}", describe(&entry.value), wanted.join(" or ")));
            let written = entry.value.span.of(post.text);
            if known.kinds.contains(&Kind::Text) && matches!(entry.value.data, Data::Bool(_)) {
                found.note(format!("YAML reads `{written}` as true or false; with quotes it is text: `\"{written}\"`"));
            } else if written.starts_with("{{") {
                found.note("YAML reads braces as a map; with quotes the value is text");
            }
        }
    }
}

/// Whether `value` is of `kind`. What is empty is no wrong type: `front-matter/empty-value` speaks of it.
fn is_a(value: &Node, kind: Kind) -> bool {
    match kind {
        Kind::Any => true,
        Kind::String => matches!(value.data, Data::Null | Data::String(_)),
        Kind::Text => !matches!(value.data, Data::Bool(_) | Data::Sequence(_) | Data::Mapping(_)),
        Kind::Date => matches!(value.data, Data::Null | Data::Date { .. } | Data::Time { .. }),
        Kind::Flag => matches!(value.data, Data::Null | Data::Bool(_)),
        Kind::List => matches!(value.data, Data::Null | Data::Sequence(_)),
        Kind::Map => matches!(value.data, Data::Null | Data::Mapping(_)),
        Kind::Nothing => matches!(value.data, Data::Null),
    }
}

fn name(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Text | Kind::String => Some("text"),
        Kind::Flag => Some("true or false"),
        Kind::List => Some("a list"),
        Kind::Date => Some("a date"),
        Kind::Map => Some("a map"),
        Kind::Nothing | Kind::Any => None,
    }
}

fn describe(value: &Node) -> &'static str {
    match value.data {
        Data::Null => "empty",
        Data::Bool(true) => "the value true",
        Data::Bool(false) => "the value false",
        Data::Integer(_) | Data::Float(_) => "a number",
        Data::String(_) => "text",
        Data::Date { .. } => "a date",
        Data::Time { .. } => "a time",
        Data::Sequence(_) => "a list",
        Data::Mapping(_) => "a map",
    }
}
