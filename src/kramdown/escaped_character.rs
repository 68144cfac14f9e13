//! `\*`: kramdown's `parser/kramdown/escaped_chars.rb`, and the GFM parser's.

use super::span_token::Token;
use super::spans::SpanReader;
use std::borrow::Cow;

/// Whether a backslash before `byte` takes its meaning away.
pub(super) fn is_escapable(byte: u8) -> bool {
    b"\\.*_+`<>()[]{}#!:|\"'$=-".contains(&byte)
}

/// `text` without the backslashes of escapes; those of the GFM parser's own (`\~`) stay.
pub(super) fn unescape(text: Cow<'_, str>) -> Cow<'_, str> {
    let Some(first) = text.find('\\') else { return text };
    let mut plain = String::with_capacity(text.len());
    plain.push_str(&text[..first]);
    let mut chars = text[first..].chars().peekable();
    while let Some(char) = chars.next() {
        match chars.peek() {
            Some(&next) if char == '\\' && next.is_ascii() && is_escapable(next as u8) => {
                plain.push(next);
                chars.next();
            }
            _ => plain.push(char),
        }
    }
    Cow::Owned(plain)
}

impl SpanReader<'_, '_, '_> {
    /// The escape at `at`, where a backslash stands.
    pub(super) fn escaped_character(&self, at: usize) -> Option<Token> {
        let next = self.byte(at + 1)?;
        (is_escapable(next) || next == b'~' && self.parser.options.gfm).then_some(Token::Escaped { end: at + 2 })
    }
}
