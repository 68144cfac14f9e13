//! `[^name]`: kramdown's `parser/kramdown/footnote.rb`.

use super::characters::is_ascii_word;
use super::span_token::{Suspicion, Token};
use super::spans::SpanReader;

impl SpanReader<'_, '_, '_> {
    /// The footnote marker at `at`, where `[` stands.
    pub(super) fn footnote_marker(&self, at: usize) -> Option<Token> {
        let rest = self.rest(at).strip_prefix(b"[^")?;
        let length = rest.iter().take_while(|&&byte| is_ascii_word(byte) || byte == b'-').count();
        if length == 0 || rest.first() == Some(&b'-') || rest.get(length) != Some(&b']') {
            return None;
        }
        let name = at + 2..at + 2 + length;
        Some(if self.parser.footnotes.contains_key(self.text.get(name.clone())?) {
            Token::Footnote { name }
        } else {
            Token::Suspicious { end: name.end + 1, what: Suspicion::UndefinedFootnote { name } }
        })
    }
}
