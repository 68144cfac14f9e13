//! The counts of a run.

use super::{FileFindings, Findings};
use crate::diagnostic::{Diagnostic, Safety, Severity};
use serde::Serialize;
use std::ops::AddAssign;

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

/// How many findings there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    /// Those that `--fix` would repair.
    pub fixable: usize,
    /// Files with findings.
    pub files: usize,
}

impl Tally {
    /// Adds the findings of a file.
    pub fn add(&mut self, file: &FileFindings) {
        for diagnostic in &file.diagnostics {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => self.infos += 1,
            }
            self.fixable += usize::from(is_fixable(diagnostic));
        }
        self.files += usize::from(!file.diagnostics.is_empty());
    }

    /// The worst severity among them.
    pub fn worst(&self) -> Option<Severity> {
        let severities = [(self.errors, Severity::Error), (self.warnings, Severity::Warning), (self.infos, Severity::Info)];
        severities.into_iter().find(|(count, _)| *count > 0).map(|(_, severity)| severity)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.fixable += other.fixable;
        self.files += other.files;
    }
}

impl Findings {
    /// Counts all findings, those that were told already included.
    pub fn tally(&self) -> Tally {
        let mut tally = self.told;
        self.files.iter().for_each(|file| tally.add(file));
        tally
    }

    /// Counts the findings.
    pub fn summary(&self) -> Summary {
        let Tally { errors, warnings, infos, fixable, .. } = self.tally();
        let (fixed, refused) = self.repairs.map(|repairs| (repairs.applied, repairs.refused)).unzip();
        Summary { files: self.checked, errors, warnings, infos, fixable, fixed, refused }
    }

    /// What `--fix-only` tells: how many findings are left, instead of which.
    pub fn without_those_left(self) -> Findings {
        let left = self.files.iter().map(|file| file.diagnostics.len()).sum();
        Findings { files: Vec::new(), repairs: self.repairs.map(|repairs| Repairs { left: Some(left), ..repairs }), ..self }
    }

    /// The worst severity among the findings.
    pub fn worst(&self) -> Option<Severity> {
        self.tally().worst()
    }
}

/// Whether `--fix`, without `--unsafe-fixes`, would apply the diagnostic's fix.
pub fn is_fixable(diagnostic: &Diagnostic) -> bool {
    diagnostic.fixes.first().is_some_and(|fix| fix.safety < Safety::Unsafe && fix.refused.is_none())
}
