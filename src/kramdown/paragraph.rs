//! Paragraphs, kramdown's `parser/kramdown/paragraph.rb`.

use super::cursor::Cursor;
use super::parser::Parser;
use super::raw_text::RawText;
use super::scan;
use crate::markup::{Kind, NodeId};
use std::rc::Rc;

impl<'a> Parser<'a> {
    pub(super) fn parse_paragraph(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let text = cursor.text;
        let start = cursor.at;
        if matches!(scan::byte_at(text, scan::skip_indent(text, start)), None | Some(b' ' | b'\t')) {
            return false;
        }
        let gfm = self.options.gfm && self.options.paragraph_end;
        let mut end = scan::next_line(text, start);
        while !cursor.at_paragraph_end(end, gfm) {
            end = scan::next_line(text, end);
        }
        cursor.at = end;
        let content = scan::trim_end(text, start..end);
        if let Some(last) = self.tree.last_child(parent)
            && matches!(self.tree.node(last).kind, Kind::Paragraph { .. })
        {
            self.join_paragraphs(last, cursor, content);
            return true;
        }
        let content = scan::trim(text, content);
        let span = cursor.span(content.clone());
        let node = self.push_block(parent, cursor, Kind::Paragraph { transparent: false }, span);
        self.raw_texts.insert(node, RawText::Range(Rc::clone(cursor.source), content));
        true
    }

    /// What starts a new paragraph without a boundary goes on with the one before.
    fn join_paragraphs(&mut self, paragraph: NodeId, cursor: &Cursor<'_, 'a>, content: std::ops::Range<usize>) {
        let node = self.tree.node_mut(paragraph);
        node.span = node.span.to(cursor.span(scan::trim(cursor.text, content.clone())));
        let joiner = if cursor.text[..content.start].ends_with("  \n") { "  \n" } else { "\n" };
        match self.raw_texts.get_mut(&paragraph) {
            Some(raw) => raw.join(self.file, cursor.source, joiner, content),
            None => {
                self.raw_texts.insert(paragraph, RawText::Range(Rc::clone(cursor.source), content));
            }
        }
    }
}
