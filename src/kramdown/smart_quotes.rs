//! `'` and `"` become typographic quotes: kramdown's `parser/kramdown/smart_quotes.rb`, which follows SmartyPants.

use super::characters::{is_ascii_word, is_space, is_word};
use super::span_token::Token;
use super::spans::SpanReader;

impl SpanReader<'_, '_, '_> {
    /// The quotes at `at`, or after the one character at `at`, which they take with them as text.
    pub(super) fn smart_quotes(&self, at: usize) -> Option<Token> {
        let rest = self.text.get(at..self.end)?;
        let first = rest.chars().next()?;
        let lead = first.len_utf8();
        let second = rest.as_bytes().get(lead).copied();
        let quote_first = is_quote(first as u32);
        if !quote_first && (first == '\\' || !second.is_some_and(|byte| is_quote(byte.into()))) {
            return None;
        }
        let one = |lead: usize, char: char| Some(Token::Quotes { lead, first: char, second: None, end: at + lead + 1 });
        let two = |lead: usize, first: char, second: char| Some(Token::Quotes { lead, first, second: Some(second), end: at + lead + 2 });
        if quote_first {
            let quote = first as u8;
            let after = &rest[1..];
            if opens_emphasis(after) {
                return one(0, opening(quote));
            }
            if closes_before_punctuation(after) {
                return one(0, closing(quote));
            }
        }
        let space = usize::from(first.is_ascii() && is_space(first as u8));
        let quotes = &rest.as_bytes()[space..];
        match quotes {
            [b'"', b'\'', next, ..] if is_ascii_word(*next) => return two(space, '“', '‘'),
            [b'\'', b'"', next, ..] if is_ascii_word(*next) => return two(space, '‘', '“'),
            // the '80s
            [b'\'', b'0'..=b'9', b'0'..=b'9', b's', ..] => return one(space, '’'),
            [quote @ (b'"' | b'\''), next, ..] if space == 1 && is_ascii_word(*next) => return one(1, opening(*quote)),
            _ => {}
        }
        if let Some(quote) = second
            && is_quote(quote.into())
            && closes_after(first)
        {
            return one(lead, closing(quote));
        }
        if quote_first && closes_at_end(&rest[1..]) {
            return one(0, closing(first as u8));
        }
        // single quotes are tried first, each with the character before it
        match (first, second) {
            (_, Some(b'\'')) => one(lead, '‘'),
            ('\'', _) => one(0, '‘'),
            (_, Some(b'"')) => one(lead, '“'),
            _ => one(0, '“'),
        }
    }
}

fn is_quote(code: u32) -> bool {
    code == u32::from(b'"') || code == u32::from(b'\'')
}

fn opening(quote: u8) -> char {
    if quote == b'"' { '“' } else { '‘' }
}

fn closing(quote: u8) -> char {
    if quote == b'"' { '”' } else { '’' }
}

/// `"*word`
fn opens_emphasis(after: &str) -> bool {
    matches!(after.as_bytes(), [b'*' | b'_', next, ..] if !is_space(*next))
}

/// Punctuation follows, no dots of an ellipsis after it, and no word begins or ends there.
fn closes_before_punctuation(after: &str) -> bool {
    let mut chars = after.chars();
    let Some(punctuation) = chars.next().filter(|&char| char.is_ascii_punctuation() && char != '&') else { return false };
    let rest = chars.as_str();
    !rest.starts_with("..") && is_word(punctuation) == rest.starts_with(is_word)
}

fn closes_after(char: char) -> bool {
    !matches!(char, ' ' | '\\' | '\t' | '\r' | '\n' | '[' | '{' | '(' | '-')
}

/// White space, the end of the line or a final `s` follows.
fn closes_at_end(after: &str) -> bool {
    match after.chars().next() {
        None => true,
        Some('s') => !after[1..].starts_with(is_word),
        Some(char) => char.is_ascii() && is_space(char as u8),
    }
}
