//! The counts of a run.

use super::Findings;
use crate::diagnostic::{Diagnostic, Safety, Severity};
use serde::Serialize;

/// The counts of a run, with the names and in the order of `--format json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// Files that were linted.
    pub files: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    /// Findings that `--fix` would repair.
    pub fixable: usize,
}

/// What `--fix` did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Repairs {
    /// Fixes that were applied.
    pub applied: usize,
    /// Fixes that were left out, because they would have changed more of the page than they say.
    pub refused: usize,
    /// Files that were written.
    pub files: usize,
}

impl Findings {
    /// Counts the findings.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary { files: self.checked, ..Summary::default() };
        for diagnostic in self.files.iter().flat_map(|file| &file.diagnostics) {
            match diagnostic.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Info => summary.infos += 1,
            }
            summary.fixable += usize::from(is_fixable(diagnostic));
        }
        summary
    }

    /// The worst severity among the findings.
    pub fn worst(&self) -> Option<Severity> {
        self.files.iter().flat_map(|file| &file.diagnostics).map(|diagnostic| diagnostic.severity).max()
    }
}

/// Whether `--fix`, without `--unsafe-fixes`, would apply the diagnostic's fix.
pub fn is_fixable(diagnostic: &Diagnostic) -> bool {
    diagnostic.fixes.first().is_some_and(|fix| fix.safety < Safety::Unsafe && fix.refused.is_none())
}
