//! `--format junit`: a file is a test suite, a finding a failed test; advice is a test that passed with something to say.

use super::place::Places;
use super::xml::escape;
use super::{FileFindings, Findings};
use crate::diagnostic::{Diagnostic, Severity};
use std::io::{self, Write};

/// Writes one document.
///
/// # Errors
///
/// Those of `out`.
pub fn write(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    let summary = findings.summary();
    let failures = summary.errors + summary.warnings;
    // a report without a test is an error for those who read it
    let tests = (failures + summary.infos).max(1);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"postlint\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">")?;
    if findings.files.is_empty() && findings.pieces.is_empty() {
        writeln!(out, "  <testsuite name=\"postlint\" tests=\"1\" failures=\"0\" errors=\"0\">")?;
        writeln!(out, "    <testcase classname=\"postlint\" name=\"{} files\"/>", summary.files)?;
        writeln!(out, "  </testsuite>")?;
    }
    findings.pieces.iter().try_for_each(|piece| out.write_all(piece))?;
    findings.files.iter().try_for_each(|file| write_file(file, out))?;
    writeln!(out, "</testsuites>")
}

/// Writes the suite of one file.
///
/// # Errors
///
/// Those of `out`.
pub fn write_file(file: &FileFindings, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::new(file.text.as_deref().unwrap_or_default());
    let path = escape(&file.repository_path());
    let failures = file.diagnostics.iter().filter(|diagnostic| diagnostic.severity > Severity::Info).count();
    writeln!(out, "  <testsuite name=\"{path}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\">", file.diagnostics.len())?;
    for diagnostic in &file.diagnostics {
        write_finding(diagnostic, &path, &places, out)?;
    }
    writeln!(out, "  </testsuite>")
}

fn write_finding(diagnostic: &Diagnostic, path: &str, places: &Places, out: &mut dyn Write) -> io::Result<()> {
    let at = places.position(diagnostic.span.start);
    let (rule, message, severity) = (diagnostic.rule, escape(&diagnostic.message), diagnostic.severity.name());
    let line = at.line;
    writeln!(out, "    <testcase classname=\"{path}\" name=\"{rule}:{line}:{}\" file=\"{path}\" line=\"{line}\">", at.column)?;
    match diagnostic.severity {
        Severity::Info => writeln!(out, "      <system-out>{path}:{line}:{}: {message}</system-out>", at.column)?,
        _ => {
            let text = format!("{path}:{line}:{}: {message}", at.column);
            writeln!(out, "      <failure type=\"{severity}\" message=\"{message}\">{text}</failure>")?;
        }
    }
    writeln!(out, "    </testcase>")
}
