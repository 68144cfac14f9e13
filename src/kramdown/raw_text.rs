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
        // the line end before the content, if it is the file's own
        if joiner == "\n" && source.text()[..from].ends_with('\n') {
            from -= 1;
        } else {
            joined.synthetic(joiner, Span::empty(source.source(from)));
        }
        joined.extract(source, from..content.end);
    }

    /// A line end after the text, where there is none yet.
    pub(super) fn end_line(&mut self, file: &'a str) {
        match self {
            RawText::Range(source, range) => {
                if scan::byte_at(source.text(), range.end) == Some(b'\n') {
                    range.end += 1;
                    return;
                }
                let mut joined = ExtractBuilder::new(file);
                joined.extract(source, range.clone());
                joined.synthetic("\n", Span::empty(source.span(range.clone()).end as usize));
                *self = RawText::Joined(joined);
            }
            RawText::Joined(joined) => {
                let end = joined.end();
                joined.synthetic("\n", Span::empty(end));
            }
        }
    }

    /// The bytes so far.
    pub(super) fn text(&self) -> &str {
        match self {
            RawText::Range(source, range) => source.text().get(range.clone()).unwrap_or_default(),
            RawText::Joined(joined) => joined.text(),
        }
    }

    /// Takes `[ ]` or `[x]` with the white space around it from the start; gives whether the task is done.
    pub(super) fn take_task(&mut self) -> Option<bool> {
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
        let raw = std::mem::replace(self, RawText::Joined(ExtractBuilder::new("")));
        let (source, range) = raw.finish();
        *self = RawText::Range(source, range.start + end..range.end);
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
