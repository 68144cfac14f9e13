//! Where the block parsers stand in a text, and what they have found out about it on the way.

use super::attribute_list::AttributeList;
use super::codeblock::Fences;
use super::scan;
use crate::text::{Extract, Span};
use std::ops::Range;
use std::rc::Rc;

/// A text that is read into blocks, with the place reached. Elements of HTML that hold blocks go on with the cursor of
/// their surroundings; quotes, items and the like have a text, and so a cursor, of their own.
pub(super) struct Cursor<'s, 'a> {
    pub source: &'s Rc<Extract<'a>>,
    pub text: &'s str,
    pub at: usize,
    /// Attribute lists that wait for the next block.
    pub pending: Vec<AttributeList<'a>>,
    pub memo: Memo,
}

/// Facts about a text that would cost too much to find out again at each line.
#[derive(Default)]
pub(super) struct Memo {
    pub braces: Option<ClosingBraces>,
    pub fences: Option<Fences>,
    /// No `$$` stands at or after this offset.
    pub no_math_from: Option<usize>,
    /// For the extensions `comment`, `nomarkdown`, `options`: no end at or after this offset.
    pub no_extension_end_from: [Option<usize>; 3],
    /// No `-->` at or after this offset.
    pub no_comment_end_from: Option<usize>,
    /// No `?>` at or after this offset.
    pub no_instruction_end_from: Option<usize>,
    /// Where the last rows ended that are no table, and how often that was found.
    pub failed_table: (usize, u32),
}

/// The first `}` behind an offset that no backslash escapes, and the last escaped one before it that could close a list
/// in its stead.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClosingBraces {
    from: usize,
    /// The unescaped one; the length of the text if there is none.
    pub unescaped: usize,
    /// The last escaped one which only white space follows on its line.
    pub escaped_at_line_end: Option<usize>,
}

impl<'s, 'a> Cursor<'s, 'a> {
    pub(super) fn new(source: &'s Rc<Extract<'a>>) -> Cursor<'s, 'a> {
        Cursor { source, text: source.text(), at: 0, pending: Vec::new(), memo: Memo::default() }
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    /// The bytes of the file that `range` stands for.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.source.span(range)
    }

    /// The bytes of the file that a block covers: `range` without white space at its ends.
    pub(super) fn block_span(&self, range: Range<usize>) -> Span {
        self.source.span(scan::trim(self.text, range))
    }

    /// The closing braces for a list whose content starts at `from`.
    pub(super) fn closing_braces(&mut self, from: usize) -> ClosingBraces {
        if let Some(known) = self.memo.braces
            && known.from <= from
            && from <= known.unescaped
        {
            return known;
        }
        let bytes = self.text.as_bytes();
        let mut braces = ClosingBraces { from, unescaped: bytes.len(), escaped_at_line_end: None };
        for found in memchr::memchr_iter(b'}', bytes.get(from..).unwrap_or_default()) {
            let at = from + found;
            if at == from || bytes[at - 1] != b'\\' {
                braces.unescaped = at;
                break;
            }
            if scan::blank_rest(self.text, at + 1).is_some() {
                braces.escaped_at_line_end = Some(at);
            }
        }
        self.memo.braces = Some(braces);
        braces
    }
}

/// Whether `known` says that nothing stands at or after `at`.
pub(super) fn none_from(known: Option<usize>, at: usize) -> bool {
    known.is_some_and(|from| from <= at)
}
