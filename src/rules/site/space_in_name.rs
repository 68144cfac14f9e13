//! The rule's page is `rules/site/space-in-name.md`.

use super::name_of;
use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct SpaceInName {}

impl Rule for SpaceInName {
    fn check(&self, post: &Post, report: &mut Report) {
        let name = name_of(post.path);
        if name.contains(char::is_whitespace) {
            let better: Vec<&str> = name.split_whitespace().collect();
            report.whole("the file's name holds a space").note(format!("name it `{}`", better.join("-").replace("--", "-")));
        }
    }
}
