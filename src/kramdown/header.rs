//! Headings, kramdown's `parser/kramdown/header.rb` and the `#` headings of its GFM parser.

use super::cursor::Cursor;
use super::parser::Parser;
use super::raw_text::RawText;
use super::scan;
use crate::markup::{self, Heading, HeadingStyle, Kind, NodeId};
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// `^#{1,6}[\t ]+` at `at`.
pub(super) fn is_gfm_atx(text: &str, at: usize) -> bool {
    let marks = scan::skip_while(text, at, |byte| byte == b'#') - at;
    (1..=6).contains(&marks) && matches!(scan::byte_at(text, at + marks), Some(b' ' | b'\t'))
}

/// The text of a heading as it was found: the line's content, and where the line ends (or lines, of a setext heading).
struct Found {
    level: u8,
    style: HeadingStyle,
    content: Range<usize>,
    end: usize,
}

/// Text and explicit id.
struct Contents {
    text: Range<usize>,
    id: Option<Range<usize>>,
}

/// `{#id}` at the end of `text`, blank or tab before it.
fn contents(text: &str, range: Range<usize>) -> Contents {
    let range = scan::trim_end(text, range);
    let none = Contents { text: range.clone(), id: None };
    let line = &text[range.clone()];
    let Some(open) = line.strip_suffix('}').and_then(|line| line.rfind("{#")) else {
        return none;
    };
    let id = &line[open + 2..line.len() - 1];
    let blank_before = open > 0 && matches!(line.as_bytes()[open - 1], b' ' | b'\t');
    if !blank_before || !is_xml_name(id) {
        return none;
    }
    let start = range.start + open + 2;
    Contents { text: scan::trim_end(text, range.start..range.start + open - 1), id: Some(start..start + id.len()) }
}

/// XML's `Name` without a limit on length.
fn is_xml_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(is_name_start) && chars.all(is_name_char)
}

fn is_name_start(char: char) -> bool {
    matches!(char, ':' | 'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

fn is_name_char(char: char) -> bool {
    is_name_start(char) || matches!(char, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// The `#` heading of plain kramdown at `at`: blanks are not needed, and the text may even be the next line's.
fn plain_atx(text: &str, at: usize) -> Option<(u8, Range<usize>)> {
    let bytes = text.as_bytes();
    let marks = (scan::skip_while(text, at, |byte| byte == b'#') - at).min(6);
    for level in (1..=marks).rev() {
        let content = scan::skip_while(text, at + level, |byte| byte == b' ' || byte == b'\t');
        let Some(&first) = bytes.get(content) else {
            continue;
        };
        let end = scan::line_end(text, content + usize::from(first == b'\n'));
        if end < text.len() {
            return Some((level as u8, content..end));
        }
    }
    None
}

impl<'a> Parser<'a> {
    pub(super) fn parse_atx_header(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let text = cursor.text;
        let (level, range) = if self.options.gfm {
            if !is_gfm_atx(text, cursor.at) {
                return false;
            }
            let marks = scan::skip_while(text, cursor.at, |byte| byte == b'#');
            let start = scan::skip_while(text, marks, |byte| byte == b' ' || byte == b'\t');
            let end = scan::line_end(text, marks);
            if end == text.len() {
                return false;
            }
            ((marks - cursor.at) as u8, start.min(end)..end)
        } else {
            match plain_atx(text, cursor.at) {
                Some(found) => found,
                None => return false,
            }
        };
        let ends_paragraphs = self.options.gfm && self.options.paragraph_end;
        if !ends_paragraphs && !self.after_block_boundary(parent, cursor) {
            return false;
        }
        let end = range.end + 1;
        let mut contents = contents(text, range);
        contents.text = self.without_closing_marks(text, contents.text);
        let found = Found { level, style: HeadingStyle::Atx, content: contents.text.clone(), end };
        self.add_header(parent, cursor, found, contents.id)
    }

    fn without_closing_marks(&self, text: &str, range: Range<usize>) -> Range<usize> {
        let line = &text[range.clone()];
        let kept = line.trim_end_matches('#');
        if kept.len() == line.len() {
            return range;
        }
        // with the quirks of GFM a blank must stand before the marks, without them no backslash may
        let cut = if self.options.gfm && self.options.paragraph_end {
            match kept.as_bytes().last() {
                Some(b' ' | b'\t') => kept.len() - 1,
                _ => return range,
            }
        } else if kept.ends_with('\\') {
            kept.len() + 1
        } else {
            kept.len()
        };
        if cut >= line.len() {
            return range;
        }
        scan::trim_end(text, range.start..range.start + cut)
    }

    pub(super) fn parse_setext_header(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let text = cursor.text;
        let start = scan::skip_indent(text, cursor.at);
        let first_end = scan::line_end(text, start);
        let Some(level) = setext_level(text, first_end + 1) else {
            return false;
        };
        if matches!(scan::byte_at(text, start), None | Some(b' ' | b'\t')) || !self.after_block_boundary(parent, cursor) {
            return false;
        }
        let contents = contents(text, start..first_end);
        let end = scan::next_line(text, first_end + 1);
        let found = Found { level, style: HeadingStyle::Setext, content: contents.text.clone(), end };
        self.add_header(parent, cursor, found, contents.id)
    }

    fn add_header(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>, found: Found, id: Option<Range<usize>>) -> bool {
        if found.content.is_empty() {
            return false;
        }
        let explicit_id = id.map(|id| markup::value(cursor.source, id));
        let heading = Heading {
            level: found.level,
            style: found.style,
            id: explicit_id.as_ref().map(|value| Cow::clone(&value.text)),
            explicit_id,
            content: cursor.span(found.content.clone()),
        };
        let span = cursor.block_span(cursor.at..found.end);
        let node = self.push_block(parent, cursor, Kind::Heading(Box::new(heading)), span);
        if !self.options.gfm {
            self.heading_sources.insert(node, cursor.text[found.content.clone()].to_owned());
        }
        self.raw_texts.insert(node, RawText::Range(Rc::clone(cursor.source), found.content));
        cursor.at = found.end;
        true
    }
}

/// `^[-=][-=]*[ \t\r\f\v]*\n` at `at`.
fn setext_level(text: &str, at: usize) -> Option<u8> {
    let first = scan::byte_at(text, at)?;
    if first != b'-' && first != b'=' {
        return None;
    }
    let marks = scan::skip_while(text, at, |byte| byte == b'-' || byte == b'=');
    scan::blank_rest(text, marks)?;
    Some(if first == b'-' { 2 } else { 1 })
}
