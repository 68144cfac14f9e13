//! Marks that a writer leaves behind for later.

use super::Finding;
use super::lexicon::Traits;
use super::matcher::Line;
use super::tokens::{Kind, Token};
use crate::post::prose::words::WordFlags;

const RULE: &str = "spelling/leftover";
const MARKS: [&str; 5] = ["TODO", "FIXME", "XXX", "TBD", "TBC"];

/// Whether `word` may be one of them.
pub fn is_mark(word: &str) -> bool {
    MARKS.contains(&word) || word.eq_ignore_ascii_case("lorem")
}

/// Finds `TODO:` and its like, and `lorem ipsum`.
pub fn check(line: Line, findings: &mut Vec<Finding>) {
    for (at, token) in line.tokens.iter().enumerate() {
        if !token.traits.any(Traits::LEFTOVER) || token.kind != Kind::Word || token.flags.any(WordFlags::QUOTED | WordFlags::HYPHENATED) {
            continue;
        }
        let word = line.word(at);
        let lorem = word.eq_ignore_ascii_case("lorem") && line.word(at + 1).eq_ignore_ascii_case("ipsum");
        if lorem || MARKS.contains(&word) && stands_alone(line.tokens, at) {
            let range = token.range.start..if lorem { line.tokens[at + 1].range.end } else { token.range.end };
            let message = format!("`{}` is left from writing", &line.text[range.clone()]);
            findings.push(Finding { rule: RULE, range, message, right: None, certain: false });
        }
    }
}

/// `TODO:`, `(TODO)`, `[TBD]`, or nothing else; `the TODO list` speaks of them.
fn stands_alone(tokens: &[Token], at: usize) -> bool {
    let mark = |index: Option<usize>, marks: &[char]| {
        index.and_then(|index| tokens.get(index)).is_some_and(|token| matches!(token.kind, Kind::Mark(mark) if marks.contains(&mark)))
    };
    let first = at == 0 || mark(at.checked_sub(1), &['(', '[']);
    let last = at + 1 == tokens.len() || mark(Some(at + 1), &[':', ')', ']', '.']);
    first && last
}
