//! The lines of an item, of a list or a definition list, and how their indentation is taken away.

use super::attribute_list;
use super::cursor::Cursor;
use super::parser::Parser;
use super::{extensions, list, scan};
use crate::markup::NodeId;
use crate::text::{Extract, ExtractBuilder};
use std::ops::Range;

/// What stands behind an item's marker.
pub(super) struct FirstLine {
    /// The column of the content, counted from the line start; further lines are indented by as much.
    pub indentation: usize,
    /// Without the attribute list.
    pub content: Range<usize>,
}

/// Reads `start..end`, what follows the marker on its line; an attribute list there goes to the item.
/// `marker_width` counts the spaces before the marker as well.
pub(super) fn first_line<'a>(
    parser: &mut Parser<'a>,
    cursor: &mut Cursor<'_, 'a>,
    item: NodeId,
    marker_width: usize,
    start: usize,
    end: usize,
) -> FirstLine {
    let text = cursor.text;
    let content_start = scan::skip_while(text, start, scan::is_space).min(end);
    let attributes = extensions::item_list(text, content_start, end);
    let indentation =
        if extensions::is_only_list(text, content_start, end) { 4 } else { marker_width + leading_width(text, start, marker_width) };
    let mut content = content_start..end;
    if let Some(found) = attributes {
        let list = attribute_list::parse(cursor.source, found.content, &mut parser.tree.hazards);
        parser.block_lists.entry(item).or_default().push(list);
        content.start = found.end;
    }
    FirstLine { indentation, content }
}

/// The width of the blanks at `start`, tabs reaching to the next multiple of four of the column.
fn leading_width(text: &str, start: usize, column: usize) -> usize {
    let bytes = text.as_bytes().get(start..).unwrap_or_default();
    let mut width = 0;
    for &byte in bytes {
        match byte {
            b' ' => width += 1,
            b'\t' => width += 4 - (width + column) % 4,
            _ => break,
        }
    }
    width
}

/// Whether the line at `at` has text and is indented far enough to belong to an item: each four columns by a tab or
/// four spaces.
pub(super) fn is_content_line(text: &str, at: usize, indentation: usize) -> bool {
    let mut start = at;
    for _ in 0..indentation / 4 {
        match scan::code_indent(text, start) {
            Some(length) => start += length,
            None => return false,
        }
    }
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let spaces = indentation % 4;
    let indented = rest.iter().take(spaces).filter(|&&byte| byte == b' ').count() == spaces;
    (indented || scan::code_indent(text, start).is_some()) && scan::is_written_line(text, at)
}

/// A further line of an item. Tabs at its very start count as four spaces each.
pub(super) struct Line {
    /// Spaces, given tabs are four, that stay before the text.
    indent: usize,
    /// Where the text starts.
    text_start: usize,
    /// How many spaces before `text_start` are the file's own.
    own_spaces: usize,
    tabs: Range<usize>,
    /// The indentation of the content was there, and was taken away.
    pub is_indented: bool,
}

impl Line {
    pub(super) fn new(text: &str, at: usize, indentation: usize) -> Line {
        let tabs_end = scan::skip_while(text, at, |byte| byte == b'\t');
        let text_start = scan::skip_while(text, tabs_end, |byte| byte == b' ');
        let own_spaces = text_start - tabs_end;
        let width = 4 * (tabs_end - at) + own_spaces;
        let is_indented = width >= indentation;
        let indent = if is_indented { width - indentation } else { width };
        Line { indent, text_start, own_spaces, tabs: at..tabs_end, is_indented }
    }

    /// Whether a list starts here.
    pub(super) fn starts_list(&self, text: &str) -> bool {
        self.indent <= 3 && list::marker(text, self.text_start).is_some_and(|marker| marker.start == self.text_start)
    }

    /// Adds the line, up to `end`, to an item's text.
    pub(super) fn write<'a>(&self, source: &Extract<'a>, part: &mut ExtractBuilder<'a>, end: usize) {
        if self.indent > self.own_spaces {
            part.synthetic(&" ".repeat(self.indent - self.own_spaces), source.span(self.tabs.clone()));
        }
        part.extract(source, self.text_start - self.indent.min(self.own_spaces)..end);
    }
}
