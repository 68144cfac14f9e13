use crate::diagnostic::Report;
use crate::markup::{Kind, NodeId, Value};
use crate::post::Post;
use crate::rules::Rule;
use crate::text::Span;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/duplicate-id.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DuplicateId {}

impl Rule for DuplicateId {
    fn check(&self, post: &Post, report: &mut Report) {
        // of two branches the page has one
        if post.liquid.tags.iter().any(|tag| matches!(tag.name, Some("if" | "unless" | "case"))) {
            return;
        }
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        for &id in &post.constructs().attributed {
            let Some(value) = id_of(post, id) else { continue };
            let text = value.text.as_ref();
            if text.is_empty() || text.contains(['{', '%']) {
                continue;
            }
            match seen.get(text) {
                Some(first) => {
                    report.at(value.span, format!("there are two elements with the id `{text}`")).label(*first, "the first one");
                }
                None => {
                    seen.insert(text, value.span);
                }
            }
        }
    }
}

/// The id that is written at a node; those that kramdown makes are no business of the author.
fn id_of<'p, 'a>(post: &'p Post<'a>, id: NodeId) -> Option<&'p Value<'a>> {
    let node = post.tree.node(id);
    match (&node.kind, post.tree.attribute(id, "id")) {
        // one list for several elements
        (_, Some(attribute)) if attribute.origin == crate::markup::Origin::LinkDefinition => None,
        (_, Some(attribute)) => Some(&attribute.value),
        (Kind::Heading(heading), None) => heading.explicit_id.as_ref(),
        _ => None,
    }
}
