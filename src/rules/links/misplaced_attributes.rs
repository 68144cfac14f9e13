use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::{Kind, NodeId, Origin};
use crate::post::Post;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/links/misplaced-attributes.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MisplacedAttributes {}

impl Rule for MisplacedAttributes {
    fn check(&self, post: &Post, report: &mut Report) {
        for &id in &post.constructs().attributed {
            if matches!(post.tree.node(id).kind, Kind::Paragraph { .. } | Kind::Heading(_) | Kind::List { .. } | Kind::Item { .. })
                && let Some(list) = link_attributes(post, id)
            {
                let found = report.at(list, "these attributes of a link stand on a line of their own: they go to the whole block");
                if let Some(gap) = gap_to_link(post, id, list) {
                    let safety = if ends_block(post, list) { Safety::Safe } else { Safety::Unsafe };
                    found.fix(safety, "move them to the end of the link", [Edit::delete(gap)]).changes_markup();
                } else {
                    found.note("an attribute list belongs right behind its link, without a space: `[text](url){: … }`");
                }
            }
        }
    }
}

/// Whether the attributes of `link` stand on the line below it: what it lacks is judged when they are where they belong.
pub(super) fn stand_below(post: &Post, link: NodeId) -> bool {
    let block = post.tree.parent(link).filter(|&block| post.tree.last_child(block) == Some(link));
    block.is_some_and(|block| link_attributes(post, block).is_some_and(|list| gap_to_link(post, block, list).is_some()))
}

/// The attribute list of a block that gives it what only links have.
fn link_attributes(post: &Post, block: NodeId) -> Option<Span> {
    let attributes = post.tree.node(block).attributes.as_deref()?;
    let of_link = attributes
        .all
        .iter()
        .find(|attribute| attribute.origin == Origin::List && matches!(attribute.name.text.as_ref(), "target" | "rel"))?;
    attributes.lists.iter().copied().find(|list| list.covers(of_link.name.span))
}

/// The white space between the link that ends the block and the attribute list below it.
fn gap_to_link(post: &Post, block: NodeId, list: Span) -> Option<Span> {
    let last = post.tree.last_child(block)?;
    let node = post.tree.node(last);
    if !matches!(node.kind, Kind::Link(_)) {
        return None;
    }
    let end = node
        .attributes
        .as_deref()
        .and_then(|attributes| attributes.lists.iter().map(|list| list.end).max())
        .unwrap_or(0)
        .max(node.span.end);
    let gap = Span { start: end, end: list.start.max(end) };
    gap.of(post.text).trim().is_empty().then_some(gap)
}

/// Whether nothing of the paragraph follows the list, so that moving it joins nothing.
fn ends_block(post: &Post, list: Span) -> bool {
    let after = &post.text[list.end as usize..];
    after.lines().nth(1).is_none_or(|line| line.trim().is_empty())
}
