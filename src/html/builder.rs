//! Builds a tree from nested constructs, of Markdown and of HTML, with a limit on their depth.

use super::tokens::{RawAttribute, StartTag, Token, Tokens};
use crate::markup::{Attribute, Attributes, Hazard, HazardKind, HtmlElement, Kind, NodeId, Origin, Tree, Value, value};
use crate::text::extract::OPAQUE;
use crate::text::{Extract, Span};
use std::borrow::Cow;
use std::ops::Range;

/// Constructs that are nested deeper hang at this level.
const MAX_DEPTH: usize = 128;

const VOID: [&str; 14] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that stand in a line of text (kramdown `parser/html.rb`, `HTML_SPAN_ELEMENTS`); all others are blocks.
const INLINE: [&str; 43] = [
    "a", "abbr", "acronym", "b", "big", "bdo", "br", "button", "cite", "code", "del", "dfn", "em", "i", "img", "input", "ins", "kbd",
    "label", "mark", "option", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "samp", "select", "small", "span", "strong", "sub", "sup",
    "textarea", "tt", "u", "var", "time", "wbr", "svg", "picture",
];

/// Elements that end where one of these begins.
const ENDED_BY: [(&str, &[&str]); 8] = [
    ("li", &["li"]),
    ("p", &["p"]),
    ("dt", &["dt", "dd"]),
    ("dd", &["dt", "dd"]),
    ("tr", &["tr"]),
    ("td", &["td", "th", "tr"]),
    ("th", &["td", "th", "tr"]),
    ("option", &["option"]),
];

/// A construct whose end is not reached yet.
struct Frame {
    node: NodeId,
    /// The name of an HTML element, lower case; `None` for anything else.
    element: Option<String>,
}

/// A tree in the making.
pub struct Builder<'a> {
    tree: Tree<'a>,
    open: Vec<Frame>,
    too_deep: bool,
}

impl<'a> Builder<'a> {
    /// A tree that covers `span`.
    pub fn new(span: Span) -> Builder<'a> {
        Builder { tree: Tree::new(span), open: vec![Frame { node: NodeId::ROOT, element: None }], too_deep: false }
    }

    /// Ends all that is still open.
    pub fn finish(mut self) -> Tree<'a> {
        while self.open.len() > 1 {
            self.leave();
        }
        self.close_elements(self.tree.node(NodeId::ROOT).span.end);
        self.tree
    }

    pub fn tree(&mut self) -> &mut Tree<'a> {
        &mut self.tree
    }

    /// The node that new ones hang below.
    pub fn parent(&self) -> NodeId {
        self.open.last().map_or(NodeId::ROOT, |frame| frame.node)
    }

    /// Adds a node without content.
    pub fn leaf(&mut self, kind: Kind<'a>, span: Span) -> NodeId {
        let parent = self.parent();
        self.tree.push(parent, kind, span)
    }

    /// Adds a node; what follows hangs below it until [`Builder::leave`].
    pub fn enter(&mut self, kind: Kind<'a>, span: Span) -> NodeId {
        let parent = self.parent();
        let node = self.tree.push(parent, kind, span);
        let is_too_deep = self.open.len() >= MAX_DEPTH;
        if is_too_deep && !self.too_deep {
            self.too_deep = true;
            self.tree.hazards.push(Hazard { kind: HazardKind::TooDeep, span });
        }
        self.open.push(Frame { node: if is_too_deep { parent } else { node }, element: None });
        node
    }

    /// Ends the innermost construct that [`Builder::enter`] began, with all HTML elements that were left open in it.
    pub fn leave(&mut self) {
        let end = self.open.iter().rev().find(|frame| frame.element.is_none()).map(|frame| self.tree.node(frame.node).span.end);
        self.close_elements(end.unwrap_or_default());
        if self.open.len() > 1 {
            self.open.pop();
        }
    }

    /// Ends the HTML elements that are open in the innermost other construct.
    fn close_elements(&mut self, end: u32) {
        while let Some(Frame { node, element: Some(_) }) = self.open.last() {
            let node = self.tree.node_mut(*node);
            node.span.end = node.span.end.max(end);
            self.open.pop();
        }
    }

    /// Adds `range` of `source` as text; what Liquid prints is [`Kind::Liquid`].
    pub fn text(&mut self, source: &Extract<'a>, range: Range<usize>) {
        let file = source.file();
        for (part, span, verbatim) in source.parts(range) {
            let text = &source.text()[part];
            if verbatim {
                self.leaf(Kind::Text { text: Cow::Borrowed(span.of(file)), escaped: false }, span);
            } else if text.starts_with(OPAQUE) {
                self.leaf(Kind::Liquid, span);
            } else {
                self.leaf(Kind::Text { text: Cow::Owned(text.to_owned()), escaped: false }, span);
            }
        }
    }

    /// Adds `range` of `source`, which is HTML. Elements may stay open for what follows.
    pub fn html(&mut self, source: &Extract<'a>, range: Range<usize>) {
        for token in Tokens::new(source.text(), range) {
            match token {
                Token::Text(range) => self.text(source, range),
                Token::Start(tag) => self.start_tag(source, &tag),
                Token::End { name, range } => self.end_tag(source, name, range),
                Token::Comment { content, range } => {
                    self.leaf(Kind::Comment { content: source.span(content) }, source.span(range));
                }
                Token::Declaration(range) | Token::Raw(range) => {
                    let span = source.span(range);
                    self.leaf(Kind::Raw { content: span }, span);
                }
            }
        }
    }

    fn start_tag(&mut self, source: &Extract<'a>, tag: &StartTag) {
        let name = lower_case(source, tag.name.clone());
        let ended = ENDED_BY.iter().filter(|(_, by)| by.contains(&name.as_ref()));
        let ended: Vec<&str> = ended.map(|(ended, _)| *ended).collect();
        let span = source.span(tag.range.clone());
        while self.open.last().is_some_and(|frame| frame.element.as_deref().is_some_and(|open| ended.contains(&open))) {
            self.close_innermost(span.start, None);
        }
        let void = tag.self_closing || VOID.contains(&name.as_ref());
        let block = !INLINE.contains(&name.as_ref());
        let element = HtmlElement { name: name.clone(), block, open_tag: span, close_tag: None, void };
        let node = self.leaf(Kind::Html(Box::new(element)), span);
        if !tag.attributes.is_empty() {
            let attributes = Attributes { all: attributes(source, &tag.attributes), lists: Vec::new() };
            self.tree.node_mut(node).attributes = Some(Box::new(attributes));
        }
        if !void && self.open.len() < MAX_DEPTH {
            self.open.push(Frame { node, element: Some(name.into_owned()) });
        }
    }

    fn end_tag(&mut self, source: &Extract<'a>, name: Range<usize>, range: Range<usize>) {
        let name = lower_case(source, name);
        let span = source.span(range);
        let elements = self.open.iter().rev().take_while(|frame| frame.element.is_some());
        let Some(depth) = elements.map(|frame| frame.element.as_deref()).position(|open| open == Some(name.as_ref())) else {
            return;
        };
        for _ in 0..depth {
            self.close_innermost(span.start, None);
        }
        self.close_innermost(span.end, Some(span));
    }

    /// Ends the innermost element at `end`, with its end tag or without.
    fn close_innermost(&mut self, end: u32, tag: Option<Span>) {
        let Some(frame) = self.open.pop() else { return };
        let node = self.tree.node_mut(frame.node);
        node.span.end = node.span.end.max(end);
        if let Kind::Html(element) = &mut node.kind {
            element.close_tag = tag;
        }
    }
}

fn lower_case<'a>(source: &Extract<'a>, range: Range<usize>) -> Cow<'a, str> {
    let name = source.value(range);
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) { Cow::Owned(name.to_ascii_lowercase()) } else { name }
}

/// The attributes of a tag: of several with one name the first counts.
fn attributes<'a>(source: &Extract<'a>, raw: &[RawAttribute]) -> Vec<Attribute<'a>> {
    let mut all: Vec<Attribute> = Vec::with_capacity(raw.len());
    for attribute in raw {
        let span = source.span(attribute.name.clone());
        let name = Value { text: lower_case(source, attribute.name.clone()), span };
        // a tag with a thousand attributes is no tag that somebody wrote
        if all.len() < 64 && !all.iter().any(|known| known.name.text == name.text) {
            all.push(Attribute { name, value: value(source, attribute.value.clone()), origin: Origin::Html });
        }
    }
    all
}
