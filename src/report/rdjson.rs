//! `--format rdjson`: the Reviewdog Diagnostic Format
//! (<https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>); what it suggests is one click in a pull request.

use super::place::Places;
use super::visible::escape_json;
use super::{FileFindings, Findings, write_items};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::rules::page;
use crate::text::Span;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Edits of one fix that lie further apart are no suggestion: it would show all lines between them.
const MOST_LINES: usize = 20;

/// Writes one object.
///
/// # Errors
///
/// Those of `out`.
pub fn write(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    let mut source = json!({ "name": "postlint" });
    let repository = env!("CARGO_PKG_REPOSITORY");
    if !repository.is_empty() {
        source["url"] = repository.into();
    }
    write!(out, "{{\"diagnostics\":[")?;
    write_items(findings, out, write_file, <[u8]>::to_vec)?;
    writeln!(out, "],\"source\":{}}}", escape_json(&source.to_string()))
}

/// Writes the diagnostics of one file, a comma before each.
///
/// # Errors
///
/// A text cannot be written as JSON.
pub fn write_file(file: &FileFindings, piece: &mut Vec<u8>) -> io::Result<()> {
    let places = Places::new(file.text.as_deref().unwrap_or_default());
    let path = file.repository_path();
    file.diagnostics.iter().try_for_each(|one| write!(piece, ",{}", escape_json(&diagnostic(one, &path, &places).to_string())))
}

fn diagnostic(diagnostic: &Diagnostic, path: &str, places: &Places) -> Value {
    let mut code = json!({ "value": diagnostic.rule });
    if let Some(page) = page::url(diagnostic.rule) {
        code["url"] = page.into();
    }
    let mut object = json!({
        "message": diagnostic.message,
        "location": { "path": path, "range": range(places.clamp(diagnostic.span), places) },
        "severity": severity(diagnostic.severity),
        "code": code,
    });
    let suggestion = diagnostic.fixes.first().filter(|fix| fix.refused.is_none()).and_then(|fix| suggestion(fix, places));
    if let Some(suggestion) = suggestion {
        object["suggestions"] = json!([suggestion]);
    }
    object
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    }
}

/// All edits of a fix as one, so that one click does all of it.
fn suggestion(fix: &Fix, places: &Places) -> Option<Value> {
    let (first, last) = (fix.edits.first()?, fix.edits.last()?);
    let all = places.clamp(first.span.to(last.span));
    if places.lines().line_of(all.end) - places.lines().line_of(all.start) > MOST_LINES {
        return None;
    }
    let mut text = String::new();
    let mut at = all.start;
    for edit in &fix.edits {
        text.push_str(Span { start: at, end: edit.span.start.max(at) }.of(places.text()));
        text.push_str(&edit.text);
        at = edit.span.end;
    }
    Some(json!({ "range": range(all, places), "text": text }))
}

fn range(span: Span, places: &Places) -> Value {
    json!({ "start": position(span.start, places), "end": position(span.end, places) })
}

/// Columns are 1-based and count bytes.
fn position(offset: u32, places: &Places) -> Value {
    let line = places.lines().line_of(offset);
    let start = places.lines().span(line, places.text()).start;
    json!({ "line": line, "column": offset - start.min(offset) + 1 })
}
