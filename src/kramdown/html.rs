//! HTML elements as blocks, the block half of kramdown's `parser/kramdown/html.rb`, and the raw HTML in them, which it
//! has in `parser/html.rb`.

use super::characters;
use super::cursor::{Cursor, none_from};
use super::html_tag::{self, ContentModel, EndTag, StartTag};
use super::parser::{MAX_DEPTH, Parser};
use super::raw_text::RawText;
use super::scan;
use crate::markup::{HazardKind, HtmlElement, Kind, NodeId};
use crate::text::Span;
use std::ops::Range;
use std::rc::Rc;

/// Whether the tag at `at` ends paragraphs, quotes and the like: a start or end tag of no span element
/// (`LAZY_END_HTML_START`, `LAZY_END_HTML_STOP`).
pub(super) fn is_lazy_end_tag(text: &str, at: usize) -> bool {
    let is_end = scan::byte_at(text, at + 1) == Some(b'/');
    let name = at + 1 + usize::from(is_end);
    let Some(rest) = text.get(name..) else {
        return false;
    };
    let word = &rest[..characters::word_run(rest)];
    if html_tag::is_span_element(word) || word == "script" {
        return false;
    }
    if is_end {
        return html_tag::end_tag(text, at, text.len()).is_some();
    }
    rest.starts_with(|char: char| char == '_' || char.is_alphabetic())
}

/// What became of a place where an element might start or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HtmlBlock {
    None,
    Parsed,
    /// The end tag of the element around.
    End,
}

impl<'a> Parser<'a> {
    pub(super) fn parse_block_html(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> HtmlBlock {
        let text = cursor.text;
        let start = scan::skip_indent(text, cursor.at);
        if let Some(end) = self.parse_html_comment(parent, cursor, cursor.at) {
            cursor.at = scan::blank_line_rest(text, end).unwrap_or(end);
            return HtmlBlock::Parsed;
        }
        let is_span = |name: &Range<usize>| html_tag::is_span_element(&html_tag::lower(&text[name.clone()]));
        if let Some(tag) = html_tag::start_tag(text, start, text.len()) {
            if is_span(&tag.name) {
                return HtmlBlock::None;
            }
            self.parse_html_element(parent, cursor, tag, start, false);
            return HtmlBlock::Parsed;
        }
        match html_tag::end_tag(text, start, text.len()) {
            Some(tag) if !is_span(&tag.name) && self.closes(parent, &html_tag::lower(&text[tag.name.clone()])) => {
                self.close_html(parent, cursor, start, &tag);
                HtmlBlock::End
            }
            _ => HtmlBlock::None,
        }
    }

    /// Whether the end tag of the element `name` closes `node`.
    fn closes(&self, node: NodeId, name: &str) -> bool {
        matches!(&self.tree.node(node).kind, Kind::Html(element) if element.name == name)
    }

    fn close_html(&mut self, node: NodeId, cursor: &mut Cursor<'_, 'a>, start: usize, tag: &EndTag) {
        let close = cursor.span(start..tag.end);
        cursor.at = tag.end;
        let node = self.tree.node_mut(node);
        node.span = node.span.to(close);
        if let Kind::Html(element) = &mut node.kind {
            element.close_tag = Some(close);
        }
    }

    /// A comment at `at`: the offset behind it.
    fn parse_html_comment(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>, at: usize) -> Option<usize> {
        if !cursor.text[at..].starts_with("<!--") || none_from(cursor.memo.no_comment_end_from, at + 4) {
            return None;
        }
        let Some(content) = html_tag::comment(cursor.text, at, cursor.text.len()) else {
            cursor.memo.no_comment_end_from = Some(at + 4);
            return None;
        };
        let end = content.end + 3;
        self.tree.push(parent, Kind::Comment { content: cursor.span(content) }, cursor.span(at..end));
        Some(end)
    }

    /// A processing instruction at `at`: the offset behind it.
    fn parse_html_instruction(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>, at: usize) -> Option<usize> {
        if !cursor.text[at..].starts_with("<?") || none_from(cursor.memo.no_instruction_end_from, at + 2) {
            return None;
        }
        let Some(content) = html_tag::instruction(cursor.text, at, cursor.text.len()) else {
            cursor.memo.no_instruction_end_from = Some(at + 2);
            return None;
        };
        let span = cursor.span(at..content.end + 2);
        self.tree.push(parent, Kind::Raw { content: span }, span);
        Some(content.end + 2)
    }

    /// The element whose start tag is `tag` at `start`, to its end tag or, without one, to the end of the text.
    fn parse_html_element(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>, tag: StartTag, start: usize, in_raw: bool) {
        let text = cursor.text;
        let name = html_tag::element_name(cursor.source, &tag);
        let open_tag = cursor.span(start..tag.end);
        let void = tag.self_closing || html_tag::is_void(&name);
        let mut attributes = html_tag::tag_attributes(cursor.source, &tag);
        let markdown = attributes.all.iter().position(|attribute| attribute.name.text == "markdown");
        let markdown = markdown.map(|index| attributes.all.remove(index).value.text);
        let model = match markdown.as_deref() {
            Some("0") => ContentModel::Raw,
            Some("1") => html_tag::content_model(&name),
            Some("span") => ContentModel::Span,
            Some("block") => ContentModel::Block,
            _ if !in_raw && self.options.parse_block_html => html_tag::content_model(&name),
            _ => ContentModel::Raw,
        };
        let is_verbatim = matches!(name.as_ref(), "script" | "style");
        let element = HtmlElement { name: name.clone(), block: true, open_tag, close_tag: None, void: void && !is_verbatim };
        let node = self.tree.push(parent, Kind::Html(Box::new(element)), open_tag);
        if !attributes.all.is_empty() {
            self.tree.node_mut(node).attributes = Some(Box::new(attributes));
        }
        self.take_pending(node, cursor);
        if model == ContentModel::Raw {
            self.raw_html.insert(node);
        }
        cursor.at = tag.end;
        if is_verbatim {
            self.parse_verbatim_html(node, cursor, &name);
        }
        if model == ContentModel::Block {
            cursor.at = scan::blank_line_rest(text, cursor.at).unwrap_or(cursor.at);
        }
        if is_verbatim || void {
            return;
        }
        match model {
            ContentModel::Block => {
                if !self.parse_blocks(node, cursor) {
                    self.end_unclosed(node, cursor, tag.end);
                    self.cover_last_child(node);
                }
            }
            ContentModel::Span => self.parse_span_content(node, cursor, &name),
            ContentModel::Raw => self.parse_raw_html(node, cursor),
        }
        if !in_raw {
            cursor.at = scan::blank_line_rest(text, cursor.at).unwrap_or(cursor.at);
        }
    }

    /// What is left belongs to the element.
    fn end_unclosed(&mut self, node: NodeId, cursor: &Cursor<'_, 'a>, start: usize) {
        let content = scan::trim_end(cursor.text, start..cursor.at);
        let end = if content.is_empty() { Span::default() } else { cursor.span(content) };
        let node = self.tree.node_mut(node);
        let open = node.span;
        if !end.is_empty() {
            node.span = node.span.to(end);
        }
        if let Kind::Html(element) = &node.kind {
            let name = element.name.to_string();
            self.hazard(HazardKind::UnclosedHtml { name }, open);
        }
    }

    /// Where the end tag of `name` stands at or after `from`, whatever is in between.
    fn find_end_tag(text: &str, name: &str, from: usize) -> Option<(usize, EndTag)> {
        let bytes = text.as_bytes().get(from..)?;
        memchr::memmem::find_iter(bytes, b"</").map(|found| from + found).find_map(|at| {
            let written = text.get(at + 2..at + 2 + name.len())?;
            if !written.eq_ignore_ascii_case(name) {
                return None;
            }
            let tag = html_tag::end_tag(text, at, text.len())?;
            (tag.name.len() == name.len()).then_some((at, tag))
        })
    }

    /// `<script>` and `<style>`: all up to the end tag is text.
    fn parse_verbatim_html(&mut self, node: NodeId, cursor: &mut Cursor<'_, 'a>, name: &str) {
        let start = cursor.at;
        match Self::find_end_tag(cursor.text, name, start) {
            Some((at, tag)) => {
                self.push_raw(node, cursor, start..at);
                self.close_html(node, cursor, at, &tag);
            }
            None => {
                cursor.at = cursor.text.len();
                self.push_raw(node, cursor, start..cursor.at);
                self.end_unclosed(node, cursor, start);
            }
        }
    }

    fn push_raw(&mut self, parent: NodeId, cursor: &Cursor<'_, 'a>, range: Range<usize>) {
        if !range.is_empty() {
            let span = cursor.span(scan::trim_end(cursor.text, range));
            self.tree.push(parent, Kind::Raw { content: span }, span);
        }
    }

    /// Text with span elements only, read in the second pass.
    fn parse_span_content(&mut self, node: NodeId, cursor: &mut Cursor<'_, 'a>, name: &str) {
        let start = cursor.at;
        let found = Self::find_end_tag(cursor.text, name, start);
        let end = found.as_ref().map_or(cursor.text.len(), |(at, _)| *at);
        if start < end {
            self.raw_texts.insert(node, RawText::Range(Rc::clone(cursor.source), start..end));
        }
        match found {
            Some((at, tag)) => self.close_html(node, cursor, at, &tag),
            None => {
                cursor.at = end;
                self.end_unclosed(node, cursor, start);
                // white space at the end can be a hard break
                self.cover(node, cursor.span(start..end));
            }
        }
    }

    fn parse_raw_html(&mut self, node: NodeId, cursor: &mut Cursor<'_, 'a>) {
        self.depth += 1;
        let content = cursor.at;
        let text = cursor.text;
        while !cursor.is_done() {
            let start = cursor.at;
            let rest = &text.as_bytes()[start..];
            let found = memchr::memchr_iter(b'<', rest).map(|found| start + found);
            let Some(at) = { found }.find(|&at| is_raw_start(text, at)) else {
                self.push_text(node, cursor.source, scan::trim_end(text, start..text.len()));
                cursor.at = text.len();
                break;
            };
            self.push_text(node, cursor.source, start..at);
            if let Some(end) = self.parse_html_comment(node, cursor, at) {
                cursor.at = end;
            } else if let Some(end) = self.parse_html_instruction(node, cursor, at) {
                cursor.at = end;
            } else if let Some(tag) = html_tag::start_tag(text, at, text.len()) {
                if self.depth > MAX_DEPTH {
                    self.too_deep(cursor.span(at..tag.end));
                    self.push_text(node, cursor.source, at..tag.end);
                    cursor.at = tag.end;
                } else {
                    self.parse_html_element(node, cursor, tag, at, true);
                }
            } else if let Some(tag) = html_tag::end_tag(text, at, text.len()) {
                if self.closes_raw(node, &text[tag.name.clone()]) {
                    self.close_html(node, cursor, at, &tag);
                    self.depth -= 1;
                    return;
                }
                let name = text[tag.name.clone()].to_owned();
                self.hazard(HazardKind::StrayClosingTag { name }, cursor.span(at..tag.end));
                self.push_text(node, cursor.source, at..tag.end);
                cursor.at = tag.end;
            } else {
                self.push_text(node, cursor.source, at..at + 1);
                cursor.at = at + 1;
            }
        }
        self.end_unclosed(node, cursor, content);
        self.depth -= 1;
    }

    /// Whether the end tag `name` closes the raw element `node`: elements of HTML in any case, others as written.
    fn closes_raw(&self, node: NodeId, name: &str) -> bool {
        let Kind::Html(element) = &self.tree.node(node).kind else {
            return false;
        };
        element.name == name || (html_tag::is_element(&element.name) && element.name == html_tag::lower(name))
    }
}

/// `<` followed by a name, `/`, `!--` or `?`.
fn is_raw_start(text: &str, at: usize) -> bool {
    scan::byte_at(text, at + 1) == Some(b'?') || html_tag::can_start(text, at, text.len())
}
