use crate::diagnostic::Report;
use crate::post::front_matter::Status;
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/front-matter/missing.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Missing {}

impl Rule for Missing {
    fn check(&self, post: &Post, report: &mut Report) {
        if post.front_matter.status != Status::Missing {
            return;
        }
        let consequence = match post.kind {
            DocumentKind::Post | DocumentKind::Draft => "Jekyll publishes it without a layout, and makes up its title from the file name",
            DocumentKind::Collection | DocumentKind::Page => "Jekyll copies the file as it is: no Markdown, no layout",
        };
        report
            .whole("there is no front matter")
            .note(consequence)
            .note("start the file with a line `---`, the keys (`layout`, `title`, …), and another line `---`");
    }
}
