use crate::diagnostic::Report;
use crate::post::Post;
use crate::post::yaml::{Data, Node};
use crate::rules::Rule;
use crate::text::Span;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/front-matter/duplicate-key.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DuplicateKey {}

impl Rule for DuplicateKey {
    fn check(&self, post: &Post, report: &mut Report) {
        if let Some(root) = &post.front_matter.root {
            check_node(root, report);
        }
    }
}

fn check_node(node: &Node, report: &mut Report) {
    match &node.data {
        Data::Mapping(entries) => {
            let mut seen: FxHashMap<&str, (Span, &Node)> = FxHashMap::default();
            for entry in entries {
                check_node(&entry.value, report);
                let Some(key) = entry.key.text() else { continue };
                // a merge may be repeated
                if key == "<<" {
                    continue;
                }
                if let Some((first, value)) = seen.insert(key, (entry.key.span, &entry.value)) {
                    let same = value.data == entry.value.data;
                    let message = if same {
                        format!("the key `{key}` is here twice")
                    } else {
                        format!("the key `{key}` is here twice, and only this value counts")
                    };
                    let lost = if same { "the same value stands here" } else { "Jekyll ignores this value" };
                    report.at(entry.key.span, message).label(first, lost);
                }
            }
        }
        Data::Sequence(items) => items.iter().for_each(|item| check_node(item, report)),
        _ => {}
    }
}
