use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::HazardKind;
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/attribute-list-ignored.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct AttributeListIgnored {}

impl Rule for AttributeListIgnored {
    fn check(&self, post: &Post, report: &mut Report) {
        for hazard in post.tree.hazards.iter().filter(|hazard| hazard.kind == HazardKind::AttributeListIgnored) {
            let written = hazard.span.of(post.text);
            let found = report.at(hazard.span, format!("kramdown drops `{written}` from this attribute list"));
            match meant(written) {
                Some(meant) => {
                    found.note("a value stands in straight quotes");
                    found.fix(Safety::Safe, format!("write `{meant}`"), [Edit::replace(hazard.span, meant)]);
                }
                None => {
                    found.note("it can read `key=\"value\"`, `.class`, `#id` and the names of definitions");
                }
            }
        }
    }
}

/// `key=value` and `key=“value”` with straight quotes.
fn meant(written: &str) -> Option<String> {
    let (key, value) = written.split_once('=')?;
    let value = value.trim_matches(['“', '”', '„', '‘', '’', '«', '»', '"', '\'']);
    let key_is_name = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let value_is_plain = !value.is_empty() && !value.contains(['"', '}', '“', '”']);
    (key_is_name && value_is_plain).then(|| format!("{key}=\"{value}\""))
}
