//! Words that are no words, and what was meant.

use super::lexicon::Traits;
use super::matcher::Line;
use super::table::{Table, WordId};
use super::tokens::{self, Kind, Token};
use super::{Finding, Vocabulary, correction, dictionary};
use crate::post::prose::words::WordFlags;
use crate::post::prose::{Inline, Run};
use crate::site::Site;
use rustc_hash::FxHashMap;
use std::ops::Range;

const RULE: &str = "spelling/misspelling";
/// A word that no list knows and that one post uses so often is jargon.
const JARGON: usize = 3;
/// A link or an emphasis of so many bytes is a name or a term, in another language perhaps.
const TERM: usize = 24;
/// A shorter word is near to some rare one by chance.
const MIN_RARE: usize = 7;

/// An unknown word of a post: where it stands, to be judged when the whole post is read.
#[derive(Debug)]
pub struct Unknown {
    /// Index of the run.
    pub run: usize,
    pub range: Range<usize>,
    pub standing: Standing,
}

/// How sure it is that an unknown word is a word of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It may be a name or a term.
    Name,
    /// A part of a hyphenated word, or the start of a sentence: a word, if it is near to a frequent one.
    Part,
    /// In small letters, with nothing that speaks for a name.
    Sentence,
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
    pub fn collect(&mut self, table: &Table, vocabulary: &Vocabulary, line: Line, run: &Run, index: usize) {
        for (at, token) in line.tokens.iter().enumerate() {
            if token.kind != Kind::Word
                || token.id != WordId::UNKNOWN && table.is_common(token.id)
                || token.range.len() < 3
                || token.traits.any(Traits::ENGLISH)
            {
                continue;
            }
            let word = line.word(at);
            if is_checked(line, at, token) && !vocabulary.accepts(word) {
                let key = word.to_lowercase().replace('’', "'");
                let places = self.places.entry(key).or_insert_with_key(|key| {
                    self.order.push(key.clone());
                    Vec::new()
                });
                places.push(Unknown { run: index, range: token.range.clone(), standing: standing(line, at, token, run) });
            }
        }
    }

    /// Says what is misspelt: `report` gets the index of the run with each finding. `text_of` gives a run's text.
    pub fn judge<'t>(&self, site: &Site, text_of: impl Fn(usize) -> &'t str, mut report: impl FnMut(usize, Finding)) {
        for word in &self.order {
            let places = &self.places[word];
            let Some((corrections, certain)) = meant(word, places, site) else { continue };
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
    let rest = &line.text[token.range.end..];
    // `(mis)used`
    let in_brackets = rest.starts_with(')') && rest[1..].starts_with(char::is_alphabetic);
    if in_brackets || tokens::is_listed(line.tokens, at) {
        return false;
    }
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

fn standing(line: Line, at: usize, token: &Token, run: &Run) -> Standing {
    let marks = [Inline::Link, Inline::Emphasis, Inline::Strong, Inline::Html];
    let is_term = run.inside(token.range.clone(), &marks).is_some_and(|inline| inline.range.len() <= TERM);
    // `the Foo bar`, `foo Bar`: a part of a name
    let is_name = |index: Option<usize>| {
        index.and_then(|index| line.tokens.get(index)).is_some_and(|token| {
            token.is_word() && token.flags.any(WordFlags::CAPITALIZED | WordFlags::MIXED_CASE) && !token.is(WordFlags::SENTENCE_START)
        })
    };
    let goes_on = line.tokens.get(at + 1).is_some_and(|next| next.is_word() || next.is_mark(','));
    if is_term || token.is(WordFlags::QUOTED) || is_name(Some(at + 1)) || token.is(WordFlags::CAPITALIZED) && !goes_on {
        Standing::Name
    } else if token.flags.any(WordFlags::CAPITALIZED | WordFlags::HYPHENATED) {
        Standing::Part
    } else {
        Standing::Sentence
    }
}

/// The words that an unknown one is one slip away from, the frequent ones first.
fn guesses(word: &str, standing: Standing) -> Vec<String> {
    let corrections = || dictionary::corrections(word).into_iter();
    let (frequent, rare): (Vec<_>, Vec<_>) = match standing {
        Standing::Name => return Vec::new(),
        Standing::Part | Standing::Sentence => corrections().partition(|correction| dictionary::is_frequent(correction)),
    };
    let may_be_rare = standing == Standing::Sentence && word.len() >= MIN_RARE;
    if frequent.is_empty() && !may_be_rare {
        return Vec::new();
    }
    frequent.into_iter().chain(rare).map(String::from).collect()
}

/// What `word` was meant to be, and whether that is certain; `None` where the word may well be right.
fn meant(word: &str, places: &[Unknown], site: &Site) -> Option<(Vec<String>, bool)> {
    let known_slip = dictionary::known_slip(word).map(|corrections| corrections.map(str::to_owned).collect::<Vec<_>>());
    let is_known = known_slip.is_some();
    let corrections: Vec<String> = match known_slip {
        Some(corrections) => corrections,
        None if dictionary::is_word(word) => return None,
        None => guesses(word, places.iter().map(|place| place.standing).min()?),
    };
    let certain = is_known && corrections.len() == 1;
    let is_clear = (1..=3).contains(&corrections.len());
    let is_jargon = || !certain && (places.len() >= JARGON || site.is_in_documents(word, JARGON as u32));
    (is_clear && !is_jargon()).then_some((corrections, certain))
}
