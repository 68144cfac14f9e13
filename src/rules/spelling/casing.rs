//! Names of products and places, written as their owners write them.

use super::Finding;
use super::lexicon::Traits;
use super::matcher::Line;
use super::tokens::{Kind, Token};
use crate::post::prose::words::WordFlags;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct NameFile {
    names: String,
    never_small: String,
}

struct Name {
    right: String,
    /// Wrong in small letters too: no package, command or common noun is called so.
    never_small: bool,
}

static NAMES: LazyLock<FxHashMap<String, Name>> = LazyLock::new(|| {
    let file: NameFile = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/names.json"))).unwrap_or_default();
    let small = file.never_small.split_whitespace().map(|name| (name, true));
    let all = file.names.split_whitespace().map(|name| (name, false)).chain(small);
    all.map(|(name, never_small)| (name.to_lowercase(), Name { right: name.to_owned(), never_small })).collect()
});

/// Whether a name has the letters of `word`, whatever their case.
pub fn is_name(word: &str) -> bool {
    name_of(split_possessive(word).0).is_some()
}

fn name_of(stem: &str) -> Option<&'static Name> {
    NAMES.get(&stem.to_ascii_lowercase())
}

/// Finds names in a wrong case.
pub fn check(line: Line, findings: &mut Vec<Finding>) {
    for (at, token) in line.tokens.iter().enumerate() {
        if !token.traits.any(Traits::NAME) || !is_candidate(line, at, token) {
            continue;
        }
        let found = line.word(at);
        let (stem, ending) = split_possessive(found);
        let Some(name) = name_of(stem) else { continue };
        if stem == name.right || !is_wrong(stem, name, token) {
            continue;
        }
        let right = format!("{}{ending}", name.right);
        findings.push(Finding {
            rule: "spelling/casing",
            range: token.range.clone(),
            message: format!("the name is written `{}`", name.right),
            right: Some(right),
            certain: true,
        });
    }
}

fn is_candidate(line: Line, at: usize, token: &Token) -> bool {
    let capital = token.flags.any(WordFlags::CAPITALIZED | WordFlags::MIXED_CASE);
    match token.kind {
        Kind::Word => {
            // `:javascript` is a symbol, and what follows the marks of a broken fence is code
            let before = &line.text[..token.range.start];
            let is_code = before.ends_with(':') || before.trim_end().ends_with('`');
            // `{linux,macos}`
            let in_braces = before.ends_with(['{', ',']) && line.text[token.range.end..].starts_with([',', '}']);
            // a picture's text, a link to a scheme: `![github]`, `javascript URLs`
            let is_tag =
                !capital && (line.tokens.len() == 1 || matches!(line.word(at + 1), "badge" | "protocol" | "scheme" | "URL" | "URLs"));
            // `webSocket: the options of it`
            let is_key = at == 0 && line.word(at).starts_with(|first: char| first.is_ascii_lowercase()) && capital;
            (!token.is(WordFlags::HYPHENATED) || capital) && !is_code && !in_braces && !is_tag && !is_key
        }
        // `Github/Bitbucket` is prose, `github/name` and `Github.io` are not
        Kind::Technical => {
            let next_to_slash =
                |index: Option<usize>| index.and_then(|index| line.tokens.get(index)).is_some_and(|token| token.is_mark('/'));
            // `Owner/Name#12` and `folder/Name.svg` are no prose either
            let goes_on = line.text[token.range.end..].starts_with(['#', '.', '@']);
            capital && !goes_on && (next_to_slash(at.checked_sub(1)) || next_to_slash(Some(at + 1))) && !line.text.contains("://")
        }
        _ => false,
    }
}

fn split_possessive(word: &str) -> (&str, &str) {
    ["'s", "’s"].iter().find_map(|ending| word.strip_suffix(ending).map(|stem| (stem, &word[stem.len()..]))).unwrap_or((word, ""))
}

fn is_wrong(found: &str, name: &Name, token: &Token) -> bool {
    // `IOs` is several of them
    let is_plural = found.strip_suffix('s').is_some_and(|stem| stem.bytes().all(|byte| byte.is_ascii_uppercase()));
    if token.is(WordFlags::ALL_CAPS) || is_plural {
        return false;
    }
    let small = found.bytes().all(|byte| !byte.is_ascii_uppercase());
    if small {
        return name.never_small;
    }
    // a name that starts small may have a capital where a sentence starts
    let starts_small = name.right.starts_with(|first: char| first.is_ascii_lowercase());
    let only_first_differs = found.get(1..) == name.right.get(1..);
    !(starts_small && only_first_differs && token.is(WordFlags::SENTENCE_START))
}
