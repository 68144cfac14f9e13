//! Places in a file: byte spans, the index of its lines, and columns for people.

pub mod extract;
pub mod packed;

pub use extract::{Extract, ExtractBuilder};

use std::ops::Range;

/// A half-open range of bytes of the file as it is on disk (byte order mark and carriage returns included).
///
/// Both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end);
        Span { start: start as u32, end: end as u32 }
    }

    /// The empty span before the byte `at`.
    pub fn empty(at: usize) -> Span {
        Span::new(at, at)
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The bytes of `file` that the span covers; empty when it lies outside.
    pub fn of(self, file: &str) -> &str {
        file.get(self.range()).unwrap_or_default()
    }

    /// Whether the byte `offset` lies inside.
    pub fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether `other` lies wholly inside (an empty span at either end counts).
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A place for people: `line` and `column` are 1-based, the column counts characters (Unicode scalar values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// Where the lines of a file start. A line ends with `\n`; the `\r` before it belongs to the line.
#[derive(Debug, Clone)]
pub struct Lines {
    starts: Vec<u32>,
}

/// About so many bytes make a line.
const BYTES_A_LINE: usize = 32;

/// The highest bit of each of the eight bytes that is a newline.
fn newlines(word: u64) -> u64 {
    const LOW: u64 = u64::MAX / 255 * 0x7f;
    let others = word ^ (u64::MAX / 255 * b'\n' as u64);
    !(((others & LOW) + LOW) | others | LOW)
}

impl Lines {
    /// Indexes `text`; one pass over its bytes.
    pub fn new(text: &str) -> Lines {
        let mut starts = Vec::with_capacity(1 + text.len() / BYTES_A_LINE);
        starts.push(0);
        // lines are too short for a search to be worth its start
        let (words, rest) = text.as_bytes().as_chunks();
        for (index, word) in words.iter().enumerate() {
            let mut found = newlines(u64::from_le_bytes(*word));
            while found != 0 {
                starts.push(8 * index as u32 + found.trailing_zeros() / 8 + 1);
                found &= found - 1;
            }
        }
        let ends = rest.iter().zip((text.len() - rest.len()) as u32..).filter(|(byte, _)| **byte == b'\n');
        starts.extend(ends.map(|(_, at)| at + 1));
        Lines { starts }
    }

    /// How many lines there are; a final newline opens one more, empty, line.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The 1-based line that holds the byte `offset`.
    pub fn line_of(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// The bytes of the 1-based `line`, its line end included; empty beyond the last line.
    pub fn span(&self, line: usize, text: &str) -> Span {
        let Some(&start) = self.starts.get(line.wrapping_sub(1)) else {
            return Span::empty(text.len());
        };
        let end = self.starts.get(line).map_or(text.len(), |&next| next as usize);
        Span::new(start as usize, end)
    }

    /// Like [`Lines::span`] without the line end (`\n` or `\r\n`).
    pub fn content(&self, line: usize, text: &str) -> Span {
        let span = self.span(line, text);
        let content = span.of(text);
        let content = content.strip_suffix('\n').unwrap_or(content);
        let content = content.strip_suffix('\r').unwrap_or(content);
        Span::new(span.start as usize, span.start as usize + content.len())
    }

    /// Line and column of the byte `offset`.
    pub fn position(&self, offset: u32, text: &str) -> Position {
        let line = self.line_of(offset);
        let start = self.starts[line - 1] as usize;
        let before = text.get(start..offset as usize).unwrap_or_default();
        // a byte order mark is no character of the first line
        let before = if line == 1 { before.strip_prefix('\u{feff}').unwrap_or(before) } else { before };
        Position { line, column: before.chars().count() + 1 }
    }
}

/// The line end that the file uses: that of its first line, `\n` when it has none.
pub fn line_end(text: &str) -> &'static str {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if first.ends_with("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_start_behind_newlines() {
        let text = "\n\n\u{b}\nabc\u{8a}\n\n0123456789\nx\r\n\u{b}\n\n";
        let starts: Vec<u32> = [0].into_iter().chain(text.match_indices('\n').map(|(at, _)| at as u32 + 1)).collect();
        assert_eq!(Lines::new(text).starts, starts);
    }

    #[test]
    fn columns_count_characters_and_not_bytes() {
        let text = "a\néx\r\n";
        let lines = Lines::new(text);
        assert_eq!(lines.position(4, text), Position { line: 2, column: 2 });
        assert_eq!(lines.content(2, text).of(text), "éx");
        assert_eq!(lines.count(), 3);
    }
}
