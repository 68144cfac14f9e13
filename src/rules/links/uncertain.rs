use super::external::places;
use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use crate::web::{Doubt, Verdict};
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/links/uncertain.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Uncertain {}

impl Rule for Uncertain {
    fn check(&self, post: &Post, report: &mut Report) {
        if post.site.verdicts().is_empty() {
            return;
        }
        for place in places(post) {
            let Some(Verdict::Uncertain(why)) = post.site.verdicts().get(&place.url) else { continue };
            let message = match why {
                Doubt::NoFragment(_) | Doubt::UnknownFragment(..) => why.to_string(),
                _ => format!("it cannot be told whether this link works: {why}"),
            };
            report.at(place.span, message);
        }
    }
}
