//! HTML in text: kramdown's `parse_span_html` (`parser/kramdown/html.rb`).

use super::characters::is_space;
use super::html_tag::{self, ContentModel, StartTag};
use super::span_memo::Outcome;
use super::span_token::{Context, HtmlBody, HtmlToken, Leaves, Suspicion, Token};
use super::spans::SpanReader;
use std::borrow::Cow;
use std::ops::Range;

/// How far the `>` of a tag that cannot be read is looked for.
const LONGEST_UNREAD_TAG: usize = 1000;

impl SpanReader<'_, '_, '_> {
    /// The tag or comment at `at`, where `<` stands.
    pub(super) fn span_html(&mut self, at: usize, context: Context) -> Option<Token> {
        if !html_tag::can_start(self.text, at, self.end) {
            return None;
        }
        if let Some(content) = self.html_comment(at) {
            return Some(Token::HtmlComment { content });
        }
        self.next_greater(at)?;
        if let Some(tag) = html_tag::end_tag(self.text, at, self.end) {
            return Some(Token::Suspicious { end: tag.end, what: Suspicion::StrayClosingTag { name: tag.name } });
        }
        let tag = html_tag::start_tag(self.text, at, self.end)?;
        let written = &self.text[tag.name.clone()];
        let lower = html_tag::lower(written);
        let known = html_tag::is_element(&lower);
        let name = if known { lower } else { Cow::Borrowed(written) };
        if html_tag::is_block_element(&name) {
            return Some(Token::Suspicious { end: tag.end, what: Suspicion::BlockHtml { name: tag.name } });
        }
        let parsed = self.is_parsed(&tag, &name, context);
        let body = if tag.self_closing || html_tag::is_void(&name) {
            HtmlBody::None
        } else {
            match self.html_body(at, tag.end, &name, known, parsed, context) {
                Some(body) => body,
                None => return Some(self.too_deep(tag.end)),
            }
        };
        Some(Token::Html(Box::new(HtmlToken { tag, parsed, body })))
    }

    fn html_comment(&mut self, at: usize) -> Option<Range<usize>> {
        if !self.rest(at).starts_with(b"<!--") {
            return None;
        }
        let start = at + 4;
        let bytes = self.bytes.get(..self.end).unwrap_or_default();
        let find = || memchr::memmem::find(bytes.get(start..)?, b"-->").map(|offset| start + offset);
        Some(start..self.memo.comment_end.next(start, find)?)
    }

    /// Whether the content of the element is Markdown.
    fn is_parsed(&self, tag: &StartTag, name: &str, context: Context) -> bool {
        let raw = html_tag::content_model(name) == ContentModel::Raw;
        let mut markdown = None;
        if self.text[tag.attributes.clone()].to_ascii_lowercase().contains("markdown") {
            for attribute in html_tag::attributes(self.text, tag.attributes.clone()) {
                let name = &self.text[attribute.name];
                if name == "markdown" || html_tag::is_element(name) && name.eq_ignore_ascii_case("markdown") {
                    markdown = Some(&self.text[attribute.value]);
                }
            }
        }
        match markdown {
            Some("1") => !raw,
            Some("span") => true,
            Some("0") => false,
            _ => !raw && !context.has(Context::RAW) && self.parser.options.parse_span_html,
        }
    }

    /// `None` when the parser follows no deeper.
    fn html_body(&mut self, at: usize, start: usize, name: &str, known: bool, parsed: bool, context: Context) -> Option<HtmlBody> {
        let outcome = match self.memo.outcome(at, context) {
            Some(outcome) => outcome,
            None => self.deeper(|reader| {
                let outcome = match reader.closing_tag(start, name, known, html_context(context, parsed)) {
                    Some(close) => Outcome::HtmlClosed { close: close.start, end: close.end },
                    None => Outcome::HtmlUnclosed,
                };
                reader.memo.set_outcome(at, context, outcome);
                outcome
            })?,
        };
        Some(match outcome {
            Outcome::HtmlClosed { close, end } => HtmlBody::Closed { close: close..end },
            _ => HtmlBody::Unclosed { end: self.end },
        })
    }

    /// The end tag for content that begins at `start`.
    fn closing_tag(&mut self, start: usize, name: &str, known: bool, inner: Context) -> Option<Range<usize>> {
        let mut at = start;
        let mut after_element = false;
        loop {
            let next = self.next_start(at, inner, false);
            if next > at {
                after_element = false;
            }
            if next >= self.end {
                return None;
            }
            if let Some(end) = self.end_tag_of(next, name, known) {
                return Some(next..end);
            }
            let token = self.token(next, inner, after_element);
            match token.leaves() {
                Leaves::Text => after_element = false,
                Leaves::Element => after_element = true,
                Leaves::Nothing => {}
            }
            at = token.end();
        }
    }

    fn end_tag_of(&self, at: usize, name: &str, known: bool) -> Option<usize> {
        let rest = self.rest(at).strip_prefix(b"</")?;
        let found = rest.get(..name.len())?;
        let same = if known { found.eq_ignore_ascii_case(name.as_bytes()) } else { found == name.as_bytes() };
        let after = rest.get(name.len()..)?;
        let spaces = after.iter().take_while(|&&byte| is_space(byte)).count();
        (same && after.get(spaces) == Some(&b'>')).then_some(at + 2 + name.len() + spaces + 1)
    }

    /// A tag of a known element that kramdown cannot read (`<img src=a/b>`), at `at`.
    pub(super) fn unread_tag(&self, at: usize) -> Option<Token> {
        let rest = self.rest(at).strip_prefix(b"<")?;
        let name = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let text = self.text.get(at + 1..at + 1 + name)?;
        if name == 0
            || !html_tag::is_element(&text.to_ascii_lowercase())
            || !rest.get(name).is_some_and(|&byte| is_space(byte) || byte == b'/')
        {
            return None;
        }
        let near = rest.get(..LONGEST_UNREAD_TAG).unwrap_or(rest);
        let close = near.iter().position(|byte| matches!(byte, b'<' | b'>'))?;
        let found = near[close] == b'>';
        found.then(|| Token::Suspicious { end: at + 1, what: Suspicion::HtmlAsText { tag: at..at + 1 + close + 1 } })
    }
}

/// The context inside an element that stands in `outer`.
pub(super) fn html_context(outer: Context, parsed: bool) -> Context {
    outer.inside(if parsed { Context::default() } else { Context::RAW })
}
