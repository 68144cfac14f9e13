//! A name that one post writes in two ways: `JWorks` and `Jworks`, `Michael Hume` and `Michel`.

use super::matcher::Line;
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

/// Index of the run, range in it.
type Place = (usize, Range<usize>);

#[derive(Debug, Default)]
struct Uses {
    /// Many people know the word: it is no name of a person.
    common: bool,
    places: Vec<Place>,
    /// Stands before another capitalised word that is no first name of a list: `Michael Hume`.
    with_surname: usize,
    /// Stands in an enumeration, or alone: `Mathew, Mario, Matt`.
    in_list: bool,
}

/// The capitalised words of a post.
#[derive(Debug, Default)]
pub struct Names {
    uses: FxHashMap<String, Uses>,
    order: Vec<String>,
}

impl Names {
    /// Notes the names of a run.
    pub fn collect(&mut self, line: Line, run: usize) {
        for (at, token) in line.tokens.iter().enumerate() {
            let capital = token.flags.any(WordFlags::CAPITALIZED | WordFlags::MIXED_CASE) && !token.is(WordFlags::ALL_CAPS);
            if token.kind != Kind::Word || !capital || token.range.len() < MIN_LENGTH || token.is(WordFlags::HYPHENATED) {
                continue;
            }
            let word = line.word(at);
            let word = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
            let uses = match self.uses.get_mut(word) {
                Some(uses) => uses,
                None => {
                    self.order.push(word.to_owned());
                    let common = dictionary::is_common(&word.to_lowercase());
                    self.uses.entry(word.to_owned()).or_insert(Uses { common, ..Uses::default() })
                }
            };
            uses.places.push((run, token.range.start..token.range.start + word.len()));
            uses.in_list |= tokens::is_listed(line.tokens, at) || is_second_name(line.tokens, at);
            uses.with_surname += usize::from(is_surname(line.tokens.get(at + 1)));
        }
    }

    /// Says which names stand in two ways.
    pub fn judge(&self, mut report: impl FnMut(usize, Finding)) {
        self.judge_persons(&mut report);
        self.judge_case(&mut report);
    }

    /// Whether the word is a name and no other word.
    fn is_person(&self, name: &str) -> bool {
        let is_plain = name.chars().all(char::is_alphabetic) && !name.chars().skip(1).any(char::is_uppercase);
        name.len() >= MIN_LENGTH && is_plain && !self.uses[name].common
    }

    /// A first name with a surname, and once or more without one and with another letter.
    fn judge_persons(&self, report: &mut impl FnMut(usize, Finding)) {
        let persons: Vec<&String> = self.order.iter().filter(|name| self.uses[*name].with_surname > 0 && self.is_person(name)).collect();
        if persons.len() > MANY {
            return;
        }
        for name in persons {
            let variants = self.order.iter().filter(|other| *other != name && is_variant(name, other) && self.is_person(other));
            for variant in variants {
                let (full, short) = (&self.uses[name], &self.uses[variant]);
                // in a list of people, with or without surnames, each name is somebody else's
                if short.with_surname > 0 || short.in_list {
                    continue;
                }
                self.report(variant, short, name, true, report);
                if full.places.len() <= 2 && full.places.len() <= short.places.len() {
                    self.report(name, full, variant, false, report);
                }
            }
        }
    }

    fn report(&self, found: &str, uses: &Uses, other: &str, fixable: bool, report: &mut impl FnMut(usize, Finding)) {
        for (run, range) in &uses.places {
            let message = format!("`{found}` here, `{other}` elsewhere in this post");
            report(*run, Finding { rule: RULE, range: range.clone(), message, right: fixable.then(|| other.to_owned()), certain: false });
        }
    }

    /// The same letters in two cases, of which the one with inner capitals is used more.
    fn judge_case(&self, report: &mut impl FnMut(usize, Finding)) {
        let mut by_letters: FxHashMap<String, Vec<&String>> = FxHashMap::default();
        for name in &self.order {
            by_letters.entry(name.to_lowercase()).or_default().push(name);
        }
        for name in &self.order {
            let Some(forms) = by_letters.get(&name.to_lowercase()).filter(|forms| forms.len() == 2) else { continue };
            let Some(other) = forms.iter().find(|form| **form != name) else { continue };
            let inner = |form: &str| form.chars().skip(1).any(char::is_uppercase) && form.starts_with(char::is_uppercase);
            let (here, there) = (&self.uses[name], &self.uses[*other]);
            // only `Jworks` beside several `JWorks`: two forms with inner capitals may be two things
            if inner(other)
                && !inner(name)
                && name.starts_with(char::is_uppercase)
                && there.places.len() >= 2 * here.places.len()
                && !dictionary::contains(&name.to_lowercase())
            {
                self.report(name, here, other, true, report);
            }
        }
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
    let ends = |name: &str| (name.chars().next(), name.chars().next_back());
    // letter by letter on bytes: `á` for `a` is one more byte too, and no letter more
    let (long_bytes, short_bytes) = (long.as_bytes(), short.as_bytes());
    let lacks = |at: usize| long.is_char_boundary(at) && long.is_char_boundary(at + 1) && long_bytes[..at] == short_bytes[..at];
    long.len() == short.len() + 1
        && ends(long) == ends(short)
        && (1..short.len()).any(|at| lacks(at) && long_bytes[at + 1..] == short_bytes[at..])
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
