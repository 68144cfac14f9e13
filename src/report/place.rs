//! Lines and columns of many spans of one file, in linear time.

use crate::text::{Lines, Position, Span};
use std::cell::Cell;

/// Finds lines and columns in one text. Asking in the order of the file costs one walk over each line, however long.
#[derive(Debug)]
pub struct Places<'a> {
    text: &'a str,
    lines: Lines,
    last: Cell<(u32, Position)>,
}

impl<'a> Places<'a> {
    pub fn new(text: &'a str) -> Places<'a> {
        Places { text, lines: Lines::new(text), last: Cell::new((0, Position { line: 1, column: 1 })) }
    }

    pub fn text(&self) -> &'a str {
        self.text
    }

    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// Line and column of the byte `offset`; of the end of the text when it lies beyond.
    pub fn position(&self, offset: u32) -> Position {
        let offset = floor_char_boundary(self.text, offset as usize);
        let line = self.lines.line_of(offset as u32);
        let (last, known) = self.last.get();
        let position = if known.line == line && last as usize <= offset {
            let between = self.text.get(last as usize..offset).unwrap_or_default();
            // a byte order mark is no character of the first line
            let marks = usize::from(last == 0 && between.starts_with('\u{feff}'));
            Position { line, column: known.column + between.chars().count() - marks }
        } else {
            self.lines.position(offset as u32, self.text)
        };
        self.last.set((offset as u32, position));
        position
    }

    /// `span`, moved into the text and onto character boundaries where a caller was careless.
    pub fn clamp(&self, span: Span) -> Span {
        let end = floor_char_boundary(self.text, span.end as usize);
        let start = floor_char_boundary(self.text, span.start as usize).min(end);
        Span::new(start, end)
    }
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_questions_does_not_matter() {
        let text = "\u{feff}äb\ncé\r\n漢字 x";
        let lines = Lines::new(text);
        let places = Places::new(text);
        let offsets: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
        for &offset in offsets.iter().chain(offsets.iter().rev()) {
            assert_eq!(places.position(offset), lines.position(offset, text), "{offset}");
        }
        assert_eq!(places.position(4000), lines.position(text.len() as u32, text));
    }
}
