//! `<https://example.org>`, `<name@example.org>`: kramdown's `parser/kramdown/autolink.rb`.

use super::characters::is_alphanumeric;
use super::span_token::Token;
use super::spans::SpanReader;

const SCHEMES: [&str; 5] = ["mailto:", "http:", "https:", "ftp:", "ftps:"];

impl SpanReader<'_, '_, '_> {
    /// The autolink at `at`, where `<` stands.
    pub(super) fn autolink(&mut self, at: usize) -> Option<Token> {
        let rest = self.text.get(at + 1..self.end)?;
        if let Some(scheme) = SCHEMES.iter().find(|&&scheme| rest.starts_with(scheme)) {
            // one character at least, and all on one line
            let from = at + 1 + scheme.len();
            if self.byte(from).is_some_and(|byte| byte != b'\n')
                && let Some(close) = self.greater_on_line(self.next_char(from))
            {
                return Some(Token::Autolink { content: at + 1..close, mail: false });
            }
        }
        let in_address = |char: char| is_alphanumeric(char) || matches!(char, '-' | '_' | '.');
        let name = rest.find(|char| !in_address(char))?;
        let host = rest.get(name..)?.strip_prefix('@')?;
        let length = host.find(|char| !in_address(char))?;
        let found = name > 0 && length > 0 && host.as_bytes().get(length) == Some(&b'>');
        found.then(|| Token::Autolink { content: at + 1..at + 1 + name + 1 + length, mail: true })
    }

    /// The next `>` from `at` on, on the same line.
    pub(super) fn greater_on_line(&mut self, at: usize) -> Option<usize> {
        let close = self.next_greater(at)?;
        let bytes = self.bytes.get(..self.end).unwrap_or_default();
        let find = || memchr::memchr(b'\n', bytes.get(at..)?).map(|offset| at + offset);
        let newline = self.memo.newline.next(at, find);
        newline.is_none_or(|newline| close < newline).then_some(close)
    }

    pub(super) fn next_greater(&mut self, at: usize) -> Option<usize> {
        let bytes = self.bytes.get(..self.end).unwrap_or_default();
        self.memo.greater.next(at, || memchr::memchr(b'>', bytes.get(at..)?).map(|offset| at + offset))
    }
}
