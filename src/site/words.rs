//! How many documents of the site hold a word: what several of them write is the site's own word, not a slip.

use super::Site;
use super::text_file;
use memchr::memmem;

/// Larger sites are known by so many bytes of their newest documents.
const MOST_BYTES: usize = 64 * 1024 * 1024;

impl Site {
    /// Whether `word` stands in at least `least` documents, as a whole word in just these letters; code and links count.
    pub fn is_in_documents(&self, word: &str, least: usize) -> bool {
        let finder = memmem::Finder::new(word);
        self.texts().iter().filter(|text| holds(text, word.len(), &finder)).nth(least.saturating_sub(1)).is_some()
    }

    /// The text of all documents, read when it is first asked for.
    fn texts(&self) -> &[String] {
        self.texts.get_or_init(|| {
            let mut left = MOST_BYTES;
            let texts = self.documents.iter().rev().filter_map(|document| text_file::read(document.disk_path()).ok());
            texts
                .take_while(|text| {
                    left = left.saturating_sub(text.len());
                    left > 0
                })
                .collect()
        })
    }
}

/// Whether the word stands in the text with no letter before or after it.
fn holds(text: &str, length: usize, finder: &memmem::Finder) -> bool {
    let is_letter = |character: Option<char>| character.is_some_and(char::is_alphabetic);
    finder.find_iter(text.as_bytes()).any(|at| !is_letter(text[..at].chars().next_back()) && !is_letter(text[at + length..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_whole() {
        let finder = memmem::Finder::new("shader");
        assert!(holds("a `shader`.", 6, &finder));
        assert!(!holds("shaders, preshader and éshader", 6, &finder));
    }
}
