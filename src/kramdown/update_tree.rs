//! What follows the first pass: spans, attribute lists, abbreviations, hard breaks and the ids of headings.
//!
//! kramdown's `update_tree` in `parser/kramdown.rb` and `update_elements` of its GFM parser.

use super::header_id;
use super::parser::Parser;
use crate::markup::{HazardKind, Kind, NodeId, Origin};
use crate::text::{Extract, Span};
use std::borrow::Cow;
use std::ops::Range;

impl<'a> Parser<'a> {
    /// The second pass over the whole tree.
    pub(super) fn update_tree(&mut self) {
        self.read_spans(NodeId::ROOT);
        let mut footnotes: Vec<NodeId> = self.footnotes.values().map(|footnote| footnote.node).collect();
        footnotes.sort_unstable();
        for footnote in footnotes {
            self.read_content(footnote);
        }
        self.apply_block_lists();
        self.replace_abbreviations();
        if self.options.gfm {
            self.break_lines();
        }
        self.give_ids();
        self.note_unused_footnotes();
    }

    /// Reads the spans of all blocks below `root`, footnotes left out: kramdown reads those at the end.
    fn read_spans(&mut self, root: NodeId) {
        let mut child = self.tree.first_child(root);
        while let Some(node) = child {
            // a text without a block is replaced by what is in it
            child = self.tree.next(node);
            if !matches!(self.tree.node(node).kind, Kind::FootnoteDefinition { .. }) {
                self.read_content(node);
            }
            self.merge_blanks(node);
            if self.stray_texts.contains(&node) {
                self.dissolve(node);
            }
        }
    }

    fn read_content(&mut self, node: NodeId) {
        match self.raw_texts.remove(&node) {
            Some(raw) => {
                let (source, range) = raw.finish();
                self.parse_spans(node, &source, range);
                if self.tasks.contains(&node)
                    && let Some(check_box) = self.tree.first_child(node)
                {
                    self.tree.detach(check_box);
                }
            }
            None => self.read_spans(node),
        }
    }

    /// Blank lines that only the end of a block parts are one.
    fn merge_blanks(&mut self, node: NodeId) {
        let is_blank = |parser: &Self, node: NodeId| matches!(parser.tree.node(node).kind, Kind::Blank);
        if let Some(previous) = self.tree.previous(node)
            && is_blank(self, node)
            && is_blank(self, previous)
        {
            let span = self.tree.node(node).span;
            let first = self.tree.node_mut(previous);
            first.span = first.span.to(span);
            self.tree.detach(node);
        }
    }

    /// Puts the children of `node` in its place.
    fn dissolve(&mut self, node: NodeId) {
        while let Some(child) = self.tree.first_child(node) {
            self.tree.detach(child);
            self.tree.insert_before(node, child);
        }
        self.tree.detach(node);
    }

    fn apply_block_lists(&mut self) {
        let mut lists: Vec<_> = std::mem::take(&mut self.block_lists).into_iter().collect();
        lists.sort_unstable_by_key(|&(node, _)| node);
        for (node, lists) in lists {
            if matches!(self.tree.node(node).kind, Kind::Blank | Kind::EndOfBlock) {
                // the list waited for a block, and a blank line came
                lists.iter().for_each(|list| self.hazard(HazardKind::AttributeListIgnored, list.span));
            } else {
                self.apply_lists(node, &lists, Origin::List);
            }
        }
    }

    /// A backslash before a line end is a hard break, with `hard_wrap` each line end is; but not in HTML elements, nor
    /// in headings that get an id.
    fn break_lines(&mut self) {
        let mut at = Some(NodeId::ROOT);
        let mut texts = Vec::new();
        while let Some(node) = at {
            let enters = match &self.tree.node(node).kind {
                Kind::Html(_) | Kind::Strikethrough | Kind::FootnoteDefinition { .. } => false,
                Kind::Text { .. } => {
                    texts.push(node);
                    false
                }
                _ => true,
            };
            let below = if enters { self.tree.first_child(node) } else { None };
            at = below.or_else(|| self.after(node));
        }
        for text in texts {
            self.break_text(text);
        }
    }

    /// The next node in the order of the document that does not lie below `node`.
    fn after(&self, node: NodeId) -> Option<NodeId> {
        std::iter::once(node).chain(self.tree.ancestors(node)).find_map(|node| self.tree.next(node))
    }

    fn break_text(&mut self, id: NodeId) {
        let node = self.tree.node(id);
        let span = node.span;
        let Kind::Text { text, .. } = &node.kind else {
            return;
        };
        if memchr::memchr(b'\n', text.as_bytes()).is_none() && !text.ends_with('\\') {
            return;
        }
        let text = text.clone();
        let is_own = span.of(self.file) == text.as_ref();
        let hard_wrap = self.options.hard_wrap;
        let mut start = 0;
        for at in memchr::memchr_iter(b'\n', text.as_bytes()) {
            let backslash = at > start && text.as_bytes()[at - 1] == b'\\';
            if !(hard_wrap || backslash) || !is_own {
                continue;
            }
            let end = if hard_wrap { at } else { at - 1 };
            self.insert_text(id, span, start..end);
            if self.is_last_line_end(id, &text, at) {
                start = text.len();
                break;
            }
            let line_break = self.tree.add(Kind::LineBreak, self.part(span, end..at));
            self.tree.insert_before(id, line_break);
            start = at;
        }
        // a carriage return was between the backslash and its line end: they are two texts
        let ends_line = !hard_wrap && text.ends_with('\\') && self.starts_with_line_end(self.tree.next(id));
        if ends_line && is_own {
            self.insert_text(id, span, start..text.len() - 1);
            if self.is_followed_by_last_line_end(id) {
                self.tree.detach(id);
                return;
            }
            let line_break = self.tree.add(Kind::LineBreak, self.part(span, text.len() - 1..text.len()));
            self.tree.insert_before(id, line_break);
            self.tree.detach(id);
        } else if start > 0 {
            self.insert_text(id, span, start..text.len());
            self.tree.detach(id);
        }
    }

    fn starts_with_line_end(&self, node: Option<NodeId>) -> bool {
        node.is_some_and(|node| matches!(&self.tree.node(node).kind, Kind::Text { text, .. } if text.starts_with('\n')))
    }

    /// A line end that closes a block breaks nothing.
    fn is_last_line_end(&self, id: NodeId, text: &str, at: usize) -> bool {
        let is_block = |node: NodeId| {
            let inline_only = matches!(self.tree.node(node).kind, Kind::Paragraph { .. } | Kind::Heading(_) | Kind::Cell | Kind::Term);
            inline_only || matches!(self.tree.node(node).kind, Kind::Item { .. } | Kind::Definition | Kind::BlockQuote)
        };
        at + 1 == text.len() && self.tree.next(id).is_none() && self.tree.parent(id).is_some_and(is_block)
    }

    fn is_followed_by_last_line_end(&self, id: NodeId) -> bool {
        self.tree.next(id).is_some_and(|next| match &self.tree.node(next).kind {
            Kind::Text { text, .. } => self.is_last_line_end(next, text, 0),
            _ => false,
        })
    }

    /// The bytes of the file behind `range` of a text that is the file's own.
    pub(super) fn part(&self, span: Span, range: Range<usize>) -> Span {
        let start = span.start as usize;
        Span::new(start + range.start, start + range.end)
    }

    /// Puts `range` of a text that is the file's own before `sibling`.
    pub(super) fn insert_text(&mut self, sibling: NodeId, span: Span, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let span = self.part(span, range);
        let node = self.tree.add(Kind::Text { text: Cow::Borrowed(span.of(self.file)), escaped: false }, span);
        self.tree.insert_before(sibling, node);
    }

    /// Adds bytes of the file as text below `parent`.
    pub(super) fn add_file_text(&mut self, parent: NodeId, span: Span) {
        self.tree.push(parent, Kind::Text { text: Cow::Borrowed(span.of(self.file)), escaped: false }, span);
    }

    /// Headings get their ids: those that the GFM parser reaches first, then, in another way and with counters of their
    /// own, those in HTML elements and footnotes.
    fn give_ids(&mut self) {
        let headings: Vec<NodeId> = self.tree.made().filter(|&id| matches!(self.tree.node(id).kind, Kind::Heading(_))).collect();
        self.take_list_ids(&headings);
        if !self.options.auto_ids || headings.is_empty() {
            return;
        }
        let headings = self.headings_without_id();
        for &(heading, in_gfm) in &headings {
            if in_gfm {
                let text = header_id::heading_text(&self.tree, heading, self.file);
                let id = self.header_ids.generate_gfm(&text, &self.options.auto_id_prefix);
                self.set_id(heading, id);
            }
        }
        for &(heading, in_gfm) in &headings {
            if !in_gfm {
                let raw = self.plain_id_text(heading);
                let id = self.header_ids.generate_plain(&raw, &self.options.auto_id_prefix);
                self.set_id(heading, Some(id));
            }
        }
    }

    fn set_id(&mut self, heading: NodeId, id: Option<String>) {
        if let Kind::Heading(heading) = &mut self.tree.node_mut(heading).kind {
            heading.id = id.map(Cow::Owned);
        }
    }

    /// An id from an attribute list wins over an explicit one.
    fn take_list_ids(&mut self, headings: &[NodeId]) {
        for &id in headings {
            if let Some(value) = self.tree.attribute(id, "id").map(|attribute| Cow::clone(&attribute.value.text))
                && let Kind::Heading(heading) = &mut self.tree.node_mut(id).kind
            {
                heading.id = Some(value);
            }
        }
    }

    /// In document order, with whether the GFM parser gives the id.
    fn headings_without_id(&self) -> Vec<(NodeId, bool)> {
        let is_outside = |node: NodeId| matches!(self.tree.node(node).kind, Kind::Html(_) | Kind::FootnoteDefinition { .. });
        let headings = self.tree.walk().filter(|&id| match &self.tree.node(id).kind {
            Kind::Heading(heading) => heading.id.is_none(),
            _ => false,
        });
        headings.map(|id| (id, self.options.gfm && !self.tree.ancestors(id).any(is_outside))).collect()
    }

    /// What plain kramdown makes an id from: the heading's source, or its text where that is asked for.
    fn plain_id_text(&self, heading: NodeId) -> String {
        if self.options.gfm {
            return header_id::heading_text(&self.tree, heading, self.file);
        }
        if self.options.auto_id_stripping {
            return header_id::stripped_text(&self.tree, heading);
        }
        self.heading_sources.get(&heading).cloned().unwrap_or_default()
    }

    fn note_unused_footnotes(&mut self) {
        let mut unused: Vec<(String, NodeId)> = self
            .footnotes
            .iter()
            .filter(|(_, footnote)| !footnote.referenced)
            .map(|(name, footnote)| (name.clone(), footnote.node))
            .collect();
        unused.sort_unstable_by_key(|&(_, node)| node);
        for (name, node) in unused {
            let span = self.tree.node(node).span;
            self.hazard(HazardKind::UnusedFootnote { name }, span);
        }
    }
}

/// Text without carriage returns and with a line end at its end, as kramdown wants it; `None` if it is so.
pub(super) fn adapt<'a>(source: &Extract<'a>) -> Option<Extract<'a>> {
    let text = source.text();
    let has_return = memchr::memchr(b'\r', text.as_bytes()).is_some();
    if !has_return && text.ends_with('\n') {
        return None;
    }
    let mut adapted = crate::text::ExtractBuilder::new(source.file());
    let mut from = 0;
    for at in memchr::memchr_iter(b'\r', text.as_bytes()) {
        adapted.extract(source, from..at);
        from = at + 1;
        if text.as_bytes().get(from) != Some(&b'\n') {
            adapted.synthetic("\n", source.span(at..from));
        }
    }
    adapted.extract(source, from..text.len());
    if !adapted.text().ends_with('\n') {
        adapted.synthetic("\n", Span::empty(source.span(0..text.len()).end as usize));
    }
    Some(adapted.finish())
}
