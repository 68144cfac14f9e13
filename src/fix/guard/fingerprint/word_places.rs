//! Where the words of a node stand in the file.

use crate::text::Span;

/// Finds the words of a node in its source when the two are not byte by byte the same (a paragraph in a quote).
pub(super) struct WordPlaces<'a> {
    source: &'a str,
    span: Span,
    at: usize,
    exact: bool,
}

impl<'a> WordPlaces<'a> {
    /// For a node that was read from the bytes `span` of `file`; `exact`: they are its text.
    pub fn new(file: &'a str, span: Span, exact: bool) -> WordPlaces<'a> {
        WordPlaces { source: span.of(file), span, at: 0, exact }
    }

    /// Where `part`, which begins at `start` of the node's text, comes from.
    pub fn take(&mut self, start: usize, part: &str) -> Span {
        let base = self.span.start as usize;
        if self.exact {
            return Span::new(base + start, base + start + part.len());
        }
        let rest = self.source.get(self.at..).unwrap_or_default();
        if part.trim_ascii().is_empty() {
            return Span::empty(base + self.at);
        }
        match memchr::memmem::find(rest.as_bytes(), part.as_bytes()) {
            Some(offset) => {
                let start = self.at + offset;
                self.at = start + part.len();
                Span::new(base + start, base + self.at)
            }
            None => Span::new(base + self.at, self.span.end as usize),
        }
    }
}
