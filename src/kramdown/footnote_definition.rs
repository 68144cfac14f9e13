//! Footnote definitions, the block half of kramdown's `parser/kramdown/footnote.rb`.

use super::cursor::Cursor;
use super::parser::{Footnote, Parser};
use super::{codeblock, extensions, scan};
use crate::markup::{self, HazardKind, Kind, NodeId};
use crate::text::ExtractBuilder;

impl<'a> Parser<'a> {
    /// `[^name]: text`, with further lines indented as code.
    pub(super) fn parse_footnote_definition(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let text = cursor.text;
        let start = scan::skip_indent(text, cursor.at);
        let name = start + 2;
        if !text[start..].starts_with("[^") || !scan::byte_at(text, name).is_some_and(scan::is_word) {
            return false;
        }
        let name = name..extensions::name_end(text, name);
        let line_end = scan::line_end(text, name.end);
        if !text[name.end..].starts_with("]:") || line_end == text.len() {
            return false;
        }
        let content = name.end + 2;
        let end = codeblock::indented_code_end(cursor, line_end + 1);
        let mut builder = ExtractBuilder::new(self.file);
        let mut line = content;
        while line < end {
            let next = scan::next_line(text, line);
            builder.extract(cursor.source, line + scan::code_indent(text, line).unwrap_or(0)..next);
            line = next;
        }
        let span = cursor.block_span(start..end);
        let value = markup::value(cursor.source, name.clone());
        let key = text[name].to_owned();
        let node = self.tree.add(Kind::FootnoteDefinition { name: value }, span);
        self.parse_nested(node, builder.finish());
        self.cover_last_child(node);
        self.take_pending(node, cursor);
        self.tree.append(parent, node);
        if let Some(first) = self.footnotes.insert(key.clone(), Footnote { node, referenced: false }) {
            let first = self.tree.node(first.node).span;
            self.hazard(HazardKind::DuplicateDefinition { name: key, first }, span);
        }
        cursor.at = end;
        true
    }
}
