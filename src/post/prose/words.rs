//! The words of a run, one pass over its bytes.
//!
//! A word is letters, digits and combining marks, with the apostrophes (`'`, `’`) that stand inside. Hyphens part words,
//! and each part knows of it; what looks like a name rather than prose (`foo_bar`, `a/b`, `@name`) is marked.

pub mod forms;
mod gap;
mod quotes;
#[cfg(test)]
mod tests;

use super::PLACEHOLDER;
use crate::text::packed::Packed;
use forms::{Form, Forms};
use gap::{GAP, Gap, is_space};
use std::ops::{BitOr, BitOrAssign, Range};

/// What is known of a [`Word`] from its letters and its surroundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordFlags(u8);

impl WordFlags {
    /// The first letter is upper case.
    pub const CAPITALIZED: WordFlags = WordFlags(1);
    /// Two letters or more, all upper case.
    pub const ALL_CAPS: WordFlags = WordFlags(2);
    /// Upper case after the first letter, but not everywhere: `iPhone`, `GitHub`, `PCs`.
    pub const MIXED_CASE: WordFlags = WordFlags(4);
    pub const HAS_DIGIT: WordFlags = WordFlags(8);
    /// The first word of the run, or a word after what may end a sentence (`.`, `?`, `!`, `…`, `:`).
    pub const SENTENCE_START: WordFlags = WordFlags(16);
    /// A hyphen joins it to another word: both parts of `well-known`.
    pub const HYPHENATED: WordFlags = WordFlags(32);
    /// Stands between quotation marks that open and close in the run.
    pub const QUOTED: WordFlags = WordFlags(64);
    /// Touches a character that makes it a part of a name or an expression: `foo_bar`, `a/b`, `x.y`, `@name`, `C++`,
    /// or something opaque such as code.
    pub const IN_TOKEN: WordFlags = WordFlags(128);

    /// Whether all flags of `other` are set.
    pub fn has(self, other: WordFlags) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any flag of `other` is set.
    pub fn any(self, other: WordFlags) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for WordFlags {
    type Output = WordFlags;

    fn bitor(self, other: WordFlags) -> WordFlags {
        WordFlags(self.0 | other.0)
    }
}

impl BitOrAssign for WordFlags {
    fn bitor_assign(&mut self, other: WordFlags) {
        self.0 |= other.0;
    }
}

/// A word of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    start: u32,
    end: u32,
    /// How it is written; belongs to the numbering of its [`Prose`](super::Prose).
    pub form: Form,
    pub flags: WordFlags,
}

impl Word {
    fn new(range: Range<usize>, form: Form, flags: WordFlags) -> Word {
        Word { start: range.start as u32, end: range.end as u32, form, flags }
    }

    /// Bytes of the run's text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// As `text`, the run's, has it.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.range()]
    }

    pub fn is(&self, flags: WordFlags) -> bool {
        self.flags.has(flags)
    }
}

/// The words of a run's text, in order.
pub fn read(text: &str, forms: &mut Forms) -> Vec<Word> {
    let mut reader = Reader::new(text);
    let mut words = Vec::with_capacity(text.len() / BYTES_FOR_A_WORD);
    while let Some(word) = reader.next(forms) {
        words.push(word);
    }
    words
}

/// Few texts have shorter words.
const BYTES_FOR_A_WORD: usize = 5;

/// Reads a text word by word.
struct Reader<'r> {
    text: &'r str,
    at: usize,
    /// The next word may start a sentence.
    fresh: bool,
    /// What stands between quotation marks, in order, disjoint.
    quotes: Vec<Range<usize>>,
    next_quote: usize,
}

const OTHER: u8 = 0;
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 3;
/// The first byte of a character beyond ASCII, or a later one.
const WIDE: u8 = 4;
/// May end a sentence.
const TERMINATOR: u8 = 5;

static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            b'.' | b'?' | b'!' | b':' => TERMINATOR,
            0x80.. => WIDE,
            _ => OTHER,
        };
        byte += 1;
    }
    table
}

impl<'r> Reader<'r> {
    fn new(text: &'r str) -> Reader<'r> {
        Reader { text, at: 0, fresh: true, quotes: quotes::ranges(text), next_quote: 0 }
    }

    fn next(&mut self, forms: &mut Forms) -> Option<Word> {
        self.next_plain(forms).or_else(|| self.next_any(forms))
    }

    /// The next word, whatever it and its surroundings are like.
    fn next_any(&mut self, forms: &mut Forms) -> Option<Word> {
        if !self.skip_to_word() {
            return None;
        }
        let start = self.at;
        let flags = self.read_word();
        let range = start..self.at;
        let flags = flags | self.surroundings(&range) | self.standing(start);
        Some(Word::new(range.clone(), forms.at(self.text, range), flags))
    }

    fn class_at(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).map_or(OTHER, |&byte| CLASS[byte as usize])
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The next word where it is plain: ASCII letters, none but the first of them a capital, between marks of sentences. That
    /// is most words, and nothing needs to be asked about their surroundings.
    fn next_plain(&mut self, forms: &mut Forms) -> Option<Word> {
        let bytes = self.text.as_bytes();
        let (mut start, mut fresh) = (self.at, self.fresh);
        loop {
            match GAP[usize::from(*bytes.get(start)?)] {
                Gap::Letter => break,
                Gap::Plain | Gap::Opens => {}
                Gap::Ends => fresh = true,
                Gap::EndsBeforeSpace if is_space(bytes.get(start + 1)) => fresh = true,
                Gap::EndsBeforeSpace | Gap::Other => return None,
            }
            start += 1;
        }
        let rest = &bytes[start..];
        let (packed, length) = Packed::plain_word(rest)?;
        let after = rest.get(length + 1);
        let is_plain = rest.get(length).is_none_or(|byte| match GAP[usize::from(*byte)] {
            Gap::Plain => *byte != b'\'' || is_space(after),
            Gap::Opens => !matches!(after, Some(b')' | b']')),
            Gap::Ends => true,
            Gap::EndsBeforeSpace => is_space(after),
            Gap::Letter | Gap::Other => false,
        });
        if !is_plain {
            return None;
        }
        (self.at, self.fresh) = (start + length, fresh);
        let case = if rest[0].is_ascii_uppercase() { WordFlags::CAPITALIZED } else { WordFlags::default() };
        let flags = self.standing(start) | case;
        Some(Word::new(start..self.at, forms.of_packed(packed), flags))
    }

    /// What the sentence and the quotation marks around it make of the word that starts at `start`; the sentence has begun.
    fn standing(&mut self, start: usize) -> WordFlags {
        let mut flags = WordFlags::default();
        if std::mem::take(&mut self.fresh) {
            flags |= WordFlags::SENTENCE_START;
        }
        if !self.quotes.is_empty() && self.is_quoted(start) {
            flags |= WordFlags::QUOTED;
        }
        flags
    }

    /// Moves to the next character that is part of a word; `false` at the end.
    fn skip_to_word(&mut self) -> bool {
        while self.at < self.text.len() {
            match self.class_at(self.at) {
                LOWER | UPPER | DIGIT => return true,
                TERMINATOR => {
                    self.fresh = true;
                    self.at += 1;
                }
                WIDE => {
                    let Some(character) = self.char_at(self.at) else { return false };
                    if is_word_char(character) {
                        return true;
                    }
                    if matches!(character, '…' | '。' | '！' | '？' | '：' | '．') {
                        self.fresh = true;
                    } else if character == PLACEHOLDER {
                        self.fresh = false;
                    }
                    self.at += character.len_utf8();
                }
                _ => self.at += 1,
            }
        }
        false
    }

    /// Reads the word that starts here: moves behind it and says what its letters are like.
    fn read_word(&mut self) -> WordFlags {
        let mut letters = 0usize;
        let mut upper = 0usize;
        let mut first_is_upper = false;
        let mut flags = WordFlags::default();
        let mut count = |is_upper: bool, letters_before: usize| {
            if is_upper {
                upper += 1;
                first_is_upper |= letters_before == 0;
            }
        };
        let rest = &self.text.as_bytes()[self.at..];
        let lower = rest.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        letters += lower;
        self.at += lower;
        loop {
            match self.class_at(self.at) {
                LOWER => {
                    letters += 1;
                    self.at += 1;
                }
                UPPER => {
                    count(true, letters);
                    letters += 1;
                    self.at += 1;
                }
                DIGIT => {
                    flags |= WordFlags::HAS_DIGIT;
                    self.at += 1;
                }
                WIDE => {
                    let Some(character) = self.char_at(self.at) else { break };
                    if is_word_char(character) {
                        count(character.is_uppercase(), letters);
                        letters += 1;
                        self.at += character.len_utf8();
                    } else if character == '’' && self.char_at(self.at + 3).is_some_and(char::is_alphabetic) {
                        self.at += 3;
                    } else {
                        break;
                    }
                }
                _ if self.text.as_bytes().get(self.at) == Some(&b'\'') && self.char_at(self.at + 1).is_some_and(char::is_alphabetic) => {
                    self.at += 1;
                }
                _ => break,
            }
        }
        if first_is_upper {
            flags |= WordFlags::CAPITALIZED;
        }
        if letters > 1 && upper == letters {
            flags |= WordFlags::ALL_CAPS;
        } else if upper > usize::from(first_is_upper) {
            flags |= WordFlags::MIXED_CASE;
        }
        flags
    }

    /// What the characters before and after the word make of it.
    fn surroundings(&self, range: &Range<usize>) -> WordFlags {
        let bytes = self.text.as_bytes();
        let mut flags = WordFlags::default();
        let is_plain = |byte: Option<&u8>| matches!(byte, None | Some(b' ' | b'\n' | b','));
        if is_plain(bytes.get(range.start.wrapping_sub(1))) && is_plain(bytes.get(range.end)) {
            return flags;
        }
        if let Some(before) = range.start.checked_sub(1).and_then(|at| bytes.get(at)) {
            match before {
                b'-' if range.start >= 2 && self.is_word_before(range.start - 1) => flags |= WordFlags::HYPHENATED,
                b'_' | b'/' | b'\\' | b'@' | b'#' | b'$' | b'~' | b'=' | b'%' | b'+' | b'^' | b'{' | b'}' => flags |= WordFlags::IN_TOKEN,
                b':' if self.text[..range.start].ends_with("::") => flags |= WordFlags::IN_TOKEN,
                b'.' | b':' | b'&' if self.is_word_before(range.start - 1) || *before == b'.' && !self.ends_sentence(range.start) => {
                    flags |= WordFlags::IN_TOKEN;
                }
                0x80.. => flags |= self.wide_neighbour(self.text[..range.start].chars().next_back()),
                _ => {}
            }
        }
        if let Some(after) = bytes.get(range.end) {
            match after {
                b'-' if self.is_word_after(range.end + 1) => flags |= WordFlags::HYPHENATED,
                b'_' | b'/' | b'\\' | b'@' | b'#' | b'=' | b'+' | b'^' | b'{' | b'}' => flags |= WordFlags::IN_TOKEN,
                b':' if self.text[range.end..].starts_with("::") => flags |= WordFlags::IN_TOKEN,
                b'.' | b':' | b'&' if self.is_word_after(range.end + 1) => flags |= WordFlags::IN_TOKEN,
                b'(' | b'[' if bytes.get(range.end + 1).is_some_and(|&byte| byte == b')' || byte == b']') => flags |= WordFlags::IN_TOKEN,
                0x80.. => flags |= self.wide_neighbour(self.char_at(range.end)),
                _ => {}
            }
        }
        flags
    }

    /// `.net` after white space or at the start is a name; `.Next` after a closing bracket is not.
    fn ends_sentence(&self, start: usize) -> bool {
        self.text[..start - 1].chars().next_back().is_some_and(|before| !before.is_whitespace() && before != '(')
    }

    fn wide_neighbour(&self, character: Option<char>) -> WordFlags {
        match character {
            Some(PLACEHOLDER) => WordFlags::IN_TOKEN,
            Some('‐' | '‑') => WordFlags::HYPHENATED,
            _ => WordFlags::default(),
        }
    }

    fn is_word_before(&self, at: usize) -> bool {
        self.text[..at].chars().next_back().is_some_and(is_word_char)
    }

    fn is_word_after(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(is_word_char)
    }

    fn is_quoted(&mut self, start: usize) -> bool {
        while self.quotes.get(self.next_quote).is_some_and(|quote| quote.end <= start) {
            self.next_quote += 1;
        }
        self.quotes.get(self.next_quote).is_some_and(|quote| quote.start <= start)
    }
}

/// A letter, a digit, a combining mark or a joiner inside a word.
pub fn is_word_char(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{94d}')
}
