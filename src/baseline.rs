//! The baseline: findings that were there when postlint came to the site, and that are not to be reported again.
//!
//! It counts the findings of a rule in a file by their [`Fingerprint`], which does not know lines. What was mended since
//! is stale, and taken out when the user asks for it.

pub mod file;
mod fingerprint;

pub use file::{BaselineError, FILE_NAME};
pub use fingerprint::Fingerprint;

use crate::diagnostic::Diagnostic;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// How many findings there are of each fingerprint.
type Counts = BTreeMap<Fingerprint, usize>;

/// Findings that are known already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// By path (relative to the site's root, with `/`) and rule, which this version need not know.
    files: BTreeMap<String, BTreeMap<String, Counts>>,
}

/// All findings in one file, those in the baseline included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen(Vec<(&'static str, Fingerprint)>);

impl Seen {
    pub fn new(text: &str, diagnostics: &[Diagnostic]) -> Seen {
        Seen(diagnostics.iter().map(|diagnostic| (diagnostic.rule, Fingerprint::of(text, diagnostic))).collect())
    }

    /// Whether the file could be read, so that what is not found is not there.
    fn is_judged(&self) -> bool {
        !self.0.iter().any(|(rule, _)| rule.starts_with("file/"))
    }
}

impl Baseline {
    /// A baseline of all that was seen, by path.
    pub fn of<'s>(seen: impl IntoIterator<Item = (&'s str, &'s Seen)>) -> Baseline {
        let mut baseline = Baseline::default();
        for (path, seen) in seen {
            for (rule, fingerprint) in &seen.0 {
                let rules = baseline.files.entry(path.to_owned()).or_default();
                *rules.entry((*rule).to_owned()).or_default().entry(*fingerprint).or_default() += 1;
            }
        }
        baseline
    }

    /// Takes away the findings in the file `path` that are known.
    pub fn apply(&self, path: &str, text: &str, diagnostics: &mut Vec<Diagnostic>) {
        let Some(rules) = self.files.get(path) else { return };
        let mut left: BTreeMap<(&str, Fingerprint), usize> = BTreeMap::new();
        for (rule, counts) in rules {
            left.extend(counts.iter().map(|(fingerprint, count)| ((rule.as_str(), *fingerprint), *count)));
        }
        diagnostics.retain(|diagnostic| match left.get_mut(&(diagnostic.rule, Fingerprint::of(text, diagnostic))) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
    }

    /// The baseline without what was mended, by what was seen in all files of the site. Nothing is added.
    pub fn pruned<'s>(&self, seen: impl IntoIterator<Item = (&'s str, &'s Seen)>) -> Baseline {
        let seen: Vec<(&str, &Seen)> = seen.into_iter().collect();
        let judged: FxHashSet<&str> = seen.iter().filter(|(_, seen)| seen.is_judged()).map(|(path, _)| *path).collect();
        let unread: FxHashSet<&str> = seen.iter().filter(|(_, seen)| !seen.is_judged()).map(|(path, _)| *path).collect();
        let now = Baseline::of(seen.iter().copied().filter(|(path, _)| judged.contains(path)));
        let mut pruned = Baseline::default();
        for (path, rules) in &self.files {
            if unread.contains(path.as_str()) {
                pruned.files.insert(path.clone(), rules.clone());
                continue;
            }
            for (rule, counts) in rules {
                let left = |fingerprint| now.files.get(path)?.get(rule)?.get(fingerprint).copied();
                let kept = counts.iter().filter_map(|(fingerprint, &count)| Some((*fingerprint, left(fingerprint)?.min(count))));
                let kept: Counts = kept.collect();
                if !kept.is_empty() {
                    pruned.files.entry(path.clone()).or_default().insert(rule.clone(), kept);
                }
            }
        }
        pruned
    }

    /// How many findings it knows.
    pub fn len(&self) -> usize {
        self.files.values().flat_map(BTreeMap::values).flat_map(BTreeMap::values).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// "3 findings in 2 files".
    pub fn size(&self) -> String {
        let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
        format!("{} in {}", count(self.len(), "finding"), count(self.files.len(), "file"))
    }
}
