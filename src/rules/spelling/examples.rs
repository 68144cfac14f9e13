//! The sentences that a word rule brings along, and whether they hold.

use super::source::WordRule;
use super::table::Table;
use super::{Finding, WORD_RULES, check_text};
use std::ops::Range;

/// A sentence with its slips: ranges of it, and what is right there.
pub type Expected = (String, Vec<(Range<usize>, String)>);

/// `a [b → c] d` as `a b d`, with the range and the correction; `None` where the brackets or the arrow are not right.
pub fn expected(bad: &str) -> Option<Expected> {
    let mut sentence = String::new();
    let mut slips = Vec::new();
    let mut rest = bad;
    while let Some((before, after)) = rest.split_once('[') {
        let (slip, after) = after.split_once(']')?;
        let (wrong, right) = slip.split_once(" → ")?;
        sentence.push_str(before);
        let start = sentence.len();
        sentence.push_str(wrong);
        slips.push((start..sentence.len(), right.to_owned()));
        rest = after;
    }
    sentence.push_str(rest);
    (!slips.is_empty()).then_some((sentence, slips))
}

/// The first sentence of a site's own rules that does not hold, and why; the sentence as the file has it.
pub fn broken<'f>(table: &Table, rules: &'f [WordRule]) -> Option<(&'f str, String)> {
    rules.iter().find_map(|rule| {
        let name = rule.rule.as_deref().or(WORD_RULES.first().copied()).unwrap_or_default();
        let findings = |text: &str| -> Vec<Finding> {
            let all = check_text(table, text, &mut Vec::new());
            all.into_iter().filter(|finding| finding.rule == name).collect()
        };
        let good = rule.good.0.iter().find_map(|good| {
            let found = findings(good).into_iter().next()?;
            Some((good.as_str(), format!("the good sentence has a finding: {}", found.message)))
        });
        good.or_else(|| rule.bad.0.iter().find_map(|bad| Some((bad.as_str(), is_missed(bad, findings)?))))
    })
}

/// Why the bad sentence does not hold, if so.
fn is_missed(bad: &str, findings: impl Fn(&str) -> Vec<Finding>) -> Option<String> {
    let Some((sentence, slips)) = expected(bad) else {
        return Some("a bad sentence marks its slip as `[wrong → right]`".to_owned());
    };
    let found = findings(&sentence);
    let missed = slips.iter().find(|(range, right)| !found.iter().any(|one| one.range == *range && one.right.as_ref() == Some(right)));
    missed.map(|(range, right)| format!("the bad sentence has no finding that makes `{right}` of `{}`", &sentence[range.clone()]))
}
