use super::hazards;
use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::HazardKind;
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/undefined-attribute-list.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UndefinedAttributeList {}

impl Rule for UndefinedAttributeList {
    fn check(&self, post: &Post, report: &mut Report) {
        let names = hazards(post, |kind| match kind {
            HazardKind::UndefinedAttributeListReference { name } => Some(name.as_str()),
            _ => None,
        });
        for (span, name) in names {
            let found = report.at(span, format!("`{name}` in this attribute list does nothing: there is no `{{:{name}: … }}`"));
            found.note(format!("a class is written `.{name}`, an attribute `{name}=\"…\"`"));
            if span.of(post.text) == name {
                found.fix(Safety::Unsafe, format!("write `.{name}`"), [Edit::insert(span.start, ".")]);
            }
        }
    }
}
