//! `--format github`: annotations of GitHub Actions
//! (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step; the worst findings get them. The others are in the log
//! and in the table of the step's summary.

use super::Findings;
use super::place::Places;
use super::visible::visible;
use crate::diagnostic::{Diagnostic, Severity};
use std::cmp::Reverse;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Annotations of a kind that GitHub shows of one step.
const SHOWN: usize = 10;
/// The kinds, the worst first: what finds no place in one is shown as the next.
const KINDS: [(&str, Severity); 3] = [("error", Severity::Error), ("warning", Severity::Warning), ("notice", Severity::Info)];

/// Bytes that the summary of a step may have.
pub const SUMMARY_LIMIT: usize = 1 << 20;
/// Bytes that are kept for the line about what was left out.
const RESERVE: usize = 200;

struct Found<'f> {
    diagnostic: &'f Diagnostic,
    place: String,
    /// As the properties of a command have it.
    properties: String,
}

/// Writes the worst findings as annotations, the others as lines of the log.
///
/// # Errors
///
/// Those of `out`.
pub fn write(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    let mut all = all(findings).into_iter().peekable();
    for (kind, severity) in KINDS {
        for _ in 0..SHOWN {
            let Some(found) = all.next_if(|found| found.diagnostic.severity >= severity) else { break };
            writeln!(out, "::{kind} {}::{}", found.properties, escape(&message(found.diagnostic)))?;
        }
    }
    for Found { diagnostic, place, .. } in all {
        // old runners obey `##[…]` anywhere in a line
        let line = format!("{place}: {} {} {}", diagnostic.severity.name(), diagnostic.rule, visible(&diagnostic.message));
        writeln!(out, "  {}", line.replace("##[", "## ["))?;
    }
    let summary = findings.summary();
    writeln!(out, "{} errors, {} warnings, {} infos in {} files", summary.errors, summary.warnings, summary.infos, summary.files)
}

/// All findings as a table in Markdown, the worst first, in at most `room` bytes.
pub fn step_summary(findings: &Findings, room: usize) -> String {
    let counts = findings.summary();
    let mut text = format!(
        "### postlint\n\n{} errors, {} warnings, {} infos in {} files\n",
        counts.errors, counts.warnings, counts.infos, counts.files
    );
    let all = all(findings);
    if all.is_empty() {
        return text;
    }
    text.push_str("\n| severity | place | rule | finding |\n|---|---|---|---|\n");
    for (index, Found { diagnostic, place, .. }) in all.iter().enumerate() {
        let (severity, rule) = (diagnostic.severity.name(), diagnostic.rule);
        let row = format!("| {severity} | {} | {rule} | {} |\n", cell(place), cell(&diagnostic.message));
        if text.len() + row.len() + RESERVE > room {
            // writing to a string does not fail
            let _ = writeln!(text, "\n… and {} more: the summary of a step has room for no more", all.len() - index);
            break;
        }
        text.push_str(&row);
    }
    text
}

/// The worst first; of the same severity in the order of the files.
fn all(findings: &Findings) -> Vec<Found<'_>> {
    let mut all = Vec::new();
    for file in &findings.files {
        let places = Places::new(file.text.as_deref().unwrap_or_default());
        let path = file.repository_path();
        for diagnostic in &file.diagnostics {
            let span = places.clamp(diagnostic.span);
            let (start, end) = (places.position(span.start), places.position(span.end));
            let mut properties = format!("file={},line={},endLine={}", property(&path), start.line, end.line);
            if start.line == end.line {
                let _ = write!(properties, ",col={},endColumn={}", start.column, end.column);
            }
            let _ = write!(properties, ",title={}", property(diagnostic.rule));
            let place = format!("{}:{}:{}", visible(&path), start.line, start.column);
            all.push(Found { diagnostic, place, properties });
        }
    }
    all.sort_by_key(|found| Reverse(found.diagnostic.severity));
    all
}

fn message(diagnostic: &Diagnostic) -> String {
    let mut message = visible(&diagnostic.message).into_owned();
    for line in diagnostic.notes.iter().chain(diagnostic.fixes.first().map(|fix| &fix.title)) {
        let _ = write!(message, "\n{}", visible(line));
    }
    message
}

/// The data of a workflow command.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a workflow command.
fn property(text: &str) -> String {
    escape(&visible(text)).replace(':', "%3A").replace(',', "%2C")
}

/// A cell of a table: nothing in it is markup but code.
fn cell(text: &str) -> String {
    visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('|', "\\|")
}
