//! A name that one post writes in two ways: `JWorks` and `Jworks`, `Michael Hume` and `Michel`.

use super::tokens::{self, Kind, Token};
use super::{Finding, dictionary};
use crate::post::prose::words::WordFlags;
use crate::text::packed::PackedMap;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

const RULE: &str = "spelling/inconsistent-name";
/// Shorter names are one letter away from too many others.
const MIN_LENGTH: usize = 5;

/// Among more people than this some have nearly the same name: a list of contributors.
const MANY: usize = 12;

/// A name where it stands.
#[derive(Debug)]
struct Place {
    /// Index of the name.
    name: usize,
    /// Index of the run.
    run: usize,
    /// Bytes of the run's text.
    range: Range<usize>,
}

/// A name, and how the post uses it.
#[derive(Debug)]
struct Name<'t> {
    text: &'t str,
    /// It has a capital after its first letter.
    mixed: bool,
    count: usize,
    /// Stands before another capitalised word that is no first name of a list: `Michael Hume`.
    with_surname: usize,
    /// Stands in an enumeration, or alone: `Mathew, Mario, Matt`.
    in_list: bool,
}

impl Name<'_> {
    /// Whether it is a name and no other word that many people know.
    fn is_person(&self) -> bool {
        let is_plain = self.text.len() >= MIN_LENGTH && !self.mixed && self.text.chars().all(char::is_alphabetic);
        is_plain && !dictionary::is_common(&self.text.to_lowercase())
    }

    fn has_inner_capital(&self) -> bool {
        self.mixed && self.text.starts_with(char::is_uppercase)
    }

    /// The ends and the length of the name, or of it with so many letters more in its middle.
    fn shape(&self, more: usize) -> (Option<&u8>, Option<&u8>, usize) {
        let bytes = self.text.as_bytes();
        (bytes.first(), bytes.last(), bytes.len() + more)
    }
}

/// The capitalised words of a post.
#[derive(Debug, Default)]
pub struct Names<'t> {
    /// In the order of first sight.
    names: Vec<Name<'t>>,
    /// Which of them a text is.
    indices: PackedMap<usize>,
    places: Vec<Place>,
}

impl<'t> Names<'t> {
    /// Notes the names of a run.
    pub fn collect(&mut self, text: &'t str, tokens: &[Token], run: usize) {
        for (at, token) in tokens.iter().enumerate() {
            let capital = token.flags.any(WordFlags::CAPITALIZED | WordFlags::MIXED_CASE) && !token.is(WordFlags::ALL_CAPS);
            if !capital || token.kind != Kind::Word || token.range.len() < MIN_LENGTH || token.is(WordFlags::HYPHENATED) {
                continue;
            }
            let word = &text[token.range.clone()];
            let name = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
            let index = *self.indices.entry_or(name, self.names.len());
            if index == self.names.len() {
                let mixed = name.chars().skip(1).any(char::is_uppercase);
                self.names.push(Name { text: name, mixed, count: 0, with_surname: 0, in_list: false });
            }
            let uses = &mut self.names[index];
            uses.count += 1;
            uses.in_list |= tokens::is_listed(tokens, at) || is_second_name(tokens, at);
            uses.with_surname += usize::from(is_surname(tokens.get(at + 1)));
            self.places.push(Place { name: index, run, range: token.range.start..token.range.start + name.len() });
        }
    }

    /// Says which names stand in two ways.
    pub fn judge(&self, mut report: impl FnMut(usize, Finding)) {
        self.judge_persons(&mut report);
        self.judge_case(&mut report);
    }

    /// A first name with a surname, and once or more without one and with another letter.
    fn judge_persons(&self, report: &mut impl FnMut(usize, Finding)) {
        let with_surname = || self.names.iter().enumerate().filter(|(_, name)| name.with_surname > 0);
        // hardly any post has such a pair, and then there is nothing to look up
        let shapes = |more: usize| -> FxHashSet<_> { with_surname().map(|(_, name)| name.shape(more)).collect() };
        let (shapes, longer) = (shapes(0), shapes(1));
        if !self.names.iter().any(|other| shapes.contains(&other.shape(1)) || longer.contains(&other.shape(0))) {
            return;
        }
        let persons: Vec<(usize, &Name)> = with_surname().filter(|(_, name)| name.is_person()).collect();
        if persons.len() > MANY {
            return;
        }
        for (index, name) in persons {
            let others = self.names.iter().enumerate();
            let variants = others.filter(|(_, other)| other.text != name.text && is_variant(name.text, other.text) && other.is_person());
            for (other, variant) in variants {
                // in a list of people, with or without surnames, each name is somebody else's
                if variant.with_surname > 0 || variant.in_list {
                    continue;
                }
                self.report(other, name.text, true, report);
                if name.count <= 2 && name.count <= variant.count {
                    self.report(index, variant.text, false, report);
                }
            }
        }
    }

    fn report(&self, found: usize, other: &str, fixable: bool, report: &mut impl FnMut(usize, Finding)) {
        let found_text = self.names[found].text;
        for Place { run, range, .. } in self.places.iter().filter(|place| place.name == found) {
            let message = format!("`{found_text}` here, `{other}` elsewhere in this post");
            report(*run, Finding { rule: RULE, range: range.clone(), message, right: fixable.then(|| other.to_owned()), certain: false });
        }
    }

    /// The same letters in two cases, of which the one with inner capitals is used more.
    fn judge_case(&self, report: &mut impl FnMut(usize, Finding)) {
        let mut forms: FxHashMap<String, Vec<&Name>> = FxHashMap::default();
        let mut lengths = Lengths::default();
        for inner in self.names.iter().filter(|name| name.has_inner_capital()) {
            forms.entry(inner.text.to_lowercase()).or_default();
            lengths.add(inner.text);
        }
        // only few names are as long as one with inner capitals
        for name in self.names.iter().filter(|name| lengths.may_hold(name.text)) {
            if let Some(forms) = forms.get_mut(&name.text.to_lowercase()) {
                forms.push(name);
            }
        }
        let plain = |name: &Name| lengths.may_hold(name.text) && name.text.starts_with(char::is_uppercase) && !name.mixed;
        for (index, name) in self.names.iter().enumerate().filter(|(_, name)| plain(name)) {
            let lower = name.text.to_lowercase();
            let Some([first, second]) = forms.get(&lower).map(Vec::as_slice) else { continue };
            let other = if first.text == name.text { second } else { first };
            // only `Jworks` beside several `JWorks`: two forms with inner capitals may be two things
            if other.has_inner_capital() && other.count >= 2 * name.count && !dictionary::contains(&lower) {
                self.report(index, other.text, true, report);
            }
        }
    }
}

/// The lengths of some ASCII words, as bits; others may be as long as any.
#[derive(Debug, Default)]
struct Lengths(u64);

impl Lengths {
    fn add(&mut self, word: &str) {
        self.0 |= if word.is_ascii() { 1 << (word.len() % 64) } else { u64::MAX };
    }

    fn may_hold(&self, word: &str) -> bool {
        self.0 & 1 << (word.len() % 64) != 0 || self.0 != 0 && !word.is_ascii()
    }
}

/// `Manu Mathew`: stands after another name.
fn is_second_name(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| {
        let starts = before.is(WordFlags::SENTENCE_START) && at + 1 < tokens.len() && !tokens[at + 1].is_mark(')');
        before.is_word() && before.is(WordFlags::CAPITALIZED) && !before.is(WordFlags::ALL_CAPS) && !starts
    })
}

fn is_surname(next: Option<&Token>) -> bool {
    next.is_some_and(|next| next.kind == Kind::Word && next.is(WordFlags::CAPITALIZED) && !next.is(WordFlags::SENTENCE_START))
}

/// Whether one letter more or less makes one of the other; the first and the last one stay.
fn is_variant(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() > other.len() { (one, other) } else { (other, one) };
    // letter by letter on bytes: `á` for `a` is one more byte too, and no letter more
    let (long_bytes, short_bytes) = (long.as_bytes(), short.as_bytes());
    if long.len() != short.len() + 1 || long_bytes.first() != short_bytes.first() || long_bytes.last() != short_bytes.last() {
        return false;
    }
    let ends = |name: &str| (name.chars().next(), name.chars().next_back());
    let lacks = |at: usize| long.is_char_boundary(at) && long.is_char_boundary(at + 1) && long_bytes[..at] == short_bytes[..at];
    ends(long) == ends(short) && (1..short.len()).any(|at| lacks(at) && long_bytes[at + 1..] == short_bytes[at..])
}

#[cfg(test)]
mod tests {
    use super::is_variant;

    #[test]
    fn a_letter_more_is_a_variant_and_an_accent_is_none() {
        assert!(is_variant("Michael", "Michel"));
        assert!(!is_variant("Nicolás", "Nicolas"));
        assert!(!is_variant("Zoë", "Zoe"));
    }
}
