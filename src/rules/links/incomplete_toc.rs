use crate::diagnostic::Report;
use crate::kramdown::html_entity::decode;
use crate::markup::{Kind, NodeId};
use crate::post::Post;
use crate::rules::Rule;
use crate::site::url;
use crate::suggest::nearest;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/links/incomplete-toc.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct IncompleteToc {}

/// The fewest headings that make a list of links a table of contents.
const FEWEST: usize = 3;

impl Rule for IncompleteToc {
    fn check(&self, post: &Post, report: &mut Report) {
        let is_list = |id: NodeId| matches!(post.tree.node(id).kind, Kind::List { .. });
        let lists = post.constructs().lists.iter().filter(|&&id| !post.tree.ancestors(id).any(is_list));
        for &list in lists {
            let Some(linked) = linked_ids(post, list) else { continue };
            let line = post.lines.line_of(post.tree.node(list).span.start);
            for heading in left_out(post, list, &linked) {
                report.at(heading, format!("this heading is not in the table of contents in line {line}"));
            }
        }
    }
}

/// The ids that the list links to, if it links to nothing else.
fn linked_ids(post: &Post, list: NodeId) -> Option<Vec<String>> {
    let mut ids = Vec::new();
    for node in post.tree.descendants(list) {
        let target = match &post.tree.node(node).kind {
            Kind::Link(link) => link.url.text.as_ref(),
            Kind::Html(element) if element.name == "a" => match post.tree.attribute(node, "href") {
                Some(href) => href.value.text.as_ref(),
                None => continue,
            },
            _ => continue,
        };
        ids.push(url::decode(&decode(target.strip_prefix('#')?)).into_owned());
    }
    (ids.len() >= FEWEST).then_some(ids)
}

/// A heading below the list.
struct Below<'p> {
    level: u8,
    id: &'p str,
    content: Span,
}

/// The headings that the list leaves out although it has most of their level.
fn left_out(post: &Post, list: NodeId, linked: &[String]) -> Vec<Span> {
    let end = post.tree.node(list).span.end;
    let headings: Vec<Below> = post.constructs().headings.iter().filter_map(|&(id, _)| below(post, id, end)).collect();
    let is_linked = |heading: &Below| linked.iter().any(|id| id == heading.id);
    let is_complete = |level: u8| {
        let of_level = headings.iter().filter(|heading| heading.level == level);
        let listed = of_level.clone().filter(|heading| is_linked(heading)).count();
        listed >= FEWEST && listed * 4 >= of_level.count() * 3
    };
    // a link that leads nowhere may mean it
    let broken: Vec<&str> = linked.iter().filter(|id| !post.anchors().has(id)).map(String::as_str).collect();
    let is_left_out =
        |heading: &&Below| !is_linked(heading) && is_complete(heading.level) && nearest(heading.id, broken.iter().copied()).is_none();
    headings.iter().filter(is_left_out).map(|heading| heading.content).collect()
}

fn below<'p>(post: &'p Post, id: NodeId, end: u32) -> Option<Below<'p>> {
    let node = post.tree.node(id);
    let Kind::Heading(heading) = &node.kind else { return None };
    let is_hidden = post.tree.attribute(id, "class").is_some_and(|class| class.value.text.contains("no_toc"));
    let own_id = post.tree.attribute(id, "id").map(|id| id.value.text.as_ref()).or(heading.id.as_deref())?;
    (node.span.start >= end && !is_hidden).then_some(Below { level: heading.level, id: own_id, content: heading.content })
}
