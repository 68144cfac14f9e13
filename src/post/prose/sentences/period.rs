//! Whether a terminator ends the sentence, by what stands before it and after the gap.

use super::super::PLACEHOLDER;
use super::start::Start;
use super::tables::Abbreviation;
use super::tokens::{self, Mark};
use super::{NAMES, Scan};

impl Scan<'_> {
    /// Whether the terminator at `at` ends a sentence when `next` follows.
    pub(super) fn ends(&self, at: usize, mark: Mark, next: &Start) -> bool {
        match mark {
            Mark::FullWidth => true,
            Mark::Strong => self.mark_ends(at, next),
            Mark::Ellipsis => self.ellipsis_ends(at, next),
            Mark::Period => self.period_ends(at, next),
        }
    }

    fn mark_ends(&self, at: usize, next: &Start) -> bool {
        !self.ends_in_name(at) && !matches!(next, Start::Link | Start::Ellipsis if !self.text[at..].starts_with('.'))
    }

    /// `Yahoo!`
    fn ends_in_name(&self, at: usize) -> bool {
        let Some(character) = self.text[at..].chars().next() else { return false };
        let before = &self.text[..at + character.len_utf8()];
        let is_name = |name: &str| before.strip_suffix(name).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
        NAMES.marks.iter().any(|name| is_name(name)) || self.vocabulary.names.iter().any(|name| is_name(name))
    }

    /// Only when a word follows that begins sentences, and nobody stutters.
    fn ellipsis_ends(&self, at: usize, next: &Start) -> bool {
        let attached = self.text[..at].ends_with(|before: char| !before.is_whitespace() && !tokens::is_opener(before));
        let starter = match next {
            Start::Upper { word, .. } => self.tables.is_starter(word) && *word != "I" && !word.starts_with("I'") && !word.starts_with("I’"),
            Start::Uncased => true,
            _ => false,
        };
        attached && starter
    }

    fn period_ends(&self, at: usize, next: &Start) -> bool {
        let token = tokens::token_before(self.text, at);
        if token.is_empty() {
            return self.opaque_ends(at, next);
        }
        let start = at - token.len();
        if self.in_spaced_name(start, at) || self.vocabulary.is_abbreviation(token) {
            return false;
        }
        // `Pub. L. No. 104`
        let number = |word: &str, dotted: bool| dotted && self.tables.is_numbered(word);
        let starter = matches!(next, Start::Upper { word, dotted } if self.tables.is_starter(word) && !number(word, *dotted));
        if matches!(next, Start::Digit) && self.tables.is_numbered(token) {
            return false;
        }
        // `l'Ing.`, `way.Mr.`
        let last_part = token.rsplit(['\'', '’', '.']).next().unwrap_or(token);
        match self.tables.abbreviation(token).or_else(|| self.tables.abbreviation(last_part)) {
            Some(Abbreviation::Never) => return false,
            Some(Abbreviation::May) => return starter,
            None => {}
        }
        let mut letters = token.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if letter.is_alphabetic() => self.letter_ends(letter, start, starter),
            _ if token.bytes().all(|byte| byte.is_ascii_digit()) => self.number_ends(token, start, next, starter),
            _ if is_dotted(token) => starter,
            _ => self.word_ends(token, next, starter),
        }
    }

    /// After code, a closing bracket, a quotation mark, a sign.
    fn opaque_ends(&self, at: usize, next: &Start) -> bool {
        let before = self.text[..at].chars().next_back();
        match next {
            Start::Upper { .. } | Start::UpperInside | Start::Uncased | Start::Name | Start::Digit => before.is_some(),
            Start::Opaque | Start::Link => before == Some(PLACEHOLDER) || before.is_some_and(tokens::is_closer),
            Start::Ellipsis => false,
        }
    }

    /// `ASP. NET`: the dot at `at` stands inside a name.
    fn in_spaced_name(&self, start: usize, at: usize) -> bool {
        NAMES.spaced.iter().any(|name| {
            // the name may have several dots: `i. d. R.`
            name.match_indices('.').any(|(dot, _)| {
                let from = at.checked_sub(dot);
                from.and_then(|from| self.text.get(from..)).is_some_and(|text| text.starts_with(name))
                    && from.is_some_and(|from| from <= start)
            })
        })
    }

    /// An initial, a variable, the label of an item.
    fn letter_ends(&self, letter: char, start: usize, starter: bool) -> bool {
        if tokens::is_uncased(letter) || self.begins_sentence(start) || self.enumeration {
            return false;
        }
        let before = self.text[..start].trim_end_matches(' ');
        if self.is_label(tokens::token_before(self.text, before.len()), before.len()) {
            return false;
        }
        let after_initial = before.ends_with('.') && {
            let token = tokens::token_before(self.text, before.len() - 1);
            token.chars().count() == 1 && token.chars().all(char::is_uppercase)
        };
        starter && !after_initial
    }

    /// A number may be an ordinal, or the label of an item.
    fn number_ends(&self, token: &str, start: usize, next: &Start, starter: bool) -> bool {
        let short = token.len() <= 2;
        let before = self.text[..start].trim_end();
        let after_pause = before.ends_with([',', ':', ';', '!', '?'])
            || before.strip_suffix('.').is_some_and(|before| !self.tables.is_numbered(tokens::token_before(self.text, before.len())));
        let label = short && (self.begins_sentence(start) || self.enumeration || after_pause)
            || self.is_label(tokens::token_before(self.text, before.len()), before.len());
        let ordinal = short && self.tables.ordinals && !starter;
        !label && !ordinal && !matches!(next, Start::Digit | Start::Ellipsis)
    }

    /// `Figure` in `Figure 2.`, at the start of a sentence.
    fn is_label(&self, word: &str, end: usize) -> bool {
        !word.is_empty() && self.tables.is_label(word) && self.begins_sentence(end - word.len())
    }

    fn word_ends(&self, token: &str, next: &Start, starter: bool) -> bool {
        let length = token.chars().count();
        if !self.tables.known {
            // of an unknown language only what is sure: short words may be abbreviations, above all those without vowels
            let vowel = token.contains(|letter: char| !letter.is_ascii() || "aeiouyAEIOUY".contains(letter));
            let whole = length > 3 || length == 3 && vowel;
            return starter || (whole && matches!(next, Start::Upper { .. } | Start::UpperInside | Start::Uncased));
        }
        // `Fed. Reg. 57449`, `Fin. Mgmt., Info.`: short names in a row are abbreviations
        let name = length <= 6 && token.starts_with(char::is_uppercase);
        match next {
            Start::Link => length > 2,
            Start::Digit => !name,
            // but titles begin sentences
            Start::Upper { word, dotted: true } if name && word.chars().count() <= 6 => {
                starter || self.tables.abbreviation(word) == Some(Abbreviation::Never)
            }
            _ => true,
        }
    }
}

/// Whether `text` begins with the label of an item (`1.`, `a)`): others may stand inside.
pub(super) fn begins_enumeration(text: &str) -> bool {
    let text = text.trim_start_matches(|first: char| tokens::is_opener(first) || first.is_whitespace() || matches!(first, '•' | '⁃' | '-'));
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let label = match digits {
        0 => usize::from(text.starts_with(|first: char| first.is_ascii_alphabetic())),
        _ => digits,
    };
    (1..=2).contains(&label) && text[label..].starts_with(['.', ')'])
}

/// `U.S`, `e.g`, `Ph.D`: short parts with dots between them, all of letters.
fn is_dotted(token: &str) -> bool {
    token.contains('.') && token.split('.').all(|part| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic))
}
