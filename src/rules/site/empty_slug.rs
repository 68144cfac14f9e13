//! The rule's page is `rules/site/empty-slug.md`.

use crate::diagnostic::Report;
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use crate::site::file_name::FileName;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct EmptySlug {}

impl Rule for EmptySlug {
    fn check(&self, post: &Post, report: &mut Report) {
        let name = FileName::parse(post.path);
        let has_own = ["slug", "permalink"].iter().any(|key| post.front_matter.entry(key).is_some());
        if post.kind == DocumentKind::Post && name.date.is_some() && !has_own && !name.slug.contains(char::is_alphanumeric) {
            report
                .whole("the file's name has nothing after its date")
                .note("the post's URL ends in `/.html`; name the file after its title");
        }
    }
}
