//! A name that one post writes in two ways: `JWorks` and `Jworks`, `Michael Hume` and `Michel`.

use super::tokens::{self, Kind, Token};
use super::{Finding, dictionary};
use crate::post::prose::words::WordFlags;
use rustc_hash::FxHashMap;
use std::ops::Range;

const RULE: &str = "spelling/inconsistent-name";
/// Shorter names are one letter away from too many others.
const MIN_LENGTH: usize = 5;

/// Among more people than this some have nearly the same name: a list of contributors.
const MANY: usize = 12;

/// A name where it stands.
#[derive(Debug)]
struct Place<'t> {
    name: &'t str,
    /// Index of the run.
    run: usize,
    /// Bytes of the run's text.
    range: Range<usize>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Uses {
    count: usize,
    /// Stands before another capitalised word that is no first name of a list: `Michael Hume`.
    with_surname: usize,
    /// Stands in an enumeration, or alone: `Mathew, Mario, Matt`.
    in_list: bool,
}

/// The capitalised words of a post.
#[derive(Debug, Default)]
pub struct Names<'t> {
    uses: FxHashMap<&'t str, Uses>,
    /// In the order of first sight.
    order: Vec<&'t str>,
    places: Vec<Place<'t>>,
}

impl<'t> Names<'t> {
    /// Notes the names of a run.
    pub fn collect(&mut self, text: &'t str, tokens: &[Token], run: usize) {
        for (at, token) in tokens.iter().enumerate() {
            let capital = token.flags.any(WordFlags::CAPITALIZED | WordFlags::MIXED_CASE) && !token.is(WordFlags::ALL_CAPS);
            if token.kind != Kind::Word || !capital || token.range.len() < MIN_LENGTH || token.is(WordFlags::HYPHENATED) {
                continue;
            }
            let word = &text[token.range.clone()];
            let name = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
            let uses = self.uses.entry(name).or_insert_with(|| {
                self.order.push(name);
                Uses::default()
            });
            uses.count += 1;
            uses.in_list |= tokens::is_listed(tokens, at) || is_second_name(tokens, at);
            uses.with_surname += usize::from(is_surname(tokens.get(at + 1)));
            self.places.push(Place { name, run, range: token.range.start..token.range.start + name.len() });
        }
    }

    /// Says which names stand in two ways.
    pub fn judge(&self, mut report: impl FnMut(usize, Finding)) {
        self.judge_persons(&mut report);
        self.judge_case(&mut report);
    }

    /// Whether the word is a name and no other word that many people know.
    fn is_person(name: &str) -> bool {
        let is_plain = name.chars().all(char::is_alphabetic) && !name.chars().skip(1).any(char::is_uppercase);
        name.len() >= MIN_LENGTH && is_plain && !dictionary::is_common(&name.to_lowercase())
    }

    /// A first name with a surname, and once or more without one and with another letter.
    fn judge_persons(&self, report: &mut impl FnMut(usize, Finding)) {
        let persons: Vec<&str> =
            self.order.iter().copied().filter(|name| self.uses[name].with_surname > 0 && Self::is_person(name)).collect();
        if persons.len() > MANY {
            return;
        }
        for name in persons {
            let variants = self.order.iter().filter(|other| **other != name && is_variant(name, other) && Self::is_person(other));
            for variant in variants {
                let (full, short) = (&self.uses[name], &self.uses[*variant]);
                // in a list of people, with or without surnames, each name is somebody else's
                if short.with_surname > 0 || short.in_list {
                    continue;
                }
                self.report(variant, name, true, report);
                if full.count <= 2 && full.count <= short.count {
                    self.report(name, variant, false, report);
                }
            }
        }
    }

    fn report(&self, found: &str, other: &str, fixable: bool, report: &mut impl FnMut(usize, Finding)) {
        for Place { run, range, .. } in self.places.iter().filter(|place| place.name == found) {
            let message = format!("`{found}` here, `{other}` elsewhere in this post");
            report(*run, Finding { rule: RULE, range: range.clone(), message, right: fixable.then(|| other.to_owned()), certain: false });
        }
    }

    /// The same letters in two cases, of which the one with inner capitals is used more.
    fn judge_case(&self, report: &mut impl FnMut(usize, Finding)) {
        let starts_upper = |form: &str| form.starts_with(char::is_uppercase);
        let is_inner = |form: &str| form.chars().skip(1).any(char::is_uppercase) && starts_upper(form);
        let mut forms: FxHashMap<String, Vec<&str>> = FxHashMap::default();
        let mut lengths = Lengths::default();
        for inner in self.order.iter().filter(|name| is_inner(name)) {
            forms.entry(inner.to_lowercase()).or_default();
            lengths.add(inner);
        }
        // only few names are as long as one with inner capitals
        for &name in self.order.iter().filter(|name| lengths.may_hold(name)) {
            if let Some(forms) = forms.get_mut(&name.to_lowercase()) {
                forms.push(name);
            }
        }
        for &name in self.order.iter().filter(|name| lengths.may_hold(name) && starts_upper(name) && !is_inner(name)) {
            let lower = name.to_lowercase();
            let Some([first, second]) = forms.get(&lower).map(Vec::as_slice) else { continue };
            let other = if *first == name { second } else { first };
            let (here, there) = (&self.uses[name], &self.uses[other]);
            // only `Jworks` beside several `JWorks`: two forms with inner capitals may be two things
            if is_inner(other) && there.count >= 2 * here.count && !dictionary::contains(&lower) {
                self.report(name, other, true, report);
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
