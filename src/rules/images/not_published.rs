use super::targets;
use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use crate::site::target::Target;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/images/not-published.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct NotPublished {}

impl Rule for NotPublished {
    fn check(&self, post: &Post, report: &mut Report) {
        for (picture, target) in targets(post) {
            if let Target::NotPublished { path, why } = target {
                report.at(picture.span, format!("Jekyll does not publish `{path}`: {why}"));
            }
        }
    }
}
