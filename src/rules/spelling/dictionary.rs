//! English words, and what a word that is none of them may have been meant to be.
//!
//! The lists lie in the program as they lie in `rules/spelling/words/`: sorted, one word a line. The build script makes the
//! index of where each beginning of three letters starts.

use memchr::memmem;
use std::ops::Range;

/// Words that many people know: what a misspelling is meant to be.
static COMMON: WordList = WordList {
    text: include_str!("../../../rules/spelling/words/common.txt"),
    index: include_bytes!(concat!(env!("OUT_DIR"), "/common.index")),
};
/// Rare words, names, jargon: right, but nobody's misspelling.
static RARE: WordList = WordList {
    text: include_str!("../../../rules/spelling/words/rare.txt"),
    index: include_bytes!(concat!(env!("OUT_DIR"), "/rare.index")),
};

/// Words that stand in every other post.
static FREQUENT: WordList = WordList {
    text: include_str!("../../../rules/spelling/words/frequent.txt"),
    index: include_bytes!(concat!(env!("OUT_DIR"), "/frequent.index")),
};

/// Misspellings that many people make, with what they meant: `wrong`, a tab, the corrections, abridged, with commas between
/// them.
static SLIPS: WordList = WordList {
    text: include_str!(concat!(env!("OUT_DIR"), "/slips.txt")),
    index: include_bytes!(concat!(env!("OUT_DIR"), "/slips.index")),
};

/// Shorter words are one letter away from too many others.
const MIN_CORRECTED: usize = 6;
/// In words of this length a syllable may be missing, or stand twice.
const MIN_SYLLABLE: usize = 9;

include!("dictionary/beginning.rs");
include!("dictionary/abridged.rs");

struct WordList {
    text: &'static str,
    /// Where the words with each [`beginning`] start: four bytes each.
    index: &'static [u8],
}

impl WordList {
    fn start(&self, beginning: usize) -> usize {
        let bytes = self.index.get(beginning * 4..).and_then(|rest| rest.first_chunk());
        bytes.map_or(self.text.len(), |bytes| u32::from_le_bytes(*bytes) as usize)
    }

    /// The words whose beginnings lie in the range, one a line.
    fn words(&self, beginnings: Range<usize>) -> &'static str {
        self.text.get(self.start(beginnings.start)..self.start(beginnings.end)).unwrap_or_default()
    }

    /// The words that begin with the letters `first` and `second`, one a line.
    fn bucket(&self, first: u8, second: u8) -> &'static str {
        let beginning = beginning(&[first, second]);
        self.words(beginning..beginning + LETTERS)
    }

    fn contains(&self, word: &str) -> bool {
        self.find(word.as_bytes()).is_some()
    }

    /// The words one slip away from `word`, which begin with its first two letters.
    fn slips_behind_second(&self, word: &str) -> Vec<&'static str> {
        let bytes = word.as_bytes();
        let Some((start, [.., before_last, last])) = bytes.split_at_checked(2) else { return Vec::new() };
        let (all, own) = (beginning(start), beginning(bytes));
        // where the third letter is another one, the slip is there, and the end is the same
        let ending = [*before_last, *last, b'\n'];
        let other = |beginnings| lines_with(self.words(beginnings), &ending);
        let candidates = other(all..own).chain(self.words(own..own + 1).lines()).chain(other(own + 1..all + LETTERS));
        candidates.filter(|candidate| is_one_slip(bytes, candidate.as_bytes())).collect()
    }

    /// Adds those of `candidates` that are in the list, and one slip away from `word`, in the list's order.
    fn add_slips(&self, word: &str, mut candidates: Vec<Vec<u8>>, found: &mut Vec<&'static str>) {
        candidates.sort_unstable();
        candidates.dedup();
        let known = candidates.iter().filter_map(|candidate| self.find(candidate));
        found.extend(known.filter(|known| is_one_slip(word.as_bytes(), known.as_bytes())));
    }

    /// The word as it stands in the list.
    fn find(&self, word: &[u8]) -> Option<&'static str> {
        self.line(word).and_then(|line| line.split('\t').next())
    }

    /// The line of the word.
    fn line(&self, word: &[u8]) -> Option<&'static str> {
        let beginning = beginning(word);
        let bucket = self.words(beginning..beginning + 1);
        let (mut low, mut high) = (0, bucket.len());
        let bytes = bucket.as_bytes();
        while low < high {
            let middle = low + (high - low) / 2;
            // words are too short for a search that takes many bytes at once
            let start = bytes[low..middle].iter().rposition(|&byte| byte == b'\n').map_or(low, |at| low + at + 1);
            let rest = &bytes[start..high];
            let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\t')).unwrap_or(rest.len());
            let end = || rest[length..].iter().position(|&byte| byte == b'\n').map_or(high, |at| start + length + at);
            match rest[..length].cmp(word) {
                std::cmp::Ordering::Equal => return bucket.get(start..end()),
                std::cmp::Ordering::Less => low = (end() + 1).min(high),
                std::cmp::Ordering::Greater => high = start,
            }
        }
        None
    }
}

/// The lines that end with `ending`, which holds their line end.
fn lines_with<'e>(lines: &'static str, ending: &'e [u8]) -> impl Iterator<Item = &'static str> + use<'e> {
    memmem::find_iter(lines.as_bytes(), ending).map(move |at| {
        let start = lines.as_bytes()[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |before| before + 1);
        &lines[start..at + ending.len() - 1]
    })
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

/// What the misspelling `word` (lower case) is meant to be, if it is a well-known one: one word or more, the nearest first.
pub fn known_slip(word: &str) -> Option<Vec<String>> {
    let (_, right) = SLIPS.line(word.as_bytes())?.split_once('\t')?;
    let mut meant: Vec<String> = right.split(',').filter_map(|code| unabridged(word, code)).collect();
    meant.sort_by_key(|meant| !is_one_slip(word.as_bytes(), meant.as_bytes()));
    Some(meant)
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
/// Endings that make a new word of any word; the last ones make names: `userid`, `overlayfs`, `momentjs`, `createdb`.
const SUFFIXES: [&str; 20] = [
    "s",
    "able",
    "ability",
    "ization",
    "izations",
    "ized",
    "izing",
    "izer",
    "ness",
    "less",
    "like",
    "ification",
    "wise",
    "ish",
    "ware",
    "id",
    "ids",
    "fs",
    "js",
    "db",
];

/// Whether `word` (lower case) is known, or made of known words.
pub fn is_word(word: &str) -> bool {
    contains(word) || is_derived(word)
}

fn is_derived(word: &str) -> bool {
    if is_inflected(word) {
        return true;
    }
    let stem = |rest: &str| rest.len() >= 3 && (contains(rest) || COMMON.contains(&format!("{rest}e")));
    // `prefixs`
    let hisses = |rest: &str, suffix: &str| suffix == "s" && ["s", "x", "z", "sh"].iter().any(|end| rest.ends_with(end));
    if SUFFIXES.iter().any(|suffix| word.strip_suffix(suffix).is_some_and(|rest| stem(rest) && !hisses(rest, suffix))) {
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
        || word.strip_suffix('y').is_some_and(makes_adjective)
        || word.strip_suffix("es").is_some_and(|rest| contains(rest) && ["s", "x", "z", "ch", "sh"].iter().any(|end| rest.ends_with(end)))
        || ["ably", "ibly"].iter().any(|ending| word.ends_with(ending) && contains(&format!("{}e", &word[..word.len() - 1])))
        || ["ies", "ied", "ier", "iest"].iter().filter_map(|ending| word.strip_suffix(ending)).any(|rest| contains(&format!("{rest}y")))
}

/// Whether `stem` with `y` behind it may be an adjective of its own: `experty`, not `obviousy`, which lacks the `l` of a frequent adverb.
fn makes_adjective(stem: &str) -> bool {
    stem.len() > 4 && !stem.ends_with('l') && COMMON.contains(stem) && !FREQUENT.contains(&format!("{stem}ly"))
}

/// Whether `stem` is what stands before an ending that begins with a vowel: `cach`, `silo`, `grepp`.
fn takes_vowel(stem: &str) -> bool {
    let [.., before, vowel, last] = stem.as_bytes() else { return false };
    let is_vowel = |byte: &u8| b"aeiou".contains(byte);
    if contains(&format!("{stem}e")) && !is_vowel(last) {
        return true;
    }
    // `grepping`, not `loadding`: what stands before is one vowel
    let is_short = is_vowel(before) && !matches!(stem.as_bytes(), [.., one, _, _, _] if is_vowel(one) && !stem.contains("qu"));
    if vowel == last && !is_vowel(last) && is_short && contains(&stem[..stem.len() - 1]) {
        return true;
    }
    // `runing`: a short vowel wants two letters
    let doubles = stem.len() <= 4 && !is_vowel(before) && is_vowel(vowel) && !is_vowel(last) && !b"wxy".contains(last);
    stem.is_ascii() && contains(stem) && *last != b'e' && (*last != b'y' || is_vowel(vowel)) && !doubles
}

/// The common words one slip away from `word` (lower case, unknown): a letter too many, too few, another one, or two that
/// changed places. Empty where it could be too many things.
pub fn corrections(word: &str) -> Vec<&'static str> {
    let [first, second, rest @ ..] = word.as_bytes() else { return Vec::new() };
    if word.len() < MIN_CORRECTED || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Vec::new();
    }
    // `criticly`: two letters are missing, in hundreds of words the same
    if let Some(adverb) = word.strip_suffix("icly").and_then(|stem| COMMON.find(format!("{stem}ically").as_bytes())) {
        return vec![adverb];
    }
    let mut found = COMMON.slips_behind_second(word);
    // a slip in the first two letters leads to other words, which can be named
    if first != second {
        let mut candidates = vec![[&[*second, *first], rest].concat(), [&[*second], word.as_bytes()].concat()];
        if rest.first() == Some(first) {
            candidates.push(word.as_bytes()[1..].to_vec());
        }
        COMMON.add_slips(word, candidates, &mut found);
    }
    for other in (b'a'..=b'z').filter(|other| other != second && !COMMON.bucket(*first, *other).is_empty()) {
        let mut candidates = vec![[&[*first, other], rest].concat(), [&[*first, other, *second], rest].concat()];
        if rest.first() == Some(&other) {
            candidates.push([&[*first], rest].concat());
            candidates.push([&[*first, other, *second], &rest[1..]].concat());
        }
        COMMON.add_slips(word, candidates, &mut found);
    }
    found
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
        (1, 1) | (0, 1) | (1, 0) => true,
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
        for list in [&COMMON, &RARE, &SLIPS] {
            let words: Vec<&str> = list.text.lines().filter_map(|line| line.split('\t').next()).collect();
            assert!(words.is_sorted());
            for word in words {
                assert!(list.contains(word), "{word}");
            }
        }
        assert!(!contains("somethign") && !contains("zzzq") && !contains("aa'"));
    }

    #[test]
    fn of_what_a_known_slip_may_mean_the_nearest_is_the_first() {
        assert_eq!(known_slip("characater"), Some(vec!["character".to_owned(), "caricature".to_owned()]));
        assert_eq!(known_slip("writen"), Some(vec!["written".to_owned()]));
        assert_eq!(known_slip("written"), None);
    }

    #[test]
    fn a_correction_that_is_abridged_comes_back() {
        assert_eq!(abridge("recieve", "receive"), "32ei");
        for (wrong, right) in [("recieve", "receive"), ("alot", "a lot"), ("aaa", "aa"), ("aa", "aaa"), ("x", "yz"), ("naive", "naïve")] {
            assert_eq!(unabridged(wrong, &abridge(wrong, right)).as_deref(), Some(right));
        }
        assert_eq!((unabridged("a", ""), unabridged("a", "90"), unabridged("a", "09"), unabridged("a", "0/")), (None, None, None, None));
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
        assert!(is_word("grepping") && is_word("equipped") && !is_word("loadded"));
        assert!(is_word("kubelets") && !is_word("prefixs") && !is_word("congresss"));
        assert!(is_word("crunchy") && is_word("experty") && !is_word("obviousy"));
        assert_eq!(corrections("criticly"), ["critically"]);
    }

    #[test]
    fn what_is_named_is_what_a_search_finds() {
        for word in
            ["raound", "sspring", "shchool", "chnage", "sping", "reeciver", "tsring", "nature", "ocntent", "eevent", "pring", "becuase"]
        {
            let word = format!("{word}s");
            let bytes = word.as_bytes();
            let near = |other: &&str| {
                let other = other.as_bytes();
                is_one_slip(bytes, other) && (other[0] == bytes[0] || other[..2] == [bytes[1], bytes[0]])
            };
            let mut searched: Vec<&str> = COMMON.text.lines().filter(|other| other.len() > 1).filter(near).collect();
            let mut named = corrections(&word);
            searched.sort_unstable();
            named.sort_unstable();
            assert_eq!(named, searched, "{word}");
        }
    }
}
