//! Fixes that one regrets: another correction would undo what they make, or a finding without a repair stands there.

use super::apply::{Candidate, Change};
use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::text::Span;

/// A round: what was applied to which text, and what was found before and after.
pub struct Applied<'a> {
    pub old: &'a str,
    pub new: &'a str,
    /// The fixes that were applied; [`Change::fix`] counts in them.
    pub fixes: &'a [Candidate<'a>],
    /// In the order of the file.
    pub changes: &'a [Change],
    /// The findings of the old text.
    pub before: &'a [Diagnostic],
    /// The findings of the new text.
    pub after: &'a [Diagnostic],
    /// Unsafe fixes are applied too.
    pub unsafe_fixes: bool,
}

impl Applied<'_> {
    /// The fixes to take back: their findings, as indices into `before`, with the reason as a sentence for people.
    pub fn regrets(&self) -> Vec<(usize, String)> {
        let mut regrets: Vec<(usize, String)> = Vec::new();
        for found in self.after {
            for change in self.changes_at(found.span) {
                let Some(candidate) = self.fixes.get(change.fix) else { continue };
                if regrets.iter().any(|&(index, _)| index == candidate.diagnostic) {
                    continue;
                }
                let reason = match self.is_repairable(found) {
                    true if self.is_undone(change.fix, found) => format!("`{}` would undo it", found.rule),
                    false if self.is_no_better(candidate, change, found) => format!("`{}` would find fault with it", found.rule),
                    _ => continue,
                };
                regrets.push((candidate.diagnostic, format!("the fix was left out: {reason}")));
            }
        }
        regrets
    }

    /// The changes that `span`, of the new text, meets.
    fn changes_at(&self, span: Span) -> impl Iterator<Item = &Change> {
        let first = self.changes.partition_point(|change| change.new.end < span.start);
        self.changes[first..].iter().take_while(move |change| change.new.start <= span.end)
    }

    fn is_repairable(&self, found: &Diagnostic) -> bool {
        found.fixes.first().is_some_and(|fix| self.unsafe_fixes || fix.safety < Safety::Unsafe)
    }

    /// Whether the fix of `found` brings back what stood there before the fix `index`.
    fn is_undone(&self, index: usize, found: &Diagnostic) -> bool {
        let mut own = self.changes.iter().filter(|change| change.fix == index);
        let Some(first) = own.next() else { return false };
        let last = own.next_back().unwrap_or(first);
        let Some(edits) = found.fixes.first().map(|fix| fix.edits.as_slice()) else { return false };
        let (Some(from), Some(to)) = (edits.first(), edits.last()) else { return false };
        let new = Span { start: first.new.start.min(from.span.start), end: last.new.end.max(to.span.end) };
        // other changes in between make the texts differ, which is as well
        let old_start = first.old.start.checked_sub(first.new.start - new.start);
        let old = self.old.get(old_start.unwrap_or(u32::MAX) as usize..(last.old.end + new.end - last.new.end) as usize);
        let mut again = String::new();
        let mut at = new.start;
        for edit in edits {
            again.push_str(self.new.get(at as usize..edit.span.start as usize).unwrap_or_default());
            again.push_str(&edit.text);
            at = edit.span.end;
        }
        again.push_str(self.new.get(at as usize..new.end as usize).unwrap_or_default());
        old == Some(again.as_str())
    }

    /// Whether `found`, which stays, is at least as bad as what was repaired, and new there: the rule found nothing where the
    /// fix is, and nothing where `found` is. What is wrong with the whole front matter stands at another place of it as soon
    /// as a part is mended.
    fn is_no_better(&self, candidate: &Candidate, change: &Change, found: &Diagnostic) -> bool {
        let meets = |before: &Diagnostic| {
            let (start, end) = (self.to_new(before.span.start), self.to_new(before.span.end));
            before.span.start <= change.old.end && change.old.start <= before.span.end || start <= found.span.end && found.span.start <= end
        };
        found.severity >= Severity::Warning.max(candidate.severity)
            && !self.before.iter().any(|before| before.rule == found.rule && meets(before))
    }

    /// Where a byte of the old text is in the new one; what was replaced begins where its replacement does.
    fn to_new(&self, offset: u32) -> u32 {
        let next = self.changes.partition_point(|change| change.old.end <= offset);
        match (self.changes.get(next), next.checked_sub(1)) {
            (Some(change), _) if change.old.start <= offset => change.new.start,
            (_, Some(last)) => offset - self.changes[last].old.end + self.changes[last].new.end,
            (_, None) => offset,
        }
    }
}
