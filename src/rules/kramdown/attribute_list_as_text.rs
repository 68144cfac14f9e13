use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::HazardKind;
use crate::post::Post;
use crate::rules::Rule;
use crate::text::Span;
use rustc_hash::FxHashSet;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/attribute-list-as-text.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct AttributeListAsText {}

impl Rule for AttributeListAsText {
    fn check(&self, post: &Post, report: &mut Report) {
        let mut hazards = post.tree.hazards.iter().filter(|hazard| hazard.kind == HazardKind::AttributeListAfterText).peekable();
        if hazards.peek().is_none() {
            return;
        }
        let ends = ends_of_elements(post);
        for hazard in hazards {
            let found = report.at(hazard.span, "this attribute list stands after text, so it is printed as it stands");
            match space_after_element(post, hazard.span, &ends) {
                Some(space) => {
                    found.fix(Safety::Safe, "remove the space before it", [Edit::delete(space)]).changes_markup();
                }
                None => {
                    found.note("it belongs right behind a link, an image or emphasised text, without a space");
                }
            }
        }
    }
}

/// Where the elements end that could take an attribute list, in bytes.
fn ends_of_elements(post: &Post) -> FxHashSet<u32> {
    let nodes = post.tree.walk().map(|id| post.tree.node(id));
    nodes.filter(|node| node.kind.takes_attribute_list()).map(|node| node.span.end).collect()
}

/// The blanks between the end of an element and the list.
fn space_after_element(post: &Post, list: Span, ends: &FxHashSet<u32>) -> Option<Span> {
    let before = &post.text[..list.start as usize];
    let space = Span::new(before.trim_end_matches([' ', '\t']).len(), before.len());
    (!space.is_empty() && ends.contains(&space.start)).then_some(space)
}
