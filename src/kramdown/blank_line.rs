//! Blank lines, kramdown's `parser/kramdown/blank_line.rb`.

use super::cursor::Cursor;
use super::parser::Parser;
use super::scan;
use crate::markup::{Kind, NodeId};

impl<'a> Parser<'a> {
    pub(super) fn parse_blank_line(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let Some(end) = scan::blank_lines(cursor.text, cursor.at) else {
            return false;
        };
        // the last line end closes the line and is no line of its own
        let span = cursor.span(cursor.at..end - 1);
        let is_single = end - cursor.at == 1;
        cursor.at = end;
        if let Some(last) = self.tree.last_child(parent)
            && matches!(self.tree.node(last).kind, Kind::Blank)
        {
            let node = self.tree.node_mut(last);
            node.span = node.span.to(span);
            self.single_blanks.remove(&last);
        } else {
            let node = self.push_block(parent, cursor, Kind::Blank, span);
            if is_single {
                self.single_blanks.insert(node);
            }
        }
        true
    }
}
