//! `--format gitlab`: a Code Quality report (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>).

use super::place::Places;
use super::visible::escape_json;
use super::{Findings, numbered};
use crate::diagnostic::Severity;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes one list.
///
/// # Errors
///
/// Those of `out`.
pub fn write(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    let mut list: Vec<Value> = Vec::new();
    for file in &findings.files {
        let places = Places::new(file.text.as_deref().unwrap_or_default());
        let path = file.repository_path();
        for (diagnostic, fingerprint) in numbered(file) {
            let span = places.clamp(diagnostic.span);
            let (begin, end) = (places.position(span.start).line, places.position(span.end).line);
            list.push(json!({
                "description": diagnostic.message,
                "check_name": diagnostic.rule,
                // unique in the whole report
                "fingerprint": format!("{path}:{fingerprint}"),
                "severity": severity(diagnostic.severity),
                "location": { "path": path, "lines": { "begin": begin, "end": end } },
            }));
        }
    }
    writeln!(out, "{}", escape_json(&serde_json::to_string(&list)?))
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}
