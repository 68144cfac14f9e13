//! The forms of words: each way to write a word has a number, for as long as a thread remembers it.
//!
//! Blogs are made of the same few thousand words. What is known of a form is found out once, and then found by its number.

use crate::text::packed::{Packed, PackedMap};
use std::cell::RefCell;
use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

/// A form by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Form(NonZeroU32);

impl Form {
    fn new(before: usize) -> Form {
        Form(NonZeroU32::MIN.saturating_add(before as u32))
    }

    fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// To which numbering forms belong: those of two numberings must not be mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Numbering(u64);

impl Numbering {
    fn new() -> Numbering {
        static NUMBERINGS: AtomicU64 = AtomicU64::new(1);
        Numbering(NUMBERINGS.fetch_add(1, Ordering::Relaxed))
    }
}

/// A thread remembers so many forms: some megabytes.
const MOST_FORMS: usize = 50_000;

#[derive(Default)]
struct Memory {
    numbering: Numbering,
    forms: PackedMap<Form>,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// The forms that this thread has met.
pub struct Forms(Memory);

impl Forms {
    /// Those of this thread, which lends them for as long as this lives.
    pub fn of_thread() -> Forms {
        let mut memory = MEMORY.take();
        if memory.numbering == Numbering::default() || memory.forms.len() > MOST_FORMS {
            memory = Memory { numbering: Numbering::new(), forms: PackedMap::default() };
        }
        Forms(memory)
    }

    pub fn numbering(&self) -> Numbering {
        self.0.numbering
    }

    /// The form of the word in the bytes `range` of `text`.
    pub fn at(&mut self, text: &str, range: Range<usize>) -> Form {
        match self.0.forms.get_at(text, range.clone()) {
            Some(form) => *form,
            None => self.add(&text[range]),
        }
    }

    /// The form of a word that is packed already.
    #[inline]
    pub fn of_packed(&mut self, packed: Packed) -> Form {
        match self.0.forms.get_packed(packed) {
            Some(form) => *form,
            None => self.add_packed(packed),
        }
    }

    #[cold]
    fn add_packed(&mut self, packed: Packed) -> Form {
        let new = Form::new(self.0.forms.len());
        *self.0.forms.entry_packed(packed, new)
    }

    #[cold]
    fn add(&mut self, word: &str) -> Form {
        let new = Form::new(self.0.forms.len());
        *self.0.forms.entry_or(word, new)
    }
}

impl Drop for Forms {
    fn drop(&mut self) {
        MEMORY.set(std::mem::take(&mut self.0));
    }
}

/// What is known of forms, by their numbers.
#[derive(Debug)]
pub struct ByForm<V> {
    numbering: Numbering,
    values: Vec<Option<V>>,
}

impl<V> Default for ByForm<V> {
    fn default() -> ByForm<V> {
        ByForm { numbering: Numbering::default(), values: Vec::new() }
    }
}

impl<V> ByForm<V> {
    /// Forgets what is known of forms of another numbering.
    pub fn keep_only(&mut self, numbering: Numbering) {
        if self.numbering != numbering {
            *self = ByForm { numbering, values: Vec::new() };
        }
    }

    /// What is known of `form`.
    pub fn get(&self, form: Form) -> Option<&V> {
        self.values.get(form.index())?.as_ref()
    }

    /// Remembers what is known of `form`.
    pub fn set(&mut self, form: Form, value: V) {
        let index = form.index();
        if self.values.len() <= index {
            self.values.resize_with(index + 1, || None);
        }
        self.values[index] = Some(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_keeps_its_number() {
        let mut forms = Forms::of_thread();
        let text = "a word, a Word, a very-long-word-that-is-not-packed";
        let (a, word) = (forms.at(text, 0..1), forms.at(text, 2..6));
        assert_ne!(a, word);
        assert_eq!(forms.at(text, 8..9), a);
        assert_ne!(forms.at(text, 10..14), word);
        let long = forms.at(text, 18..text.len());
        let numbering = forms.numbering();
        drop(forms);
        let mut forms = Forms::of_thread();
        assert_eq!(forms.numbering(), numbering);
        assert_eq!((forms.at(text, 2..6), forms.at(text, 18..text.len())), (word, long));
    }

    #[test]
    fn too_many_forms_begin_a_new_numbering() {
        let mut forms = Forms::of_thread();
        let old = forms.numbering();
        for number in 0..=MOST_FORMS {
            let text = number.to_string();
            forms.at(&text, 0..text.len());
        }
        drop(forms);
        let mut known: ByForm<u8> = ByForm::default();
        known.keep_only(old);
        let mut forms = Forms::of_thread();
        assert_ne!(forms.numbering(), old);
        let form = forms.at("a", 0..1);
        known.set(form, 7);
        assert_eq!(known.get(form), Some(&7));
        known.keep_only(forms.numbering());
        assert_eq!(known.get(form), None);
    }
}
