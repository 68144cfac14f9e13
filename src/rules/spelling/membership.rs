//! A quick look at the words beside an anchor, before a pattern is tried there: most places fail it.

use super::table::{Check, Step, WordId};

/// Which word it is, nearly, and in which classes; or the same of all words that a step takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// The word's bit; the same stands for many words.
    word: u64,
    /// The classes that it is in, as bits.
    classes: u64,
}

impl Membership {
    /// Of any token, or none.
    const ALL: Membership = Membership { word: u64::MAX, classes: u64::MAX };

    /// Of a word in the classes of the bits `classes`.
    pub(super) fn new(word: WordId, classes: u64) -> Membership {
        Membership { word: word.bit(), classes }
    }

    /// Of the words that `step` may take where it must take one.
    pub(super) fn of(step: Option<&Step>) -> Membership {
        let Some(step) = step.filter(|step| !step.may_take_nothing()) else { return Membership::ALL };
        let mut words_and_classes = Membership { word: 0, classes: 0 };
        for check in &step.checks {
            match check {
                Check::Words(words) => words.iter().for_each(|(word, _)| words_and_classes.word |= word.bit()),
                Check::Class(class, _) if *class < CLASSES_WITH_BITS => words_and_classes.classes |= 1 << class,
                _ => return Membership::ALL,
            }
        }
        words_and_classes
    }

    /// Whether a word of the membership `word` may be one of these.
    pub(super) fn may_hold(self, word: Membership) -> bool {
        self == Membership::ALL || self.word & word.word != 0 || self.classes & word.classes != 0
    }
}

/// Only so many classes have bits.
pub(super) const CLASSES_WITH_BITS: usize = u64::BITS as usize;
