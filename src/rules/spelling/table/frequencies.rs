//! How often words stand in texts: a pattern is looked up by the one of its words that stands most rarely.

use super::WordId;
use crate::text::packed::PackedMap;
use rustc_hash::FxHashMap;

/// The most frequent words of posts in English, one a line, each with how often it stands among 10,000 words.
const MOST_FREQUENT: &str = include_str!("../../../../rules/spelling/words/most-frequent.txt");

/// Of words by their numbers: how often they stand among a million.
#[derive(Debug, Default)]
pub struct Frequencies(FxHashMap<WordId, usize>);

impl Frequencies {
    /// Those of the words in `ids`.
    pub fn of(ids: &PackedMap<WordId>) -> Frequencies {
        let lines = MOST_FREQUENT.lines().filter_map(|line| line.split_once(' '));
        Frequencies(lines.filter_map(|(word, count)| Some((*ids.get(word)?, 100 * count.parse::<usize>().ok()?))).collect())
    }

    /// Very roughly for all but the most frequent ones: `length` is that of the word, in bytes.
    pub fn get(&self, word: WordId, length: usize, is_common: bool) -> usize {
        match (self.0.get(&word), is_common, length) {
            (Some(frequency), ..) => *frequency,
            (None, true, ..=3) => 500,
            (None, true, 4) => 300,
            (None, true, _) => 100,
            (None, false, _) => 5,
        }
    }
}
