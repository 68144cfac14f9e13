//! The cells of a table's row.

use super::parser::Parser;
use super::scan;
use super::spans::SpanPart;
use crate::text::{Extract, ExtractBuilder};
use std::ops::Range;

/// A cell while it is put together.
pub(super) struct Cell<'a> {
    pub text: ExtractBuilder<'a>,
    /// Where it starts in the row's text.
    pub start: usize,
}

impl<'a> Parser<'a> {
    /// The cells of the row `line` of `source`.
    pub(super) fn row_cells(&mut self, source: &Extract<'a>, line: Range<usize>, leading_pipe: bool) -> Vec<Cell<'a>> {
        let mut row = Row { file: self.file, source, cells: Vec::new() };
        let text = source.text();
        let mut at = line.start;
        while let Some(code) = code_element(text, at..line.end) {
            row.add_parts(self.span_parts(source, at..code.start, false));
            row.last(code.start).extract(source, code.clone());
            at = code.end;
        }
        row.add_parts(self.span_parts(source, at..line.end, false));
        let mut cells = row.cells;
        let is_blank = |cell: &Cell| cell.text.text().bytes().all(scan::is_space);
        if leading_pipe && cells.first().is_some_and(is_blank) {
            cells.remove(0);
        }
        if cells.last().is_some_and(is_blank) {
            cells.pop();
        }
        cells
    }
}

/// The first `<code…>…</code>` in `range`.
fn code_element(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let bytes = &text.as_bytes()[..range.end];
    let find = |from: usize, what: &[u8]| memchr::memmem::find(&bytes[from..], what).map(|found| from + found);
    let start = find(range.start, b"<code")?;
    let content = find(start + 5, b">")? + 1;
    Some(start..find(content, b"</code>")? + 7)
}

struct Row<'s, 'a> {
    file: &'a str,
    source: &'s Extract<'a>,
    cells: Vec<Cell<'a>>,
}

impl<'a> Row<'_, 'a> {
    /// The last cell; the first one if there is none yet.
    fn last(&mut self, at: usize) -> &mut ExtractBuilder<'a> {
        if self.cells.is_empty() {
            self.start_cell(at);
        }
        let last = self.cells.len() - 1;
        &mut self.cells[last].text
    }

    fn start_cell(&mut self, at: usize) {
        self.cells.push(Cell { text: ExtractBuilder::new(self.file), start: at });
    }

    fn add_parts(&mut self, parts: Vec<SpanPart>) {
        for part in parts {
            match part {
                SpanPart::Code { whole, content } => self.add_code(whole, content),
                SpanPart::Text(range) | SpanPart::Comment(range) | SpanPart::Html(range) => self.split_text(range),
            }
        }
    }

    /// `|` parts cells, `\|` is a `|`.
    fn split_text(&mut self, range: Range<usize>) {
        let source = self.source;
        let bytes = source.text().as_bytes();
        let mut start = range.start;
        for pipe in memchr::memchr_iter(b'|', &bytes[range.clone()]).map(|found| range.start + found) {
            let escaped = pipe > range.start && bytes[pipe - 1] == b'\\';
            let end = if escaped { pipe - 1 } else { pipe };
            self.last(start).extract(source, start..end);
            if escaped {
                start = pipe;
            } else {
                start = pipe + 1;
                self.start_cell(start);
            }
        }
        self.last(start).extract(source, start..range.end);
    }

    /// Code is written anew, with as many marks as it needs.
    fn add_code(&mut self, whole: Range<usize>, content: Range<usize>) {
        let source = self.source;
        let text = source.text();
        let code = &text[content.clone()];
        let longest = code.split(|char| char != '`').map(str::len).max().unwrap_or(0);
        let marks = "`".repeat(longest + 1);
        let blank = if longest > 0 { " " } else { "" };
        let cell = self.last(whole.start);
        if text[whole.clone()] == format!("{marks}{blank}{code}{blank}{marks}") {
            cell.extract(source, whole);
            return;
        }
        cell.synthetic(&format!("{marks}{blank}"), source.span(whole.start..content.start));
        cell.extract(source, content.clone());
        cell.synthetic(&format!("{blank}{marks}"), source.span(content.end..whole.end));
    }
}
