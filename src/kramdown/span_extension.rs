//! Attribute lists after a span, and `{::extensions}` in text: the span half of kramdown's
//! `parser/kramdown/extensions.rb`.

use super::characters::{is_ascii_word, is_space};
use super::span_token::{Extension, Suspicion, Token};
use super::spans::SpanReader;
use std::ops::Range;

/// The extensions that there are.
const NAMES: [&str; 3] = ["comment", "nomarkdown", "options"];

impl SpanReader<'_, '_, '_> {
    /// What stands at `at`, where `{` stands. `after_element`: the construct before it takes attribute lists.
    pub(super) fn span_extension(&mut self, at: usize, after_element: bool) -> Option<Token> {
        let rest = self.rest(at).strip_prefix(b"{:")?;
        match rest.first()? {
            b'/' => {
                if let Some(tag) = self.stop_tag(at) {
                    return Some(Token::Suspicious { end: at + 1, what: Suspicion::Extension { tag } });
                }
            }
            b':' => {
                if let Some(token) = self.extension(at) {
                    return Some(token);
                }
            }
            _ => {}
        }
        let content = at + 2..self.closing_brace(at + 2)?;
        if content.is_empty() {
            return None;
        }
        Some(if after_element {
            Token::List { content }
        } else {
            Token::Suspicious { end: at + 1, what: Suspicion::ListAfterText { list: at..content.end + 1 } }
        })
    }

    /// `{:/}` or `{:/name}` at `at`.
    fn stop_tag(&self, at: usize) -> Option<Range<usize>> {
        let rest = self.rest(at + 3);
        let name = rest.iter().take_while(|&&byte| is_ascii_word(byte) || byte == b'-').count();
        let valid = rest.get(name) == Some(&b'}') && rest.first() != Some(&b'-');
        valid.then_some(at..at + 3 + name + 1)
    }

    /// The extension whose tag `{::name …}` stands at `at`; `None` when it is no such tag.
    fn extension(&mut self, at: usize) -> Option<Token> {
        let rest = self.rest(at + 3);
        let length = rest.iter().take_while(|&&byte| is_ascii_word(byte)).count();
        let after = *rest.get(length)?;
        if length == 0 || !(is_space(after) || matches!(after, b'/' | b'}')) {
            return None;
        }
        let from = at + 3 + length;
        let brace = match after {
            b'}' => from,
            b'/' => (self.byte(from + 1) == Some(b'}')).then_some(from + 1)?,
            _ => self.closing_brace(from + 1)?,
        };
        let closed = brace > from && self.bytes[brace - 1] == b'/';
        let list = from.min(brace)..brace - usize::from(closed);
        let end = brace + 1;
        let invalid = Token::Suspicious { end: at + 1, what: Suspicion::Extension { tag: at..end } };
        let name = &self.text[at + 3..from];
        let Some(index) = NAMES.iter().position(|&known| known == name) else { return Some(invalid) };
        let (content, end) = if closed {
            (None, end)
        } else {
            let Some(stop) = self.extension_stop(index, end) else { return Some(invalid) };
            (Some(end..stop.start), stop.end)
        };
        Some(Token::Extension(match (index, content) {
            (0, Some(content)) => Extension::Comment { content, end },
            (1, Some(content)) => Extension::Raw { content, end },
            (2, _) => Extension::Options { list, end },
            _ => Extension::Nothing { end },
        }))
    }

    /// The next `{:/}` or `{:/name}` from `at` on.
    fn extension_stop(&mut self, index: usize, at: usize) -> Option<Range<usize>> {
        let bytes = self.bytes.get(..self.end).unwrap_or_default();
        let stop_end = |start: usize| {
            let rest = bytes.get(start + 3..)?;
            let name = if rest.starts_with(NAMES[index].as_bytes()) { NAMES[index].len() } else { 0 };
            (rest.get(name) == Some(&b'}')).then_some(start + 3 + name + 1)
        };
        let start = self.memo.stop_tag[index].next(at, || {
            let mut starts = memchr::memmem::find_iter(bytes.get(at..)?, b"{:/").map(|offset| at + offset);
            starts.find(|&start| stop_end(start).is_some())
        })?;
        Some(start..stop_end(start)?)
    }

    /// The brace that closes a list whose content begins at `at`: one without a backslash before it, or else the last.
    fn closing_brace(&mut self, at: usize) -> Option<usize> {
        let bytes = self.bytes.get(..self.end).unwrap_or_default();
        let unescaped = self.memo.brace.next(at, || {
            let mut braces = memchr::memchr_iter(b'}', bytes.get(at..)?).map(|offset| at + offset);
            braces.find(|&brace| bytes[brace - 1] != b'\\')
        });
        if unescaped.is_some() {
            return unescaped;
        }
        let last = *self.memo.last_escaped_brace.get_or_insert_with(|| memchr::memmem::rfind(bytes, b"\\}"));
        last.filter(|&last| last >= at).map(|last| last + 1)
    }
}
