//! Block attribute lists, definitions of attribute lists and `{::extensions}`, the block half of kramdown's
//! `parser/kramdown/extensions.rb`.

use super::attribute_list;
use super::cursor::{Cursor, none_from};
use super::parser::Parser;
use super::scan;
use crate::markup::{HazardKind, Kind, NodeId};
use std::ops::Range;

/// An attribute list as found: what stands between `{:` and `}`, and where it ends.
#[derive(Debug, Clone)]
pub(super) struct FoundList {
    pub content: Range<usize>,
    pub end: usize,
}

/// `name` in `{:name:` or `{::` at the content's start: what an attribute list must not begin with. Gives the offset of
/// the colon.
fn definition_colon(text: &str, at: usize) -> Option<usize> {
    let first = scan::byte_at(text, at)?;
    let end = if scan::is_word(first) { name_end(text, at) } else { at };
    (scan::byte_at(text, end) == Some(b':')).then_some(end)
}

/// Behind `\w[\w-]*`.
pub(super) fn name_end(text: &str, at: usize) -> usize {
    scan::skip_while(text, at, |byte| scan::is_word(byte) || byte == b'-')
}

impl Cursor<'_, '_> {
    /// A block attribute list at the line start `at`, with `end` behind its line.
    pub(super) fn block_list_at(&mut self, at: usize) -> Option<FoundList> {
        self.list_behind_indent(scan::skip_indent(self.text, at))
    }

    /// The same at its brace.
    pub(super) fn list_behind_indent(&mut self, at: usize) -> Option<FoundList> {
        let content = at + 2;
        if !self.text.get(at..)?.starts_with("{:") || matches!(scan::byte_at(self.text, content), Some(b':' | b'/')) {
            return None;
        }
        self.list_content(content)
    }

    /// `(\\\}|[^}])+\}\s*?\n` at `content`: the brace that closes is the first without a backslash, or else the last
    /// with one, if only white space follows on the line.
    fn list_content(&mut self, content: usize) -> Option<FoundList> {
        let text = self.text;
        let braces = self.closing_braces(content);
        if braces.unescaped < text.len()
            && braces.unescaped > content
            && let Some(end) = scan::blank_rest(text, braces.unescaped + 1)
        {
            return Some(FoundList { content: content..braces.unescaped, end });
        }
        let close = braces.escaped_at_line_end.filter(|&close| close > content)?;
        Some(FoundList { content: content..close, end: scan::blank_rest(text, close + 1)? })
    }
}

/// The attribute list that an item or a term may start with, within the line `at..end`; `end` of the result is behind
/// the white space that follows.
pub(super) fn item_list(text: &str, at: usize, end: usize) -> Option<FoundList> {
    let line = text.get(at..end)?;
    let content = at + 2;
    if !line.starts_with("{:") || scan::byte_at(text, content) == Some(b'/') || definition_colon(text, content).is_some() {
        return None;
    }
    let braces = memchr::memchr_iter(b'}', line.as_bytes()).map(|found| at + found).filter(|&brace| brace > content);
    let mut close = None;
    for brace in braces {
        close = Some(brace);
        if text.as_bytes()[brace - 1] != b'\\' {
            break;
        }
    }
    let close = close?;
    Some(FoundList { content: content..close, end: scan::skip_while(text, close + 1, scan::is_space).min(end) })
}

/// Whether `at..end`, the text behind an item's marker, is an attribute list or nothing.
pub(super) fn is_only_list(text: &str, at: usize, end: usize) -> bool {
    at >= end || item_list(text, at, end).is_some_and(|list| list.end >= end)
}

/// `{::name attributes}`, `{::name attributes /}`, `{:/name}` or `{:/}` alone on its line.
struct ExtensionTag {
    name: Range<usize>,
    attributes: Option<Range<usize>>,
    is_stop: bool,
    is_closed: bool,
    end: usize,
}

const EXTENSIONS: [&str; 3] = ["comment", "nomarkdown", "options"];

impl<'a> Parser<'a> {
    pub(super) fn parse_block_extensions(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let start = scan::skip_indent(cursor.text, cursor.at);
        if !cursor.text[start..].starts_with("{:") {
            return false;
        }
        self.parse_list_definition(parent, cursor, start)
            || self.parse_extension(parent, cursor, start)
            || self.parse_block_list(parent, cursor, start)
    }

    /// `{:name: attributes}`
    fn parse_list_definition(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>, start: usize) -> bool {
        let text = cursor.text;
        let name = start + 2;
        let Some(colon) = definition_colon(text, name).filter(|&colon| colon > name) else {
            return false;
        };
        let Some(found) = cursor.list_content(colon + 1) else {
            return false;
        };
        let list = attribute_list::parse(cursor.source, found.content, &mut self.tree.hazards);
        self.attribute_lists.entry(text[name..colon].to_owned()).or_default().push(list);
        let span = cursor.block_span(start..found.end);
        self.push_block(parent, cursor, Kind::EndOfBlock, span);
        cursor.at = found.end;
        true
    }

    /// `{: attributes}`: for the block before, or for the next one.
    fn parse_block_list(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>, start: usize) -> bool {
        let Some(found) = cursor.list_behind_indent(start) else {
            return false;
        };
        let list = attribute_list::parse(cursor.source, found.content, &mut self.tree.hazards);
        let span = cursor.block_span(start..found.end);
        cursor.at = found.end;
        let last = self.tree.last_child(parent).filter(|&last| !matches!(self.tree.node(last).kind, Kind::Blank | Kind::EndOfBlock));
        let Some(last) = last else {
            cursor.pending.push(list);
            return true;
        };
        self.block_lists.entry(last).or_default().push(list);
        if cursor.block_list_at(cursor.at).is_none() {
            self.push_block(parent, cursor, Kind::EndOfBlock, span);
        }
        true
    }

    fn parse_extension(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>, start: usize) -> bool {
        let Some(tag) = extension_tag(cursor, start) else {
            return false;
        };
        let text = cursor.text;
        let name = &text[tag.name.clone()];
        let known = EXTENSIONS.iter().position(|&known| known == name);
        let body = match known {
            Some(index) if !tag.is_stop => self.extension_body(cursor, index, &tag),
            _ => None,
        };
        let (Some(index), Some((body, end))) = (known, body) else {
            self.hazard(HazardKind::Extension, cursor.block_span(start..tag.end));
            return false;
        };
        let whole = cursor.block_span(start..end);
        cursor.at = end;
        match (EXTENSIONS[index], body) {
            ("options", _) => {
                if let Some(attributes) = tag.attributes {
                    let list = attribute_list::parse(cursor.source, attributes, &mut self.tree.hazards);
                    self.change_options(&list);
                }
                self.push_block(parent, cursor, Kind::EndOfBlock, whole);
            }
            ("comment", Some(body)) => {
                self.tree.push(parent, Kind::Comment { content: cursor.span(body) }, whole);
            }
            (_, Some(body)) => {
                self.tree.push(parent, Kind::Raw { content: cursor.span(body) }, whole);
            }
            // nothing at all is printed
            (_, None) => {}
        }
        true
    }

    /// What stands between the tags, if anything can, and where the extension ends.
    fn extension_body(&mut self, cursor: &mut Cursor<'_, 'a>, index: usize, tag: &ExtensionTag) -> Option<(Option<Range<usize>>, usize)> {
        if tag.is_closed {
            return Some((None, tag.end));
        }
        if none_from(cursor.memo.no_extension_end_from[index], tag.end) {
            return None;
        }
        let Some((stop, end)) = find_stop(cursor.text, EXTENSIONS[index], tag.end) else {
            cursor.memo.no_extension_end_from[index] = Some(tag.end);
            return None;
        };
        let body_end = if cursor.text[tag.end..stop].ends_with('\n') { stop - 1 } else { stop };
        Some((Some(tag.end..body_end), end))
    }

    /// `{::options …}`: options that change how the rest is read.
    pub(super) fn change_options(&mut self, list: &attribute_list::AttributeList<'a>) {
        for entry in &list.entries {
            let text = entry.value.text.as_ref();
            let flag = !text.is_empty() && !text.trim().eq_ignore_ascii_case("false");
            match entry.name.text.as_ref() {
                "auto_ids" => self.options.auto_ids = flag,
                "auto_id_prefix" => self.options.auto_id_prefix = text.to_owned(),
                "auto_id_stripping" => self.options.auto_id_stripping = flag,
                "parse_block_html" => self.options.parse_block_html = flag,
                "parse_span_html" => self.options.parse_span_html = flag,
                _ => {}
            }
        }
    }
}

/// The first line at or after `from` that ends the extension `name`: its start and where it ends.
fn find_stop(text: &str, name: &str, from: usize) -> Option<(usize, usize)> {
    let mut line = from;
    while line < text.len() {
        let start = scan::skip_indent(text, line);
        if let Some(rest) = text[start..].strip_prefix("{:/") {
            let rest = rest.strip_prefix(name).filter(|rest| rest.starts_with('}')).unwrap_or(rest);
            if let Some(rest) = rest.strip_prefix('}') {
                // only spaces may follow here, no other white space
                let rest = rest.trim_start_matches(' ');
                if rest.starts_with('\n') {
                    return Some((line, text.len() - rest.len() + 1));
                }
            }
        }
        line = scan::line_end(text, line) + 1;
    }
    None
}

fn extension_tag(cursor: &mut Cursor<'_, '_>, start: usize) -> Option<ExtensionTag> {
    let text = cursor.text;
    let inside = start + 2;
    match scan::byte_at(text, inside)? {
        b'/' => {
            let name = inside + 1..name_end(text, inside + 1);
            let is_named = name.is_empty() || scan::is_word(text.as_bytes()[name.start]);
            if !is_named || scan::byte_at(text, name.end) != Some(b'}') {
                return None;
            }
            let end = scan::blank_rest(text, name.end + 1)?;
            Some(ExtensionTag { name, attributes: None, is_stop: true, is_closed: false, end })
        }
        b':' => {
            let name = inside + 1..scan::skip_while(text, inside + 1, scan::is_word);
            if name.is_empty() {
                return None;
            }
            let (attributes, brace) = match text.get(name.end..)? {
                rest if rest.starts_with('}') => (None, name.end),
                rest if rest.starts_with("/}") => (None, name.end + 1),
                rest if rest.starts_with(|char: char| char.is_ascii() && scan::is_space(char as u8)) => {
                    let braces = cursor.closing_braces(name.end + 1);
                    let unescaped = Some(braces.unescaped).filter(|&at| scan::blank_rest(text, at + 1).is_some());
                    let close = unescaped.or(braces.escaped_at_line_end)?;
                    (Some(name.end + 1..close), close)
                }
                _ => return None,
            };
            let is_closed = text.as_bytes()[brace - 1] == b'/' && brace > name.end;
            let attributes = attributes.map(|range| range.start..range.end.max(range.start) - usize::from(is_closed));
            let end = scan::blank_rest(text, brace + 1)?;
            Some(ExtensionTag { name, attributes, is_stop: false, is_closed, end })
        }
        _ => None,
    }
}
