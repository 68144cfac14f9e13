//! Which fixes can be applied together, and the text that they make.

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Severity};
use crate::text::Span;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A fix that is to be applied in this round.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'d> {
    /// The place of its diagnostic in the list.
    pub diagnostic: usize,
    pub severity: Severity,
    pub rule: &'static str,
    pub fix: &'d Fix,
}

/// Picks fixes whose edits do not meet: those of worse findings first (what mends an attribute list goes before what adds
/// one), then by position, by rule, and in the order of the list. Those that are left over have their turn in the next
/// round. The result is in the order of the file.
pub fn choose<'d>(text: &str, diagnostics: &'d [Diagnostic], unsafe_fixes: bool) -> Vec<Candidate<'d>> {
    let mut candidates: Vec<Candidate> = diagnostics
        .iter()
        .enumerate()
        .filter_map(|(index, diagnostic)| {
            let fix = diagnostic.fixes.first()?;
            let wanted = (unsafe_fixes || fix.safety < Safety::Unsafe) && fix.refused.is_none();
            (wanted && is_sound(text, &fix.edits)).then_some(Candidate {
                diagnostic: index,
                severity: diagnostic.severity,
                rule: diagnostic.rule,
                fix,
            })
        })
        .collect();
    candidates.sort_by_key(|candidate| (Reverse(candidate.severity), candidate.position()));

    let mut taken = BTreeMap::new();
    candidates.retain(|candidate| {
        let free = candidate.fix.edits.iter().all(|edit| is_free(&taken, edit.span));
        if free {
            taken.extend(candidate.fix.edits.iter().map(|edit| (edit.span.start, edit.span.end)));
        }
        free
    });
    candidates.sort_by_key(Candidate::position);
    candidates
}

impl Candidate<'_> {
    fn position(&self) -> (Option<Span>, &'static str, usize) {
        (self.fix.edits.first().map(|edit| edit.span), self.rule, self.diagnostic)
    }
}

/// Whether the edits lie in the text, on character boundaries, in order and apart, and change anything at all.
pub fn is_sound(text: &str, edits: &[Edit]) -> bool {
    let inside = edits.iter().all(|edit| text.get(edit.span.range()).is_some());
    let apart = edits.windows(2).all(|pair| !meet(pair[0].span, pair[1].span) && pair[0].span <= pair[1].span);
    inside && apart && edits.iter().any(|edit| edit.span.of(text) != edit.text)
}

/// Whether two edits cannot both be made: they share a byte, or one inserts where the other begins, ends or inserts.
fn meet(a: Span, b: Span) -> bool {
    if a.is_empty() || b.is_empty() { a.start <= b.end && b.start <= a.end } else { a.overlaps(b) }
}

/// `taken`: start to end of edits that do not meet.
fn is_free(taken: &BTreeMap<u32, u32>, span: Span) -> bool {
    let before = taken.range(..=span.start).next_back();
    let after = taken.range(span.start..).next();
    let free = |neighbour: Option<(&u32, &u32)>| neighbour.is_none_or(|(&start, &end)| !meet(Span { start, end }, span));
    free(before) && free(after)
}

/// A stretch of the old text and what stands in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Bytes of the old text.
    pub old: Span,
    /// Bytes of the new text.
    pub new: Span,
    /// Whose edit it is: an index into the fixes.
    pub fix: usize,
}

/// Applies all edits of `fixes`, which do not meet. Gives the new text and what changed, in the order of the file.
pub fn apply(text: &str, fixes: &[&Fix]) -> (String, Vec<Change>) {
    let mut edits: Vec<(usize, &Edit)> =
        fixes.iter().enumerate().flat_map(|(index, fix)| fix.edits.iter().map(move |edit| (index, edit))).collect();
    edits.sort_by_key(|(_, edit)| edit.span);
    let grown: usize = edits.iter().map(|(_, edit)| edit.text.len()).sum();

    let mut new = String::with_capacity(text.len() + grown);
    let mut changes = Vec::with_capacity(edits.len());
    let mut done = 0;
    for (fix, edit) in edits {
        new.push_str(text.get(done..edit.span.start as usize).unwrap_or_default());
        let start = new.len();
        new.push_str(&edit.text);
        changes.push(Change { old: edit.span, new: Span::new(start, new.len()), fix });
        done = edit.span.end as usize;
    }
    new.push_str(text.get(done..).unwrap_or_default());
    (new, changes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;

    fn diagnostics(rule: &'static str, fixes: &[&[(usize, usize, &str)]]) -> Vec<Diagnostic> {
        let mut report = Report::new(rule, Severity::Warning);
        for edits in fixes {
            let edits: Vec<Edit> = edits.iter().map(|&(start, end, text)| Edit::replace(Span::new(start, end), text)).collect();
            report.at(edits[0].span, "x").fix(Safety::Safe, "x", edits);
        }
        report.into_diagnostics()
    }

    fn applied(text: &str, diagnostics: &[Diagnostic]) -> String {
        let chosen = choose(text, diagnostics, false);
        apply(text, &chosen.iter().map(|candidate| candidate.fix).collect::<Vec<_>>()).0
    }

    #[test]
    fn fixes_that_meet_wait_for_the_next_round() {
        let all = diagnostics("a/b", &[&[(0, 3, "one")], &[(2, 4, "two")], &[(3, 5, "xy")]]);
        assert_eq!(applied("abcdef", &all), "onexyf");
        let insertions = diagnostics("a/b", &[&[(2, 2, "1")], &[(2, 2, "2")], &[(1, 2, "3")]]);
        assert_eq!(applied("abcd", &insertions), "a3cd");
    }

    #[test]
    fn a_fix_is_never_applied_in_part() {
        let all = diagnostics("a/b", &[&[(0, 1, "X"), (4, 5, "Y")], &[(2, 3, "P"), (4, 5, "Q")], &[(3, 4, "Z")]]);
        assert_eq!(applied("abcdef", &all), "XbcZYf");
    }

    #[test]
    fn careless_edits_are_not_applied() {
        let all = diagnostics("a/b", &[&[(1, 2, "x")], &[(3, 99, "x")], &[(0, 0, "")], &[(4, 5, "d")]]);
        // "é" is two bytes long; the last fix changes nothing
        assert_eq!(applied("é..d", &all), "é..d");
    }

    #[test]
    fn rules_decide_where_positions_are_equal() {
        let mut all = diagnostics("z/z", &[&[(0, 1, "z")]]);
        all.extend(diagnostics("a/a", &[&[(0, 1, "a")]]));
        assert_eq!(applied("x", &all), "a");
    }
}
