//! A quick look at the words beside an anchor, before a pattern is tried there: most places fail it.

use super::table::{BuiltIn, Check, Step, WordId};

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

    /// Of a word in the classes of the bits `classes`; what is no word of the table, or nothing at all, has a bit of its own.
    pub(super) fn new(word: WordId, classes: u64) -> Membership {
        Membership { word: word.bit(), classes: if word == WordId::UNKNOWN { NO_WORD } else { classes } }
    }

    /// Of what may stand beside an anchor, where `steps` go on from it.
    pub(super) fn beside<'s>(steps: impl Iterator<Item = &'s Step>) -> Membership {
        let mut beside = Membership { word: 0, classes: 0 };
        for step in steps {
            if step.negated || !beside.add(step) {
                return Membership::ALL;
            }
            if !step.optional {
                // marks, and the end of the text
                beside.classes |= if step.edge { NO_WORD } else { 0 };
                return beside;
            }
        }
        Membership::ALL
    }

    /// Adds what `step` may take; `false` where that is more than words and marks.
    fn add(&mut self, step: &Step) -> bool {
        step.checks.iter().all(|check| {
            match check {
                Check::Words(words) => words.iter().for_each(|(word, _)| self.word |= word.bit()),
                Check::Class(class, _) if *class < CLASSES_WITH_BITS => self.classes |= 1 << class,
                Check::Mark(_) | Check::BuiltIn(BuiltIn::Code) => self.classes |= NO_WORD,
                _ => return false,
            }
            true
        })
    }

    /// Whether a word of the membership `word` may be one of these; each word has a bit on one of the two sides.
    pub(super) fn may_hold(self, word: Membership) -> bool {
        self.word & word.word | self.classes & word.classes != 0
    }
}

/// Only so many classes have bits.
pub(super) const CLASSES_WITH_BITS: usize = u64::BITS as usize - 1;
/// The bit of all that is in no class because it is no word of the table.
const NO_WORD: u64 = 1 << CLASSES_WITH_BITS;
