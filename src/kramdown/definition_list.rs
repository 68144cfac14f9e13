//! Definition lists, which kramdown has in `parser/kramdown/list.rb`.

use super::attribute_list;
use super::cursor::Cursor;
use super::parser::Parser;
use super::raw_text::RawText;
use super::{eob, extensions, list, list_item, scan};
use crate::markup::{Kind, NodeId};
use crate::text::{ExtractBuilder, Span};
use std::ops::Range;
use std::rc::Rc;

/// `^ {0,3}:` with what must follow a marker: the offset behind the colon.
pub(super) fn marker(text: &str, at: usize) -> Option<usize> {
    let start = scan::skip_indent(text, at);
    (scan::byte_at(text, start)? == b':' && list::is_tail(text, start + 1)).then_some(start + 1)
}

/// A definition while its lines are collected.
struct Definition<'a> {
    node: NodeId,
    range: Range<usize>,
    /// Its first paragraph is printed as one.
    loose: bool,
    content: ExtractBuilder<'a>,
}

impl<'a> Parser<'a> {
    pub(super) fn parse_definition_list(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        if marker(cursor.text, cursor.at).is_none() {
            return false;
        }
        let Some((paragraph, blank)) = self.terms_before(parent) else {
            return false;
        };
        // the pending list is lost: the one of the paragraph counts
        cursor.pending.clear();
        let list = self.tree.add(Kind::DefinitionList, self.tree.node(paragraph).span);
        if let Some(blank) = blank {
            self.tree.detach(blank);
        }
        self.tree.detach(paragraph);
        self.add_terms(list, paragraph);
        if let Some(lists) = self.block_lists.remove(&paragraph) {
            self.block_lists.insert(list, lists);
        }
        let start = cursor.at;
        let definitions = self.collect_definitions(list, cursor, blank.is_some());
        let mut last_blank = None;
        for definition in definitions {
            let Definition { node, range, loose, content } = definition;
            self.tree.node_mut(node).span = cursor.block_span(range);
            self.parse_nested(node, content.finish());
            if self.tree.first_child(node).is_some() {
                last_blank = self.take_last_blank(node);
                self.cover_last_child(node);
                self.make_definition_transparent(node, loose);
            }
        }
        let end = cursor.block_span(start..cursor.at);
        let node = self.tree.node_mut(list);
        node.span = node.span.to(end);
        self.append_definition_list(parent, list);
        if let Some(blank) = last_blank {
            self.tree.append(parent, blank);
        }
        true
    }

    /// The paragraph that holds the terms, and the one blank line that may follow it.
    fn terms_before(&self, parent: NodeId) -> Option<(NodeId, Option<NodeId>)> {
        let is_paragraph = |&node: &NodeId| matches!(self.tree.node(node).kind, Kind::Paragraph { .. });
        let last = self.tree.last_child(parent)?;
        if is_paragraph(&last) {
            return Some((last, None));
        }
        if !matches!(self.tree.node(last).kind, Kind::Blank) || !self.single_blanks.contains(&last) {
            return None;
        }
        self.tree.previous(last).filter(is_paragraph).map(|paragraph| (paragraph, Some(last)))
    }

    /// Each line of the paragraph is a term.
    fn add_terms(&mut self, list: NodeId, paragraph: NodeId) {
        let Some(raw) = self.raw_texts.remove(&paragraph) else {
            return;
        };
        let (source, range) = raw.finish();
        let text = source.text();
        let mut at = range.start;
        while at < range.end {
            let end = scan::line_end(text, at).min(range.end);
            let start = scan::skip_while(text, at, scan::is_space).min(end);
            let attributes = extensions::item_list(text, start, end);
            let written = scan::trim_end(text, at..end);
            let content = attributes.as_ref().map_or(at, |found| found.end).min(written.end)..written.end;
            let term = self.tree.push(list, Kind::Term, source.span(written));
            if let Some(found) = attributes {
                let attributes = attribute_list::parse(&source, found.content, &mut self.tree.hazards);
                self.block_lists.entry(term).or_default().push(attributes);
            }
            self.raw_texts.insert(term, RawText::Range(Rc::clone(&source), content));
            at = end + 1;
        }
    }

    fn collect_definitions(&mut self, list: NodeId, cursor: &mut Cursor<'_, 'a>, after_blank: bool) -> Vec<Definition<'a>> {
        let text = cursor.text;
        let mut definitions: Vec<Definition<'a>> = Vec::new();
        let mut indentation = 0;
        let mut marker_indent = 3;
        let mut loose = after_blank;
        let mut last_is_blank = false;
        let mut at = cursor.at;
        while at < text.len() {
            let next = scan::next_line(text, at);
            let found = marker(text, at).filter(|&end| end - 1 - at <= marker_indent);
            if let Some(end) = found {
                let node = self.tree.push(list, Kind::Definition, Span::default());
                let first = list_item::first_line(self, cursor, node, end - at, end, next);
                indentation = first.indentation;
                marker_indent = list::max_marker_indent(indentation);
                let mut content = ExtractBuilder::new(self.file);
                content.extract(cursor.source, first.content);
                definitions.push(Definition { node, range: at..next, loose, content });
                (loose, last_is_blank) = (false, false);
                at = next;
                continue;
            }
            let Some(definition) = definitions.last_mut().filter(|_| eob::marker(text, at).is_none()) else {
                break;
            };
            if list_item::is_content_line(text, at, indentation) || (!last_is_blank && list::is_lazy_line(cursor, at, indentation)) {
                list_item::Line::new(text, at, indentation).write(cursor.source, &mut definition.content, next);
                definition.range.end = next;
                (loose, last_is_blank) = (false, false);
                at = next;
            } else if let Some(end) = scan::blank_lines(text, at) {
                (loose, last_is_blank) = (true, true);
                definition.content.extract(cursor.source, at..end);
                at = end;
            } else {
                break;
            }
        }
        cursor.at = at;
        definitions
    }

    fn make_definition_transparent(&mut self, definition: NodeId, loose: bool) {
        let Some(first) = self.tree.first_child(definition) else {
            return;
        };
        if loose || !matches!(self.tree.node(first).kind, Kind::Paragraph { .. }) {
            return;
        }
        if self.tree.next(first).is_some() {
            self.end_line(first);
        }
        self.tree.node_mut(first).kind = Kind::Paragraph { transparent: true };
    }

    /// A list that follows another one goes on with it.
    fn append_definition_list(&mut self, parent: NodeId, list: NodeId) {
        let is_list = |&node: &NodeId| matches!(self.tree.node(node).kind, Kind::DefinitionList);
        let last = self.tree.last_child(parent);
        let blank = last.filter(|&last| matches!(self.tree.node(last).kind, Kind::Blank));
        let before = match blank {
            Some(blank) => self.tree.previous(blank).filter(is_list),
            None => last.filter(is_list),
        };
        let Some(before) = before else {
            self.tree.append(parent, list);
            return;
        };
        if let Some(blank) = blank {
            self.tree.detach(blank);
        }
        while let Some(child) = self.tree.first_child(list) {
            self.tree.detach(child);
            self.tree.append(before, child);
        }
        let end = self.tree.node(list).span;
        let node = self.tree.node_mut(before);
        node.span = node.span.to(end);
        self.block_lists.remove(&list);
    }
}
