//! Word rules as they are written down: the YAML files under `rules/spelling/words/` and those of a site.

use super::pattern::{Element, Pattern, PatternError};
use super::template::Template;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

/// What word rules may report; the first is what a site's own rules report when they do not say.
pub const WORD_RULES: &[&str] = &[
    "spelling/own-word",
    "spelling/confused-word",
    "spelling/verb-noun",
    "spelling/non-native",
    "spelling/grammar",
    "spelling/joined-word",
    "spelling/abbreviation",
    "spelling/contraction",
    "spelling/possessive",
    "spelling/article",
    "spelling/repeated-word",
    "spelling/misspelling",
    "spelling/casing",
];

/// One file of word rules.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WordFile {
    /// Word classes by name. What one file defines, all rules that are loaded with it can use.
    pub classes: BTreeMap<String, Words>,
    pub rules: Vec<WordRule>,
}

/// One word rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WordRule {
    /// The rule that reports it, such as `spelling/confused-word`. In a site's own file: `spelling/own-word` if absent.
    pub rule: Option<String>,
    /// What to look for; several patterns share the rest.
    pub find: OneOrMany<Pattern>,
    /// What to write for the marked words.
    pub replace: Option<Parsed<Template>>,
    /// No finding where one of these stands before the match or before the marked words.
    #[serde(default)]
    pub except_after: OneOrMany<Context>,
    /// No finding where one of these stands after the marked words.
    #[serde(default)]
    pub except_before: OneOrMany<Context>,
    /// A sentence; `{found}` and `{fix}` are put in.
    pub message: Option<String>,
    /// The correction is not certain.
    #[serde(default)]
    pub r#unsafe: bool,
    /// Sentences without a finding of this rule.
    #[serde(default)]
    pub good: OneOrMany<String>,
    /// Sentences with one, the marked words and the correction in brackets: `We [setup → set up] the cluster.`
    #[serde(default)]
    pub bad: OneOrMany<String>,
}

/// Elements that must not stand beside a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context(pub Vec<Element>);

impl FromStr for Context {
    type Err = PatternError;

    fn from_str(source: &str) -> Result<Context, PatternError> {
        Pattern::parse_context(source).map(Context)
    }
}

/// A text that is read by [`FromStr`]; what is wrong with it is reported at its place in the file.
#[derive(Debug, Clone)]
pub struct Parsed<T>(pub T);

impl<'de, T: FromStr<Err: Display>> Deserialize<'de> for Parsed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Parsed<T>, D::Error> {
        struct TextVisitor<T>(PhantomData<T>);

        impl<T: FromStr<Err: Display>> Visitor<'_> for TextVisitor<T> {
            type Value = Parsed<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a text")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Parsed<T>, E> {
                text.parse().map(Parsed).map_err(E::custom)
            }
        }

        deserializer.deserialize_str(TextVisitor(PhantomData))
    }
}

/// A text, or a list of them.
#[derive(Debug, Clone)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> OneOrMany<T> {
        OneOrMany(Vec::new())
    }
}

impl<'de, T: FromStr<Err: Display>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<OneOrMany<T>, D::Error> {
        struct ListVisitor<T>(PhantomData<T>);

        impl<'de, T: FromStr<Err: Display>> Visitor<'de> for ListVisitor<T> {
            type Value = OneOrMany<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a text or a list of texts")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrMany<T>, E> {
                Ok(OneOrMany(vec![text.parse().map_err(E::custom)?]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<OneOrMany<T>, A::Error> {
                let mut all = Vec::new();
                while let Some(Parsed(item)) = items.next_element()? {
                    all.push(item);
                }
                Ok(OneOrMany(all))
            }
        }

        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

/// The words of a class with what to write for them, if anything.
///
/// In a file: words with white space between them, a list of words, or a map from words to corrections.
#[derive(Debug, Clone, Default)]
pub struct Words(pub Vec<(String, Option<String>)>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Words, D::Error> {
        struct WordsVisitor;

        impl<'de> Visitor<'de> for WordsVisitor {
            type Value = Words;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("words, a list of words, or a map from words to corrections")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Words, E> {
                Ok(Words(text.split_whitespace().map(|word| (word.to_owned(), None)).collect()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Words, A::Error> {
                let mut words = Vec::new();
                while let Some(word) = items.next_element::<String>()? {
                    words.push((word, None));
                }
                Ok(Words(words))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Words, A::Error> {
                let mut words = Vec::new();
                while let Some((word, right)) = entries.next_entry::<String, String>()? {
                    words.push((word, Some(right)));
                }
                Ok(Words(words))
            }
        }

        deserializer.deserialize_any(WordsVisitor)
    }
}
