//! The cells of a table's row, and which `|` are hidden by code.

use super::html_tag::{self, ContentModel};
use super::scan;
use crate::text::{Extract, ExtractBuilder};
use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    Text,
    Code,
    /// An HTML element with all that it holds.
    Element,
}

/// A piece of a text that is read for code (and HTML elements) alone.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub kind: PieceKind,
    pub whole: Range<usize>,
    /// Of code: without the marks.
    pub content: Range<usize>,
}

/// A code span.
struct Code {
    content: Range<usize>,
    end: usize,
}

/// Finds code spans from left to right; remembers which marks have no partner.
struct CodeSpans<'t> {
    text: &'t str,
    range: Range<usize>,
    /// So many backticks, or more, do not come again.
    unpaired: usize,
}

impl CodeSpans<'_> {
    /// The code span whose marks start at `at`, or else the end of the marks.
    fn at(&mut self, at: usize) -> Result<Code, usize> {
        let bytes = &self.text.as_bytes()[..self.range.end];
        let open = scan::skip_while(&self.text[..self.range.end], at, |byte| byte == b'`');
        let length = open - at;
        let blank_before = at == self.range.start || scan::is_space(bytes[at - 1]);
        let blank_after = bytes.get(open).is_some_and(|&byte| scan::is_space(byte));
        if length >= self.unpaired || (length == 1 && blank_before && blank_after) {
            return Err(open);
        }
        let marks = &bytes[at..open];
        let Some(close) = memchr::memmem::find(&bytes[open..], marks).map(|found| open + found) else {
            self.unpaired = length;
            return Err(open);
        };
        let mut content = open..close;
        if length > 1 {
            content.start += usize::from(bytes[content.clone()].starts_with(b" "));
            content.end -= usize::from(bytes[content.clone()].ends_with(b" "));
        }
        Ok(Code { content, end: close + length })
    }
}

/// Takes `range` of `text` apart: code spans, with `html` also elements, and the text between them.
pub(super) fn pieces(text: &str, range: Range<usize>, html: bool) -> Vec<Piece> {
    let mut spans = CodeSpans { text, range: range.clone(), unpaired: usize::MAX };
    let mut pieces = Vec::new();
    let mut text_start = range.start;
    let mut at = range.start;
    let push_text = |pieces: &mut Vec<Piece>, part: Range<usize>| {
        if !part.is_empty() {
            pieces.push(Piece { kind: PieceKind::Text, whole: part.clone(), content: part });
        }
    };
    while let Some(found) = memchr::memchr2(b'`', b'<', &text.as_bytes()[at..range.end]) {
        let start = at + found;
        let piece = if text.as_bytes()[start] == b'`' {
            match spans.at(start) {
                Ok(code) => Some((PieceKind::Code, code.content, code.end)),
                Err(end) => {
                    at = end;
                    continue;
                }
            }
        } else if html {
            element_end(&mut spans, start).map(|end| (PieceKind::Element, start..end, end))
        } else {
            None
        };
        let Some((kind, content, end)) = piece else {
            at = start + 1;
            continue;
        };
        push_text(&mut pieces, text_start..start);
        pieces.push(Piece { kind, whole: start..end, content });
        (at, text_start) = (end, end);
    }
    push_text(&mut pieces, text_start..range.end);
    pieces
}

/// Where the span element that starts at `start` ends: at its end tag that stands in no code and in no element within,
/// or at the end.
fn element_end(spans: &mut CodeSpans<'_>, start: usize) -> Option<usize> {
    let limit = spans.range.end;
    let text = spans.text;
    let mut at = start;
    let mut open: Vec<(String, bool)> = Vec::new();
    loop {
        let is_raw = open.last().is_some_and(|&(_, raw)| raw);
        if text.as_bytes()[at] == b'`' && !is_raw {
            at = spans.at(at).map_or_else(|end| end, |code| code.end);
        } else if let Some(tag) = html_tag::end_tag(text, at, limit) {
            if open.last().is_some_and(|(name, _)| text[tag.name.clone()].eq_ignore_ascii_case(name)) {
                open.pop();
            }
            at = tag.end;
        } else if let Some(tag) = html_tag::start_tag(text, at, limit) {
            let name = html_tag::lower(&text[tag.name.clone()]).into_owned();
            if html_tag::is_block_element(&name) {
                at += 1;
            } else {
                at = tag.end;
                if !tag.self_closing && !html_tag::is_void(&name) {
                    let raw = is_raw || html_tag::content_model(&name) == ContentModel::Raw;
                    open.push((name, raw));
                }
            }
        } else {
            at += 1;
        }
        if open.is_empty() {
            return (at > start + 1).then_some(at);
        }
        match memchr::memchr2(b'`', b'<', &text.as_bytes()[at..limit]) {
            Some(found) => at += found,
            None => return Some(limit),
        }
    }
}

/// A cell while it is put together.
pub(super) struct Cell<'a> {
    pub text: ExtractBuilder<'a>,
    /// Where it starts in the row's text.
    pub start: usize,
}

/// The cells of the row `line` of `source`.
pub(super) fn cells<'a>(file: &'a str, source: &Extract<'a>, line: Range<usize>, leading_pipe: bool) -> Vec<Cell<'a>> {
    let mut row = Row { file, source, cells: Vec::new() };
    let text = source.text();
    let mut at = line.start;
    while let Some(code) = code_element(text, at..line.end) {
        row.add_text(at..code.start);
        row.last(code.start).extract(source, code.clone());
        at = code.end;
    }
    row.add_text(at..line.end);
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

    fn add_text(&mut self, range: Range<usize>) {
        for piece in pieces(self.source.text(), range, false) {
            if piece.kind == PieceKind::Code {
                self.add_code(piece);
            } else {
                self.split_text(piece.content);
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
    fn add_code(&mut self, piece: Piece) {
        let source = self.source;
        let text = source.text();
        let content = &text[piece.content.clone()];
        let longest = content.split(|char| char != '`').map(str::len).max().unwrap_or(0);
        let marks = "`".repeat(longest + 1);
        let blank = if longest > 0 { " " } else { "" };
        let cell = self.last(piece.whole.start);
        if text[piece.whole.clone()] == format!("{marks}{blank}{content}{blank}{marks}") {
            cell.extract(source, piece.whole);
            return;
        }
        let open = piece.whole.start..piece.content.start;
        let close = piece.content.end..piece.whole.end;
        cell.synthetic(&format!("{marks}{blank}"), source.span(open));
        cell.extract(source, piece.content);
        cell.synthetic(&format!("{blank}{marks}"), source.span(close));
    }
}
