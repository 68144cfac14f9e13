//! The rule's page is `rules/site/unrendered-post.md`.

use super::name_of;
use crate::diagnostic::Report;
use crate::post::{DocumentKind, Engine, Post};
use crate::rules::Rule;
use crate::site::file_name::FileName;
use schemars::JsonSchema;
use serde::Deserialize;

/// Extensions under which people write Markdown, and that Jekyll does not know.
const MEANT: [&str; 6] = ["txt", "text", "mdown", "mdwn", "mdtext", "mdtxt"];

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnrenderedPost {}

impl Rule for UnrenderedPost {
    fn check(&self, post: &Post, report: &mut Report) {
        let name = FileName::parse(post.path);
        let ext = name.extension();
        let is_meant = MEANT.iter().any(|known| known.eq_ignore_ascii_case(ext));
        if post.kind != DocumentKind::Post || post.engine != Engine::Plain || name.date.is_none() || !is_meant {
            return;
        }
        // a plugin may know the extension
        if post.site.root.is_none() || post.site.has_foreign_parts() {
            return;
        }
        report.whole(format!("Jekyll does not read `.{ext}` as Markdown: the text is published as it is")).note(format!(
            "name the file `{}.md`, or add `{ext}` to `markdown_ext` in `_config.yml`",
            name_of(post.path).trim_end_matches(name.ext)
        ));
    }
}
