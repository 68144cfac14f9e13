use super::{is_empty, known_keys};
use crate::diagnostic::{Report, Severity};
use crate::post::Post;
use crate::post::yaml::Data;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/front-matter/empty-value.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct EmptyValue {
    /// Keys that may stay empty.
    allow: Vec<String>,
}

impl Rule for EmptyValue {
    fn check(&self, post: &Post, report: &mut Report) {
        for entry in post.front_matter.entries() {
            let Some(key) = entry.key.text() else { continue };
            if !is_empty(&entry.value) || self.allow.iter().any(|allowed| allowed == key) {
                continue;
            }
            let nothing = entry.value.data == Data::Null;
            let consequence = match key {
                "date" if nothing => Some("Jekyll stops here: the post has no valid date"),
                "published" if nothing => Some("Jekyll reads this as `published: false` and leaves the post out"),
                "title" if nothing => Some("Jekyll makes up a title from the file name"),
                _ => None,
            };
            let found = report.at(entry.key.span, format!("`{key}` has no value"));
            match known_keys::all().get(key).and_then(|known| known.empty) {
                Some(severity) => found.severity(severity),
                None => found.severity(Severity::Info),
            };
            if let Some(consequence) = consequence {
                found.note(consequence);
            }
        }
    }
}
