//! The rule's page is `rules/front-matter/placeholder.md`.

use crate::diagnostic::{Report, Severity};
use crate::post::yaml::Node;
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use crate::site::file_name::FileName;
use crate::text::letters;
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::OnceLock;

/// Keys whose value every post has for itself.
const KEYS: [&str; 6] = ["title", "subtitle", "description", "summary", "excerpt", "teaser"];

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Placeholder {}

impl Rule for Placeholder {
    fn check(&self, post: &Post, report: &mut Report) {
        let name = FileName::parse(post.path);
        if post.kind != DocumentKind::Post || name.date.is_none() {
            return;
        }
        // an example may have been taken from a post, which is named after its title
        let title = post.front_matter.get("title").and_then(Node::text);
        let is_original = || title.is_some_and(|title| letters(title.chars()).eq(letters(name.slug.chars())));
        for key in KEYS {
            let Some(value) = post.front_matter.get(key) else { continue };
            let Some(text) = value.text() else { continue };
            let bare = bare(text);
            // one word may well be a title
            if known().contains(&bare) && (key != "title" || bare.contains(' ')) {
                report.at(value.span, format!("`{key}` still holds what a template has there"));
            } else if let Some(template) = post.site.template_with(key, text).filter(|template| *template != post.path && !is_original()) {
                // or the example was taken from the post
                report.at(value.span, format!("`{key}` is still the one of `{template}`")).severity(Severity::Info);
            }
        }
    }
}

fn known() -> &'static [String] {
    static KNOWN: OnceLock<Vec<String>> = OnceLock::new();
    KNOWN.get_or_init(|| serde_yaml::from_str(include_str!("../../../rules/front-matter/placeholders.yml")).unwrap_or_default())
}

/// Without letter case, and without what is put around a place to fill in.
fn bare(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || "[]<>{}().…\"'*_".contains(c)).to_lowercase()
}
