//! `--format json`: one object for programs. Its shape is a contract: keys may be added, never renamed or moved.

use super::place::Places;
use super::visible::escape_json;
use super::{FileFindings, Findings, Summary, write_items};
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

/// What stands in each diagnostic. Pieces, which are kept for as long as the run lasts, have a control character for each
/// of these texts: JSON itself has none of them but the line end.
const PACKED: [&str; 12] = [
    ",\n{\"rule\":\"",
    "\",\"severity\":\"",
    "\",\"message\":\"",
    "\",\"file\":\"",
    "\",\"line\":",
    ",\"column\":",
    ",\"end_line\":",
    ",\"end_column\":",
    ",\"start_byte\":",
    ",\"end_byte\":",
    ",\"fix\":{\"title\":\"",
    "\",\"safety\":\"",
];
/// The first is `\u{e}`, behind tabs and line ends.
const FIRST_CODE: u8 = 0x0e;

/// Writes the object, one diagnostic a line.
///
/// # Errors
///
/// Those of `out`.
pub fn write(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    let summary: Summary = findings.summary();
    write!(out, "{{\"version\":1,\"summary\":{},\"diagnostics\":[", serde_json::to_string(&summary)?)?;
    write_items(findings, out, write_file, unpacked)?;
    writeln!(out, "]}}")
}

/// Writes the diagnostics of one file, packed, a separator before each.
///
/// # Errors
///
/// A text cannot be written as JSON.
pub fn write_file(file: &FileFindings, piece: &mut Vec<u8>) -> io::Result<()> {
    let places = Places::new(file.text.as_deref().unwrap_or_default());
    for diagnostic in &file.diagnostics {
        let item = serde_json::to_string(&Item::new(diagnostic, &file.path, &places))?;
        pack(&format!(",\n{}", escape_json(&item)), piece);
    }
    Ok(())
}

/// The texts come in the order of their codes, so that each is looked for behind the one before.
fn pack(item: &str, piece: &mut Vec<u8>) {
    let mut rest = item;
    for (code, text) in (FIRST_CODE..).zip(PACKED) {
        let Some((before, after)) = rest.split_once(text) else { continue };
        piece.extend_from_slice(before.as_bytes());
        piece.push(code);
        rest = after;
    }
    piece.extend_from_slice(rest.as_bytes());
}

fn unpacked(piece: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(2 * piece.len());
    for byte in piece {
        match byte.checked_sub(FIRST_CODE).and_then(|code| PACKED.get(usize::from(code))) {
            Some(packed) => text.extend_from_slice(packed.as_bytes()),
            None => text.push(*byte),
        }
    }
    text
}
