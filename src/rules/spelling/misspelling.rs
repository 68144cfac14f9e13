//! Words that are no words, and what was meant.

use super::matcher::Line;
use super::table::{Table, WordId};
use super::tokens::{Kind, Token};
use super::{Finding, Vocabulary, correction, dictionary};
use crate::post::prose::words::WordFlags;
use rustc_hash::FxHashMap;
use std::ops::Range;

const RULE: &str = "spelling/misspelling";
/// A word that no list knows and that one post uses so often is jargon.
const JARGON: usize = 3;

/// An unknown word of a post: where it stands, to be judged when the whole post is read.
#[derive(Debug)]
pub struct Unknown {
    /// Index of the run.
    pub run: usize,
    pub range: Range<usize>,
    pub flags: WordFlags,
}

/// All unknown words of a post, by their lower-case form.
#[derive(Debug, Default)]
pub struct Unknowns {
    places: FxHashMap<String, Vec<Unknown>>,
    /// In the order of first sight.
    order: Vec<String>,
}

impl Unknowns {
    /// Notes the unknown words of a run.
    pub fn collect(&mut self, table: &Table, vocabulary: &Vocabulary, line: Line, run: usize) {
        for (at, token) in line.tokens.iter().enumerate() {
            if token.kind != Kind::Word || token.id != WordId::UNKNOWN && table.is_common(token.id) || token.range.len() < 3 {
                continue;
            }
            let word = line.word(at);
            if is_checked(line, at, token) && !known(word) && !vocabulary.accepts(word) {
                let key = word.to_lowercase().replace('’', "'");
                let places = self.places.entry(key).or_insert_with_key(|key| {
                    self.order.push(key.clone());
                    Vec::new()
                });
                places.push(Unknown { run, range: token.range.clone(), flags: token.flags });
            }
        }
    }

    /// Says what is misspelt: `report` gets the index of the run with each finding. `text_of` gives a run's text.
    pub fn judge<'t>(&self, text_of: impl Fn(usize) -> &'t str, mut report: impl FnMut(usize, Finding)) {
        for word in &self.order {
            let places = &self.places[word];
            let Some((corrections, certain)) = meant(word, places) else { continue };
            let Some(first) = corrections.first() else { continue };
            for place in places {
                let found = &text_of(place.run)[place.range.clone()];
                let right = correction::like_word(found, first);
                let message = match corrections.as_slice() {
                    [_] => format!("`{found}` is no word; did you mean `{right}`?"),
                    [_, others @ ..] => {
                        let others: Vec<String> = others.iter().map(|other| format!("`{other}`")).collect();
                        format!("`{found}` is no word; did you mean `{right}` or {}?", others.join(" or "))
                    }
                    [] => continue,
                };
                report(place.run, Finding { rule: RULE, range: place.range.clone(), message, right: Some(right), certain });
            }
        }
    }
}

/// Whether the word is prose, and not somebody's name.
fn is_checked(line: Line, at: usize, token: &Token) -> bool {
    let flags = token.flags;
    if flags.any(WordFlags::MIXED_CASE | WordFlags::ALL_CAPS | WordFlags::HAS_DIGIT) {
        return false;
    }
    let before = at.checked_sub(1).and_then(|index| line.tokens.get(index));
    let after = line.tokens.get(at + 1);
    let starts = flags.has(WordFlags::SENTENCE_START);
    if flags.has(WordFlags::CAPITALIZED) {
        // a name, if another one follows: `Elie Dupont`
        let name_follows = after.is_some_and(|after| after.flags.any(WordFlags::CAPITALIZED | WordFlags::MIXED_CASE));
        return starts && !name_follows && !flags.has(WordFlags::HYPHENATED);
    }
    // `--flag`, `$name`, `%name`, `<name`, `-name`
    let sign =
        |token: Option<&Token>, signs: &[char]| token.is_some_and(|token| matches!(token.kind, Kind::Mark(mark) if signs.contains(&mark)));
    let stuck_before = before.is_some_and(|before| before.range.end == token.range.start);
    let stuck_after = after.is_some_and(|after| after.range.start == token.range.end);
    let is_option =
        stuck_before && !flags.has(WordFlags::HYPHENATED) && sign(before, &['-', '$', '%', '<', '>', '{', '[', '|', '*', '~', '‑']);
    let is_call = stuck_after && sign(after, &['>', '}', ']', '|', '*', '='])
        || stuck_after && sign(after, &['(']) && line.tokens.get(at + 2).is_some_and(|token| token.is_mark(')'));
    !is_option && !is_call
}

fn known(word: &str) -> bool {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return dictionary::contains(word);
    }
    dictionary::contains(&word.to_lowercase().replace('’', "'"))
}

/// What `word` was meant to be, and whether that is certain; `None` where the word may well be right.
fn meant(word: &str, places: &[Unknown]) -> Option<(Vec<String>, bool)> {
    let all_capitalized = places.iter().all(|place| place.flags.has(WordFlags::CAPITALIZED));
    if let Some(corrections) = typos_dict::WORD.find(&unicase::UniCase::new(word)).filter(|corrections| !corrections.is_empty()) {
        let corrections: Vec<String> = corrections.iter().map(|correction| (*correction).to_owned()).collect();
        let certain = corrections.len() == 1;
        return Some((corrections, certain));
    }
    if places.len() >= JARGON || dictionary::is_word(word) || all_capitalized && word.len() < 7 {
        return None;
    }
    let corrections: Vec<String> = dictionary::corrections(word).into_iter().map(String::from).collect();
    match corrections.len() {
        0 => None,
        1..=3 => Some((corrections.clone(), corrections.len() == 1)),
        _ => None,
    }
}
