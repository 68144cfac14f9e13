//! What stands where an edit is, and with it what the edit may change.

use crate::diagnostic::{Edit, Fix};
use crate::fix::apply::Change;
use crate::markup::{Kind, Value};
use crate::post::Post;
use crate::text::Span;
use std::ops::BitOr;

/// A set of things that make up a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Aspects(u8);

impl Aspects {
    pub const NONE: Aspects = Aspects(0);
    /// Words, alternative texts, titles.
    pub const TEXT: Aspects = Aspects(1);
    pub const URL: Aspects = Aspects(1 << 1);
    pub const ATTRIBUTES: Aspects = Aspects(1 << 2);
    /// An entry of the front matter, key and value.
    pub const FRONT_MATTER: Aspects = Aspects(1 << 3);
    /// All markup within a paragraph, a heading, a cell, and which of them it is.
    pub const MARKUP: Aspects = Aspects(1 << 4);
    /// A whole block, with all that is in it.
    pub const BLOCK: Aspects = Aspects(1 << 5);
    /// What Liquid reads.
    pub const LIQUID: Aspects = Aspects(1 << 6);
    /// All but the front matter.
    pub const BODY: Aspects = Aspects(!Aspects::FRONT_MATTER.0);
    pub const ALL: Aspects = Aspects(u8::MAX);

    pub fn intersects(self, other: Aspects) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Aspects {
    type Output = Aspects;

    fn bitor(self, other: Aspects) -> Aspects {
        Aspects(self.0 | other.0)
    }
}

/// The places of a document that are no words.
#[derive(Debug)]
pub struct Places {
    front_matter: Span,
    /// By start; an outer one before those in it.
    spans: Vec<(Span, Aspects)>,
    /// The longest of `spans`, in bytes: how far back to look.
    longest: u32,
}

impl Places {
    pub fn new(post: &Post) -> Places {
        let mut spans = Vec::new();
        for id in post.tree.walk() {
            let node = post.tree.node(id);
            match &node.kind {
                Kind::Link(link) => spans.push((link.url.span, Aspects::URL)),
                Kind::Image(image) => spans.push((image.url.span, Aspects::URL)),
                Kind::LinkDefinition(definition) => spans.push((definition.url.span, Aspects::URL)),
                Kind::Html(element) => spans.push((element.open_tag, Aspects::ATTRIBUTES)),
                Kind::Heading(heading) => spans.extend(heading.explicit_id.as_ref().map(|id| (id.span, Aspects::ATTRIBUTES))),
                _ => {}
            }
            if let Some(attributes) = node.attributes.as_deref() {
                spans.extend(attributes.lists.iter().map(|&list| (list, Aspects::ATTRIBUTES)));
                spans.extend(attributes.all.iter().map(|attribute| of_attribute(&attribute.name.text, &attribute.value)));
            }
        }
        spans.extend(post.liquid.tags.iter().map(|tag| (tag.span, Aspects::LIQUID | Aspects::URL)));
        spans.sort_by_key(|&(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let longest = spans.iter().map(|(span, _)| span.len() as u32).max().unwrap_or(0);
        let front_matter = &post.front_matter;
        // the blank lines after the closing fence belong to the block, but not to its values
        let front_matter = Span { start: front_matter.block.start, end: front_matter.terminator.end };
        Places { front_matter, spans, longest }
    }

    /// What stands in the old text where `edit` is made: what the edit may change.
    pub fn of(&self, edit: &Edit) -> Aspects {
        if edit.span.end < self.front_matter.end && self.front_matter.covers(edit.span) {
            return Aspects::FRONT_MATTER;
        }
        if edit.text.trim_start().starts_with("{:") {
            return Aspects::ATTRIBUTES;
        }
        let nearest = edit.span.start.saturating_sub(self.longest);
        let first = self.spans.partition_point(|(span, _)| span.start < nearest);
        let around = self.spans[first..].iter().take_while(|(span, _)| span.start <= edit.span.start);
        // the innermost comes last
        around.filter(|(span, _)| span.covers(edit.span)).last().map_or(Aspects::TEXT, |&(_, aspects)| aspects)
    }

    /// Like [`Places::of`], for the edit of `fix` that made `change`.
    pub fn of_change(&self, change: &Change, fix: &Fix) -> Aspects {
        fix.edits.iter().find(|edit| edit.span == change.old).map_or(Aspects::NONE, |edit| self.of(edit))
    }
}

fn of_attribute(name: &str, value: &Value) -> (Span, Aspects) {
    let aspects = match name {
        "href" | "src" | "srcset" | "poster" | "data-src" => Aspects::URL,
        "alt" | "title" => Aspects::TEXT,
        _ => Aspects::ATTRIBUTES,
    };
    (value.span, aspects)
}
