//! English words, and what a word that is none of them may have been meant to be.
//!
//! The lists lie in the program as they lie in `rules/spelling/words/`: sorted, one word a line. An index of where each
//! pair of first letters begins is made when the first word is looked up.

use std::sync::LazyLock;

/// Words that many people know: what a misspelling is meant to be.
static COMMON: LazyLock<WordList> = LazyLock::new(|| WordList::new(include_str!("../../../rules/spelling/words/common.txt")));
/// Rare words, names, jargon: right, but nobody's misspelling.
static RARE: LazyLock<WordList> = LazyLock::new(|| WordList::new(include_str!("../../../rules/spelling/words/rare.txt")));

/// Words that stand in every other post.
static FREQUENT: LazyLock<WordList> = LazyLock::new(|| WordList::new(include_str!("../../../rules/spelling/words/frequent.txt")));

/// Shorter words are one letter away from too many others.
const MIN_CORRECTED: usize = 6;
/// In words of this length a syllable may be missing, or stand twice.
const MIN_SYLLABLE: usize = 9;

struct WordList {
    text: &'static str,
    /// Where the words that begin with two given letters start.
    index: Vec<u32>,
}

const LETTERS: usize = 27;

fn letter(byte: Option<&u8>) -> usize {
    match byte {
        Some(byte @ b'a'..=b'z') => usize::from(byte - b'a') + 1,
        _ => 0,
    }
}

impl WordList {
    fn new(text: &'static str) -> WordList {
        let bytes = text.as_bytes();
        let mut index = vec![u32::MAX; LETTERS * LETTERS + 1];
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', bytes) {
            // words that begin with other letters stand at the end of the list
            let first = letter(bytes.get(start));
            if first > 0 {
                let slot = &mut index[first * LETTERS + letter(bytes.get(start + 1).filter(|byte| **byte != b'\n'))];
                *slot = (*slot).min(start as u32);
            }
            start = end + 1;
        }
        let mut next = memchr::memmem::find(bytes, b"\n\xc3").map_or(bytes.len(), |at| at + 1) as u32;
        for slot in index.iter_mut().rev() {
            if *slot == u32::MAX {
                *slot = next;
            }
            next = *slot;
        }
        WordList { text, index }
    }

    /// The words with the first two letters of `word`, one a line.
    fn bucket(&self, word: &[u8]) -> &'static str {
        let first = letter(word.first());
        if first == 0 {
            return "";
        }
        let slot = first * LETTERS + letter(word.get(1));
        let (start, end) = (self.index[slot] as usize, self.index[slot + 1] as usize);
        self.text.get(start..end).unwrap_or_default()
    }

    fn contains(&self, word: &str) -> bool {
        let bucket = self.bucket(word.as_bytes());
        let (mut low, mut high) = (0, bucket.len());
        let bytes = bucket.as_bytes();
        while low < high {
            let middle = low + (high - low) / 2;
            let start = memchr::memrchr(b'\n', &bytes[low..middle]).map_or(low, |at| low + at + 1);
            let end = memchr::memchr(b'\n', &bytes[start..high]).map_or(high, |at| start + at);
            match bytes[start..end].cmp(word.as_bytes()) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => low = (end + 1).min(high),
                std::cmp::Ordering::Greater => high = start,
            }
        }
        false
    }
}

/// Whether `word` (lower case, straight apostrophes) is in a list.
pub fn contains(word: &str) -> bool {
    let word = word.strip_suffix("'s").unwrap_or(word);
    COMMON.contains(word) || RARE.contains(word)
}

/// Whether `word` (lower case), or what it is an inflection of, stands in every other post.
pub fn is_frequent(word: &str) -> bool {
    let stems = ["s", "es", "ed", "ing", "ly", "or", "er"].iter().filter_map(|ending| word.strip_suffix(ending));
    FREQUENT.contains(word)
        || stems.filter(|stem| stem.len() > 3).any(|stem| FREQUENT.contains(stem) || FREQUENT.contains(&format!("{stem}e")))
}

/// Whether many people know `word` (lower case).
pub fn is_common(word: &str) -> bool {
    COMMON.contains(word)
}

/// Beginnings that make a new word of any word.
const PREFIXES: [&str; 21] = [
    "un", "re", "pre", "non", "sub", "multi", "micro", "over", "co", "auto", "meta", "inter", "anti", "de", "hyper", "mini", "post", "out",
    "under", "super", "cross",
];
/// Endings that make a new word of any word.
const SUFFIXES: [&str; 15] =
    ["s", "able", "ability", "ization", "izations", "ized", "izing", "izer", "ness", "less", "like", "ification", "wise", "ish", "ware"];

/// Whether `word` (lower case) is known, or made of known words.
pub fn is_word(word: &str) -> bool {
    contains(word) || is_derived(word)
}

fn is_derived(word: &str) -> bool {
    if is_inflected(word) {
        return true;
    }
    let stem = |rest: &str| rest.len() >= 3 && (contains(rest) || COMMON.contains(&format!("{rest}e")));
    if SUFFIXES.iter().any(|suffix| word.strip_suffix(suffix).is_some_and(stem)) {
        return true;
    }
    if PREFIXES.iter().any(|prefix| word.strip_prefix(prefix).is_some_and(|rest| rest.len() >= 4 && contains(rest))) {
        return true;
    }
    word.is_ascii() && (3..word.len().saturating_sub(2)).any(|at| COMMON.contains(&word[..at]) && COMMON.contains(&word[at..]))
}

/// Endings that begin with a vowel, and what they make of their stem.
const VOWEL_ENDINGS: [&str; 11] = ["ed", "ing", "ings", "er", "ers", "ee", "ees", "ism", "ist", "ists", "ification"];

/// Whether `word` is a known word with an ending, spelt as it should be: `siloed`, `natively`, `grepping`, not `commited`.
fn is_inflected(word: &str) -> bool {
    VOWEL_ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending)).any(takes_vowel)
        || word
            .strip_suffix("ly")
            .is_some_and(|rest| contains(rest) && !rest.ends_with(['y', 'l']) && !["le", "ic"].iter().any(|end| rest.ends_with(end)))
        || word.strip_suffix('y').is_some_and(|rest| rest.len() > 4 && !rest.ends_with('l') && COMMON.contains(rest))
        || word.strip_suffix("es").is_some_and(|rest| contains(rest) && ["s", "x", "z", "ch", "sh"].iter().any(|end| rest.ends_with(end)))
        || ["ies", "ied", "ier", "iest"].iter().filter_map(|ending| word.strip_suffix(ending)).any(|rest| contains(&format!("{rest}y")))
}

/// Whether `stem` is what stands before an ending that begins with a vowel: `cach`, `silo`, `grepp`.
fn takes_vowel(stem: &str) -> bool {
    let [.., before, vowel, last] = stem.as_bytes() else { return false };
    let is_vowel = |byte: &u8| b"aeiou".contains(byte);
    if contains(&format!("{stem}e")) && !is_vowel(last) {
        return true;
    }
    if vowel == last && !is_vowel(last) && contains(&stem[..stem.len() - 1]) {
        return true;
    }
    // `runing`: a short vowel wants two letters
    let doubles = stem.len() <= 4 && !is_vowel(before) && is_vowel(vowel) && !is_vowel(last) && !b"wxy".contains(last);
    stem.is_ascii() && contains(stem) && *last != b'e' && (*last != b'y' || is_vowel(vowel)) && !doubles
}

/// The common words one slip away from `word` (lower case, unknown): a letter too many, too few, another one, or two that
/// changed places. Empty where it could be too many things.
pub fn corrections(word: &str) -> Vec<&'static str> {
    if word.len() < MIN_CORRECTED || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Vec::new();
    }
    let bytes = word.as_bytes();
    let mut found: Vec<&'static str> = near(bytes, COMMON.bucket(bytes));
    // a slip in the first two letters leads to other buckets, all with the same first letter, or the first two swapped
    let swapped = [bytes[1], bytes[0]];
    if swapped != bytes[..2] {
        found.extend(near(bytes, COMMON.bucket(&swapped)));
    }
    for second in b'a'..=b'z' {
        if second != bytes[1] && [bytes[0], second] != swapped {
            found.extend(near(bytes, COMMON.bucket(&[bytes[0], second])));
        }
    }
    found
}

fn near(word: &[u8], bucket: &'static str) -> Vec<&'static str> {
    bucket.lines().filter(|candidate| is_one_slip(word, candidate.as_bytes())).collect()
}

/// Whether two words are one letter apart, or one syllable of two letters in a long word.
pub fn is_one_slip(word: &[u8], other: &[u8]) -> bool {
    if word.len().abs_diff(other.len()) > 2 {
        return false;
    }
    let same_start = word.iter().zip(other).take_while(|(a, b)| a == b).count();
    let same_end = word[same_start..].iter().rev().zip(other[same_start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (left, right) = (word.len() - same_start - same_end, other.len() - same_start - same_end);
    match (left, right) {
        // `tstatus` has a prefix, `aavailable` a letter twice
        (1, 0) => same_start > 0 || word[0] == word[1],
        (0, 1) => true,
        (1, 1) => true,
        (2, 2) => word[same_start] == other[same_start + 1] && word[same_start + 1] == other[same_start],
        (0, 2) | (2, 0) => word.len().max(other.len()) > MIN_SYLLABLE && same_start > 1 && same_end > 2,
        _ => false,
    }
}

/// Letters that sound alike, each with its partners.
const SOUNDS: [&[u8]; 12] = [b"aeiouy", b"cksqx", b"sz", b"gj", b"dt", b"bp", b"fv", b"mn", b"vw", b"lr", b"ckg", b"hg"];
/// The rows of a keyboard.
const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];

/// Whether one letter is easily written for the other: they sound alike, or lie side by side.
fn is_likely(one: u8, other: u8) -> bool {
    let place = |letter: u8| ROWS.iter().enumerate().find_map(|(row, keys)| Some((row, keys.iter().position(|key| *key == letter)?)));
    let near = match (place(one), place(other)) {
        (Some((row, column)), Some((other_row, other_column))) => match other_row as isize - row as isize {
            0 => column.abs_diff(other_column) == 1,
            // a key lies below the gap of two others
            1 => column == other_column || column == other_column + 1,
            -1 => column == other_column || column + 1 == other_column,
            _ => false,
        },
        _ => false,
    };
    near || SOUNDS.iter().any(|sound| sound.contains(&one) && sound.contains(&other))
}

/// What kind of slip leads from a word to another one, the likelier ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slip {
    /// Two letters have changed places.
    Swapped,
    Missing,
    Extra,
    /// Another letter, which sounds alike or lies beside it.
    Likely,
    /// Any other letter.
    Other,
    Syllable,
}

impl Slip {
    /// The slip that makes `word` of `correction`, which is one slip away.
    pub fn between(word: &str, correction: &str) -> Slip {
        let mut different = word.bytes().zip(correction.bytes()).filter(|(a, b)| a != b);
        match correction.len() as isize - word.len() as isize {
            1 => Slip::Missing,
            -1 => Slip::Extra,
            0 => match (different.next(), different.next()) {
                (Some(_), Some(_)) => Slip::Swapped,
                (Some((one, other)), None) if is_likely(one, other) => Slip::Likely,
                _ => Slip::Other,
            },
            _ => Slip::Syllable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_so_each_word_is_found() {
        for list in [&COMMON, &RARE] {
            let words: Vec<&str> = list.text.lines().collect();
            assert!(words.is_sorted());
            for word in words.iter().filter(|word| word.as_bytes()[0].is_ascii_lowercase()) {
                assert!(list.contains(word), "{word}");
            }
        }
        assert!(!contains("somethign") && !contains("zzzq") && !contains("aa'"));
    }

    #[test]
    fn one_slip_leads_to_the_word_that_was_meant() {
        assert_eq!(corrections("lanbuage"), ["language"]);
        assert_eq!(corrections("somehwere"), ["somewhere"]);
        assert_eq!(corrections("nofications"), ["notifications"]);
        assert_eq!(Slip::between("waitid", "waited"), Slip::Likely);
        assert_eq!(Slip::between("regsets", "regrets"), Slip::Other);
        assert_eq!(corrections("neccesary"), Vec::<&str>::new());
        assert!(is_word("unrefactored") || is_word("refactored"));
        assert!(is_word("skillset"));
        assert!(!is_word("lanbuage"));
    }
}
