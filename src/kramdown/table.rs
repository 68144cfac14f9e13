//! Tables, kramdown's `parser/kramdown/table.rb`.

use super::cursor::Cursor;
use super::parser::Parser;
use super::raw_text::RawText;
use super::scan;
use super::spans::SpanPart;
use crate::markup::{HazardKind, Kind, NodeId};
use crate::text::Span;
use std::ops::Range;
use std::rc::Rc;

/// How often rows that end at one place may fail to be a table before the rest of them is not tried.
const MAX_FAILURES: u32 = 8;

/// Whether the line at `at` has a `|` at its start or behind anything but a backslash (`TABLE_LINE`).
fn is_table_line(text: &str, at: usize) -> bool {
    let end = scan::line_end(text, at);
    end < text.len() && has_pipe(&text.as_bytes()[at..end])
}

/// `TABLE_PIPE_CHECK`.
fn has_pipe(line: &[u8]) -> bool {
    memchr::memchr_iter(b'|', line).any(|pipe| pipe == 0 || line[pipe - 1] != b'\\')
}

/// A line of nothing but `marks` with one `needed` at least (`TABLE_SEP_LINE`, `TABLE_FSEP_LINE`).
fn is_separator(text: &str, at: usize, needed: u8) -> bool {
    let end = scan::line_end(text, at);
    let line = &text.as_bytes()[at..end];
    let allowed = |&byte: &u8| byte == needed || matches!(byte, b'+' | b'|' | b':' | b' ' | b'\t');
    end < text.len() && line.contains(&needed) && line.iter().all(allowed)
}

/// A row: the bytes of its line.
type RowLine = Range<usize>;

/// Rows of one kind that follow each other.
struct Section {
    kind: Kind<'static>,
    rows: Vec<RowLine>,
}

/// The lines of a table as found.
struct Lines {
    sections: Vec<Section>,
    has_separator: bool,
    leading_pipe: bool,
    end: usize,
}

fn find_lines(text: &str, start: usize) -> Lines {
    let mut lines = Lines { sections: Vec::new(), has_separator: false, leading_pipe: false, end: start };
    let first = scan::skip_while(text, start, scan::is_space);
    lines.leading_pipe = scan::byte_at(text, first) == Some(b'|');
    let mut at = start;
    if is_separator(text, at, b'-') {
        lines.has_separator = true;
        at = scan::next_line(text, at);
    }
    let mut rows = Vec::new();
    let mut has_head = false;
    let mut has_footer = false;
    let mut add = |kind, rows: &mut Vec<RowLine>| lines.sections.push(Section { kind, rows: std::mem::take(rows) });
    while is_table_line(text, at) {
        let next = scan::next_line(text, at);
        if is_separator(text, at, b'-') {
            lines.has_separator = true;
            if !rows.is_empty() && !has_head && !has_footer {
                has_head = true;
                add(Kind::TableHead, &mut rows);
            } else if !rows.is_empty() && !has_footer {
                add(Kind::TableBody, &mut rows);
            }
        } else if is_separator(text, at, b'=') {
            lines.has_separator = true;
            if !rows.is_empty() {
                add(Kind::TableBody, &mut rows);
            }
            has_footer = true;
        } else {
            rows.push(at..next - 1);
        }
        at = next;
    }
    if !rows.is_empty() {
        add(if has_footer { Kind::TableFoot } else { Kind::TableBody }, &mut rows);
    }
    lines.end = at;
    lines
}

impl<'a> Parser<'a> {
    pub(super) fn parse_table(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let text = cursor.text;
        let start = scan::skip_indent(text, cursor.at);
        let starts_with_text = scan::byte_at(text, start).is_some_and(|byte| !scan::is_space(byte));
        if !starts_with_text || !is_table_line(text, start) || !self.after_block_boundary(parent, cursor) {
            return false;
        }
        // a list that waits for the next block is lost even if this is no table
        let pending = std::mem::take(&mut cursor.pending);
        let (failed_end, failures) = cursor.memo.failed_table;
        if cursor.at < failed_end && failures > MAX_FAILURES {
            return false;
        }
        let lines = find_lines(text, cursor.at);
        let is_table = cursor.at_block_boundary(lines.end) && self.has_pipe_outside_code(cursor, cursor.at..lines.end);
        if !is_table {
            let failures = if failed_end == lines.end { failures + 1 } else { 1 };
            cursor.memo.failed_table = (lines.end, failures);
            return false;
        }
        let span = cursor.block_span(cursor.at..lines.end);
        if !lines.sections.iter().any(|section| matches!(section.kind, Kind::TableBody)) {
            self.hazard(HazardKind::TableWithoutBody, span);
            return false;
        }
        if !lines.has_separator && !lines.leading_pipe {
            self.hazard(HazardKind::AccidentalTable, span);
        }
        cursor.pending = pending;
        let table = self.push_block(parent, cursor, Kind::Table, span);
        let leading_pipe = lines.leading_pipe;
        let mut columns = 0;
        let mut rows = Vec::new();
        for section in lines.sections {
            let lines = section.rows.first().map_or(0, |row| row.start)..section.rows.last().map_or(0, |row| row.end);
            let node = self.tree.push(table, section.kind, cursor.block_span(lines));
            for line in section.rows {
                let row = self.tree.push(node, Kind::Row, cursor.block_span(line.clone()));
                let count = self.add_cells(row, cursor, line, leading_pipe);
                columns = columns.max(count);
                rows.push((row, count));
            }
        }
        self.fill_rows(&rows, columns);
        cursor.at = lines.end;
        true
    }

    fn add_cells(&mut self, row: NodeId, cursor: &Cursor<'_, 'a>, line: RowLine, leading_pipe: bool) -> usize {
        let line = scan::trim_blanks(cursor.text, line);
        let cells = self.row_cells(cursor.source, line, leading_pipe);
        let count = cells.len();
        for cell in cells {
            let source = Rc::new(cell.text.finish());
            let range = scan::trim(source.text(), 0..source.text().len());
            let is_empty = range.is_empty();
            // an empty cell may stand before the first mark of its row
            let start = cursor.source.source(cell.start).max(self.tree.node(row).span.start as usize);
            let span = if is_empty { Span::empty(start) } else { source.span(range.clone()) };
            let node = self.tree.push(row, Kind::Cell, span);
            if !is_empty {
                self.raw_texts.insert(node, RawText::Range(source, range));
            }
        }
        count
    }

    /// Rows that are too short get empty cells.
    fn fill_rows(&mut self, rows: &[(NodeId, usize)], columns: usize) {
        // many rows of one cell after one of many cells must not grow into a square
        let limit = rows.len().saturating_mul(16).max(4096);
        let mut filled = 0;
        for &(row, count) in rows {
            let end = Span::empty(self.tree.node(row).span.end as usize);
            for _ in count..columns {
                filled += 1;
                if filled > limit {
                    return;
                }
                self.tree.push(row, Kind::Cell, end);
            }
        }
    }

    /// Whether each line has a `|` outside code, and code that goes on over a line end does not hide one.
    fn has_pipe_outside_code(&mut self, cursor: &Cursor<'_, 'a>, range: Range<usize>) -> bool {
        let mut pipe_on_line = false;
        for part in self.span_parts(cursor.source, range.start..range.end - 1, true) {
            let (range, is_code) = match part {
                SpanPart::Html(_) => continue,
                SpanPart::Code { content, .. } => (content, true),
                SpanPart::Text(range) | SpanPart::Comment(range) => (range, false),
            };
            // as Ruby's `split`: empty lines at the end do not count
            let content = cursor.text[range].trim_end_matches('\n');
            if content.is_empty() {
                continue;
            }
            let lines = content.bytes().filter(|&byte| byte == b'\n').count() + 1;
            if is_code {
                if lines > 2 || (lines == 2 && !pipe_on_line) {
                    break;
                }
                pipe_on_line &= lines != 2;
                continue;
            }
            let first = content.split('\n').next().unwrap_or_default();
            let last = content.rsplit('\n').next().unwrap_or_default();
            if lines > 1 && !pipe_on_line && !has_pipe(first.as_bytes()) {
                break;
            }
            pipe_on_line = (lines == 1 && pipe_on_line) || has_pipe(last.as_bytes());
        }
        pipe_on_line
    }
}
