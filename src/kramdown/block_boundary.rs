//! Where a block may start or must end, kramdown's `parser/kramdown/block_boundary.rb` and the `LAZY_END` of its
//! `paragraph.rb`.

use super::cursor::Cursor;
use super::parser::Parser;
use super::{codeblock, definition_list, eob, header, html, list, scan};
use crate::markup::{Kind, NodeId};

impl Cursor<'_, '_> {
    /// Whether a block ends at the line that starts at `at`: a blank line, an attribute list, `^`, or the end.
    pub(super) fn at_block_boundary(&mut self, at: usize) -> bool {
        at >= self.text.len()
            || scan::blank_rest(self.text, at).is_some()
            || eob::marker(self.text, at).is_some()
            || self.block_list_at(at).is_some()
    }

    /// Whether no lazy line may stand at `at`: a boundary, or an HTML tag that is no span element.
    pub(super) fn at_lazy_end(&mut self, at: usize) -> bool {
        let marker = scan::skip_indent(self.text, at);
        match scan::byte_at(self.text, marker) {
            None => true,
            Some(byte) if scan::is_space(byte) => scan::blank_rest(self.text, at).is_some(),
            Some(b'^') => eob::marker(self.text, at).is_some(),
            Some(b'{') => self.block_list_at(at).is_some(),
            Some(b'<') => html::is_lazy_end_tag(self.text, marker),
            _ => false,
        }
    }

    /// Whether a paragraph ends before the line at `at`.
    pub(super) fn at_paragraph_end(&mut self, at: usize, gfm: bool) -> bool {
        let marker = scan::skip_indent(self.text, at);
        match scan::byte_at(self.text, marker) {
            Some(b':') => definition_list::marker(self.text, at).is_some(),
            Some(b'*' | b'+' | b'-' | b'0'..=b'9') => gfm && list::marker(self.text, at).is_some(),
            Some(b'#') => gfm && header::is_gfm_atx(self.text, at),
            Some(b'>') => gfm,
            Some(b'`' | b'~') => gfm && codeblock::is_gfm_fence(self.text, at),
            _ => self.at_lazy_end(at),
        }
    }
}

impl<'a> Parser<'a> {
    /// Whether a block that wants a boundary before it may start here.
    pub(super) fn after_block_boundary(&self, parent: NodeId, cursor: &Cursor<'_, 'a>) -> bool {
        let Some(last) = self.tree.last_child(parent) else {
            return true;
        };
        match self.tree.node(last).kind {
            Kind::Blank => true,
            Kind::EndOfBlock => self.plain_ends.contains(&last) || !cursor.pending.is_empty(),
            _ => !cursor.pending.is_empty(),
        }
    }
}
