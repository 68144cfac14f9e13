//! The state of a run and its two passes: blocks first, then spans, when all definitions of the document are known.
//!
//! Counterpart of kramdown's `parser/kramdown.rb`.

use super::Options;
use super::attribute_list::AttributeList;
use super::cursor::Cursor;
use super::header_id::HeaderIds;
use super::html::HtmlBlock;
use super::raw_text::RawText;
use super::scan;
use crate::markup::{Hazard, HazardKind, Kind, NodeId, Tree, Value};
use crate::text::extract::OPAQUE;
use crate::text::{Extract, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

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

/// How deep blocks may be nested; what lies deeper is text.
pub(super) const MAX_DEPTH: usize = 100;

/// One run over one document.
pub(super) struct Parser<'a> {
    /// `{::options …}` may change them midway.
    pub options: Options,
    pub file: &'a str,
    pub tree: Tree<'a>,
    /// By normalised id (see [`super::link_definition::normalize_id`]).
    pub link_definitions: FxHashMap<String, LinkTarget<'a>>,
    /// How many ids there were when the longest was looked for, and its length; see [`Parser::longest_link_id`].
    pub(super) longest_link_id: Option<(usize, usize)>,
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
    /// HTML elements whose content is not read as Markdown.
    pub raw_html: FxHashSet<NodeId>,
    pub header_ids: HeaderIds,
    /// Ends of blocks that are `^`, not what a definition or a list leaves.
    pub(super) plain_ends: FxHashSet<NodeId>,
    /// Blank lines that are one empty line.
    pub(super) single_blanks: FxHashSet<NodeId>,
    /// The source of headings, where ids are made from that.
    pub(super) heading_sources: FxHashMap<NodeId, String>,
    /// Paragraphs that start with the check box of a task.
    pub(super) tasks: FxHashSet<NodeId>,
    /// Texts that stand among blocks, see [`Parser::parse_stray_line`].
    pub(super) stray_texts: FxHashSet<NodeId>,
    /// How deep blocks are nested at the moment.
    pub depth: usize,
    is_too_deep: bool,
}

impl<'a> Parser<'a> {
    pub(super) fn new(source: &Extract<'a>, options: Options) -> Parser<'a> {
        let mut parser = Parser {
            options,
            file: source.file(),
            tree: Tree::new(source.span(0..source.text().len())),
            link_definitions: FxHashMap::default(),
            longest_link_id: None,
            footnotes: FxHashMap::default(),
            attribute_lists: FxHashMap::default(),
            abbreviations: FxHashMap::default(),
            block_lists: FxHashMap::default(),
            raw_texts: FxHashMap::default(),
            raw_html: FxHashSet::default(),
            header_ids: HeaderIds::default(),
            plain_ends: FxHashSet::default(),
            single_blanks: FxHashSet::default(),
            heading_sources: FxHashMap::default(),
            tasks: FxHashSet::default(),
            stray_texts: FxHashSet::default(),
            depth: 0,
            is_too_deep: false,
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

    /// The first pass: reads the rest of `cursor` into blocks below `parent`. Gives whether it stopped at the end tag of
    /// `parent`, an HTML element.
    pub(super) fn parse_blocks(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        if self.depth > MAX_DEPTH {
            let rest = cursor.at..cursor.text.len();
            self.too_deep(cursor.span(rest.clone()));
            self.push_text(parent, cursor.source, rest);
            cursor.at = cursor.text.len();
            return false;
        }
        self.depth += 1;
        let outer = std::mem::take(&mut cursor.pending);
        let mut is_closed = false;
        while !cursor.is_done() && !is_closed {
            is_closed = self.parse_block(parent, cursor);
        }
        cursor.pending = outer;
        self.depth -= 1;
        is_closed
    }

    /// Reads the block at the cursor: the first parser that can takes it. The order is kramdown's.
    fn parse_block(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let marker = scan::skip_indent(cursor.text, cursor.at);
        let first = scan::byte_at(cursor.text, marker).unwrap_or(b'\n');
        if scan::is_space(first) {
            let is_parsed = self.parse_blank_line(parent, cursor) || self.parse_codeblock(parent, cursor);
            if is_parsed {
                return false;
            }
        }
        let is_parsed = match first {
            b'`' | b'~' => self.parse_codeblock_fenced(parent, cursor),
            b'>' => self.parse_blockquote(parent, cursor),
            b'#' => self.parse_atx_header(parent, cursor),
            b'*' | b'-' | b'_' => self.parse_horizontal_rule(parent, cursor) || self.parse_list(parent, cursor),
            b'+' | b'0'..=b'9' => self.parse_list(parent, cursor),
            b':' => self.parse_definition_list(parent, cursor),
            b'<' => match self.parse_block_html(parent, cursor) {
                HtmlBlock::End => return true,
                html => html == HtmlBlock::Parsed,
            },
            _ => false,
        };
        if is_parsed || self.parse_setext_header(parent, cursor) {
            return false;
        }
        // an escaped block of maths moves the cursor and leaves the rest to the others
        if matches!(first, b'$' | b'\\') && self.parse_block_math(parent, cursor) {
            return false;
        }
        let is_parsed = self.parse_table(parent, cursor)
            || match first {
                b'[' => self.parse_footnote_definition(parent, cursor) || self.parse_link_definition(parent, cursor),
                b'*' => self.parse_abbreviation_definition(parent, cursor),
                b'{' => self.parse_block_extensions(parent, cursor),
                b'^' => self.parse_eob(parent, cursor),
                _ => false,
            }
            || self.parse_paragraph(parent, cursor);
        if !is_parsed {
            self.parse_stray_line(parent, cursor);
        }
        false
    }

    /// A line that no parser takes (one to three spaces and a tab): text without a block of its own.
    fn parse_stray_line(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) {
        let range = cursor.at..scan::next_line(cursor.text, cursor.at);
        cursor.at = range.end;
        let last = self.tree.last_child(parent).filter(|last| self.stray_texts.contains(last));
        if let Some(last) = last {
            let span = cursor.span(range.clone());
            let node = self.tree.node_mut(last);
            node.span = node.span.to(span);
            if let Some(raw) = self.raw_texts.get_mut(&last) {
                raw.join(self.file, cursor.source, "", range);
            }
            return;
        }
        let kind = Kind::Text { text: Cow::Borrowed(""), escaped: false };
        let node = self.tree.push(parent, kind, cursor.span(range.clone()));
        self.stray_texts.insert(node);
        self.raw_texts.insert(node, RawText::Range(Rc::clone(cursor.source), range));
    }

    /// Adds a block that takes the attribute lists which wait for one.
    pub(super) fn push_block(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>, kind: Kind<'a>, span: Span) -> NodeId {
        let node = self.tree.push(parent, kind, span);
        self.take_pending(node, cursor);
        node
    }

    /// Gives `node` the attribute lists that wait for the next block.
    pub(super) fn take_pending(&mut self, node: NodeId, cursor: &mut Cursor<'_, 'a>) {
        if !cursor.pending.is_empty() {
            self.block_lists.insert(node, std::mem::take(&mut cursor.pending));
        }
    }

    /// Whether `node` leaves nothing on the page (kramdown's element `eob`).
    pub(super) fn is_end_of_block(&self, node: NodeId) -> bool {
        matches!(
            self.tree.node(node).kind,
            Kind::EndOfBlock | Kind::LinkDefinition(_) | Kind::FootnoteDefinition { .. } | Kind::AbbreviationDefinition { .. }
        )
    }

    /// Ends the text of a paragraph with a line end where it makes a difference: for a backslash or a task's box.
    pub(super) fn end_line(&mut self, paragraph: NodeId) {
        let file = self.file;
        if let Some(raw) = self.raw_texts.get_mut(&paragraph)
            && (raw.text().ends_with('\\') || matches!(raw.text(), "[ ]" | "[x]" | "[X]"))
        {
            let end = raw.end_line(file);
            self.cover(paragraph, end);
        }
    }

    /// Makes `node` and all that hold it cover `span`.
    pub(super) fn cover(&mut self, node: NodeId, span: Span) {
        let mut at = Some(node);
        while let Some(node) = at {
            let own = self.tree.node(node).span;
            if own.covers(span) {
                break;
            }
            self.tree.node_mut(node).span = own.to(span);
            at = self.tree.parent(node);
        }
    }

    /// Makes `node` and all that hold it cover its last child.
    pub(super) fn cover_last_child(&mut self, node: NodeId) {
        if let Some(last) = self.tree.last_child(node) {
            self.cover(node, self.tree.node(last).span);
        }
    }

    /// Says once that a document is nested too deep.
    pub(super) fn too_deep(&mut self, span: Span) {
        if !self.is_too_deep {
            self.is_too_deep = true;
            self.hazard(HazardKind::TooDeep, span);
        }
    }

    pub(super) fn hazard(&mut self, kind: HazardKind, span: Span) {
        self.tree.hazards.push(Hazard { kind, span });
    }

    /// Adds `range` of `source` as text to `parent`: one [`Kind::Text`] a stretch of the file, [`Kind::Liquid`] where the
    /// output of a tag is unknown.
    pub(super) fn push_text(&mut self, parent: NodeId, source: &Extract<'a>, range: Range<usize>) {
        if !range.is_empty() && source.is_verbatim(range.clone()) {
            return self.push_verbatim(parent, source.span(range));
        }
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
