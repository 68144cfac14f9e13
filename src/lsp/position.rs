//! Places as editors count them: lines from 0, and columns in the units that were agreed on.

use crate::text::Span;
use lsp_types::{Position, PositionEncodingKind, Range};

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16: what every editor can do, and what counts when nothing is said.
    #[default]
    Utf16,
}

impl Encoding {
    /// The best of those that the editor can do: bytes cost nothing.
    pub fn choose(offered: &[PositionEncodingKind]) -> Encoding {
        if offered.contains(&PositionEncodingKind::UTF8) { Encoding::Utf8 } else { Encoding::Utf16 }
    }

    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn units(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
        }
    }
}

/// Translates between bytes of a text and places in an editor.
///
/// An editor's line also ends at a carriage return that stands alone; Jekyll's does not.
#[derive(Debug, Clone, Copy)]
pub struct Positions<'t> {
    text: &'t str,
    lines: &'t LineStarts,
    encoding: Encoding,
}

/// Where the lines of a text start, in bytes.
#[derive(Debug, Clone)]
pub struct LineStarts(Vec<usize>);

impl LineStarts {
    pub fn new(text: &str) -> LineStarts {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        LineStarts(std::iter::once(0).chain(ends.map(|at| at + 1)).collect())
    }

    pub fn positions<'t>(&'t self, text: &'t str, encoding: Encoding) -> Positions<'t> {
        Positions { text, lines: self, encoding }
    }
}

impl Positions<'_> {
    /// The byte at `position`. What lies behind the end of a line is its end, what lies behind the last line the end of the
    /// text, and what lies within a character the beginning of it.
    pub fn offset(&self, position: Position) -> usize {
        let Some(&start) = self.lines.0.get(position.line as usize) else { return self.text.len() };
        let mut left = position.character as usize;
        for (at, c) in self.line(start).char_indices() {
            let units = self.encoding.units(c);
            if left < units {
                return start + at;
            }
            left -= units;
        }
        start + self.line(start).len()
    }

    /// The bytes of `range`; its ends may be in any order.
    pub fn span(&self, range: Range) -> Span {
        let (a, b) = (self.offset(range.start), self.offset(range.end));
        Span::new(a.min(b), a.max(b))
    }

    /// The place of the byte `offset`.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.lines.0.partition_point(|&start| start <= offset) - 1;
        let before = self.text.get(self.lines.0[line]..offset).unwrap_or_default();
        let character: usize = match self.encoding {
            Encoding::Utf8 => before.len(),
            Encoding::Utf16 => before.encode_utf16().count(),
        };
        Position::new(line as u32, character as u32)
    }

    pub fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start as usize), self.position(span.end as usize))
    }

    /// The line that begins at the byte `start`, without its end.
    fn line(&self, start: usize) -> &str {
        let rest = self.text.get(start..).unwrap_or_default();
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a😀中e\u{301}b\r\nβ\rlast";

    fn both_ways(encoding: Encoding, offset: usize, line: u32, character: u32) {
        let lines = LineStarts::new(TEXT);
        let positions = lines.positions(TEXT, encoding);
        assert_eq!(positions.position(offset), Position::new(line, character), "{encoding:?}, byte {offset}");
        assert_eq!(positions.offset(Position::new(line, character)), offset, "{encoding:?}, {line}:{character}");
    }

    #[test]
    fn columns_count_what_was_agreed_on() {
        let b = TEXT.find('b').unwrap_or_default();
        both_ways(Encoding::Utf8, b, 0, 11);
        both_ways(Encoding::Utf16, b, 0, 6);
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            both_ways(encoding, 0, 0, 0);
            both_ways(encoding, TEXT.find('β').unwrap_or_default(), 1, 0);
            both_ways(encoding, TEXT.len(), 2, 4);
        }
    }

    #[test]
    fn places_that_are_none_are_the_nearest_ones() {
        let lines = LineStarts::new(TEXT);
        let positions = lines.positions(TEXT, Encoding::Utf16);
        // between the two halves of the emoji
        assert_eq!(positions.offset(Position::new(0, 2)), 1);
        assert_eq!(positions.offset(Position::new(0, 999)), TEXT.find('\r').unwrap_or_default());
        assert_eq!(positions.offset(Position::new(99, 0)), TEXT.len());
        assert_eq!(positions.offset(Position::new(u32::MAX, u32::MAX)), TEXT.len());
        let reversed = Range::new(Position::new(2, 0), Position::new(0, 0));
        assert_eq!(positions.span(reversed), Span::new(0, TEXT.find("last").unwrap_or_default()));
    }
}
