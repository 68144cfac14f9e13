//! The rule's page is `rules/front-matter/invisible-character.md`.

use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use crate::rules::invisible;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct InvisibleCharacter {}

impl Rule for InvisibleCharacter {
    fn check(&self, post: &Post, report: &mut Report) {
        let yaml = post.front_matter.yaml;
        for found in invisible::find(yaml.of(post.text)) {
            let start = yaml.start as usize + found.at;
            let span = Span::new(start, start + found.character.len_utf8());
            let title = if found.what.is_space { "write a space" } else { "take it away" };
            report.at(span, format!("{} (U+{:04X})", found.what.name, u32::from(found.character))).fix(
                Safety::Safe,
                title,
                [Edit::replace(span, found.what.replacement)],
            );
        }
    }
}
