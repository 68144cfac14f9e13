//! Text of a block that waits for the second pass.

use super::scan;
use crate::text::{Extract, ExtractBuilder, Span};
use std::ops::Range;
use std::rc::Rc;

/// The raw text of a block: nearly always one range of what the block was read from, put together from several when
/// paragraphs are joined.
#[derive(Debug)]
pub(super) enum RawText<'a> {
    Range(Rc<Extract<'a>>, Range<usize>),
    Joined(ExtractBuilder<'a>),
}

impl<'a> RawText<'a> {
    /// Adds `content` of `source` after `joiner`, the line end that kramdown puts between two paragraphs that it joins.
    pub(super) fn join(&mut self, file: &'a str, source: &Rc<Extract<'a>>, joiner: &str, content: Range<usize>) {
        let mut from = content.start;
        if let RawText::Range(own, range) = self {
            let gap = source.text().get(range.end..content.start);
            if Rc::ptr_eq(own, source) && gap == Some(joiner) {
                range.end = content.end;
                return;
            }
            let mut joined = ExtractBuilder::new(file);
            joined.extract(own, range.clone());
            *self = RawText::Joined(joined);
        }
        let RawText::Joined(joined) = self else {
            return;
        };
        // what stands before the content anyway
        if source.text()[..from].ends_with(joiner) {
            from -= joiner.len();
        } else {
            joined.synthetic(joiner, Span::empty(source.source(from)));
        }
        joined.extract(source, from..content.end);
    }

    /// A line end after the text, where there is none yet; gives its place.
    pub(super) fn end_line(&mut self, file: &'a str) -> Span {
        let end = match self {
            RawText::Range(source, range) => {
                if scan::byte_at(source.text(), range.end) == Some(b'\n') {
                    range.end += 1;
                    return source.span(range.end - 1..range.end);
                }
                let mut joined = ExtractBuilder::new(file);
                joined.extract(source, range.clone());
                let end = source.span(range.clone()).end as usize;
                *self = RawText::Joined(joined);
                Span::empty(end)
            }
            RawText::Joined(joined) => Span::empty(joined.end()),
        };
        if let RawText::Joined(joined) = self {
            joined.synthetic("\n", end);
        }
        end
    }

    /// The bytes so far.
    pub(super) fn text(&self) -> &str {
        match self {
            RawText::Range(source, range) => source.text().get(range.clone()).unwrap_or_default(),
            RawText::Joined(joined) => joined.text(),
        }
    }

    /// Puts an HTML check box in the place of `[ ]` or `[x]` and the white space around it, as kramdown does; gives
    /// whether the task is done.
    pub(super) fn take_task(&mut self, file: &'a str) -> Option<bool> {
        let text = self.text();
        let start = scan::skip_while(text, 0, scan::is_space);
        let done = match text.as_bytes().get(start..start + 3)? {
            b"[ ]" => false,
            b"[x]" | b"[X]" => true,
            _ => return None,
        };
        let end = scan::skip_while(text, start + 3, scan::is_space);
        if end == start + 3 {
            return None;
        }
        let raw = std::mem::replace(self, RawText::Joined(ExtractBuilder::new(file)));
        let (source, range) = raw.finish();
        let mut text = ExtractBuilder::new(file);
        text.synthetic("<input />", source.span(range.start + start..range.start + start + 3));
        text.extract(&source, range.start + end..range.end);
        *self = RawText::Joined(text);
        Some(done)
    }

    /// As an extract with the range that counts.
    pub(super) fn finish(self) -> (Rc<Extract<'a>>, Range<usize>) {
        match self {
            RawText::Range(source, range) => (source, range),
            RawText::Joined(joined) => {
                let source = joined.finish();
                let end = source.text().len();
                (Rc::new(source), 0..end)
            }
        }
    }
}
