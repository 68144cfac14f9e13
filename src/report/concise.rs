//! `--format concise`: `path:line:column: severity rule message`, one finding a line.

use super::place::Places;
use super::visible::visible;
use super::{FileFindings, Findings};
use std::io::{self, Write};

/// Writes one line a finding.
///
/// # Errors
///
/// Those of `out`.
pub fn write(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    findings.pieces.iter().try_for_each(|piece| out.write_all(piece))?;
    findings.files.iter().try_for_each(|file| write_file(file, out))
}

/// Writes the lines of one file.
///
/// # Errors
///
/// Those of `out`.
pub fn write_file(file: &FileFindings, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::new(file.text.as_deref().unwrap_or_default());
    let path = visible(&file.path);
    for diagnostic in &file.diagnostics {
        let at = places.position(diagnostic.span.start);
        let (severity, message) = (diagnostic.severity.name(), visible(&diagnostic.message));
        writeln!(out, "{path}:{}:{}: {severity} {} {message}", at.line, at.column, diagnostic.rule)?;
    }
    Ok(())
}
