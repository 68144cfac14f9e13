//! `--format gitlab`: a Code Quality report (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>).

use super::place::Places;
use super::visible::escape_json;
use super::{FileFindings, Findings, numbered, write_items};
use crate::diagnostic::Severity;
use serde_json::json;
use std::io::{self, Write};

/// Writes one list.
///
/// # Errors
///
/// Those of `out`.
pub fn write(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "[")?;
    write_items(findings, out, write_file, <[u8]>::to_vec)?;
    writeln!(out, "]")
}

/// Writes the items of one file, a comma before each.
///
/// # Errors
///
/// A text cannot be written as JSON.
pub fn write_file(file: &FileFindings, piece: &mut Vec<u8>) -> io::Result<()> {
    let places = Places::new(file.text.as_deref().unwrap_or_default());
    let path = file.repository_path();
    for (diagnostic, fingerprint) in numbered(file) {
        let span = places.clamp(diagnostic.span);
        let (begin, end) = (places.position(span.start).line, places.position(span.end).line);
        let item = json!({
            "description": diagnostic.message,
            "check_name": diagnostic.rule,
            // unique in the whole report
            "fingerprint": format!("{path}:{fingerprint}"),
            "severity": severity(diagnostic.severity),
            "location": { "path": path, "lines": { "begin": begin, "end": end } },
        });
        write!(piece, ",{}", escape_json(&item.to_string()))?;
    }
    Ok(())
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}
