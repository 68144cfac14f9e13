//! Abbreviations, kramdown's `parser/kramdown/abbreviation.rb`.

use super::cursor::Cursor;
use super::parser::Parser;
use super::scan;
use crate::markup::{self, HazardKind, Kind, NodeId};
use rustc_hash::FxHashMap;
use std::ops::Range;

impl<'a> Parser<'a> {
    /// `*[name]: text`
    pub(super) fn parse_abbreviation_definition(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let text = cursor.text;
        let start = scan::skip_indent(text, cursor.at);
        if !text[start..].starts_with("*[") {
            return false;
        }
        let line_end = scan::line_end(text, start);
        let name = start + 2;
        // a name has one character at least, even a bracket
        let first = text[name..line_end].chars().next().map_or(0, char::len_utf8);
        let close = memchr::memmem::find(&text.as_bytes()[name + first..line_end], b"]:").map(|found| name + first + found);
        let Some(close) = close.filter(|_| first > 0 && line_end < text.len()) else {
            return false;
        };
        let key = text[name..close].to_owned();
        let kind = Kind::AbbreviationDefinition {
            name: markup::value(cursor.source, name..close),
            text: markup::value(cursor.source, scan::trim(text, close + 2..line_end)),
        };
        let span = cursor.block_span(start..line_end);
        let node = self.push_block(parent, cursor, kind, span);
        cursor.at = line_end + 1;
        if let Some(first) = self.abbreviations.insert(key.clone(), node) {
            let first = self.tree.node(first).span;
            self.hazard(HazardKind::DuplicateDefinition { name: key, first }, span);
        }
        true
    }
}

/// The abbreviations of a document, for finding them in text.
pub(super) struct Abbreviations {
    /// By first character; the longest first.
    by_start: FxHashMap<char, Vec<String>>,
}

/// `\W` as against `\w`, which is ASCII.
fn is_word_char(char: char) -> bool {
    char.is_ascii() && scan::is_word(char as u8)
}

impl Abbreviations {
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n String>) -> Abbreviations {
        let mut by_start: FxHashMap<char, Vec<String>> = FxHashMap::default();
        for name in names {
            if let Some(first) = name.chars().next() {
                by_start.entry(first).or_default().push(name.clone());
            }
        }
        for names in by_start.values_mut() {
            names.sort_by_key(|name| (std::cmp::Reverse(name.chars().count()), name.clone()));
        }
        Abbreviations { by_start }
    }

    /// The places in `text`; `before` and `after` are the characters around it.
    pub(super) fn find(&self, text: &str, before: Option<char>, after: Option<char>) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut previous = before;
        let mut free_from = 0;
        for (at, char) in text.char_indices() {
            let starts_word = previous.is_none_or(|char| !is_word_char(char) || char == '\n');
            previous = Some(char);
            if at < free_from || !starts_word {
                continue;
            }
            let Some(names) = self.by_start.get(&char) else {
                continue;
            };
            let ends_word = |end: usize| text[end..].chars().next().or(after).is_none_or(|next| !is_word_char(next));
            let name = names.iter().find(|name| text[at..].starts_with(name.as_str()) && ends_word(at + name.len()));
            if let Some(name) = name {
                free_from = at + name.len();
                found.push(at..free_from);
            }
        }
        found
    }
}

impl<'a> Parser<'a> {
    /// Makes [`Kind::Abbreviation`] nodes of the abbreviations in the text below `root`.
    pub(super) fn replace_abbreviations(&mut self) {
        if self.abbreviations.is_empty() {
            return;
        }
        let abbreviations = Abbreviations::new(self.abbreviations.keys());
        let texts: Vec<NodeId> = self.tree.walk().filter(|&id| matches!(self.tree.node(id).kind, Kind::Text { .. })).collect();
        for id in texts {
            let is_raw = self.tree.parent(id).is_some_and(|parent| self.raw_html.contains(&parent));
            if !is_raw {
                self.replace_abbreviations_in(id, &abbreviations);
            }
        }
    }

    /// The last or first character of the text that stands beside a text node.
    fn text_beside(&self, node: Option<NodeId>, last: bool) -> Option<char> {
        match &self.tree.node(node?).kind {
            Kind::Text { text, .. } if last => text.chars().next_back(),
            Kind::Text { text, .. } => text.chars().next(),
            _ => None,
        }
    }

    fn replace_abbreviations_in(&mut self, id: NodeId, abbreviations: &Abbreviations) {
        let node = self.tree.node(id);
        let Kind::Text { text, escaped: false } = &node.kind else {
            return;
        };
        let span = node.span;
        if span.of(self.file) != text.as_ref() {
            return;
        }
        let before = self.text_beside(self.tree.previous(id), true);
        let after = self.text_beside(self.tree.next(id), false);
        let found = abbreviations.find(text, before, after);
        if found.is_empty() {
            return;
        }
        let mut end = 0;
        for range in found {
            self.insert_text(id, span, end..range.start);
            let node = self.tree.add(Kind::Abbreviation, self.part(span, range.clone()));
            self.tree.insert_before(id, node);
            self.add_file_text(node, self.part(span, range.clone()));
            end = range.end;
        }
        self.insert_text(id, span, end..span.len());
        self.tree.detach(id);
    }
}
