//! Two spaces, or two backslashes, at the end of a line: kramdown's `parser/kramdown/line_break.rb`.

use super::span_token::Token;
use super::spans::SpanReader;

impl SpanReader<'_, '_, '_> {
    /// The hard line break at `at`, where a space or a backslash stands.
    pub(super) fn line_break(&self, at: usize) -> Option<Token> {
        let rest = self.rest(at);
        let options = &self.parser.options;
        let breaks = rest.starts_with(b"  \n") || rest.starts_with(b"\\\\\n");
        (breaks && !(options.gfm && options.hard_wrap)).then_some(Token::LineBreak { end: at + 2 })
    }
}
