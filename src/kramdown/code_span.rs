//! `` `code` ``: kramdown's `parser/kramdown/codespan.rb`.

use super::span_memo::BacktickRuns;
use super::span_token::Token;
use super::spans::SpanReader;

impl SpanReader<'_, '_, '_> {
    /// What the run of backticks at `at` is.
    pub(super) fn code_span(&mut self, at: usize) -> Token {
        let length = self.rest(at).iter().take_while(|&&byte| byte == b'`').count();
        let start = at + length;
        let alone = length == 1 && (at == self.start || self.space_before(at)) && self.space_at(start);
        let Some(close) = (if alone { None } else { self.closing_backticks(start, length) }) else {
            return Token::Text { end: start };
        };
        let mut content = start..close;
        if length > 1 {
            if self.bytes[content.start] == b' ' {
                content.start += 1;
            }
            if content.end > content.start && self.bytes[content.end - 1] == b' ' {
                content.end -= 1;
            }
        }
        Token::Code { content, end: close + length }
    }

    /// The first run from `start` on that holds `length` backticks; it may be longer.
    fn closing_backticks(&mut self, start: usize, length: usize) -> Option<usize> {
        if self.memo.backticks.as_ref().is_some_and(|runs| runs.longest_from(start) < length) {
            return None;
        }
        let mut at = start;
        while let Some(offset) = memchr::memchr(b'`', self.rest(at)) {
            let run = at + offset;
            let found = self.rest(run).iter().take_while(|&&byte| byte == b'`').count();
            if found >= length {
                return Some(run);
            }
            at = run + found;
        }
        let bytes = self.bytes.get(..self.end).unwrap_or_default();
        let from = self.start;
        self.memo.backticks.get_or_insert_with(|| BacktickRuns::new(bytes, from));
        None
    }
}
