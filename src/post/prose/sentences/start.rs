//! What can begin a sentence.

use super::super::{Inline, InlineRange, PLACEHOLDER};
use super::{NAMES, Scan, tokens};

/// What the text after a boundary begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start<'r> {
    /// A capital; the word it begins, and whether a dot follows directly.
    Upper {
        word: &'r str,
        dotted: bool,
    },
    /// A capital behind a quotation mark or a bracket.
    UpperInside,
    /// A letter of a script without capitals.
    Uncased,
    Digit,
    /// A name that is written small.
    Name,
    /// Code, a formula or a URL of which something is said.
    Opaque,
    /// A link that begins with a small letter.
    Link,
    /// `...` before a small letter.
    Ellipsis,
}

impl<'r> Scan<'r> {
    /// What could begin a sentence at `offset`.
    pub(super) fn start_at(&self, offset: usize) -> Option<Start<'r>> {
        let rest = &self.text[offset..];
        let inner = rest.trim_start_matches(tokens::is_opener);
        let opened = inner.len() < rest.len();
        let at = self.text.len() - inner.len();
        let first = inner.chars().next()?;
        match first {
            PLACEHOLDER => self.opaque_start(at),
            _ if first.is_uppercase() && opened => Some(Start::UpperInside),
            _ if first.is_uppercase() => {
                let word = tokens::word_at(inner);
                Some(Start::Upper { word, dotted: inner[word.len()..].starts_with('.') })
            }
            _ if first.is_ascii_digit() => number_start(inner).then_some(Start::Digit),
            '$' | '€' | '£' if inner[first.len_utf8()..].starts_with(|next: char| next.is_ascii_digit()) => Some(Start::Digit),
            _ if tokens::is_uncased(first) => Some(Start::Uncased),
            _ if first.is_lowercase() && (self.is_small_name(inner) || rest.starts_with(['¿', '¡'])) => Some(Start::Name),
            _ if first.is_lowercase() && !opened => self.begins_link(offset).then_some(Start::Link),
            '.' | '…' if !opened => {
                let after = inner.trim_start_matches(['.', '…']);
                let spaced = inner.strip_prefix(". . . ").is_some_and(|after| after.starts_with(char::is_uppercase));
                let ellipsis = inner.starts_with("...") || inner.starts_with('…');
                (spaced || ellipsis && after.starts_with(char::is_alphabetic)).then_some(Start::Ellipsis)
            }
            _ => None,
        }
    }

    fn opaque_start(&self, at: usize) -> Option<Start<'r>> {
        let inline = self
            .inlines_from(at)
            .find(|inline| matches!(inline.kind, Inline::Code | Inline::Math | Inline::Url | Inline::Image | Inline::Liquid))?;
        let speaks = matches!(inline.kind, Inline::Code | Inline::Math | Inline::Url);
        (speaks && tokens::says_more(self.text, inline.range.end)).then_some(Start::Opaque)
    }

    fn begins_link(&self, offset: usize) -> bool {
        self.inlines_from(offset).any(|inline| inline.kind == Inline::Link)
    }

    /// The markup that starts just at `offset`.
    fn inlines_from(&self, offset: usize) -> impl Iterator<Item = &InlineRange> {
        let first = self.run.inlines.partition_point(|inline| inline.range.start < offset);
        self.run.inlines[first..].iter().take_while(move |inline| inline.range.start == offset)
    }

    /// `kubectl`, `iPhone`, `jQuery`.
    fn is_small_name(&self, text: &str) -> bool {
        let word = tokens::word_at(text);
        let hyphenated = &text[..text.find(|character: char| !character.is_alphanumeric() && character != '-').unwrap_or(text.len())];
        let known = |name: &str| NAMES.small.contains(name) || self.vocabulary.names.iter().any(|known| known == name);
        known(word) || known(hyphenated) || word.chars().skip(1).take(3).any(char::is_uppercase)
    }
}

/// A number can begin a sentence, the label of a list item cannot.
fn number_start(text: &str) -> bool {
    let rest = text.trim_start_matches(|character: char| character.is_ascii_digit());
    !rest.starts_with(['.', ')', ':']) || rest[1..].starts_with(|next: char| next.is_ascii_digit())
}
