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
    /// Fixes that `--fix` applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed: Option<usize>,
    /// Fixes that it left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<usize>,
}

/// What `--fix` did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Repairs {
    /// Fixes that were applied.
    pub applied: usize,
    /// Fixes that were left out, because they would have changed more of the page than they say, or called for another
    /// correction.
    pub refused: usize,
    /// Files that were written.
    pub files: usize,
    /// With `--fix-only`: findings that are left, and not shown.
    pub left: Option<usize>,
}

impl Findings {
    /// Counts the findings.
    pub fn summary(&self) -> Summary {
        let repairs = self.repairs;
        let mut summary = Summary {
            files: self.checked,
            fixed: repairs.map(|repairs| repairs.applied),
            refused: repairs.map(|repairs| repairs.refused),
            ..Summary::default()
        };
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

    /// What `--fix-only` tells: how many findings are left, instead of which.
    pub fn without_those_left(self) -> Findings {
        let left = self.files.iter().map(|file| file.diagnostics.len()).sum();
        Findings { files: Vec::new(), repairs: self.repairs.map(|repairs| Repairs { left: Some(left), ..repairs }), ..self }
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
