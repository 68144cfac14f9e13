use super::hazards;
use crate::diagnostic::Report;
use crate::markup::HazardKind;
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/unclosed-extension.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnclosedExtension {}

/// The extensions of kramdown (kramdown `parser/kramdown/extensions.rb`).
const EXTENSIONS: [&str; 3] = ["comment", "nomarkdown", "options"];

impl Rule for UnclosedExtension {
    fn check(&self, post: &Post, report: &mut Report) {
        let tags = hazards(post, |kind| matches!(kind, HazardKind::Extension).then_some(()));
        for (span, ()) in tags {
            let written = span.of(post.text).trim();
            let name =
                written.trim_start_matches(['{', ':', '/']).split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            let message = if written.starts_with("{:/") {
                "this ends no extension: it is printed as text".to_owned()
            } else if EXTENSIONS.contains(&name) {
                format!("this `{name}` is never closed with `{{:/{name}}}`: it is printed as text")
            } else {
                format!("kramdown knows no extension `{name}`: it is printed as text")
            };
            report.at(span, message);
        }
    }
}
