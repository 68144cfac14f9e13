//! A quick look at the words beside an anchor, before a pattern is tried there: most places fail it.

use super::table::{Check, Step, WordId};

/// What the table knows of the place of a word, for a quick look at the words beside an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// The word's bit; the same stands for many words.
    word: u64,
    /// The classes that it is in, as bits.
    classes: u64,
}

impl Marks {
    /// Of any token, or none.
    const ALL: Marks = Marks { word: u64::MAX, classes: u64::MAX };

    /// Of a word in the classes of the bits `classes`.
    pub(super) fn new(word: WordId, classes: u64) -> Marks {
        Marks { word: word.bit(), classes }
    }

    /// Of the words that `step` may take where it must take one.
    pub(super) fn of(step: Option<&Step>) -> Marks {
        let Some(step) = step.filter(|step| !step.may_take_nothing()) else { return Marks::ALL };
        let mut marks = Marks { word: 0, classes: 0 };
        for check in &step.checks {
            match check {
                Check::Words(words) => words.iter().for_each(|(word, _)| marks.word |= word.bit()),
                Check::Class(class, _) if *class < MARKED_CLASSES => marks.classes |= 1 << class,
                _ => return Marks::ALL,
            }
        }
        marks
    }

    /// Whether a word of the marks `word` may be one of these.
    pub(super) fn may_hold(self, word: Marks) -> bool {
        self == Marks::ALL || self.word & word.word != 0 || self.classes & word.classes != 0
    }
}

/// Only so many classes have bits.
pub(super) const MARKED_CLASSES: usize = u64::BITS as usize;
