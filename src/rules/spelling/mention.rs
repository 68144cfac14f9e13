//! Words that a text speaks of rather than uses: `fix the typo "the the"`, `eg. -> e.g.`, `the *a* stands for atomic`,
//! `"JavaScript" instead of "Javascript"`, `when a type is Send`.

use super::Finding;
use crate::post::prose::{Context, Inline, InlineRange, Run};

/// What is said of a spelling stands so many bytes around it.
const NEAR: usize = 60;
/// Words of those who speak of spelling, small, as they begin.
const OF_SPELLING: [&str; 6] = ["typo", "misspel", "mispel", "spelling", "spelled", "spelt"];
/// Rules about words that stand for themselves: what is near a word about spelling is an example.
const OF_WORDS: [&str; 3] = ["spelling/misspelling", "spelling/repeated-word", "spelling/abbreviation"];

/// Whether the text of the finding is spoken of.
pub fn is_mentioned(run: &Run, finding: &Finding) -> bool {
    let text = run.as_str();
    let (before, after) = (text.get(..finding.range.start).unwrap_or_default(), text.get(finding.range.end..).unwrap_or_default());
    let rule = finding.rule;
    is_corrected(after)
        || OF_WORDS.contains(&rule) && speaks_of_spelling(before, after)
        || rule == "spelling/casing" && is_quoted(before, after)
        || rule == "spelling/grammar" && is_name(run, finding, before, after)
        || matches!(rule, "spelling/repeated-word" | "spelling/article") && is_set_apart(run, finding)
}

/// `eg. -> e.g.`
fn is_corrected(after: &str) -> bool {
    ["->", "→", "=>"].iter().any(|arrow| after.trim_start_matches(['"', '\'', '”', '’', ' ']).starts_with(arrow))
}

fn speaks_of_spelling(before: &str, after: &str) -> bool {
    let near = |text: &str| {
        let small = text.to_lowercase();
        small.split(|character: char| !character.is_alphabetic()).any(|word| OF_SPELLING.iter().any(|stem| word.starts_with(stem)))
    };
    let start = (before.len().saturating_sub(NEAR)..=before.len()).find(|&at| before.is_char_boundary(at)).unwrap_or_default();
    let end = (0..=after.len().min(NEAR)).rev().find(|&at| after.is_char_boundary(at)).unwrap_or_default();
    near(&before[start..]) || near(&after[..end])
}

/// Whether quotes stand right before and right after.
fn is_quoted(before: &str, after: &str) -> bool {
    before.ends_with(['"', '“', '‘', '«', '\'']) && after.starts_with(['"', '”', '’', '»', '\''])
}

/// Whether emphasis begins or ends between the words: `what makes eigen *eigen*`, `the *a*`.
fn is_set_apart(run: &Run, finding: &Finding) -> bool {
    let range = &finding.range;
    let is_inside = |at: usize| at > range.start && at < range.end;
    let inner = |inline: &InlineRange| is_inside(inline.range.start) || is_inside(inline.range.end);
    run.inlines.iter().any(|inline| matches!(inline.kind, Inline::Emphasis | Inline::Strong) && inner(inline))
}

/// Whether one word with a capital stands among small ones: `a type is Send when`, `the Gang of Four book`.
fn is_name(run: &Run, finding: &Finding, before: &str, after: &str) -> bool {
    let found = run.as_str().get(finding.range.clone()).unwrap_or_default();
    let last = before.split_whitespace().next_back().unwrap_or_default();
    let next = after.split_whitespace().next().unwrap_or_default();
    run.context == Context::Paragraph
        && found.starts_with(char::is_uppercase)
        && !found.contains(char::is_whitespace)
        && last.starts_with(char::is_lowercase)
        && last.ends_with(char::is_alphanumeric)
        && next.starts_with(char::is_lowercase)
}
