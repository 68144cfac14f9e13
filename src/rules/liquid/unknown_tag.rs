use super::{STOPS, code_of};
use crate::diagnostic::Report;
use crate::post::Post;
use crate::post::liquid::Tag;
use crate::rules::Rule;
use crate::site::templates::Presence;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/liquid/unknown-tag.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnknownTag {}

impl Rule for UnknownTag {
    fn check(&self, post: &Post, report: &mut Report) {
        let is_unknown = |tag: &&Tag| tag.name.is_some_and(|name| !name.is_empty() && post.site.has_tag(name) == Presence::Missing);
        let mut unknown = post.liquid.tags.iter().filter(is_unknown).peekable();
        if unknown.peek().is_none() {
            return;
        }
        // what stands in code is a finding of liquid/in-code
        let code: Vec<Span> = post.tree.walk().filter_map(|id| code_of(post.tree.node(id))).collect();
        for tag in unknown.filter(|tag| !code.iter().any(|code| code.covers(tag.span))) {
            let name = tag.name.unwrap_or_default();
            report.at(tag.span, format!("Jekyll knows no tag `{name}`")).note(STOPS);
        }
    }
}
