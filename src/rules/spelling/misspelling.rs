//! Words that are no words, and what was meant.

use super::dictionary::{self, Slip};
use super::lexicon::{Lexicon, Traits};
use super::matcher::Line;
use super::table::WordId;
use super::tokens::{self, Kind, Token};
use super::{Finding, Vocabulary, correction, known_names};
use crate::post::prose::sentences::{self, clauses, sentences};
use crate::post::prose::words::WordFlags;
use crate::post::prose::{Context, Inline, Run, language};
use crate::site::Site;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

const RULE: &str = "spelling/misspelling";
/// A word that no list knows and that one post uses so often is jargon.
const JARGON: usize = 3;
/// A link or an emphasis of so many bytes is a name or a term, in another language perhaps.
const TERM: usize = 24;
/// A shorter word is near to some rare one by chance.
const MIN_RARE: usize = 7;
/// The same for the parts of hyphenated words and for the starts of sentences, which may be names.
const MIN_RARE_PART: usize = 9;
/// A line of so many unknown words, where they are half of all, is dummy text or no English.
const MANY_UNKNOWN: usize = 5;
/// A shorter word with a capital in the middle of a heading is a name.
const MIN_CAPITALIZED: usize = 6;
/// Shorter words of the list are checked once more.
const MIN_LISTED: usize = 4;

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
    /// It is all of a link or a label at the start of an item, or stands alone in brackets: `[rediculous], a client for Redis`.
    Label,
    /// It may be a name or a term.
    Name,
    /// A part of a hyphenated word, or the start of a sentence: a word, if it is near to a frequent one, or a long one.
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
    /// Those that stand with a capital in the middle of a sentence: what the post calls so is no slip at the start of one.
    capitalized: FxHashSet<String>,
    /// Names that were misspelt, as the post has them, with what was meant.
    names: Vec<(String, &'static str, usize, Range<usize>)>,
}

impl Unknowns {
    /// Notes the unknown words of a run.
    pub fn collect(&mut self, lexicon: &mut Lexicon, vocabulary: &Vocabulary, line: Line, run: &Run, index: usize) {
        if is_strange(line) {
            return;
        }
        for (at, token) in line.tokens.iter().enumerate() {
            let word = line.word(at);
            if !token.traits.any(Traits::UNKNOWN) {
                continue;
            }
            if let Some(name) = misspelt_name(line, at, token).filter(|_| !vocabulary.accepts(word)) {
                self.names.push((word.to_owned(), name, index, token.range.clone()));
                continue;
            }
            let capital = token.is(WordFlags::CAPITALIZED) && !token.is(WordFlags::SENTENCE_START);
            if capital && run.context != Context::Heading {
                self.capitalized.insert(key_of(word));
            }
            if is_checked(line, at, token, run) && lexicon.may_be_slip(token, word) && !vocabulary.accepts(word) {
                let places = self.places.entry(key_of(word)).or_insert_with_key(|key| {
                    self.order.push(key.clone());
                    Vec::new()
                });
                places.push(Unknown { run: index, range: token.range.clone(), standing: standing(line, at, token, run) });
            }
        }
    }

    fn judge_names(&self, site: &Site, report: &mut impl FnMut(usize, Finding)) {
        for (word, name, run, range) in &self.names {
            let uses = self.names.iter().filter(|(other, ..)| other == word).count();
            if uses < JARGON && !site.is_in_documents(word, JARGON as u32) {
                let message = format!("`{word}` is no word; did you mean `{name}`?");
                report(*run, Finding { rule: RULE, range: range.clone(), message, right: Some((*name).to_owned()), certain: false });
            }
        }
    }

    /// Says what is misspelt: `report` gets the index of the run with each finding.
    pub fn judge(&self, site: &Site, runs: &[Run], mut report: impl FnMut(usize, Finding)) {
        self.judge_names(site, &mut report);
        for word in &self.order {
            let places = &self.places[word];
            if self.capitalized.contains(word) {
                continue;
            }
            let Some((corrections, certain)) = meant(word, places, site) else { continue };
            let Some(first) = corrections.first() else { continue };
            for place in places {
                let Some(run) = runs.get(place.run).filter(|run| !is_quotation(run, &place.range)) else { continue };
                let found = &run.as_str()[place.range.clone()];
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

/// Whether its sentence, or what stands before or behind a colon, is clearly in another language than English.
fn is_quotation(run: &Run, word: &Range<usize>) -> bool {
    let mut gaps = sentences(run, sentences::Vocabulary::default()).boundaries;
    gaps.extend(clauses(run));
    let start = gaps.iter().map(|boundary| boundary.gap.end).filter(|end| *end <= word.start).max();
    let end = gaps.iter().map(|boundary| boundary.gap.start).filter(|start| *start >= word.end).min();
    let text = run.as_str();
    language::is_clearly_foreign(&text[start.unwrap_or(0)..end.unwrap_or(text.len())])
}

/// `Tiam, ad mint andaepu dandae nostion secatur`
fn is_strange(line: Line) -> bool {
    let unknown = line.tokens.iter().filter(|token| token.traits.any(Traits::UNKNOWN)).count();
    unknown >= MANY_UNKNOWN && unknown * 2 >= line.tokens.iter().filter(|token| token.is_word()).count()
}

/// The word in small letters, with a straight apostrophe.
fn key_of(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// Whether a word that no list knows may be a slip at all, wherever it stands.
pub fn may_be_slip(word: &str) -> bool {
    let key = key_of(word);
    dictionary::known_slip(&key).is_some() || !dictionary::is_word(&key) && !dictionary::corrections(&key).is_empty()
}

/// What was meant by an unknown word with a capital that is nearly a known name, and nobody's.
fn misspelt_name(line: Line, at: usize, token: &Token) -> Option<&'static str> {
    let flags = token.flags;
    let capital = flags.any(WordFlags::CAPITALIZED | WordFlags::MIXED_CASE);
    if !capital || flags.any(WordFlags::ALL_CAPS | WordFlags::HYPHENATED | WordFlags::QUOTED) || tokens::is_listed(line.tokens, at) {
        return None;
    }
    let word = line.word(at);
    known_names::meant(word)
}

/// Whether the word is prose, and not somebody's name.
fn is_checked(line: Line, at: usize, token: &Token, run: &Run) -> bool {
    let flags = token.flags;
    let rest = &line.text[token.range.end..];
    // `(mis)used`
    let in_brackets = rest.starts_with(')') && rest[1..].starts_with(char::is_alphabetic);
    if in_brackets
        || is_clipped(line, at)
        || is_made_with_hyphen(line, at)
        || tokens::is_listed(line.tokens, at)
        || ends_list_of_names(line, at)
    {
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
        let is_title = matches!(run.context, Context::Heading | Context::FrontMatter);
        return is_title && is_slip_of_frequent_word(line.word(at))
            || starts && !name_follows && !flags.has(WordFlags::HYPHENATED) && !follows_initial(&line.text[..token.range.start]);
    }
    // `--flag`, `$name`, `%name`, `<name`, `-name`
    let sign =
        |token: Option<&Token>, signs: &[char]| token.is_some_and(|token| matches!(token.kind, Kind::Mark(mark) if signs.contains(&mark)));
    let stuck_before = before.is_some_and(|before| before.range.end == token.range.start);
    let stuck_after = after.is_some_and(|after| after.range.start == token.range.end);
    let is_option = is_in_option(&line.text[..token.range.start])
        || stuck_before && !flags.has(WordFlags::HYPHENATED) && sign(before, &['-', '$', '%', '<', '>', '{', '[', '|', '*', '~', '‑']);
    let is_call = stuck_after && sign(after, &['>', '}', ']', '|', '*', '='])
        || stuck_after && sign(after, &['(']) && line.tokens.get(at + 2).is_some_and(|token| token.is_mark(')'));
    !is_option && !is_call
}

/// Whether a word that has its capital from a heading is a well-known slip, and hardly somebody's name.
fn is_slip_of_frequent_word(word: &str) -> bool {
    let key = key_of(word);
    let slip = dictionary::known_slip(&key).filter(|_| word.len() >= MIN_CAPITALIZED && !dictionary::contains(&key));
    slip.is_some_and(|meant| matches!(meant.as_slice(), [one] if dictionary::is_frequent(one)))
}

/// `makin' history`
fn is_clipped(line: Line, at: usize) -> bool {
    line.word(at).ends_with("in") && line.text[line.tokens[at].range.end..].starts_with(['\'', '’'])
}

/// `pre-empted`, `re-entrancy`: a word in one piece.
fn is_made_with_hyphen(line: Line, at: usize) -> bool {
    let is_joined = line.tokens[at].is(WordFlags::HYPHENATED) && at > 1 && line.tokens[at - 1].is_mark('-');
    is_joined && dictionary::contains(&format!("{}{}", line.word(at - 2), line.word(at)).to_lowercase())
}

/// `sonnym, takuti, and tasken`: the last of a list whose item before it is no word that texts have either.
fn ends_list_of_names(line: Line, at: usize) -> bool {
    let token = |back: usize| at.checked_sub(back).and_then(|index| line.tokens.get(index));
    let is_comma = |back: usize| token(back).is_some_and(|token| token.is_mark(','));
    let joins = at > 0 && matches!(line.word(at - 1), "and" | "or" | "&");
    let item = if is_comma(2) { 3 } else { 2 };
    let is_name = token(item).is_some_and(|token| token.is_word() && token.id == WordId::UNKNOWN);
    joins && is_name && (is_comma(2) || is_comma(3)) && line.tokens.get(at + 1).is_none_or(|next| matches!(next.kind, Kind::Mark(_)))
}

/// `J. Postel`, `Mr. Writen`
fn follows_initial(before: &str) -> bool {
    let Some(before) = before.trim_end().strip_suffix('.') else { return false };
    let initial = before.rsplit(|character: char| !character.is_alphabetic()).next().unwrap_or_default();
    matches!(initial, "Mr" | "Mrs" | "Ms" | "Dr" | "Prof" | "St" | "Jr") || initial.chars().count() == 1 && initial != "I"
}

/// Whether what stands before a word makes it a part of an option: `--disable-`.
fn is_in_option(before: &str) -> bool {
    let chain = before.trim_end_matches(|character: char| character.is_ascii_alphanumeric() || character == '-');
    let chain = &before[chain.len()..];
    chain.len() > 1 && chain.starts_with('-')
}

fn standing(line: Line, at: usize, token: &Token, run: &Run) -> Standing {
    let after = line.tokens.get(at + 1);
    let ends = after.is_none_or(|after| matches!(after.kind, Kind::Mark(_)));
    // `'piranna`, `srange("x")`: a handle, a call
    let is_handle = line.text[..token.range.start].ends_with(['\'', '‘']);
    let is_called = ["(\"", "('", "(["].iter().any(|call| line.text[token.range.end..].starts_with(call));
    // `(themez)`: who did it
    let is_bracketed = at > 0 && line.tokens[at - 1].is_mark('(') && after.is_some_and(|after| after.is_mark(')'));
    let is_link = || run.inside(token.range.clone(), &[Inline::Link, Inline::Strong]).is_some_and(|inline| inline.range == token.range);
    let is_titled = token.is(WordFlags::CAPITALIZED) && is_link();
    if is_called || is_titled || is_bracketed || at == 0 && ends && (is_link() || after.is_some_and(|after| after.is_mark(':'))) {
        return Standing::Label;
    }
    let marks = [Inline::Link, Inline::Emphasis, Inline::Strong, Inline::Html];
    let is_term = run.inside(token.range.clone(), &marks).is_some_and(|inline| inline.range.len() <= TERM);
    // `the Foo bar`, `foo Bar`: a part of a name
    let is_name = |index: Option<usize>| {
        index.and_then(|index| line.tokens.get(index)).is_some_and(|token| {
            token.is_word() && token.flags.any(WordFlags::CAPITALIZED | WordFlags::MIXED_CASE) && !token.is(WordFlags::SENTENCE_START)
        })
    };
    let goes_on = after.is_some_and(|next| next.is_word() || next.is_mark(','));
    // `quicklz 1.5`
    let has_version = after.is_some_and(|next| next.range.start == token.range.end + 1 && next.is(WordFlags::HAS_DIGIT));
    if is_term
        || is_handle
        || has_version
        || token.is(WordFlags::QUOTED)
        || is_name(Some(at + 1))
        || token.is(WordFlags::CAPITALIZED) && !goes_on
    {
        Standing::Name
    } else if token.flags.any(WordFlags::CAPITALIZED | WordFlags::HYPHENATED) {
        Standing::Part
    } else {
        Standing::Sentence
    }
}

/// The words that an unknown one is one slip away from, the likely ones first.
fn guesses(word: &str, standing: Standing) -> Vec<String> {
    if standing <= Standing::Name {
        return Vec::new();
    }
    let order = |correction: &str| {
        let slip = Slip::between(word, correction);
        (slip == Slip::Syllable, !dictionary::is_frequent(correction), slip)
    };
    let mut found = dictionary::corrections(word);
    // `tstatus` has a prefix, `aavailable` a letter twice
    found.retain(|correction| word.get(1..) != Some(*correction) || word.as_bytes()[0] == word.as_bytes()[1]);
    found.sort_by_key(|correction| order(correction));
    let may_be_rare = word.len() >= if standing == Standing::Sentence { MIN_RARE } else { MIN_RARE_PART };
    let (far, rare, slip) = match found.first() {
        Some(first) => order(first),
        None => return Vec::new(),
    };
    if rare && (!may_be_rare || slip == Slip::Other) {
        return Vec::new();
    }
    found.retain(|correction| order(correction).0 == far);
    found.into_iter().map(String::from).collect()
}

/// Whether a listed word of three letters is a slip of a word that every text has; others are somebody's abbreviation.
fn is_slip_of_little_word(listed: &[String]) -> bool {
    const LITTLE: [&str; 17] =
        ["the", "and", "for", "you", "not", "are", "was", "but", "can", "has", "will", "that", "this", "with", "have", "from", "they"];
    listed.iter().all(|correction| LITTLE.contains(&correction.as_str()))
}

/// What `word` was meant to be, and whether that is certain; `None` where the word may well be right.
fn meant(word: &str, places: &[Unknown], site: &Site) -> Option<(Vec<String>, bool)> {
    let standing = places.iter().map(|place| place.standing).min()?;
    let known_slip = dictionary::known_slip(word);
    let is_known = known_slip.is_some();
    let corrections: Vec<String> = match known_slip {
        _ if standing == Standing::Label => return None,
        Some(corrections) if standing == Standing::Name && corrections.len() > 1 && word.len() <= MIN_LISTED => return None,
        Some(corrections) if word.len() < MIN_LISTED && !is_slip_of_little_word(&corrections) => return None,
        Some(corrections) => corrections,
        None if dictionary::is_word(word) => return None,
        None => guesses(word, standing),
    };
    let certain = is_known && corrections.len() == 1;
    let is_clear = (1..=3).contains(&corrections.len());
    let is_jargon = || !certain && (places.len() >= JARGON || site.is_in_documents(word, JARGON as u32));
    (is_clear && !is_jargon()).then_some((corrections, certain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_heading_only_slips_of_frequent_words_are_no_names() {
        assert!(is_slip_of_frequent_word("Sovling") && is_slip_of_frequent_word("Contol"));
        assert!(!is_slip_of_frequent_word("Automattic") && !is_slip_of_frequent_word("Teh"));
    }
}
