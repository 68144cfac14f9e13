//! `--`, `---`, `...`, `<<`, `>>`: kramdown's `parser/kramdown/typographic_symbol.rb`.

use super::span_token::Token;
use super::spans::SpanReader;

/// The longer ones first.
const SYMBOLS: [(&[u8], &str); 7] =
    [(b"---", "—"), (b"--", "–"), (b"...", "…"), (b"<< ", "«\u{a0}"), (b" >>", "\u{a0}»"), (b"<<", "«"), (b">>", "»")];

impl SpanReader<'_, '_, '_> {
    /// The symbol at `at`.
    pub(super) fn typographic_symbol(&self, at: usize) -> Option<Token> {
        let options = &self.parser.options;
        if options.gfm && options.no_auto_typographic {
            return None;
        }
        let rest = self.rest(at);
        match rest {
            [b'\\', b'<', b'<', ..] => return Some(Token::Guillemets { char: '<', end: at + 3 }),
            [b'\\', b'>', b'>', ..] => return Some(Token::Guillemets { char: '>', end: at + 3 }),
            _ => {}
        }
        let (source, symbol) = SYMBOLS.iter().find(|(source, _)| rest.starts_with(source))?;
        Some(Token::Symbol { symbol, end: at + source.len() })
    }
}
