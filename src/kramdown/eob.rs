//! The end-of-block marker `^`, kramdown's `parser/kramdown/eob.rb`.

use super::cursor::Cursor;
use super::parser::Parser;
use super::scan;
use crate::markup::{Kind, NodeId};

/// `^` alone on the line at `at`: the offset behind it.
pub(super) fn marker(text: &str, at: usize) -> Option<usize> {
    if scan::byte_at(text, at)? != b'^' {
        return None;
    }
    scan::blank_rest(text, at + 1)
}

impl<'a> Parser<'a> {
    pub(super) fn parse_eob(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let Some(end) = marker(cursor.text, cursor.at) else {
            return false;
        };
        let span = cursor.block_span(cursor.at..end);
        let node = self.push_block(parent, cursor, Kind::EndOfBlock, span);
        self.plain_ends.insert(node);
        cursor.at = end;
        true
    }
}
