use super::{Trusted, targets};
use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use crate::rules::habit::Habit;
use crate::site::target::Target;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/images/not-published.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct NotPublished {
    #[serde(skip)]
    trusted: Trusted,
}

impl Rule for NotPublished {
    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        self.trusted = Trusted::learn(newest);
        Vec::new()
    }

    fn check(&self, post: &Post, report: &mut Report) {
        for (picture, target) in targets(post, &self.trusted) {
            if let Target::NotPublished { path, why } = target {
                report.at(picture.span, format!("Jekyll does not publish `{path}`: {why}"));
            }
        }
    }
}
