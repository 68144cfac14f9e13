//! Two spaces between two words of a sentence.

use super::Finding;
use super::matcher::Line;
use super::tokens::{Kind, Token};
use memchr::memmem::Finder;
use std::sync::LazyLock;

const RULE: &str = "spelling/repeated-space";
/// A run with more of them is laid out by its writer.
const MOST: usize = 2;

static WIDE: LazyLock<Finder> = LazyLock::new(|| Finder::new("  "));

/// Finds two spaces or more inside a sentence; after its end they are a habit of typists.
pub fn check(line: Line, findings: &mut Vec<Finding>) {
    if WIDE.find(line.text.as_bytes()).is_none() {
        return;
    }
    let gaps = line.tokens.windows(2).map(|pair| (&pair[0], pair[0].range.end..pair[1].range.start));
    let is_wide = |gap: &std::ops::Range<usize>| gap.len() > 1 && line.text[gap.clone()].bytes().all(|byte| byte == b' ');
    let wide: Vec<_> = gaps.filter(|(left, gap)| is_wide(gap) && !ends_sentence(left)).collect();
    if wide.len() > MOST {
        return;
    }
    for (_, range) in wide {
        let message = "more than one space".to_owned();
        findings.push(Finding { rule: RULE, range, message, right: Some(" ".to_owned()), certain: true });
    }
}

fn ends_sentence(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark('.' | '?' | '!' | ':' | ';' | ')' | '"' | '”' | '…' | '|' | '-' | '–' | '—' | '*' | '_'))
}
