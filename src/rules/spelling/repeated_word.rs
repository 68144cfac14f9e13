//! A word that stands twice in a row.

use super::Finding;
use super::lexicon::Traits;
use super::matcher::Line;
use super::table::Table;
use super::tokens::{Kind, Token};
use crate::post::prose::words::WordFlags;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RepeatFile {
    may_repeat: String,
    after_a_verb: String,
    before_is_is: String,
}

struct Repeats {
    may_repeat: FxHashSet<String>,
    after_a_verb: FxHashSet<String>,
    before_is_is: FxHashSet<String>,
}

static REPEATS: LazyLock<Repeats> = LazyLock::new(|| {
    let file: RepeatFile = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/repeated-words.json"))).unwrap_or_default();
    let set = |words: &str| words.split_whitespace().map(String::from).collect();
    Repeats { may_repeat: set(&file.may_repeat), after_a_verb: set(&file.after_a_verb), before_is_is: set(&file.before_is_is) }
});

/// Finds repeated words. In other languages than English only long ones, of which no language has pairs.
pub fn check(table: &Table, line: Line, english: bool, findings: &mut Vec<Finding>) {
    for (at, pair) in line.tokens.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        if first.range.len() != second.range.len() || !first.is_word() || !second.is_word() {
            continue;
        }
        let (one, two) = (line.word(at), line.word(at + 1));
        if !one.eq_ignore_ascii_case(two) || !is_slip(table, line, at, first, second, english) {
            continue;
        }
        let message = format!("`{one}` stands twice");
        findings.push(Finding {
            rule: "spelling/repeated-word",
            range: first.range.start..second.range.end,
            message,
            right: Some(one.to_owned()),
            certain: true,
        });
    }
}

fn is_slip(table: &Table, line: Line, at: usize, first: &Token, second: &Token, english: bool) -> bool {
    let one = line.word(at);
    let hyphenated = first.is(WordFlags::HYPHENATED) || second.is(WordFlags::HYPHENATED);
    let is_name =
        second.flags.any(WordFlags::CAPITALIZED | WordFlags::MIXED_CASE | WordFlags::ALL_CAPS) && !second.traits.any(Traits::COMMON);
    // `Add Add`: a heading in title case, or a slip at its start; `New New` is somebody's name
    let is_capital_pair = second.is(WordFlags::CAPITALIZED) && !first.is(WordFlags::SENTENCE_START);
    if hyphenated || is_name || is_capital_pair || first.is(WordFlags::QUOTED) != second.is(WordFlags::QUOTED) {
        return false;
    }
    if is_shown(line, at, first, second) || one != line.word(at + 1) && !first.is(WordFlags::SENTENCE_START) {
        return false;
    }
    let lower = one.to_lowercase();
    // three times is emphasis, or an example
    let again = |index: Option<usize>| index.is_some_and(|index| line.word(index).eq_ignore_ascii_case(one));
    if again(at.checked_sub(1)) || again(Some(at + 2)) || REPEATS.may_repeat.contains(&lower) {
        return false;
    }
    // what no dictionary knows is a name: `βόλος βόλος`
    if !english || !first.traits.any(Traits::COMMON | Traits::ENGLISH) {
        return false;
    }
    // `Bad Bad Not Good`
    if second.is(WordFlags::CAPITALIZED)
        && lower != "the"
        && line.tokens.get(at + 2).is_some_and(|next| next.is(WordFlags::CAPITALIZED) && !next.is(WordFlags::ALL_CAPS))
    {
        return false;
    }
    // `come up with with a server`
    if lower == "with" && at > 0 && line.word(at - 1) == "up" {
        return false;
    }
    // `the dough dough-maker` is broken off, `is is` of a question is not
    let before = |words: &FxHashSet<String>| {
        line.tokens[..at].iter().enumerate().rev().take(12).any(|(index, _)| words.contains(&line.word(index).to_lowercase()))
    };
    if lower == "is" && before(&REPEATS.before_is_is) {
        return false;
    }
    // `whom to talk to to get it` is right, `want to to get it` is not
    let is_right_after = |token: &Token| is_verb(table, token) && !(lower == "to" && in_class(table, "to-lead", token));
    if REPEATS.after_a_verb.contains(&lower) && at.checked_sub(1).and_then(|index| line.tokens.get(index)).is_some_and(is_right_after) {
        return false;
    }
    true
}

/// `-objfile objfile`, `'catch catch'`, `Sparclet sparclet-*`, `2 root root 4096`: shown, not said.
fn is_shown(line: Line, at: usize, first: &Token, second: &Token) -> bool {
    const OPENING: [char; 9] = ['(', '"', '“', '‘', '—', '–', '…', '.', '*'];
    let before = at.checked_sub(1).and_then(|index| line.tokens.get(index));
    let stuck =
        before.is_some_and(|mark| matches!(mark.kind, Kind::Mark(sign) if !OPENING.contains(&sign)) && mark.range.end == first.range.start);
    let is_number = |token: Option<&Token>| token.is_some_and(|token| token.kind == Kind::Number);
    let in_listing = is_number(before) && is_number(line.tokens.get(at + 2));
    stuck || in_listing || line.text[second.range.end..].starts_with(['-', '*', '=', '\'', '`'])
}

fn is_verb(table: &Table, token: &Token) -> bool {
    ["verb", "verb-third", "verb-past", "verb-participle", "verb-gerund"].iter().any(|class| in_class(table, class, token))
}

fn in_class(table: &Table, class: &str, token: &Token) -> bool {
    table.class(class).is_some_and(|class| table.in_class(class, token.id).is_some())
}
