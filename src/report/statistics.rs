//! `--statistics`: how many findings each rule has, the most frequent first.

use super::summary::is_fixable;
use super::{Findings, Style};
use crate::diagnostic::Severity;
use std::collections::BTreeMap;
use std::io::{self, Write};

#[derive(Default)]
struct Count {
    findings: usize,
    files: usize,
    fixable: usize,
    worst: Option<Severity>,
}

/// Writes a table: findings, files, how many `--fix` repairs, severity (the worst), rule.
///
/// # Errors
///
/// Those of `out`.
pub fn write(findings: &Findings, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: Vec<(&str, Count)> = count(findings).into_iter().collect();
    rules.sort_by(|(rule, a), (other, b)| b.findings.cmp(&a.findings).then(rule.cmp(other)));
    if rules.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", style.paint(style.dim(), "findings    files  fixable  severity  rule"))?;
    for (rule, count) in rules {
        let severity = count.worst.unwrap_or(Severity::Info);
        let fixable = if count.fixable == 0 { "-".to_owned() } else { count.fixable.to_string() };
        // the escape sequences must not count as columns
        let name = style.paint(style.severity(severity), &format!("{:<8}", severity.name()));
        writeln!(out, "{:>8}  {:>7}  {fixable:>7}  {name}  {rule}", count.findings, count.files)?;
    }
    Ok(())
}

fn count(findings: &Findings) -> BTreeMap<&'static str, Count> {
    let mut rules: BTreeMap<&str, Count> = BTreeMap::new();
    for file in &findings.files {
        let mut seen: Vec<&str> = Vec::new();
        for diagnostic in &file.diagnostics {
            let count = rules.entry(diagnostic.rule).or_default();
            count.findings += 1;
            count.fixable += usize::from(is_fixable(diagnostic));
            count.worst = count.worst.max(Some(diagnostic.severity));
            if !seen.contains(&diagnostic.rule) {
                seen.push(diagnostic.rule);
                count.files += 1;
            }
        }
    }
    rules
}
