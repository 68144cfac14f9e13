//! Ordered and unordered lists, kramdown's `parser/kramdown/list.rb`, and the task lists of its GFM parser.

use super::cursor::Cursor;
use super::parser::Parser;
use super::{eob, horizontal_rule, html, list_item, scan};
use crate::markup::{Kind, NodeId};
use crate::text::{Extract, ExtractBuilder, Span};
use std::rc::Rc;

/// The marker of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    pub ordered: bool,
    /// The first byte of the marker.
    pub start: usize,
    /// Behind the marker.
    pub end: usize,
}

/// A list item's marker at the line start `at`, behind at most three spaces: `[+*-]` or `\d+\.`, then a tab, a space or
/// (sic) `|`.
pub(super) fn marker(text: &str, at: usize) -> Option<Marker> {
    let start = scan::skip_indent(text, at);
    let (ordered, end) = match scan::byte_at(text, start)? {
        b'*' | b'+' | b'-' => (false, start + 1),
        b'0'..=b'9' => {
            let digits = scan::skip_while(text, start, |byte| byte.is_ascii_digit());
            if scan::byte_at(text, digits) != Some(b'.') {
                return None;
            }
            (true, digits + 1)
        }
        _ => return None,
    };
    is_tail(text, end).then_some(Marker { ordered, start, end })
}

/// `[\t| ].*?\n`, which must follow any marker.
pub(super) fn is_tail(text: &str, at: usize) -> bool {
    matches!(scan::byte_at(text, at), Some(b'\t' | b' ' | b'|')) && scan::line_end(text, at) < text.len()
}

/// How far the marker of a further item may be indented, by the indentation of the content.
pub(super) fn max_marker_indent(indentation: usize) -> usize {
    match indentation {
        1..=3 => indentation - 1,
        _ => 3,
    }
}

/// An item while its lines are collected.
struct Item<'a> {
    node: NodeId,
    start: usize,
    end: usize,
    /// Each is read on its own: a nested list starts a new one.
    parts: Vec<ExtractBuilder<'a>>,
}

/// The lines of a list as collected.
struct Lines<'a> {
    items: Vec<Item<'a>>,
    end: usize,
    eob_found: bool,
}

impl<'a> Parser<'a> {
    pub(super) fn parse_list(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let Some(first) = marker(cursor.text, cursor.at) else {
            return false;
        };
        let list = self.tree.add(Kind::List { ordered: first.ordered }, Span::default());
        self.take_pending(list, cursor);
        let lines = self.collect_items(list, cursor, first.ordered);
        cursor.at = lines.end;
        let content_end = lines.items.last().map_or(first.end, |item| item.end);
        self.tree.node_mut(list).span = cursor.block_span(first.start..content_end);
        self.tree.append(parent, list);

        let count = lines.items.len();
        let mut last_blank = None;
        for (index, item) in lines.items.into_iter().enumerate() {
            self.tree.node_mut(item.node).span = cursor.block_span(item.start..item.end);
            for part in item.parts {
                self.parse_nested(item.node, part.finish());
            }
            let is_last = index + 1 == count;
            if self.tree.first_child(item.node).is_some() {
                self.make_transparent(list, item.node, is_last, lines.eob_found);
                last_blank = self.take_last_blank(item.node);
                self.cover_last_child(item.node);
            }
        }
        if let Some(blank) = last_blank.filter(|_| !lines.eob_found) {
            self.tree.append(parent, blank);
        }
        if self.options.gfm {
            self.mark_tasks(list);
        }
        true
    }

    fn collect_items(&mut self, list: NodeId, cursor: &mut Cursor<'_, 'a>, ordered: bool) -> Lines<'a> {
        let text = cursor.text;
        let mut lines = Lines { items: Vec::new(), end: cursor.at, eob_found: false };
        let mut indentation = 0;
        let mut marker_indent = 3;
        let mut nested_list_found = false;
        let mut last_is_blank = false;
        let mut at = cursor.at;
        while at < text.len() {
            if last_is_blank && horizontal_rule::rule(text, at).is_some() {
                break;
            }
            if let Some(end) = eob::marker(text, at) {
                lines.eob_found = true;
                at = end;
                break;
            }
            let found = marker(text, at).filter(|found| found.ordered == ordered && found.start - at <= marker_indent);
            let next = scan::next_line(text, at);
            if let Some(found) = found {
                let node = self.tree.push(list, Kind::Item { task: None }, Span::default());
                let first = list_item::first_line(self, cursor, node, found.end - at, found.end, next);
                indentation = first.indentation;
                marker_indent = max_marker_indent(indentation);
                nested_list_found = marker(text, first.content.start.min(next)).is_some() && !first.content.is_empty();
                let mut part = ExtractBuilder::new(self.file);
                part.extract(cursor.source, first.content);
                lines.items.push(Item { node, start: found.start, end: next, parts: vec![part] });
                last_is_blank = false;
                at = next;
                continue;
            }
            let Some(item) = lines.items.last_mut() else {
                break;
            };
            if list_item::is_content_line(text, at, indentation) || (!last_is_blank && is_lazy_line(cursor, at, indentation)) {
                let line = list_item::Line::new(text, at, indentation);
                let starts_list = line.starts_list(text);
                if !nested_list_found && line.is_indented && starts_list {
                    item.parts.push(ExtractBuilder::new(self.file));
                    nested_list_found = true;
                }
                if let Some(part) = item.parts.last_mut() {
                    if nested_list_found && !line.is_indented && starts_list {
                        let indent = " ".repeat(indentation + 4);
                        part.synthetic(&indent, Span::empty(cursor.source.source(at)));
                    }
                    line.write(cursor.source, part, next);
                }
                item.end = next;
                last_is_blank = false;
                at = next;
            } else if let Some(end) = scan::blank_lines(text, at) {
                nested_list_found = true;
                last_is_blank = true;
                if let Some(part) = item.parts.last_mut() {
                    part.extract(cursor.source, at..end);
                }
                at = end;
            } else {
                break;
            }
        }
        lines.end = at;
        lines
    }

    /// Decides whether the first paragraph of an item is printed as one.
    fn make_transparent(&mut self, list: NodeId, item: NodeId, is_last: bool, eob_found: bool) {
        let Some(first) = self.tree.first_child(item) else {
            return;
        };
        if !matches!(self.tree.node(first).kind, Kind::Paragraph { .. }) {
            return;
        }
        let mut second = self.tree.next(first);
        // the end of the attribute list that stands behind the paragraph does not count
        if let Some(end) = second
            && self.is_end_of_block(end)
            && self.block_lists.contains_key(&first)
        {
            second = self.tree.next(end);
            if matches!(self.tree.node(end).kind, Kind::EndOfBlock) {
                self.tree.detach(end);
            }
        }
        let second_is_blank = second.is_some_and(|second| matches!(self.tree.node(second).kind, Kind::Blank));
        let ends_with_blank = second_is_blank && second.is_some_and(|second| self.tree.next(second).is_none());
        let tight = second.is_none() || !second_is_blank || (is_last && ends_with_blank && !eob_found);
        if !tight || (is_last && self.follows_loose_items_only(list, item)) {
            return;
        }
        if second.is_some() && !second_is_blank {
            self.end_line(first);
        }
        self.tree.node_mut(first).kind = Kind::Paragraph { transparent: true };
    }

    /// Whether there are items before `last` and all of them start with a paragraph that is printed as one.
    fn follows_loose_items_only(&self, list: NodeId, last: NodeId) -> bool {
        self.tree.previous(last).is_some()
            && self.tree.children(list).take_while(|&item| item != last).all(|item| {
                let first = self.tree.first_child(item).map(|first| &self.tree.node(first).kind);
                matches!(first, Some(Kind::Paragraph { transparent: false }))
            })
    }

    /// The blank lines at the end of an item belong to what holds the list.
    pub(super) fn take_last_blank(&mut self, item: NodeId) -> Option<NodeId> {
        let last = self.tree.last_child(item)?;
        if !matches!(self.tree.node(last).kind, Kind::Blank) {
            return None;
        }
        self.tree.detach(last);
        Some(last)
    }

    fn mark_tasks(&mut self, list: NodeId) {
        let items: Vec<NodeId> = self.tree.children(list).collect();
        for item in items {
            let Some(first) = self.tree.first_child(item) else {
                continue;
            };
            if !matches!(self.tree.node(first).kind, Kind::Paragraph { .. }) {
                continue;
            }
            if let Some(done) = self.raw_texts.get_mut(&first).and_then(|raw| raw.take_task(self.file)) {
                self.tasks.insert(first);
                self.tree.node_mut(item).kind = Kind::Item { task: Some(done) };
            }
        }
    }

    /// Reads text that was taken out of its surroundings into blocks below `parent`.
    pub(super) fn parse_nested(&mut self, parent: NodeId, content: Extract<'a>) {
        let source = Rc::new(content);
        let mut cursor = Cursor::new(&source);
        self.parse_blocks(parent, &mut cursor);
    }
}

/// A line that belongs to an item though it is not indented.
pub(super) fn is_lazy_line(cursor: &mut Cursor<'_, '_>, at: usize, indentation: usize) -> bool {
    let text = cursor.text;
    if !scan::is_written_line(text, at) {
        return false;
    }
    let start = scan::skip_while(text, at, |byte| byte == b' ');
    let stops = match scan::byte_at(text, start) {
        Some(b'{') => start - at <= indentation.min(3) && cursor.list_behind_indent(start).is_some(),
        Some(b'<') => start - at <= indentation.min(3) && html::is_lazy_end_tag(text, start),
        _ => false,
    };
    !stops
}
