//! `--format checkstyle`: the report of Checkstyle, which Jenkins and many others read.

use super::place::Places;
use super::xml::escape;
use super::{FileFindings, Findings};
use std::io::{self, Write};

/// Writes one document.
///
/// # Errors
///
/// Those of `out`.
pub fn write(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
    findings.pieces.iter().try_for_each(|piece| out.write_all(piece))?;
    findings.files.iter().try_for_each(|file| write_file(file, out))?;
    writeln!(out, "</checkstyle>")
}

/// Writes the element of one file.
///
/// # Errors
///
/// Those of `out`.
pub fn write_file(file: &FileFindings, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::new(file.text.as_deref().unwrap_or_default());
    writeln!(out, "  <file name=\"{}\">", escape(&file.repository_path()))?;
    for diagnostic in &file.diagnostics {
        let at = places.position(diagnostic.span.start);
        let (severity, message) = (diagnostic.severity.name(), escape(&diagnostic.message));
        let (line, column, rule) = (at.line, at.column, diagnostic.rule);
        writeln!(
            out,
            "    <error line=\"{line}\" column=\"{column}\" severity=\"{severity}\" message=\"{message}\" source=\"postlint.{rule}\"/>"
        )?;
    }
    writeln!(out, "  </file>")
}
