use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/images/iframe-title.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct IframeTitle {}

impl Rule for IframeTitle {
    fn check(&self, post: &Post, report: &mut Report) {
        for (id, element) in post.html_elements().filter(|(_, element)| element.name == "iframe") {
            let value = |name: &str| post.tree.attribute(id, name).map(|attribute| attribute.value.text.trim());
            let is_named = ["title", "aria-label", "aria-labelledby"].iter().any(|name| value(name).is_some_and(|value| !value.is_empty()));
            if !is_named && value("aria-hidden") != Some("true") {
                report.at(element.open_tag, "this embedded page has no `title`").note("say what it is, for those who cannot see it");
            }
        }
    }
}
