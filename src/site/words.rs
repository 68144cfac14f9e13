//! How many documents of the site hold a word: what several of them write is the site's own word, not a slip.

use super::Site;
use super::text_file;
use crate::text::packed::PackedMap;
use std::ops::Range;

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

/// The words of the newest documents, in small letters but for the first.
#[derive(Debug, Default)]
pub struct SiteWords(PackedMap<Count>);

impl Site {
    /// Whether `word`, of three letters or more, stands in at least `least` of the newest documents, as a whole word in just
    /// these letters (small ones, but for the first); code and links count. The documents are read when this is first asked.
    pub fn is_in_documents(&self, word: &str, least: u32) -> bool {
        self.words.get_or_init(|| self.count_words()).0.get(word).is_some_and(|count| count.documents >= least)
    }

    fn count_words(&self) -> SiteWords {
        let mut words = SiteWords::default();
        let mut left = MOST_BYTES;
        for (index, document) in self.documents.iter().rev().take(MOST_DOCUMENTS).enumerate() {
            let Ok(text) = text_file::read(document.disk_path()) else { continue };
            if text.len() > left {
                break;
            }
            left -= text.len();
            words.add(&text, index as u32 + 1);
        }
        words
    }
}

impl SiteWords {
    fn add(&mut self, text: &str, document: u32) {
        for word in small_words(text) {
            let count = self.0.entry_at(text, word, Count::default());
            if count.last != document {
                count.last = document;
                count.documents += 1;
            }
        }
    }
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
            let letter_before = || match bytes.get(start.wrapping_sub(1)) {
                Some(byte) if !byte.is_ascii() => is_letter(text[..start].chars().next_back()),
                before => before.is_some_and(u8::is_ascii_alphabetic),
            };
            let letter_after = || match bytes.get(at) {
                Some(byte) if !byte.is_ascii() => is_letter(text[at..].chars().next()),
                after => after.is_some_and(u8::is_ascii_alphabetic),
            };
            if at - start >= SHORTEST && !letter_before() && !letter_after() {
                return Some(start..at);
            }
        }
    })
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
    fn a_document_counts_once() {
        let mut words = SiteWords::default();
        words.add("shader shader", 1);
        words.add("one shader", 2);
        let documents = |word| words.0.get(word).map_or(0, |count| count.documents);
        assert_eq!((documents("shader"), documents("one"), documents("two")), (2, 1, 0));
    }
}
