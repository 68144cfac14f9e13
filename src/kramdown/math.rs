//! Math blocks, the block half of kramdown's `parser/kramdown/math.rb`.

use super::cursor::{Cursor, none_from};
use super::parser::Parser;
use super::scan;
use crate::markup::{Kind, NodeId};

impl<'a> Parser<'a> {
    /// `$$ … $$` between block boundaries.
    pub(super) fn parse_block_math(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let text = cursor.text;
        let start = scan::skip_indent(text, cursor.at);
        let is_escaped = scan::byte_at(text, start) == Some(b'\\');
        let open = start + usize::from(is_escaped);
        if !text.as_bytes()[open..].starts_with(b"$$") || none_from(cursor.memo.no_math_from, open + 2) {
            return false;
        }
        let content = open + 2;
        let Some(length) = memchr::memmem::find(&text.as_bytes()[content..], b"$$") else {
            cursor.memo.no_math_from = Some(content);
            return false;
        };
        if !self.after_block_boundary(parent, cursor) {
            return false;
        }
        let close = content + length;
        let line_end = scan::blank_rest(text, close + 2);
        if is_escaped {
            // the backslash goes, and what follows is read as the paragraph that it starts
            if line_end.is_some() {
                cursor.at = open;
            }
            return false;
        }
        let end = line_end.unwrap_or(close + 2);
        if !cursor.at_block_boundary(end) {
            return false;
        }
        let content = cursor.span(scan::trim(text, content..close));
        let span = cursor.span(start..close + 2);
        self.push_block(parent, cursor, Kind::MathBlock { content }, span);
        cursor.at = end;
        true
    }
}
