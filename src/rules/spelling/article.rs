//! `a` before a consonant sound, `an` before a vowel sound.

use super::lexicon::{Lexicon, Traits};
use super::matcher::Line;
use super::tokens::{Kind, Token};
use super::{Finding, dictionary};
use crate::post::prose::words::WordFlags;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

/// The first sound of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    Vowel,
    Consonant,
    /// Both are heard.
    Either,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct SoundFile {
    consonant_sound: String,
    vowel_sound: String,
    either: String,
    consonant_acronym: String,
    vowel_acronym: String,
    a_is_a_name_before: String,
}

struct Sounds {
    beginnings: FxHashMap<String, Sound>,
    acronyms: FxHashMap<String, Sound>,
    longest: usize,
    names_before: Vec<String>,
}

static SOUNDS: LazyLock<Sounds> = LazyLock::new(|| {
    let file: SoundFile = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/article-sounds.json"))).unwrap_or_default();
    let sounds = |lists: &[(&str, Sound)]| -> FxHashMap<String, Sound> {
        lists.iter().flat_map(|(words, sound)| words.split_whitespace().map(|word| (word.to_owned(), *sound))).collect()
    };
    let beginnings = sounds(&[(&file.consonant_sound, Sound::Consonant), (&file.vowel_sound, Sound::Vowel), (&file.either, Sound::Either)]);
    let acronyms = sounds(&[(&file.consonant_acronym, Sound::Consonant), (&file.vowel_acronym, Sound::Vowel)]);
    let longest = beginnings.keys().map(String::len).max().unwrap_or_default();
    Sounds { beginnings, acronyms, longest, names_before: file.a_is_a_name_before.split_whitespace().map(String::from).collect() }
});

/// Finds articles that do not go with the word after them.
pub fn check(line: Line, lexicon: &mut Lexicon, findings: &mut Vec<Finding>) {
    for (at, pair) in line.tokens.windows(2).enumerate() {
        let [article, next] = pair else { continue };
        if !article.traits.any(Traits::ARTICLE) {
            continue;
        }
        let found = line.word(at);
        let wants = match found {
            "a" | "A" => Sound::Consonant,
            "an" | "An" => Sound::Vowel,
            _ => continue,
        };
        let other = if wants == Sound::Vowel { Traits::CONSONANT_SOUND } else { Traits::VOWEL_SOUND };
        let is_wrong = matches!(next.kind, Kind::Word | Kind::Number) && lexicon.sound(next, line.word(at + 1)).any(other);
        if is_wrong && article.is_word() && !article.is(WordFlags::HYPHENATED) && !is_a_name(line, at, article) {
            let right = match (wants, found.starts_with('A')) {
                (Sound::Consonant, false) => "an",
                (Sound::Consonant, true) => "An",
                (_, false) => "a",
                (_, true) => "A",
            };
            let message = format!("`{right}` goes before the sound of `{}`", line.word(at + 1));
            findings.push(Finding {
                rule: "spelling/article",
                range: article.range.clone(),
                message,
                right: Some(right.to_owned()),
                certain: true,
            });
        }
    }
}

/// Whether `a` is a letter or a variable rather than an article.
fn is_a_name(line: Line, at: usize, article: &Token) -> bool {
    let capital_inside = line.word(at) == "A" && !article.is(WordFlags::SENTENCE_START);
    let quoted = at.checked_sub(1).and_then(|before| line.tokens.get(before)).is_some_and(|before| {
        matches!(before.kind, Kind::Mark('\'' | '’' | '.')) || before.is_mark('-') && before.range.end == article.range.start
    });
    let before_name = line.word(at).len() == 1 && SOUNDS.names_before.iter().any(|word| word == line.word(at + 1));
    capital_inside || quoted || before_name
}

/// The first sound of a word or a number as it is written; `None` where it is not known. `is_english`: a list of English words
/// has it.
pub fn sound_of(word: &str, flags: WordFlags, is_english: bool) -> Option<Sound> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        let is_vowel = word.starts_with('8') || matches!(word, "11" | "18");
        // 1100 is eleven hundred, or one thousand one hundred
        return (word.len() < 4).then_some(if is_vowel { Sound::Vowel } else { Sound::Consonant });
    }
    let first = word.chars().next()?.to_ascii_lowercase();
    let lower = word.to_ascii_lowercase();
    if flags.has(WordFlags::ALL_CAPS) {
        return acronym_sound(&lower, first);
    }
    if word.len() < 2 || !word.is_ascii() {
        return None;
    }
    if flags.has(WordFlags::MIXED_CASE)
        && let Some(sound) = initials_sound(word, first)
    {
        return Some(sound);
    }
    // `UaF` is spelt out or said as a word
    if flags.has(WordFlags::MIXED_CASE) && first == 'u' && !is_english {
        return Some(Sound::Either);
    }
    if !flags.has(WordFlags::CAPITALIZED)
        && let Some(&sound) = SOUNDS.acronyms.get(&lower)
    {
        return Some(sound);
    }
    let is_vowel = "aeiou".contains(first);
    // `lvalue` and `fsync` begin with the names of their letters
    if !is_vowel && !has_english_onset(&lower) {
        return Some(Sound::Either);
    }
    if flags.any(WordFlags::MIXED_CASE | WordFlags::CAPITALIZED) && !is_vowel && !is_english {
        return None;
    }
    let is_word = || is_english || dictionary::is_word(&lower);
    if !flags.any(WordFlags::MIXED_CASE | WordFlags::CAPITALIZED) && (word.len() < 3 || !is_word()) {
        return None;
    }
    let longest = lower.len().min(SOUNDS.longest);
    let listed = (2..=longest).rev().find_map(|length| SOUNDS.beginnings.get(lower.get(..length)?));
    Some(match listed {
        Some(&sound) => sound,
        None if !lower.contains(['a', 'e', 'i', 'o', 'u', 'y']) => Sound::Either,
        None if is_vowel => Sound::Vowel,
        // `Xcode` begins with the letter's name
        None if first == 'x' && !lower[1..].starts_with(['a', 'e', 'i', 'o', 'u', 'y']) => Sound::Vowel,
        None => Sound::Consonant,
    })
}

/// Whether an English word can begin with the consonants of `word` (lower case).
fn has_english_onset(word: &str) -> bool {
    const PAIRS: [&str; 41] = [
        "bl", "br", "ch", "cl", "cr", "dr", "dw", "fj", "fl", "fr", "gh", "gl", "gn", "gr", "kl", "kn", "kr", "ph", "pl", "pn", "pr", "ps",
        "rh", "sc", "sh", "sk", "sl", "sm", "sn", "sp", "sq", "st", "sw", "th", "tr", "ts", "tw", "wh", "wr", "kw", "cz",
    ];
    let consonants = word.bytes().take_while(|byte| !b"aeiouy".contains(byte)).count();
    consonants < 2 || word.starts_with('x') || PAIRS.contains(&word.get(..2).unwrap_or_default())
}

/// Of a name that begins with initials: `RSpec`, `HAProxy`, `VMs`; `None` for other names.
fn initials_sound(word: &str, first: char) -> Option<Sound> {
    let capitals = word.bytes().take_while(u8::is_ascii_uppercase).count();
    // the last capital begins the next part of the name, unless nothing but an `s` follows
    let initials = if word[capitals..] == *"s" { capitals } else { capitals.saturating_sub(1) };
    match initials {
        0 => None,
        1 => acronym_sound(&word[..1], first),
        _ if capitals < word.len() => match acronym_sound(&word[..initials].to_ascii_lowercase(), first)? {
            // `RESTful` may be read as a word
            _ if initials > 2 && word[1..initials].contains(['A', 'E', 'I', 'O', 'U', 'Y']) => Some(Sound::Either),
            sound => Some(sound),
        },
        _ => None,
    }
}

/// Letters are read one by one, but some acronyms are read as words.
fn acronym_sound(word: &str, first: char) -> Option<Sound> {
    if let Some(&sound) = SOUNDS.acronyms.get(word).or_else(|| SOUNDS.beginnings.get(word)) {
        return Some(sound);
    }
    // `AAAA` is a quad A
    if word.len() > 2 && word.chars().all(|letter| letter == first) {
        return Some(Sound::Either);
    }
    let as_word = word.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    Some(match first {
        'a' | 'e' | 'i' | 'o' => Sound::Vowel,
        'f' | 'h' | 'l' | 'm' | 'n' | 'r' | 's' | 'x' if as_word => Sound::Either,
        'f' | 'h' | 'l' | 'm' | 'n' | 'r' | 's' | 'x' => Sound::Vowel,
        'a'..='z' => Sound::Consonant,
        _ => return None,
    })
}
