//! How many documents of the site hold a word: what several of them write is the site's own word, not a slip.

use super::Site;
use super::text_file;
use crate::text::packed::PackedMap;
use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Larger sites are known by so many of their newest documents, …
const MOST_DOCUMENTS: usize = 500;
/// … and by so many bytes of them.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// Shorter words are nobody's slip.
const SHORTEST: usize = 3;

/// In how many documents a word stands.
#[derive(Debug, Default)]
struct Count {
    documents: u32,
    /// The document that was counted last, from 1 on.
    last: u32,
}

/// After so many searches it is cheaper to have counted all words.
const MOST_SEARCHES: usize = 24;

/// The words of the newest documents. A single post asks for a few, which are searched; then all are counted.
#[derive(Debug, Default)]
pub struct SiteWords {
    searched: Mutex<Searched>,
    counts: OnceLock<Counts>,
}

/// The texts of the newest documents, for the first questions.
#[derive(Debug, Default)]
struct Searched {
    texts: Option<Vec<String>>,
    questions: usize,
}

/// The words in small letters but for the first.
#[derive(Debug, Default)]
struct Counts(PackedMap<Count>);

impl Site {
    /// Whether `word`, of three letters or more, stands in at least `least` of the newest documents, as a whole word in just
    /// these letters (small ones, but for the first); code and links count. The documents are read when this is first asked.
    pub fn is_in_documents(&self, word: &str, least: u32) -> bool {
        let SiteWords { searched, counts } = &self.words;
        if let Some(counts) = counts.get() {
            return counts.has(word, least);
        }
        let mut searched = searched.lock().unwrap_or_else(PoisonError::into_inner);
        searched.questions += 1;
        if searched.questions > MOST_SEARCHES {
            let texts = searched.texts.take();
            return counts.get_or_init(|| Counts::of(texts.unwrap_or_default())).has(word, least);
        }
        let texts = searched.texts.get_or_insert_with(|| self.newest_texts());
        is_small_word(word) && texts.iter().filter(|text| holds_word(text, word)).take(least as usize).count() == least as usize
    }

    fn newest_texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        let mut left = MOST_BYTES;
        for document in self.documents.iter().rev().take(MOST_DOCUMENTS) {
            let Ok(text) = text_file::read(document.disk_path()) else { continue };
            if text.len() > left {
                break;
            }
            left -= text.len();
            texts.push(text);
        }
        texts
    }
}

impl Counts {
    fn of(texts: Vec<String>) -> Counts {
        let mut counts = Counts::default();
        for (text, document) in texts.into_iter().zip(1..) {
            counts.add(&text, document);
        }
        counts
    }

    fn add(&mut self, text: &str, document: u32) {
        for word in small_words(text) {
            let count = self.0.entry_at(text, word, Count::default());
            if count.last != document {
                count.last = document;
                count.documents += 1;
            }
        }
    }

    fn has(&self, word: &str, least: u32) -> bool {
        self.0.get(word).is_some_and(|count| count.documents >= least)
    }
}

/// Whether `word` is one of those that [`small_words`] finds.
fn is_small_word(word: &str) -> bool {
    let [first, rest @ ..] = word.as_bytes() else { return false };
    word.len() >= SHORTEST && first.is_ascii_alphabetic() && rest.iter().all(u8::is_ascii_lowercase)
}

/// Whether `word` is one of the [`small_words`] of `text`.
fn holds_word(text: &str, word: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), word).any(|at| stands_alone(text, at..at + word.len()))
}

/// Where the words of nothing but `a` to `z` stand, perhaps with a capital at their start, that have no other letter beside
/// them.
fn small_words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += bytes.get(at..)?.iter().position(u8::is_ascii_alphabetic)?;
            let start = at;
            at += 1 + bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
            if at - start >= SHORTEST && stands_alone(text, start..at) {
                return Some(start..at);
            }
        }
    })
}

/// Whether no letter stands beside the word.
fn stands_alone(text: &str, word: Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let letter_before = || match bytes.get(word.start.wrapping_sub(1)) {
        Some(byte) if !byte.is_ascii() => is_letter(text[..word.start].chars().next_back()),
        before => before.is_some_and(u8::is_ascii_alphabetic),
    };
    let letter_after = || match bytes.get(word.end) {
        Some(byte) if !byte.is_ascii() => is_letter(text[word.end..].chars().next()),
        after => after.is_some_and(u8::is_ascii_alphabetic),
    };
    !letter_before() && !letter_after()
}

fn is_letter(character: Option<char>) -> bool {
    character.is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_whole() {
        let text = "a `shader`; éshader shadeR shader_x 1st Shader SHADER GitHub";
        let words: Vec<&str> = small_words(text).map(|word| &text[word]).collect();
        assert_eq!(words, ["shader", "shader", "Shader"]);
    }

    #[test]
    fn a_search_finds_what_is_counted() {
        let texts = ["shader shader", "one shader, xshader", "éone", "Shader oneé one"];
        let counts = Counts::of(texts.map(str::to_owned).to_vec());
        for (word, least) in [("shader", 2), ("one", 2), ("two", 0), ("Shader", 1), ("sha", 0), ("on", 0), ("xshader", 1)] {
            let searched = texts.iter().filter(|text| is_small_word(word) && holds_word(text, word)).count() as u32;
            assert_eq!(searched, least, "{word}");
            assert!(least == 0 || counts.has(word, least), "{word}");
            assert!(!counts.has(word, least + 1), "{word}");
        }
    }
}
