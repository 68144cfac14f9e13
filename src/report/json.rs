//! `--format json`: one object for programs. Its shape is a contract: keys may be added, never renamed or moved.

use super::place::Places;
use super::visible::escape_json;
use super::{FileFindings, Findings, Summary};
use crate::diagnostic::{Diagnostic, Fix};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Item<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start_byte: u32,
    end_byte: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Repair<'a>>,
}

#[derive(Serialize)]
struct Repair<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
struct Replacement<'a> {
    start_byte: u32,
    end_byte: u32,
    text: &'a str,
}

impl<'a> Item<'a> {
    fn new(diagnostic: &'a Diagnostic, file: &'a str, places: &Places) -> Item<'a> {
        let span = places.clamp(diagnostic.span);
        let (start, end) = (places.position(span.start), places.position(span.end));
        Item {
            rule: diagnostic.rule,
            severity: diagnostic.severity.name(),
            message: &diagnostic.message,
            file,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            start_byte: span.start,
            end_byte: span.end,
            fix: diagnostic.fixes.first().map(Repair::new),
        }
    }
}

impl<'a> Repair<'a> {
    fn new(fix: &'a Fix) -> Repair<'a> {
        let replacement =
            |edit: &'a crate::diagnostic::Edit| Replacement { start_byte: edit.span.start, end_byte: edit.span.end, text: &edit.text };
        Repair { title: &fix.title, safety: fix.safety.name(), edits: fix.edits.iter().map(replacement).collect() }
    }
}

/// Stands before each diagnostic but the first.
const SEPARATOR: &str = ",\n";

/// Writes the object, one diagnostic a line.
///
/// # Errors
///
/// Those of `out`.
pub fn write(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    let summary: Summary = findings.summary();
    write!(out, "{{\"version\":1,\"summary\":{},\"diagnostics\":[", serde_json::to_string(&summary)?)?;
    let mut is_first = true;
    let mut write = |piece: &[u8]| {
        let Some(rest) = piece.get(SEPARATOR.len()..) else { return Ok(()) };
        out.write_all(if is_first { b"\n" } else { SEPARATOR.as_bytes() })?;
        is_first = false;
        out.write_all(rest)
    };
    findings.pieces.iter().try_for_each(|piece| write(piece))?;
    for file in &findings.files {
        let mut piece = Vec::new();
        write_file(file, &mut piece)?;
        write(&piece)?;
    }
    writeln!(out, "]}}")
}

/// Writes the diagnostics of one file, a separator before each.
///
/// # Errors
///
/// A text cannot be written as JSON.
pub fn write_file(file: &FileFindings, piece: &mut Vec<u8>) -> io::Result<()> {
    let places = Places::new(file.text.as_deref().unwrap_or_default());
    for diagnostic in &file.diagnostics {
        let item = serde_json::to_string(&Item::new(diagnostic, &file.path, &places))?;
        piece.extend_from_slice(SEPARATOR.as_bytes());
        piece.extend_from_slice(escape_json(&item).as_bytes());
    }
    Ok(())
}
