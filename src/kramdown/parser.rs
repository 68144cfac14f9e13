//! The state of a run and its two passes: blocks first, then spans, when all definitions of the document are known.
//!
//! Counterpart of kramdown's `parser/kramdown.rb`.

use super::Options;
use super::attribute_list::AttributeList;
use super::raw_text::RawText;
use crate::markup::{Hazard, HazardKind, Kind, NodeId, Tree, Value};
use crate::text::extract::OPAQUE;
use crate::text::{Extract, Span};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

/// What a link definition gives to the links that use it.
#[derive(Debug, Clone)]
pub(super) struct LinkTarget<'a> {
    pub url: Value<'a>,
    pub title: Option<Value<'a>>,
    /// The definition in the document; `None` for those of the configuration. Its attribute lists are in
    /// [`Parser::block_lists`].
    pub node: Option<NodeId>,
}

/// A footnote definition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Footnote {
    pub node: NodeId,
    /// A marker refers to it.
    pub referenced: bool,
}

/// One run over one document.
pub(super) struct Parser<'a> {
    /// `{::options …}` may change them midway.
    pub options: Options,
    pub file: &'a str,
    pub tree: Tree<'a>,
    /// By normalised id (see [`super::link_definition::normalize_id`]).
    pub link_definitions: FxHashMap<String, LinkTarget<'a>>,
    pub footnotes: FxHashMap<String, Footnote>,
    /// Attribute list definitions; several of one name add up.
    pub attribute_lists: FxHashMap<String, Vec<AttributeList<'a>>>,
    /// Abbreviations with the node of the definition that counts (the last one).
    pub abbreviations: FxHashMap<String, NodeId>,
    /// The attribute lists that stand at a block or a definition, in order; they are put into the attributes of the
    /// node at the end (definitions may follow their use).
    pub block_lists: FxHashMap<NodeId, Vec<AttributeList<'a>>>,
    /// Blocks whose content is read in the second pass.
    pub(super) raw_texts: FxHashMap<NodeId, RawText<'a>>,
    /// How deep blocks are nested at the moment.
    pub depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(source: &Extract<'a>, options: Options) -> Parser<'a> {
        let mut parser = Parser {
            options,
            file: source.file(),
            tree: Tree::new(source.span(0..source.text().len())),
            link_definitions: FxHashMap::default(),
            footnotes: FxHashMap::default(),
            attribute_lists: FxHashMap::default(),
            abbreviations: FxHashMap::default(),
            block_lists: FxHashMap::default(),
            raw_texts: FxHashMap::default(),
            depth: 0,
        };
        parser.define_configured_links();
        parser
    }

    fn define_configured_links(&mut self) {
        for (id, url, title) in std::mem::take(&mut self.options.link_defs) {
            let value = |text: String| Value { text: Cow::Owned(text), span: Span::default() };
            let target = LinkTarget { url: value(url), title: title.map(value), node: None };
            self.link_definitions.insert(super::link_definition::normalize_id(&id).into_owned(), target);
        }
    }

    pub(super) fn hazard(&mut self, kind: HazardKind, span: Span) {
        self.tree.hazards.push(Hazard { kind, span });
    }

    /// Adds `range` of `source` as text to `parent`: one [`Kind::Text`] a stretch of the file, [`Kind::Liquid`] where the
    /// output of a tag is unknown.
    pub(super) fn push_text(&mut self, parent: NodeId, source: &Extract<'a>, range: Range<usize>) {
        for (part, span, verbatim) in source.parts(range) {
            let text = &source.text()[part];
            if verbatim {
                self.push_verbatim(parent, span);
            } else if text.starts_with(OPAQUE) {
                self.push_liquid(parent, span);
            } else {
                self.tree.push(parent, Kind::Text { text: Cow::Owned(text.to_owned()), escaped: false }, span);
            }
        }
    }

    fn push_verbatim(&mut self, parent: NodeId, span: Span) {
        if let Some(last) = self.tree.last_child(parent) {
            let file = self.file;
            let node = self.tree.node_mut(last);
            if node.span.end == span.start
                && let Kind::Text { text: Cow::Borrowed(text), escaped: false } = &mut node.kind
            {
                node.span.end = span.end;
                *text = node.span.of(file);
                return;
            }
        }
        self.tree.push(parent, Kind::Text { text: Cow::Borrowed(span.of(self.file)), escaped: false }, span);
    }

    fn push_liquid(&mut self, parent: NodeId, span: Span) {
        let same = |&last: &NodeId| {
            let node = self.tree.node(last);
            matches!(node.kind, Kind::Liquid) && node.span == span
        };
        if self.tree.last_child(parent).as_ref().is_none_or(|last| !same(last)) {
            self.tree.push(parent, Kind::Liquid, span);
        }
    }
}
