//! A run of prose as the word rules see it: words, each looked up once, and the marks between them.

use super::lexicon::{self, Entry, Lexicon, Traits};
use super::punctuation;
use super::table::WordId;
use crate::post::prose::PLACEHOLDER;
use crate::post::prose::words::forms::Form;
use crate::post::prose::words::{Word, WordFlags};
use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    /// A part of a name or of an expression: `foo_bar`, `x.y`, `@name`.
    Technical,
    Number,
    /// Code, a formula, an image, Liquid.
    Opaque,
    /// A character between words that is no white space.
    Mark(char),
}

/// A word or a mark of a run.
#[derive(Debug, Clone)]
pub struct Token {
    pub kind: Kind,
    /// What the table knows of the word; [`WordId::UNKNOWN`] for all else.
    pub id: WordId,
    /// How the word is written; `None` for marks.
    pub form: Option<Form>,
    pub flags: WordFlags,
    /// None for marks; those of the table only where `id` says what the table knows.
    pub traits: Traits,
    /// Bytes of the run's text.
    pub range: Range<usize>,
}

impl Token {
    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word)
    }

    pub fn is(&self, flags: WordFlags) -> bool {
        self.flags.has(flags)
    }

    /// Whether it is the mark `mark`.
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

/// What some tokens have between them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Among {
    pub traits: Traits,
    pub flags: WordFlags,
    /// Two words in a row that are equally long begin with the same letter, whatever its case.
    pub look_alike: bool,
    /// A comma, a dot, a `?` or a `!` does not stand as it mostly does: behind a letter, before a space and another letter.
    pub unusual_mark: bool,
}

/// Writes the words of `text`, and the marks between them, into `tokens` (which is emptied first), and says what there is
/// among them.
pub fn tokenize(text: &str, words: &[Word], lexicon: &mut Lexicon, tokens: &mut Vec<Token>) -> Among {
    let mut all = Among::default();
    tokens.clear();
    let mut last = 0..0;
    let bytes = text.as_bytes();
    for word in words {
        let range = word.range();
        // one space, mostly
        if range.start != last.end + 1 || bytes.get(last.end) != Some(&b' ') {
            all.unusual_mark |= marks(text, last.end..range.start, tokens);
        }
        all.look_alike |= range.len() == last.len() && (bytes[range.start] ^ bytes[last.start]) & !ASCII_CASE == 0;
        last = range;
        let token = token(word, text, lexicon);
        all.traits |= token.traits;
        all.flags |= token.flags;
        tokens.push(token);
    }
    all.unusual_mark |= marks(text, last.end..text.len(), tokens);
    all
}

/// In which bit the small and the capital letters of ASCII differ.
const ASCII_CASE: u8 = b'a' ^ b'A';

fn token(word: &Word, text: &str, lexicon: &mut Lexicon) -> Token {
    let Entry { mut id, mut traits } = lexicon.entry(word, text);
    let mut kind = Kind::Word;
    if word.flags.any(WordFlags::IN_TOKEN | WordFlags::HAS_DIGIT | WordFlags::ALL_CAPS | WordFlags::MIXED_CASE) {
        kind = kind_of(word, text);
        if kind == Kind::Technical || kind == Kind::Word && is_identifier(word, text) {
            id = WordId::UNKNOWN;
            traits = traits.without(Traits::COMMON | Traits::ANCHOR | Traits::UNKNOWN);
            traits |= Traits::UNKNOWN.when(kind == Kind::Word && lexicon::is_unknown(word, traits));
        } else if kind != Kind::Word {
            traits = traits.without(Traits::UNKNOWN);
        }
    }
    Token { kind, id, form: Some(word.form), flags: word.flags, traits, range: word.range() }
}

/// `afterAll` and `HTTP` are none of the words that they are made of; the plural `API's` is looked up.
fn is_identifier(word: &Word, text: &str) -> bool {
    let is_cased = word.flags.any(WordFlags::ALL_CAPS | WordFlags::MIXED_CASE);
    is_cased && (word.is(WordFlags::ALL_CAPS) || !word.of(text).contains(['\'', '’']))
}

fn kind_of(word: &Word, text: &str) -> Kind {
    if !word.flags.any(WordFlags::IN_TOKEN | WordFlags::HAS_DIGIT) {
        return Kind::Word;
    }
    if word.is(WordFlags::IN_TOKEN) {
        Kind::Technical
    } else if word.of(text).bytes().all(|byte| byte.is_ascii_digit()) {
        Kind::Number
    } else {
        Kind::Technical
    }
}

/// Whether the word at `at` is all there is, or an item of a list of single words: `rust, bors and diwic`.
pub fn is_listed(tokens: &[Token], at: usize) -> bool {
    let is_comma = |index: Option<usize>| index.and_then(|index| tokens.get(index)).is_some_and(|token| token.is_mark(','));
    let ends = tokens.get(at + 1).is_none_or(|token| matches!(token.kind, Kind::Mark(',' | '.')));
    match at.checked_sub(1) {
        None => tokens.len() == 1 || is_comma(Some(1)) && is_comma(Some(3)),
        before => ends && is_comma(before) && (is_comma(at.checked_sub(3)) || is_comma(Some(at + 1))),
    }
}

/// Writes the marks of a gap between words, and says whether one of them may stand wrong.
fn marks(text: &str, gap: Range<usize>, tokens: &mut Vec<Token>) -> bool {
    let between = &text[gap.clone()];
    let mut unusual = false;
    for (at, character) in between.char_indices() {
        if character.is_whitespace() {
            continue;
        }
        let start = gap.start + at;
        let kind = if character == PLACEHOLDER { Kind::Opaque } else { Kind::Mark(character) };
        let range = start..start + character.len_utf8();
        unusual |= punctuation::is_unusual(text, character, &range);
        tokens.push(Token { kind, id: WordId::UNKNOWN, form: None, flags: WordFlags::default(), traits: Traits::default(), range });
    }
    unusual
}
