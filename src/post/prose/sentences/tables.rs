//! What is known of a language's abbreviations and of how its sentences begin: `rules/style/abbreviations/*.yml`, and the
//! names of `rules/style/names.yml`.

use super::super::Language;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::{LazyLock, OnceLock};

/// How an abbreviation behaves at the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abbreviation {
    /// A sentence goes on after it.
    Never,
    /// It may end a sentence.
    May,
}

/// One language, or all of them for texts of an unknown one.
#[derive(Debug, Default)]
pub struct Tables {
    /// Without the final dot. Those in lower case stand for any case.
    abbreviations: FxHashMap<&'static str, Abbreviation>,
    numbered: FxHashSet<&'static str>,
    starters: FxHashSet<&'static str>,
    labels: FxHashSet<&'static str>,
    speech: FxHashSet<&'static str>,
    /// A number with a dot is an ordinal.
    pub ordinals: bool,
    /// The text's language has a table.
    pub known: bool,
}

/// A file as it is written; lists are words with white space between.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    never: String,
    may: String,
    numbered: String,
    starters: String,
    labels: String,
    speech: String,
    ordinals: bool,
}

macro_rules! files {
    ($($code:literal),*) => {
        /// The files by the code of their language; English is the first.
        const FILES: &[(&str, &str)] =
            &[$(($code, include_str!(concat!("../../../../rules/style/abbreviations/", $code, ".yml")))),*];
    };
}

files!("en", "nl", "de", "fr", "es", "pt", "it");

impl Tables {
    /// The tables for a text in `language`.
    pub fn of(language: Language) -> &'static Tables {
        static KNOWN: [OnceLock<Tables>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
        static UNKNOWN: OnceLock<Tables> = OnceLock::new();
        let code = match language.code() {
            // names and abbreviations among Chinese, Japanese or Korean are English ones
            Some("zh" | "ja" | "ko" | "pcm") => "en",
            code => code.unwrap_or_default(),
        };
        match FILES.iter().position(|(known, _)| *known == code) {
            Some(index) => KNOWN[index].get_or_init(|| Tables::load(index)),
            None => UNKNOWN.get_or_init(Tables::load_all),
        }
    }

    /// A language; technical prose in any uses the abbreviations of English too.
    fn load(index: usize) -> Tables {
        let mut tables = Tables { known: true, ..Tables::default() };
        if let Some(file) = parse(FILES[index].1) {
            tables.ordinals = file.ordinals;
            tables.add(file, true);
        }
        if index != 0
            && let Some(english) = parse(FILES[0].1)
        {
            tables.add(english, false);
        }
        tables
    }

    fn load_all() -> Tables {
        let mut tables = Tables { ordinals: true, ..Tables::default() };
        for file in FILES.iter().filter_map(|(_, text)| parse(text)) {
            tables.add(file, true);
        }
        tables
    }

    fn add(&mut self, file: File, own: bool) {
        for (list, kind) in [(file.never, Abbreviation::Never), (file.may, Abbreviation::May)] {
            for word in words(list) {
                self.abbreviations.entry(word.trim_end_matches('.')).or_insert(kind);
            }
        }
        self.numbered.extend(words(file.numbered).map(|word| word.trim_end_matches('.')));
        if own {
            self.starters.extend(words(file.starters));
            self.labels.extend(words(file.labels));
            self.speech.extend(words(file.speech));
        }
    }

    /// What is known of `token`, which stands before a dot.
    pub fn abbreviation(&self, token: &str) -> Option<Abbreviation> {
        self.abbreviations.get(token).or_else(|| self.abbreviations.get(lower(token).as_str())).copied()
    }

    /// Whether a number after `token` belongs to it.
    pub fn is_numbered(&self, token: &str) -> bool {
        self.numbered.contains(lower(token).as_str())
    }

    /// Whether `word`, as it is written, begins sentences more often than it is a name.
    pub fn is_starter(&self, word: &str) -> bool {
        let typed = word.replace('’', "'");
        let elided = typed.find('\'').map(|at| &typed[..=at]);
        self.starters.contains(typed.as_str()) || elided.is_some_and(|elided| self.starters.contains(elided))
    }

    /// Whether `word` and a number make a label at the start of a sentence.
    pub fn is_label(&self, word: &str) -> bool {
        self.labels.contains(lower(word).as_str())
    }

    /// Whether `word` announces direct speech.
    pub fn is_speech(&self, word: &str) -> bool {
        self.speech.contains(word)
    }
}

fn parse(text: &'static str) -> Option<File> {
    serde_yaml::from_str(text).ok()
}

/// The words of a list. The tables live as long as the program.
fn words(list: String) -> std::str::SplitWhitespace<'static> {
    let list: &'static str = list.leak();
    list.split_whitespace()
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}

/// Names that look like something else.
#[derive(Debug, Default)]
pub struct Names {
    pub small: FxHashSet<&'static str>,
    /// With their mark.
    pub marks: Vec<&'static str>,
    pub spaced: Vec<&'static str>,
}

/// The names of `rules/style/names.yml`.
pub static NAMES: LazyLock<Names> = LazyLock::new(|| {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        small: String,
        marks: String,
        spaced: Vec<String>,
    }
    let file: Result<File, _> = serde_yaml::from_str(include_str!("../../../../rules/style/names.yml"));
    file.map_or_else(
        |_| Names::default(),
        |file| Names {
            small: words(file.small).collect(),
            marks: words(file.marks).collect(),
            spaced: file.spaced.into_iter().map(|name| -> &'static str { name.leak() }).collect(),
        },
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_can_be_read() {
        for (code, text) in FILES {
            let file = serde_yaml::from_str::<File>(text);
            assert!(file.is_ok(), "{code}: {:?}", file.err());
        }
        assert!(NAMES.small.contains("kubectl"));
    }
}
