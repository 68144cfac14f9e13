//! `$$x$$` in text: kramdown's `parser/kramdown/math.rb`.

use super::span_token::Token;
use super::spans::SpanReader;
use memchr::memmem;

impl SpanReader<'_, '_, '_> {
    /// The formula at `at`, where `$` stands.
    pub(super) fn inline_math(&mut self, at: usize) -> Option<Token> {
        if self.byte(at + 1) != Some(b'$') {
            return None;
        }
        let start = at + 2;
        let bytes = self.bytes.get(..self.end).unwrap_or_default();
        let find = || memmem::find(bytes.get(start..)?, b"$$").map(|offset| start + offset);
        let close = self.memo.dollars.next(start, find)?;
        let content = self.trim(start..close);
        Some(Token::Math { content, end: close + 2 })
    }
}
