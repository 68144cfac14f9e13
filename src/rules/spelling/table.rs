//! All word rules in one table: a word is looked up once and says which patterns to try.

mod frequencies;
mod snapshot;

use super::membership::{CLASSES_WITH_BITS, Membership};
use super::pattern::{Element, Pattern, Test, fold};
use super::source::{Context, WordFile, WordRule, Words};
use super::template::Template;
use super::verbs::{Form, Verbs};
use crate::text::packed::PackedMap;
use frequencies::Frequencies;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use thiserror::Error;

/// A word that the table knows; words that it does not know are all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WordId(u32);

impl WordId {
    pub const UNKNOWN: WordId = WordId(0);

    /// Its bit in [`Membership`]; unknown words, which no step with words takes, have none.
    pub(super) fn bit(self) -> u64 {
        if self == WordId::UNKNOWN { 0 } else { 1 << (self.0 % u64::BITS) }
    }
}

/// Why word rules cannot be used together.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TableError {
    #[error("there is no word class `<{0}>`")]
    UnknownClass(String),
    #[error("`{0}` is no rule that word rules can report")]
    UnknownRule(String),
    #[error("a pattern has {0} words at most")]
    TooLong(usize),
}

impl TableError {
    /// A text of the file that the error is about.
    pub fn mentions(&self) -> Option<&str> {
        match self {
            TableError::UnknownClass(name) | TableError::UnknownRule(name) => Some(name),
            TableError::TooLong(_) => None,
        }
    }
}

/// The most elements that a pattern may have.
pub const MAX_ELEMENTS: usize = 16;

/// Classes that no file defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BuiltIn {
    /// A number in digits.
    Number,
    /// Code, a formula, an image, what Liquid prints.
    Code,
    /// A word in lower case.
    Lower,
    /// A capitalised word inside a sentence.
    Name,
    /// A capitalised word, wherever it stands.
    Capitalized,
    /// A word in capitals, perhaps with a small `s`.
    Acronym,
}

impl BuiltIn {
    fn named(name: &str) -> Option<BuiltIn> {
        Some(match name {
            "number" => BuiltIn::Number,
            "code" => BuiltIn::Code,
            "lower" => BuiltIn::Lower,
            "name" => BuiltIn::Name,
            "capitalized" => BuiltIn::Capitalized,
            "acronym" => BuiltIn::Acronym,
            _ => return None,
        })
    }
}

/// A compiled [`Test`].
#[derive(Debug, Serialize, Deserialize)]
pub enum Check {
    /// Sorted by word, each with what to write for it.
    Words(Vec<(WordId, Option<Box<str>>)>),
    /// Index of a class.
    Class(usize, Option<Box<str>>),
    Suffix(Box<str>),
    Prefix(Box<str>),
    BuiltIn(BuiltIn),
    Any,
    Mark(char),
}

/// A compiled [`Element`].
#[derive(Debug, Serialize, Deserialize)]
pub struct Step {
    pub checks: Vec<Check>,
    pub negated: bool,
    pub optional: bool,
    pub edge: bool,
}

/// A compiled pattern.
#[derive(Debug, Serialize, Deserialize)]
pub struct CompiledPattern {
    pub steps: Vec<Step>,
    pub marked: Range<usize>,
    pub rule: usize,
}

/// What all patterns of a [`WordRule`] share.
#[derive(Debug, Serialize, Deserialize)]
pub struct CompiledRule {
    /// `group/name`.
    pub name: &'static str,
    pub except_after: Vec<Vec<Step>>,
    pub except_before: Vec<Vec<Step>>,
    pub replace: Option<Template>,
    pub message: Option<Box<str>>,
    pub certain: bool,
}

/// A pattern to try where a word stands.
#[derive(Debug, Clone, Copy)]
pub struct Anchor {
    /// Index of the pattern.
    pub pattern: u32,
    /// The step that the word is.
    pub step: u8,
    before: Membership,
    after: Membership,
}

impl Anchor {
    /// Whether the words beside the anchor may be what the pattern wants there: most places fail here.
    pub fn may_stand_between(&self, before: Membership, after: Membership) -> bool {
        self.before.may_hold(before) && self.after.may_hold(after)
    }
}

/// Sorted by word.
type Class = Vec<(WordId, Option<Box<str>>)>;

/// All word rules, compiled.
#[derive(Debug, Default)]
pub struct Table {
    /// Tells tables apart, and a table from what it was before more rules came.
    serial: u64,
    ids: PackedMap<WordId>,
    /// The words with numbers up to this one are not to be checked as misspellings.
    common: u32,
    /// For each word the patterns to try where it stands.
    anchors: Vec<Vec<Anchor>>,
    /// For each word the classes that it is in, as bits, as far as classes have bits.
    class_bits: Vec<u64>,
    /// For each word its length in bytes.
    lengths: Vec<usize>,
    frequencies: Frequencies,
    classes: Vec<Class>,
    class_names: FxHashMap<String, usize>,
    pub patterns: Vec<CompiledPattern>,
    pub rules: Vec<CompiledRule>,
    pub verbs: Verbs,
}

impl Table {
    /// A table without any word.
    fn empty() -> Table {
        Table { serial: next_serial(), anchors: vec![Vec::new()], class_bits: vec![0], lengths: vec![0], ..Table::default() }
    }

    /// A table of the words of `common` alone.
    pub fn new(verbs: Verbs, common: &str) -> Table {
        let mut table = Table::empty();
        common.split_ascii_whitespace().for_each(|word| table.common = table.intern(word).0.max(table.common));
        table.frequencies = Frequencies::of(&table.ids);
        for form in Form::ALL {
            // `all we do is write`: `is` stands where other verbs cannot
            let verbs = verbs.forms().map(|forms| forms[form as usize]).filter(|verb| *verb != "is");
            let words = verbs.map(|verb| (verb.to_owned(), None)).collect();
            table.add_class(form.class(), &Words(words));
        }
        table.verbs = verbs;
        table
    }

    /// Adds the rules of a file; `names` are the rules that it may report, the first is for rules that name none.
    pub fn add(&mut self, file: WordFile, names: &[&'static str]) -> Result<(), TableError> {
        // what is remembered of the words by now may not hold any more
        self.serial = next_serial();
        for (name, words) in &file.classes {
            self.add_class(name, words);
        }
        for rule in file.rules {
            self.add_rule(rule, names)?;
        }
        Ok(())
    }

    fn add_class(&mut self, name: &str, words: &Words) {
        let mut class: Class = words.0.iter().map(|(word, right)| (self.intern(&fold(word)), right.as_deref().map(Box::from))).collect();
        class.sort_by_key(|(id, _)| *id);
        class.dedup_by_key(|(id, _)| *id);
        self.push_class(name.to_owned(), class);
    }

    fn push_class(&mut self, name: String, class: Class) {
        if self.classes.len() < CLASSES_WITH_BITS {
            class.iter().for_each(|(id, _)| self.class_bits[id.0 as usize] |= 1 << self.classes.len());
        }
        self.class_names.insert(name, self.classes.len());
        self.classes.push(class);
    }

    fn add_rule(&mut self, rule: WordRule, names: &[&'static str]) -> Result<(), TableError> {
        let name = match &rule.rule {
            Some(name) => names.iter().find(|known| *known == name).ok_or_else(|| TableError::UnknownRule(name.clone()))?,
            None => names.first().ok_or_else(|| TableError::UnknownRule(String::new()))?,
        };
        let index = self.rules.len();
        for pattern in rule.find.0 {
            self.add_pattern(pattern, index)?;
        }
        let except_after = self.contexts(&rule.except_after.0)?;
        let except_before = self.contexts(&rule.except_before.0)?;
        self.rules.push(CompiledRule {
            name,
            except_after,
            except_before,
            replace: rule.replace.map(|template| template.0),
            message: rule.message.map(Box::from),
            certain: !rule.r#unsafe,
        });
        Ok(())
    }

    fn add_pattern(&mut self, pattern: Pattern, rule: usize) -> Result<(), TableError> {
        if pattern.elements.len() > MAX_ELEMENTS {
            return Err(TableError::TooLong(MAX_ELEMENTS));
        }
        let steps = pattern.elements.iter().map(|element| self.step(element)).collect::<Result<Vec<_>, _>>()?;
        let may_anchor = |at: &usize| pattern.elements.get(*at).is_some_and(Element::can_anchor);
        let words = (0..steps.len()).filter(may_anchor).filter_map(|at| Some((at, self.anchor_words(&steps[at])?)));
        let anchor = words.min_by_key(|(_, words)| words.iter().map(|word| self.frequency(*word)).sum::<usize>()).map(|(at, _)| at);
        self.push_pattern(CompiledPattern { steps, marked: pattern.marked, rule }, anchor);
        Ok(())
    }

    /// Adds a pattern that is looked up by its step `anchor`.
    fn push_pattern(&mut self, pattern: CompiledPattern, anchor: Option<usize>) {
        let index = self.patterns.len() as u32;
        let steps = &pattern.steps;
        if let Some((at, words)) = anchor.and_then(|at| Some((at, self.anchor_words(steps.get(at)?)?))) {
            let before = Membership::beside(steps[..at].iter().rev());
            let after = Membership::beside(steps[at + 1..].iter());
            for word in words {
                if let Some(anchors) = self.anchors.get_mut(word.0 as usize) {
                    anchors.push(Anchor { pattern: index, step: at as u8, before, after });
                }
            }
        }
        self.patterns.push(pattern);
    }

    /// How often the word stands in texts.
    fn frequency(&self, word: WordId) -> usize {
        self.frequencies.get(word, self.lengths.get(word.0 as usize).copied().unwrap_or_default(), self.is_common(word))
    }

    fn anchor_words(&self, step: &Step) -> Option<Vec<WordId>> {
        let mut words = Vec::new();
        for check in &step.checks {
            match check {
                Check::Words(all) => words.extend(all.iter().map(|(id, _)| *id)),
                Check::Class(class, _) => words.extend(self.classes.get(*class)?.iter().map(|(id, _)| *id)),
                _ => return None,
            }
        }
        words.sort_unstable();
        words.dedup();
        Some(words)
    }

    fn contexts(&mut self, contexts: &[Context]) -> Result<Vec<Vec<Step>>, TableError> {
        contexts.iter().map(|context| context.0.iter().map(|element| self.step(element)).collect()).collect()
    }

    fn step(&mut self, element: &Element) -> Result<Step, TableError> {
        let mut words = Vec::new();
        let mut checks = Vec::new();
        for alternative in &element.alternatives {
            let replacement = alternative.replacement.as_deref().map(Box::from);
            match &alternative.test {
                Test::Word(word) => words.push((self.intern(word), replacement)),
                Test::Class(name) => match (self.class_names.get(name), BuiltIn::named(name)) {
                    (Some(&class), _) => checks.push(Check::Class(class, replacement)),
                    (None, Some(built_in)) => checks.push(Check::BuiltIn(built_in)),
                    (None, None) => return Err(TableError::UnknownClass(name.clone())),
                },
                Test::Suffix(suffix) => checks.push(Check::Suffix(suffix.as_str().into())),
                Test::Prefix(prefix) => checks.push(Check::Prefix(prefix.as_str().into())),
                Test::Any => checks.push(Check::Any),
                Test::Mark(mark) => checks.push(Check::Mark(*mark)),
            }
        }
        if !words.is_empty() {
            words.sort_by_key(|(id, _)| *id);
            checks.insert(0, Check::Words(words));
        }
        Ok(Step { checks, negated: element.negated, optional: element.optional, edge: element.edge })
    }

    fn intern(&mut self, word: &str) -> WordId {
        let new = WordId(self.anchors.len() as u32);
        let id = *self.ids.entry_or(word, new);
        if id == new {
            self.anchors.push(Vec::new());
            self.class_bits.push(0);
            self.lengths.push(word.len());
        }
        id
    }

    /// A number that no other table of this run has, nor this one before its last rules came.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// What the table knows of `word`, in whatever case. `buffer` is scratch space.
    pub fn look_up(&self, word: &str, buffer: &mut String) -> WordId {
        let found = if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'') {
            self.ids.get(word)
        } else {
            buffer.clear();
            for character in word.chars() {
                match character {
                    '’' => buffer.push('\''),
                    'A'..='Z' => buffer.push(character.to_ascii_lowercase()),
                    _ if character.is_ascii() => buffer.push(character),
                    _ => buffer.extend(character.to_lowercase()),
                }
            }
            self.ids.get(buffer)
        };
        found.copied().unwrap_or(WordId::UNKNOWN)
    }

    /// What tells whether a pattern may want the word beside its anchor.
    pub fn membership(&self, word: WordId) -> Membership {
        Membership::new(word, self.class_bits.get(word.0 as usize).copied().unwrap_or_default())
    }

    /// The patterns to try where the word stands.
    pub fn anchors(&self, word: WordId) -> &[Anchor] {
        self.anchors.get(word.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether the word is a common one, and surely spelt right.
    pub fn is_common(&self, word: WordId) -> bool {
        word != WordId::UNKNOWN && word.0 <= self.common
    }

    /// The class of that name.
    pub fn class(&self, name: &str) -> Option<usize> {
        self.class_names.get(name).copied()
    }

    /// Whether `word` is in the class; if so, what to write for it.
    pub fn in_class(&self, class: usize, word: WordId) -> Option<Option<&str>> {
        let bits = self.class_bits.get(word.0 as usize).copied().unwrap_or_default();
        if class < CLASSES_WITH_BITS && bits & 1 << class == 0 {
            return None;
        }
        find(self.classes.get(class)?, word)
    }
}

fn next_serial() -> u64 {
    static TABLES: AtomicU64 = AtomicU64::new(1);
    TABLES.fetch_add(1, Ordering::Relaxed)
}

/// Looks `word` up in a sorted list.
pub fn find(words: &[(WordId, Option<Box<str>>)], word: WordId) -> Option<Option<&str>> {
    if word == WordId::UNKNOWN {
        return None;
    }
    let at = words.binary_search_by_key(&word, |(id, _)| *id).ok()?;
    words.get(at).map(|(_, right)| right.as_deref())
}
