//! What stands in a text: links, images, code, emphasis.

use super::code;
use super::link::{Destination, destination_after, text_length};
use super::reader::{Reader, range};
use crate::markup::{Image, Kind, Link, LinkStyle, NodeId, Value, value};
use crate::text::Span;
use markdown::mdast::{self, Node};
use std::borrow::Cow;
use std::ops::Range;

impl<'a> Reader<'_, 'a> {
    pub(super) fn inline(&mut self, node: &Node) {
        let range = range(node);
        match node {
            Node::Text(text) => self.text(node, &text.value),
            Node::Emphasis(_) => self.parent(Kind::Emphasis, node),
            Node::Strong(_) => self.parent(Kind::Strong, node),
            Node::Delete(_) => self.parent(Kind::Strikethrough, node),
            Node::InlineCode(_) => {
                let content = value(self.source, code::span_content(self.source.text(), range.clone()));
                self.leaf(Kind::CodeSpan { content }, range);
            }
            Node::Break(_) => self.leaf(Kind::LineBreak, range),
            Node::FootnoteReference(_) => {
                let name = self.footnote_name(range.clone());
                self.leaf(Kind::FootnoteReference { name }, range);
            }
            Node::Link(link) => self.link(link, node),
            Node::LinkReference(link) => {
                let (definition, (url, title)) = self.defined(&link.identifier, range.start);
                self.bracketed(Link { style: LinkStyle::Reference, url, title, content: self.link_content(node), definition }, node);
            }
            Node::Image(image) => {
                let (url, title) = self.destination(range.start + 2..range.end, &image.url);
                let alt = self.alt(&image.alt, &range);
                let image = Image { style: LinkStyle::Inline, url, title, alt, definition: None };
                self.leaf(Kind::Image(Box::new(image)), range);
            }
            Node::ImageReference(image) => {
                let (definition, (url, title)) = self.defined(&image.identifier, range.start);
                let alt = self.alt(&image.alt, &range);
                self.leaf(Kind::Image(Box::new(Image { style: LinkStyle::Reference, url, title, alt, definition })), range);
            }
            // the rest is MDX, which is off
            _ => self.children(node),
        }
    }

    fn link(&mut self, link: &mdast::Link, node: &Node) {
        let range = range(node);
        match self.source.text().as_bytes().get(range.start) {
            Some(b'[') => {
                let (url, title) = self.destination(range.start + 1..range.end, &link.url);
                self.bracketed(Link { style: LinkStyle::Inline, url, title, content: self.link_content(node), definition: None }, node);
            }
            Some(b'<') => self.autolink(&link.url, range.clone(), range.start + 1..range.end.saturating_sub(1)),
            // no link stands in the text of another
            _ if self.in_link => self.builder.text(self.source, range),
            _ => self.autolink(&link.url, range.clone(), range),
        }
    }

    /// A link whose text stands in brackets.
    fn bracketed(&mut self, link: Link<'a>, node: &Node) {
        let outer = std::mem::replace(&mut self.in_link, true);
        self.parent(Kind::Link(Box::new(link)), node);
        self.in_link = outer;
    }

    /// The link `whole`, whose target and text are `written`; `meant` may have a scheme before it.
    fn autolink(&mut self, meant: &str, whole: Range<usize>, written: Range<usize>) {
        let mut url = value(self.source, written.clone());
        let scheme = ["mailto:", "http://"].into_iter().find(|scheme| meant.starts_with(scheme) && !url.text.starts_with(scheme));
        if let Some(scheme) = scheme {
            url.text = Cow::Owned(format!("{scheme}{}", url.text));
        }
        let content = self.source.span(written.clone());
        let link = Link { style: LinkStyle::Autolink, url, title: None, content, definition: None };
        self.enter(Kind::Link(Box::new(link)), whole);
        self.builder.text(self.source, written);
        self.builder.leave();
    }

    fn link_content(&self, node: &Node) -> Span {
        let start = range(node).start + 1;
        self.source.span(self.content(node).unwrap_or(start..start))
    }

    /// `inside`: what follows the opening bracket, up to the end of the link.
    fn destination(&self, inside: Range<usize>, meant: &str) -> Destination<'a> {
        let start = inside.start;
        destination_after(self.source, inside).unwrap_or_else(|| (self.unknown(meant, start), None))
    }

    /// The definition of `identifier`, with its target and title.
    fn defined(&self, identifier: &str, at: usize) -> (Option<NodeId>, Destination<'a>) {
        match self.definitions.get(identifier) {
            Some((node, url, title)) => (Some(node), (url, title)),
            None => (None, (self.unknown("", at), None)),
        }
    }

    /// A value of which nobody knows where it is written.
    fn unknown(&self, text: &str, at: usize) -> Value<'a> {
        Value { text: Cow::Owned(text.to_owned()), span: self.source.span(at..at) }
    }

    /// The alternative text of the image `whole`, whose meaning is `alt`.
    fn alt(&self, alt: &str, whole: &Range<usize>) -> Value<'a> {
        let inside = whole.start + 2..whole.end;
        let length = text_length(&self.source.text()[inside.clone()]).unwrap_or_default();
        let content = inside.start..inside.start + length;
        let span = self.source.span(content.clone());
        let written = &self.source.text()[content.clone()];
        let text = match self.source.has_opaque(content.clone()) || written == alt {
            true => self.source.value(content),
            false => Cow::Owned(with_line_ends(alt, written)),
        };
        Value { text, span }
    }
}

/// `alt` with the line ends of `written`, which the crate leaves out.
fn with_line_ends(alt: &str, written: &str) -> String {
    let mut meant = alt.chars().peekable();
    let mut text = String::with_capacity(alt.len());
    for c in written.chars() {
        if c == '\n' {
            text.push(c);
        } else {
            text.extend(meant.next_if_eq(&c));
        }
    }
    text.extend(meant);
    text
}
