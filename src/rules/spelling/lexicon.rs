//! What is known of a word by itself, looked up once for each word of a run.
//!
//! Blogs are made of the same few thousand words: each thread remembers what it found out about those it has met.

use super::article::{self, Sound};
use super::table::{Table, WordId};
use super::tokens::Token;
use super::{abbreviations, casing, dictionary, leftover, misspelling};
use crate::post::prose::words::Word;
use crate::post::prose::words::forms::{ByForm, Numbering};
use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::{BitOr, BitOrAssign};

/// What a word's letters, and the lists, say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traits(u16);

impl Traits {
    /// A list of English words has it.
    pub const ENGLISH: Traits = Traits(1);
    /// A name that its owner writes in one way has the same letters.
    pub const NAME: Traits = Traits(2);
    /// `a` or `an`.
    pub const ARTICLE: Traits = Traits(4);
    /// `TODO` and its like.
    pub const LEFTOVER: Traits = Traits(8);
    /// `eg`, `ie`.
    pub const ABBREVIATION: Traits = Traits(16);
    /// Patterns of the table begin their search at it.
    pub const ANCHOR: Traits = Traits(32);
    /// The table knows it as a common word.
    pub const COMMON: Traits = Traits(64);
    /// A word of prose that no list knows, long enough to be a slip.
    pub const UNKNOWN: Traits = Traits(128);
    /// It begins with the sound of a vowel.
    pub const VOWEL_SOUND: Traits = Traits(256);
    /// It begins with the sound of a consonant.
    pub const CONSONANT_SOUND: Traits = Traits(512);
    /// Its first sound was looked for.
    const SOUNDED: Traits = Traits(4096);
    /// It was looked at whether the word, which no list knows, may be a slip.
    const JUDGED: Traits = Traits(1024);
    /// It may be.
    const MAYBE_SLIP: Traits = Traits(2048);

    /// Whether any trait of `other` is there.
    pub fn any(self, other: Traits) -> bool {
        self.0 & other.0 != 0
    }

    pub fn without(self, other: Traits) -> Traits {
        Traits(self.0 & !other.0)
    }

    pub fn when(self, holds: bool) -> Traits {
        if holds { self } else { Traits::default() }
    }
}

impl BitOrAssign for Traits {
    fn bitor_assign(&mut self, other: Traits) {
        self.0 |= other.0;
    }
}

impl BitOr for Traits {
    type Output = Traits;

    fn bitor(self, other: Traits) -> Traits {
        Traits(self.0 | other.0)
    }
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// What the table of word rules calls it.
    pub id: WordId,
    pub traits: Traits,
}

#[derive(Default)]
struct Memory {
    /// The table that the words were looked up in.
    table: u64,
    entries: ByForm<Entry>,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// Looks words up, one after the other.
pub struct Lexicon<'t> {
    table: &'t Table,
    memory: Memory,
    /// Scratch space.
    folded: String,
}

impl<'t> Lexicon<'t> {
    /// The lexicon of a table for words of a numbering, with what this thread remembers.
    pub fn new(table: &'t Table, numbering: Numbering) -> Lexicon<'t> {
        let mut memory = MEMORY.take();
        if memory.table != table.serial() {
            memory = Memory { table: table.serial(), entries: ByForm::default() };
        }
        memory.entries.keep_only(numbering);
        Lexicon { table, memory, folded: String::new() }
    }

    /// What is known of a word of `text`, in the letters that the post has.
    pub fn entry(&mut self, word: &Word, text: &str) -> Entry {
        match self.memory.entries.get(word.form) {
            Some(entry) => *entry,
            None => self.learn(word, text),
        }
    }

    #[cold]
    fn learn(&mut self, word: &Word, text: &str) -> Entry {
        let id = self.table.look_up(word.of(text), &mut self.folded);
        let mut entry = Entry { id, traits: traits(word.of(text), id, self.table) };
        entry.traits |= Traits::UNKNOWN.when(is_unknown(word, entry.traits));
        self.memory.entries.set(word.form, entry);
        entry
    }

    /// Whether the word of the token, which no list knows, may be a slip of another one.
    pub fn may_be_slip(&mut self, token: &Token, word: &str) -> bool {
        let judge = |_| Traits::MAYBE_SLIP.when(misspelling::may_be_slip(word));
        self.found_out(token, Traits::JUDGED, judge).any(Traits::MAYBE_SLIP)
    }

    /// The first sound of the token: [`Traits::VOWEL_SOUND`], [`Traits::CONSONANT_SOUND`], or neither where it is not known.
    pub fn sound(&mut self, token: &Token, word: &str) -> Traits {
        self.found_out(token, Traits::SOUNDED, |traits| match article::sound_of(word, token.flags, traits.any(Traits::ENGLISH)) {
            Some(Sound::Vowel) => Traits::VOWEL_SOUND,
            Some(Sound::Consonant) => Traits::CONSONANT_SOUND,
            Some(Sound::Either) | None => Traits::default(),
        })
    }

    /// What is dear to know of a form, found out at its first use: `find` gives it, and `is_known` says that it was found.
    fn found_out(&mut self, token: &Token, is_known: Traits, find: impl FnOnce(Traits) -> Traits) -> Traits {
        let Some(form) = token.form else { return Traits::default() };
        let Some(mut entry) = self.memory.entries.get(form).copied() else { return find(token.traits) };
        if !entry.traits.any(is_known) {
            entry.traits |= is_known | find(entry.traits);
            self.memory.entries.set(form, entry);
        }
        entry.traits
    }
}

impl Drop for Lexicon<'_> {
    fn drop(&mut self) {
        MEMORY.set(std::mem::take(&mut self.memory));
    }
}

/// Shorter words that no list knows are no slips.
const MIN_UNKNOWN: usize = 3;

/// Whether no list knows a word of prose that has these traits, and it is long enough to be a slip.
pub fn is_unknown(word: &Word, traits: Traits) -> bool {
    !traits.any(Traits::ENGLISH | Traits::COMMON) && word.range().len() >= MIN_UNKNOWN
}

fn traits(word: &str, id: WordId, table: &Table) -> Traits {
    let is_plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
    let folded = if is_plain { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase().replace('’', "'")) };
    Traits::ENGLISH.when(dictionary::contains(&folded))
        | Traits::COMMON.when(table.is_common(id))
        | Traits::ANCHOR.when(!table.anchors(id).is_empty())
        | Traits::NAME.when(casing::is_name(word))
        | Traits::ARTICLE.when(matches!(word, "a" | "A" | "an" | "An"))
        | Traits::LEFTOVER.when(leftover::is_mark(word))
        | Traits::ABBREVIATION.when(abbreviations::is_form(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::prose::words::forms::Forms;
    use crate::post::prose::words::read;
    use crate::rules::spelling::{built_in_table, new_table};

    #[test]
    fn what_is_remembered_belongs_to_one_table() {
        let own = new_table();
        assert_ne!(own.serial(), built_in_table().serial());
        let text = "Because github zzyzx";
        for table in [&own, built_in_table(), &own] {
            let mut forms = Forms::of_thread();
            let words = read(text, &mut forms);
            let mut lexicon = Lexicon::new(table, forms.numbering());
            for _ in 0..2 {
                let [because, github, zzyzx] = [0, 1, 2].map(|index| lexicon.entry(&words[index], text).traits);
                assert!(because.any(Traits::ENGLISH));
                assert!(github.any(Traits::NAME));
                assert!(!zzyzx.any(Traits::ENGLISH | Traits::NAME));
            }
            assert_eq!(lexicon.memory.table, table.serial());
        }
    }
}
