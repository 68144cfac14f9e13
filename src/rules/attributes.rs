//! Edits that give a link or a picture an attribute.

use crate::diagnostic::Edit;
use crate::markup::{Attribute, Kind, NodeId};
use crate::post::{Engine, Post};

/// Whether the value stands in quotes: what is added to it may hold a space.
pub fn is_quoted(text: &str, attribute: &Attribute) -> bool {
    let before = text[..attribute.value.span.start as usize].chars().next_back();
    matches!(before, Some('"' | '\''))
}

/// The edit that adds `attributes` (`name="value" …`) to a link or a picture: to its HTML tag, to the attribute list that
/// it has, or in a new list behind it. `None` where there is no place for them.
pub fn insertion(post: &Post, id: NodeId, attributes: &str) -> Option<Edit> {
    let node = post.tree.node(id);
    if let Kind::Html(element) = &node.kind {
        let tag = element.open_tag.of(post.text);
        let inside = tag.strip_suffix('>')?;
        let inside = inside.strip_suffix('/').unwrap_or(inside).trim_end();
        return Some(Edit::insert(element.open_tag.start + inside.len() as u32, format!(" {attributes}")));
    }
    if post.engine != Engine::Kramdown {
        return None;
    }
    let own_list = node.attributes.as_deref().and_then(|attributes| attributes.lists.iter().rev().find(|list| list.start >= node.span.end));
    match own_list {
        Some(list) => {
            let inside = list.of(post.text).strip_suffix('}')?;
            let space = if inside.ends_with([' ', ':']) { "" } else { " " };
            Some(Edit::insert(list.end - 1, format!("{space}{attributes}")))
        }
        None => Some(Edit::insert(node.span.end, format!("{{:{attributes}}}"))),
    }
}
