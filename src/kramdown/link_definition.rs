//! `[id]: url "title"`, the block half of kramdown's `parser/kramdown/link.rb`.

use super::cursor::Cursor;
use super::parser::{LinkTarget, Parser};
use super::scan;
use crate::markup::{self, HazardKind, Kind, LinkDefinition, NodeId};
use std::borrow::Cow;
use std::ops::Range;

/// The id under which definitions and references meet: runs of white space are one space, letters are lower case.
pub(super) fn normalize_id(id: &str) -> Cow<'_, str> {
    let is_normal = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase() && (byte == b' ' || !scan::is_space(byte));
    if id.bytes().all(is_normal) && !id.contains("  ") {
        return Cow::Borrowed(id);
    }
    let mut normal = String::with_capacity(id.len());
    let mut in_space = false;
    for char in id.chars() {
        let space = char.is_ascii() && scan::is_space(char as u8);
        if !space {
            normal.push(char);
        } else if !in_space {
            normal.push(' ');
        }
        in_space = space;
    }
    Cow::Owned(normal.to_lowercase())
}

/// A definition as found.
struct Found {
    id: Range<usize>,
    url: Range<usize>,
    title: Option<Range<usize>>,
    /// Behind the last line.
    end: usize,
}

fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

fn find(text: &str, at: usize) -> Option<Found> {
    let open = scan::skip_indent(text, at);
    if scan::byte_at(text, open)? != b'[' {
        return None;
    }
    let close = scan::skip_while(text, open + 1, |byte| byte != b']' && byte != b'\n');
    if close == open + 1 || !text[close..].starts_with("]:") {
        return None;
    }
    let line_end = scan::line_end(text, close);
    let url = scan::skip_while(text, close + 2, is_blank);
    let line = Line { text, written_end: scan::trim_blanks(text, url..line_end).end, line_end };
    if url >= line.written_end || line_end == text.len() {
        return None;
    }
    let target = line.angle_target(url).or_else(|| line.bare_target(url))?;
    Some(Found { id: open + 1..close, ..target })
}

/// The line of a definition.
struct Line<'t> {
    text: &'t str,
    /// Behind the last character that is no blank.
    written_end: usize,
    line_end: usize,
}

impl Line<'_> {
    /// `<url>`, which ends at the first `>` that only a title may follow.
    fn angle_target(&self, at: usize) -> Option<Found> {
        if self.text.as_bytes()[at] != b'<' {
            return None;
        }
        let ends = memchr::memchr_iter(b'>', &self.text.as_bytes()[at..self.written_end]);
        ends.map(|found| at + found).find_map(|end| self.target(at + 1..end, end + 1))
    }

    /// A URL without brackets: all up to a title. A title that does not end the line is no title, and then blanks
    /// before a quote make that the line is no definition.
    fn bare_target(&self, at: usize) -> Option<Found> {
        let bytes = self.text.as_bytes();
        let mut first_quote_in_url = None;
        for quote in memchr::memchr2_iter(b'"', b'\'', &bytes[at..self.written_end]).map(|found| at + found) {
            if quote <= at || !is_blank(bytes[quote - 1]) {
                continue;
            }
            if self.is_title(quote) && first_quote_in_url.is_none() {
                let url = scan::trim_blanks(self.text, at..quote);
                return Some(self.found(url, Some(quote + 1..self.written_end - 1), self.line_end));
            }
            first_quote_in_url.get_or_insert(quote);
        }
        if first_quote_in_url.is_some() {
            return None;
        }
        self.target(at..self.written_end, self.written_end)
    }

    /// What can follow a URL that ends before `after`: a title on the line or on the next one, or nothing.
    fn target(&self, url: Range<usize>, after: usize) -> Option<Found> {
        if after < self.written_end {
            let quote = scan::skip_while(self.text, after, is_blank);
            let title = quote > after && self.is_title(quote);
            return title.then(|| self.found(url, Some(quote + 1..self.written_end - 1), self.line_end));
        }
        let next = self.line_end + 1;
        let next_end = scan::line_end(self.text, next);
        let quote = scan::skip_while(self.text, next, is_blank).min(next_end);
        let line = Line { text: self.text, written_end: scan::trim_blanks(self.text, quote..next_end).end, line_end: next_end };
        if next_end < self.text.len() && line.is_title(quote) {
            return Some(self.found(url, Some(quote + 1..line.written_end - 1), next_end));
        }
        Some(self.found(url, None, self.line_end))
    }

    /// Whether a quoted title stands from `quote` to the end of the line.
    fn is_title(&self, quote: usize) -> bool {
        let bytes = self.text.as_bytes();
        quote + 2 < self.written_end && matches!(bytes[quote], b'"' | b'\'') && bytes[self.written_end - 1] == bytes[quote]
    }

    fn found(&self, url: Range<usize>, title: Option<Range<usize>>, line_end: usize) -> Found {
        Found { id: 0..0, url, title, end: line_end + 1 }
    }
}

impl<'a> Parser<'a> {
    pub(super) fn parse_link_definition(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let Some(found) = find(cursor.text, cursor.at) else {
            return false;
        };
        let key = normalize_id(&cursor.text[found.id.clone()]).into_owned();
        let url = markup::value(cursor.source, found.url);
        let title = found.title.map(|title| markup::value(cursor.source, title));
        let definition = LinkDefinition { id: markup::value(cursor.source, found.id), url: url.clone(), title: title.clone() };
        let span = cursor.block_span(cursor.at..found.end);
        let node = self.push_block(parent, cursor, Kind::LinkDefinition(Box::new(definition)), span);
        cursor.at = found.end;
        let target = LinkTarget { url, title, node: Some(node) };
        if let Some(LinkTarget { node: Some(first), .. }) = self.link_definitions.insert(key.clone(), target) {
            let first = self.tree.node(first).span;
            self.hazard(HazardKind::DuplicateDefinition { name: key, first }, span);
        }
        true
    }
}
