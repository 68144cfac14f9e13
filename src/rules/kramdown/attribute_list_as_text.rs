use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::HazardKind;
use crate::post::Post;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/attribute-list-as-text.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct AttributeListAsText {}

impl Rule for AttributeListAsText {
    fn check(&self, post: &Post, report: &mut Report) {
        for hazard in post.tree.hazards.iter().filter(|hazard| hazard.kind == HazardKind::AttributeListAfterText) {
            let found = report.at(hazard.span, "this attribute list stands after text, so it is printed as it stands");
            match space_after_element(post, hazard.span) {
                Some(space) => {
                    found.fix(Safety::Safe, "remove the space before it", [Edit::delete(space)]);
                }
                None => {
                    found.note("it belongs right behind a link, an image or emphasised text, without a space");
                }
            }
        }
    }
}

/// The blanks between the end of an element (`)`, `]`, `*`, `_`, `` ` ``, `>`) and the list.
fn space_after_element(post: &Post, list: Span) -> Option<Span> {
    let before = &post.text[..list.start as usize];
    let trimmed = before.trim_end_matches([' ', '\t']);
    let space = Span::new(trimmed.len(), before.len());
    let follows_element = post.tree.walk().any(|id| post.tree.node(id).kind.takes_span_attributes() && post.tree.node(id).span.end == space.start);
    (!space.is_empty() && follows_element).then_some(space)
}
