//! Text that was taken out of a file, perhaps edited on the way, with a map back to the file's bytes.
//!
//! Jekyll reads a post in steps: Liquid prints into the Markdown, quotes and list items are read again without their
//! markers, carriage returns go, and a reader sees text without any markup. Each step is an [`Extract`] of the one
//! before, so whatever is found in it has its bytes in the file.

use super::Span;
use std::borrow::Cow;
use std::ops::Range;

/// Stands in an extract for text that nobody knows before the site is built (the output of a Liquid tag).
pub const OPAQUE: char = '\u{e000}';

/// A stretch of an extract that has one origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    /// Where it starts in the extract, in bytes.
    at: u32,
    /// Where it comes from. As long as the piece where `verbatim`; of any length elsewhere.
    source: Span,
    /// The bytes are the file's own.
    verbatim: bool,
}

/// Text with a map back to the bytes of the file that it was taken from.
#[derive(Debug, Clone)]
pub struct Extract<'a> {
    file: &'a str,
    text: Cow<'a, str>,
    /// In the order of `at`; covers the text without gaps.
    pieces: Vec<Piece>,
}

impl<'a> Extract<'a> {
    /// The bytes `span` of `file`, as they are.
    pub fn verbatim(file: &'a str, span: Span) -> Extract<'a> {
        Extract { file, text: Cow::Borrowed(span.of(file)), pieces: vec![Piece { at: 0, source: span, verbatim: true }] }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn file(&self) -> &'a str {
        self.file
    }

    fn index_of(&self, offset: usize) -> usize {
        if self.pieces.len() <= 1 {
            return 0;
        }
        self.pieces.partition_point(|piece| piece.at as usize <= offset).saturating_sub(1)
    }

    fn end_of(&self, index: usize) -> usize {
        self.pieces.get(index + 1).map_or(self.text.len(), |next| next.at as usize)
    }

    /// The bytes of the file from which `range` (bytes of the extract) was taken, what was left out in between included.
    pub fn span(&self, range: Range<usize>) -> Span {
        match self.pieces.as_slice() {
            [] => return Span::default(),
            [only] if only.verbatim && range.start <= range.end && range.end <= self.text.len() => {
                let start = only.source.start as usize;
                return Span::new(start + range.start, start + range.end);
            }
            _ => {}
        }
        let first = self.pieces[self.index_of(range.start)];
        let start = if first.verbatim { first.source.start + (range.start as u32 - first.at) } else { first.source.start };
        if range.is_empty() {
            let start = start.min(self.pieces.last().map_or(start, |piece| piece.source.end));
            return Span { start, end: start };
        }
        let last = self.pieces[self.index_of(range.end - 1)];
        let end = if last.verbatim { last.source.start + (range.end as u32 - last.at) } else { last.source.end };
        Span { start, end: end.max(start) }
    }

    /// Where the byte `offset` of the extract comes from.
    pub fn source(&self, offset: usize) -> usize {
        self.span(offset..offset).start as usize
    }

    /// Whether `range` is one stretch of the file's own bytes.
    pub fn is_verbatim(&self, range: Range<usize>) -> bool {
        if range.is_empty() {
            return true;
        }
        let index = self.index_of(range.start);
        self.pieces.get(index).is_some_and(|piece| piece.verbatim) && range.end <= self.end_of(index)
    }

    /// Whether something unknown (the output of Liquid) stands in `range`.
    pub fn has_opaque(&self, range: Range<usize>) -> bool {
        self.pieces_in(range.clone()).any(|(piece, part)| !piece.verbatim && self.text[part].starts_with(OPAQUE))
    }

    /// What an author wrote for `range`: unknown text is given as the Liquid that prints it.
    pub fn value(&self, range: Range<usize>) -> Cow<'a, str> {
        if self.is_verbatim(range.clone()) {
            return Cow::Borrowed(self.span(range).of(self.file));
        }
        let mut value = String::new();
        let mut last_opaque = None;
        for (piece, part) in self.pieces_in(range) {
            let text = &self.text[part];
            if !piece.verbatim && text.starts_with(OPAQUE) {
                if last_opaque != Some(piece.source) {
                    value.push_str(piece.source.of(self.file));
                }
                last_opaque = Some(piece.source);
            } else {
                // the line ends inside a tag belong to the tag
                if piece.verbatim || !(last_opaque == Some(piece.source) && text.trim().is_empty()) {
                    value.push_str(text);
                }
            }
        }
        Cow::Owned(value)
    }

    /// The stretches of the file's own bytes that `range` is made of, in order, with their place in the extract.
    pub fn verbatim_parts(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Span)> + '_ {
        self.pieces_in(range).filter(|(piece, _)| piece.verbatim).map(|(piece, part)| {
            let start = piece.source.start as usize + (part.start - piece.at as usize);
            (part.clone(), Span::new(start, start + part.len()))
        })
    }

    /// The stretches that `range` is made of, in order: their place in the extract, where they come from, and whether
    /// they are the file's own bytes.
    pub fn parts(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Span, bool)> + '_ {
        self.pieces_in(range).map(|(piece, part)| {
            if !piece.verbatim {
                return (part, piece.source, false);
            }
            let start = piece.source.start as usize + (part.start - piece.at as usize);
            (part.clone(), Span::new(start, start + part.len()), true)
        })
    }

    fn pieces_in(&self, range: Range<usize>) -> impl Iterator<Item = (Piece, Range<usize>)> + '_ {
        let first = self.index_of(range.start);
        self.pieces
            .iter()
            .enumerate()
            .skip(first)
            .take_while({
                let end = range.end;
                move |(_, piece)| (piece.at as usize) < end
            })
            .map(move |(index, &piece)| {
                let part = range.start.max(piece.at as usize)..range.end.min(self.end_of(index));
                (piece, part)
            })
            .filter(|(_, part)| !part.is_empty())
    }
}

/// Builds an [`Extract`] from pieces of a file or of another extract.
#[derive(Debug)]
pub struct ExtractBuilder<'a> {
    file: &'a str,
    /// Nothing yet while it is one stretch of the file.
    text: String,
    pieces: Vec<Piece>,
}

impl<'a> ExtractBuilder<'a> {
    pub fn new(file: &'a str) -> ExtractBuilder<'a> {
        ExtractBuilder { file, text: String::new(), pieces: Vec::new() }
    }

    /// Length so far, in bytes of the extract.
    pub fn len(&self) -> usize {
        self.text().len()
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Where in the file the last piece ends, in bytes; 0 while there is none.
    pub fn end(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.source.end as usize)
    }

    /// What was put together so far.
    pub fn text(&self) -> &str {
        match self.pieces.as_slice() {
            [only] if only.verbatim => only.source.of(self.file),
            _ => &self.text,
        }
    }

    /// Adds bytes of the file as they are.
    pub fn verbatim(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        if let Some(last) = self.pieces.last_mut()
            && last.verbatim
            && last.source.end == span.start
        {
            last.source.end = span.end;
            if self.pieces.len() > 1 {
                self.text.push_str(span.of(self.file));
            }
        } else {
            let first = self.pieces.is_empty();
            self.add_piece(span, true);
            if !first {
                self.text.push_str(span.of(self.file));
            }
        }
    }

    /// Opens a piece behind all that there is.
    fn add_piece(&mut self, source: Span, verbatim: bool) {
        if let [only] = self.pieces.as_slice()
            && only.verbatim
        {
            let text = only.source.of(self.file);
            self.text.reserve(2 * text.len() + source.len());
            self.text.push_str(text);
        }
        self.pieces.push(Piece { at: self.text.len() as u32, source, verbatim });
    }

    /// Adds `text` that stands for the bytes `span` of the file without being them.
    pub fn synthetic(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        self.add_piece(span, false);
        self.text.push_str(text);
    }

    /// Adds `range` (bytes of `other`) with its origins.
    pub fn extract(&mut self, other: &Extract<'a>, range: Range<usize>) {
        for (piece, part) in other.pieces_in(range) {
            if piece.verbatim {
                let start = piece.source.start as usize + (part.start - piece.at as usize);
                self.verbatim(Span::new(start, start + part.len()));
            } else {
                self.synthetic(&other.text[part], piece.source);
            }
        }
    }

    pub fn finish(self) -> Extract<'a> {
        // One stretch of the file needs no copy of its own.
        let text = match self.pieces.as_slice() {
            [] => Cow::Borrowed(""),
            [only] if only.verbatim => Cow::Borrowed(only.source.of(self.file)),
            _ => Cow::Owned(self.text),
        };
        Extract { file: self.file, text, pieces: self.pieces }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_without_its_markers_still_knows_its_bytes() {
        let file = "> one {{ x }}\n> two\n";
        let mut builder = ExtractBuilder::new(file);
        builder.verbatim(Span::new(2, 6));
        builder.synthetic("\u{e000}", Span::new(6, 13));
        builder.verbatim(Span::new(13, 14));
        builder.verbatim(Span::new(16, 20));
        let extract = builder.finish();
        assert_eq!(extract.text(), "one \u{e000}\ntwo\n");
        let two = extract.text().find("two").unwrap_or_default();
        assert_eq!(extract.span(two..two + 3).of(file), "two");
        assert_eq!(extract.value(0..two + 3), "one {{ x }}\ntwo");
        assert!(extract.has_opaque(0..two));
        assert!(!extract.has_opaque(two..two + 3));
        assert_eq!(extract.span(0..two + 3).of(file), "one {{ x }}\n> two");
    }
}
