//! `~~gone~~`, of the GFM parser.

use super::characters::is_space;
use super::span_token::Token;
use super::spans::SpanReader;

impl SpanReader<'_, '_, '_> {
    /// The deletion at `at`, where `~` stands.
    pub(super) fn strikethrough(&mut self, at: usize) -> Option<Token> {
        let first = *self.rest(at).get(2)?;
        if !self.parser.options.gfm || self.byte(at + 1) != Some(b'~') || is_space(first) || first == b'~' {
            return None;
        }
        let start = at + 2;
        let bytes = self.bytes.get(..self.end).unwrap_or_default();
        let close = self.memo.strikethrough.next(start + 1, || {
            let closes = |&close: &usize| bytes[close..].starts_with(b"~~") && bytes[close - 1] != b'~' && !is_space(bytes[close - 1]);
            memchr::memchr_iter(b'~', bytes.get(start + 1..)?).map(|offset| start + 1 + offset).find(closes)
        })?;
        Some(Token::Strikethrough { end: close + 2 })
    }
}
