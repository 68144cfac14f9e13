//! The second pass over a text: its spans, after kramdown's `parse_spans` (`parser/kramdown.rb`).
//!
//! A [`SpanReader`] recognises constructs (see [`super::span_token`] and the file of each) and builds those that are
//! certain (see [`super::span_nodes`] too).

use super::attribute_list::{self, AttributeList};
use super::emphasis::emphasis_context;
use super::parser::Parser;
use super::span_memo::Memo;
use super::span_token::{Context, Entity, Suspicion, Token};
use crate::markup::{HazardKind, Kind, NodeId, Origin, Value, value};
use crate::text::{Extract, Span};
use std::ops::Range;

/// How deep spans may be nested; what would lie deeper is text.
const MAX_DEPTH: usize = 100;

/// How many attribute lists a link definition may come to have by its links: each link gets all of them.
const MAX_LISTS: usize = 64;

/// A part of a text that was read with some of the constructs alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SpanPart {
    Text(Range<usize>),
    /// A code span; `content` without its marks.
    Code {
        whole: Range<usize>,
        content: Range<usize>,
    },
    /// A comment.
    Comment(Range<usize>),
    /// An HTML element with all that is in it.
    Html(Range<usize>),
}

impl<'a> Parser<'a> {
    /// Reads the spans in `range` (bytes of `text`) into children of `parent`.
    pub(super) fn parse_spans(&mut self, parent: NodeId, text: &Extract<'a>, range: Range<usize>) {
        let mut reader = SpanReader::new(self, text, range.clone());
        reader.build(parent, range, Context::default());
    }

    /// The code spans in `range` of `text`, the text between them, and, with `html`, HTML elements. kramdown reads
    /// tables so.
    pub(super) fn span_parts(&mut self, text: &Extract<'a>, range: Range<usize>, html: bool) -> Vec<SpanPart> {
        let context = if html { Context::CODE_AND_HTML } else { Context::CODE };
        let mut reader = SpanReader::new(self, text, range.clone());
        let mut parts = Vec::new();
        let (mut at, mut from) = (range.start, range.start);
        while at < range.end {
            let start = reader.next_start(at, context, false);
            if start >= range.end {
                break;
            }
            let token = reader.token(start, context, false);
            at = token.end();
            let part = match token {
                Token::Code { content, end } => SpanPart::Code { whole: start..end, content },
                Token::HtmlComment { .. } => SpanPart::Comment(start..at),
                Token::Html(_) => SpanPart::Html(start..at),
                _ => continue,
            };
            if from < start {
                parts.push(SpanPart::Text(from..start));
            }
            parts.push(part);
            from = at;
        }
        if from < range.end {
            parts.push(SpanPart::Text(from..range.end));
        }
        parts
    }

    /// Length of the longest id of a link definition so far, in bytes: text that is longer is no reference.
    pub(super) fn longest_link_id(&mut self) -> usize {
        let count = self.link_definitions.len();
        if self.longest_link_id.is_none_or(|(known, _)| known != count) {
            let longest = self.link_definitions.keys().map(String::len).max().unwrap_or(0);
            self.longest_link_id = Some((count, longest));
        }
        self.longest_link_id.map_or(0, |(_, longest)| longest)
    }
}

/// Reads the spans of one text.
pub(super) struct SpanReader<'p, 't, 'a> {
    pub parser: &'p mut Parser<'a>,
    pub source: &'t Extract<'a>,
    pub text: &'t str,
    /// Of the whole extract; what counts lies between `start` and `end`.
    pub bytes: &'t [u8],
    pub start: usize,
    pub end: usize,
    pub memo: Memo,
    pub(super) depth: usize,
}

/// The text that waits to become a node, and the last child if that is no text.
struct Pending {
    text: Range<usize>,
    last: Option<NodeId>,
}

impl<'p, 't, 'a> SpanReader<'p, 't, 'a> {
    pub(super) fn new(parser: &'p mut Parser<'a>, source: &'t Extract<'a>, range: Range<usize>) -> SpanReader<'p, 't, 'a> {
        let text = source.text();
        SpanReader { parser, source, text, bytes: text.as_bytes(), start: range.start, end: range.end, memo: Memo::default(), depth: 0 }
    }

    /// Runs `read` one level deeper; `None` where that is too deep.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        Some(result)
    }

    /// The opener of a construct that nobody follows.
    pub(super) fn too_deep(&self, end: usize) -> Token {
        Token::Suspicious { end, what: Suspicion::TooDeep }
    }

    /// `range` without the white space at its ends.
    pub(super) fn trim(&self, range: Range<usize>) -> Range<usize> {
        let is_blank = |char: char| matches!(char, ' ' | '\t'..='\r' | '\0');
        let text = self.text.get(range.clone()).unwrap_or_default();
        let start = range.start + (text.len() - text.trim_start_matches(is_blank).len());
        let end = range.start + text.trim_end_matches(is_blank).len();
        start..end.max(start)
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.source.span(range)
    }

    pub(super) fn value(&self, range: Range<usize>) -> Value<'a> {
        value(self.source, range)
    }

    /// Makes nodes of the constructs in `range`, which is a whole text or the content of a construct.
    fn build(&mut self, parent: NodeId, range: Range<usize>, context: Context) {
        let mut pending = Pending { text: range.start..range.start, last: None };
        loop {
            let start = self.next_start(pending.text.end, context, false).min(range.end);
            pending.text.end = start;
            if start >= range.end {
                break;
            }
            let after_element = pending.text.is_empty() && pending.last.is_some();
            let token = self.token(start, context, after_element);
            let end = token.end();
            match token {
                Token::Text { end } => pending.text.end = end,
                Token::Suspicious { end, what } => {
                    self.report(what, start);
                    pending.text.end = end;
                }
                Token::Quotes { lead, .. } => {
                    pending.text.end += lead;
                    self.flush(parent, &mut pending);
                    pending.last = self.build_token(parent, token, start, context).or(pending.last);
                    pending.text = end..end;
                }
                Token::Entity(Entity::Unknown { end }) => {
                    self.flush(parent, &mut pending);
                    self.push(parent, Kind::Entity(Some('&')), start..start + 1);
                    pending = Pending { text: start + 1..end, last: None };
                }
                Token::List { content } => {
                    if let Some(last) = pending.last {
                        self.apply_list(last, content);
                    }
                    pending.text = end..end;
                }
                Token::Escaped { end } => {
                    self.flush(parent, &mut pending);
                    let text = self.source.value(start + 1..end);
                    self.push(parent, Kind::Text { text, escaped: true }, start..end);
                    pending = Pending { text: end..end, last: None };
                }
                token => {
                    self.flush(parent, &mut pending);
                    pending.last = self.build_token(parent, token, start, context).or(pending.last);
                    pending.text = end..end;
                }
            }
        }
        self.flush(parent, &mut pending);
    }

    fn flush(&mut self, parent: NodeId, pending: &mut Pending) {
        if !pending.text.is_empty() {
            self.parser.push_text(parent, self.source, pending.text.clone());
            pending.last = None;
        }
    }

    pub(super) fn push(&mut self, parent: NodeId, kind: Kind<'a>, range: Range<usize>) -> NodeId {
        let span = self.span(range);
        self.parser.tree.push(parent, kind, span)
    }

    /// Adds the construct that begins at `start`; gives the last node, if there is one.
    fn build_token(&mut self, parent: NodeId, token: Token, start: usize, context: Context) -> Option<NodeId> {
        let whole = start..token.end();
        Some(match token {
            Token::Emphasis { strong, content, .. } => {
                let node = self.push(parent, if strong { Kind::Strong } else { Kind::Emphasis }, whole);
                self.build_content(node, content, emphasis_context(context, strong));
                node
            }
            Token::Code { content, .. } => {
                let content = self.value(content);
                self.push(parent, Kind::CodeSpan { content }, whole)
            }
            Token::Autolink { content, mail } => self.build_autolink(parent, whole, content, mail),
            Token::HtmlComment { content } => {
                let content = self.span(content);
                self.push(parent, Kind::Comment { content }, whole)
            }
            Token::Html(html) => self.build_html(parent, &html, whole, context),
            Token::Footnote { name } => self.build_footnote(parent, whole, name),
            Token::Link(link) => self.build_link(parent, *link, whole, context),
            Token::Quotes { lead, first, second, end } => {
                let at = start + lead;
                let node = self.push(parent, Kind::SmartQuote(first), at..at + 1);
                match second {
                    Some(second) => self.push(parent, Kind::SmartQuote(second), at + 1..end),
                    None => node,
                }
            }
            Token::Math { content, .. } => {
                let content = self.span(content);
                self.push(parent, Kind::MathSpan { content }, whole)
            }
            Token::Extension(extension) => return self.build_extension(parent, extension, whole),
            Token::Entity(Entity::Known { char, .. }) => self.push(parent, Kind::Entity(char), whole),
            Token::Symbol { symbol, .. } => self.push(parent, Kind::TypographicSymbol(symbol), whole),
            Token::Guillemets { char, end } => {
                self.push(parent, Kind::Entity(Some(char)), start..start + 2);
                self.push(parent, Kind::Entity(Some(char)), start + 2..end)
            }
            Token::LineBreak { .. } => self.push(parent, Kind::LineBreak, whole),
            Token::Strikethrough { end } => {
                let node = self.push(parent, Kind::Strikethrough, whole);
                self.build_strikethrough(node, start + 2..end - 2);
                node
            }
            Token::Text { .. }
            | Token::Suspicious { .. }
            | Token::Escaped { .. }
            | Token::List { .. }
            | Token::Entity(Entity::Unknown { .. }) => return None,
        })
    }

    pub(super) fn build_content(&mut self, node: NodeId, content: Range<usize>, context: Context) {
        if self.deeper(|reader| reader.build(node, content.clone(), context)).is_none() {
            self.parser.push_text(node, self.source, content);
        }
    }

    /// Applies the attribute list with this `content` to `node`.
    fn apply_list(&mut self, node: NodeId, content: Range<usize>) {
        let list = attribute_list::parse(self.source, content, &mut self.parser.tree.hazards);
        self.leak_list(node, &list);
        self.parser.apply_lists(node, &[list], Origin::List);
    }

    /// A link shares the lists of its definition, so that what is said about one link is said about all that follow it.
    fn leak_list(&mut self, node: NodeId, list: &AttributeList<'a>) {
        let definition = match &self.parser.tree.node(node).kind {
            Kind::Link(link) => link.definition,
            Kind::Image(image) => image.definition,
            _ => None,
        };
        let lists = definition.and_then(|definition| self.parser.block_lists.get_mut(&definition));
        if let Some(lists) = lists.filter(|lists| lists.len() < MAX_LISTS) {
            lists.push(attribute_list::additional(list));
        }
    }

    /// Notes text that its author hardly meant to be text.
    fn report(&mut self, what: Suspicion, at: usize) {
        let text = |range: Range<usize>| self.source.value(range).into_owned();
        let (kind, range) = match what {
            Suspicion::ListAfterText { list } => (HazardKind::AttributeListAfterText, list),
            Suspicion::BlockHtml { name } => (HazardKind::BlockHtmlInText { name: text(name.clone()) }, at..name.end),
            Suspicion::StrayClosingTag { name } => (HazardKind::StrayClosingTag { name: text(name.clone()) }, at..name.end),
            Suspicion::HtmlAsText { tag } => (HazardKind::HtmlAsText, tag),
            Suspicion::UndefinedFootnote { name } => {
                (HazardKind::UndefinedFootnote { name: text(name.clone()) }, name.start - 2..name.end + 1)
            }
            Suspicion::UndefinedLink { link, id } => (HazardKind::UndefinedLinkReference { id: text(id) }, link),
            Suspicion::Extension { tag } => (HazardKind::Extension, tag),
            Suspicion::TooDeep => {
                let span = self.span(at..at + 1);
                self.parser.too_deep(span);
                return;
            }
        };
        let span = self.span(range);
        self.parser.hazard(kind, span);
    }
}
