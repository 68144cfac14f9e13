//! Block quotes, kramdown's `parser/kramdown/blockquote.rb`.

use super::cursor::Cursor;
use super::parser::Parser;
use super::scan;
use crate::markup::{Kind, NodeId};
use crate::text::ExtractBuilder;

/// `^ {0,3}> ?` at `at`: the offset behind it.
fn marker(text: &str, at: usize) -> Option<usize> {
    let start = scan::skip_indent(text, at);
    if scan::byte_at(text, start)? != b'>' {
        return None;
    }
    let blank = scan::byte_at(text, start + 1) == Some(b' ');
    Some(start + 1 + usize::from(blank))
}

impl<'a> Parser<'a> {
    pub(super) fn parse_blockquote(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let text = cursor.text;
        if marker(text, cursor.at).is_none() {
            return false;
        }
        let start = cursor.at;
        let mut content = ExtractBuilder::new(self.file);
        let mut line = start;
        loop {
            let next = scan::next_line(text, line);
            content.extract(cursor.source, marker(text, line).unwrap_or(line)..next);
            line = next;
            if cursor.at_lazy_end(line) {
                break;
            }
        }
        cursor.at = line;
        let span = cursor.block_span(start..line);
        let quote = self.push_block(parent, cursor, Kind::BlockQuote, span);
        self.parse_nested(quote, content.finish());
        self.cover_last_child(quote);
        true
    }
}
