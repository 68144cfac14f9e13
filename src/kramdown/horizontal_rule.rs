//! Horizontal rules, kramdown's `parser/kramdown/horizontal_rule.rb`.

use super::cursor::Cursor;
use super::parser::Parser;
use super::scan;
use crate::markup::{Kind, NodeId};

/// Three or more of one of `*-_`, blanks between them allowed, alone on the line at `at`: the offset behind the line.
pub(super) fn rule(text: &str, at: usize) -> Option<usize> {
    let start = scan::skip_indent(text, at);
    let mark = scan::byte_at(text, start).filter(|byte| matches!(byte, b'*' | b'-' | b'_'))?;
    let end = scan::line_end(text, start);
    let line = text.as_bytes().get(start..end)?;
    let only_marks = line.iter().all(|&byte| byte == mark || byte == b' ' || byte == b'\t');
    let marks = line.iter().filter(|&&byte| byte == mark).count();
    (only_marks && marks >= 3 && end < text.len()).then_some(end + 1)
}

impl<'a> Parser<'a> {
    pub(super) fn parse_horizontal_rule(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let Some(end) = rule(cursor.text, cursor.at) else {
            return false;
        };
        let span = cursor.block_span(cursor.at..end);
        self.push_block(parent, cursor, Kind::HorizontalRule, span);
        cursor.at = end;
        true
    }
}
