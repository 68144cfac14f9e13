//! The places within a page that a link can lead to: ids of headings and elements, footnotes, named anchors.

use super::{Engine, Post};
use crate::kramdown::html_entity::decode;
use crate::markup::Kind;
use crate::site::templates::Ids;
use rustc_hash::FxHashSet;

/// Liquid tags whose output has no ids.
const WITHOUT_IDS: [&str; 25] = [
    "#",
    "assign",
    "avatar",
    "break",
    "capture",
    "case",
    "comment",
    "continue",
    "else",
    "elsif",
    "for",
    "gist",
    "highlight",
    "if",
    "increment",
    "link",
    "octicon",
    "post_url",
    "raw",
    "tablerow",
    "unless",
    "when",
    "youtube",
    "cycle",
    "decrement",
];

/// The anchors of a document.
#[derive(Debug, Default)]
pub struct Anchors {
    /// In the order of the document.
    pub ids: Vec<String>,
    known: FxHashSet<String>,
    /// There may be others: a plugin, an include or a script makes them.
    pub is_open: bool,
}

impl Anchors {
    /// The anchors of `post` itself, without those that its layout brings.
    pub fn of(post: &Post) -> Anchors {
        // what another engine makes of headings depends on its options
        let mut anchors = Anchors { is_open: post.engine != Engine::Kramdown || has_open_tags(post), ..Anchors::default() };
        for id in post.tree.walk() {
            let node = post.tree.node(id);
            for attribute in post.tree.attributes(id) {
                let is_anchor = attribute.name.text == "id"
                    || (attribute.name.text == "name" && matches!(&node.kind, Kind::Html(element) if element.name == "a"));
                if is_anchor {
                    anchors.is_open |= attribute.value.text.contains("{{");
                    anchors.add(decode(&attribute.value.text));
                }
            }
            match &node.kind {
                Kind::Heading(heading) => {
                    if let Some(id) = &heading.id {
                        anchors.add(id.to_string());
                    }
                }
                Kind::FootnoteDefinition { name } => {
                    anchors.add(format!("fn:{}", name.text));
                    anchors.add(format!("fnref:{}", name.text));
                }
                Kind::LiquidBlock | Kind::Raw { .. } => anchors.is_open = true,
                Kind::Html(element) if element.name == "script" => anchors.is_open = true,
                _ => {}
            }
        }
        anchors
    }

    /// Whether there is the anchor `id`.
    pub fn has(&self, id: &str) -> bool {
        self.known.contains(id)
    }

    fn add(&mut self, id: String) {
        if self.known.insert(id.clone()) {
            self.ids.push(id);
        }
    }
}

/// Whether a tag may print elements with ids.
fn has_open_tags(post: &Post) -> bool {
    post.liquid.tags.iter().any(|tag| match tag.name {
        Some("include" | "include_cached") => {
            post.site.include_ids(tag.markup.split_ascii_whitespace().next().unwrap_or_default()) == Ids::Open
        }
        Some(name) => !name.starts_with("end") && !WITHOUT_IDS.contains(&name),
        None => tag.markup.contains("content") || tag.markup.contains("markdownify"),
    })
}
