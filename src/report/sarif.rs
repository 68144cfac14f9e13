//! `--format sarif`: SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), which GitHub's code
//! scanning and many editors read.

use super::place::Places;
use super::visible::escape_json;
use super::{FileFindings, Findings, numbered, write_items};
use crate::diagnostic::{Diagnostic, Fix, Label, Severity};
use crate::rules::page;
use crate::rules::{Definition, RULES};
use crate::text::Span;
use serde_json::{Value, json};
use std::io::{self, Write};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// Paths are relative to the top of the repository.
const ROOT: &str = "%SRCROOT%";

/// Writes one log with one run.
///
/// # Errors
///
/// Those of `out`.
pub fn write(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    let found = found(findings);
    let rules: Vec<Value> = RULES.iter().zip(found).filter(|(_, found)| *found).map(|(rule, _)| descriptor(rule)).collect();
    let mut driver = json!({
        "name": "postlint",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    let repository = env!("CARGO_PKG_REPOSITORY");
    if !repository.is_empty() {
        driver["informationUri"] = repository.into();
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": [] }],
    })
    .to_string();
    let (head, tail) = log.split_once(NO_RESULTS).unwrap_or((&log, ""));
    write!(out, "{}{RESULTS}", escape_json(head))?;
    write_items(findings, out, write_file, |piece| renumbered(&String::from_utf8_lossy(piece), &found).into_bytes())?;
    writeln!(out, "]{}", escape_json(tail))
}

const RESULTS: &str = "\"results\":[";
const NO_RESULTS: &str = "\"results\":[]";
/// Stands before the index of a rule, and nowhere else: in a text its quotation marks have backslashes.
const INDEX: &str = ",\"ruleIndex\":";

/// For each definition whether there are findings of the rule.
fn found(findings: &Findings) -> [bool; RULES.len()] {
    let mut found = [false; RULES.len()];
    let of_pieces = findings.pieces.iter().flat_map(|piece| {
        let piece = String::from_utf8_lossy(piece);
        piece.split(INDEX).skip(1).filter_map(|rest| Some(index_at(rest)?.0)).collect::<Vec<_>>()
    });
    let of_files = findings.files.iter().flat_map(|file| &file.diagnostics).filter_map(|diagnostic| index_of(diagnostic.rule));
    for index in of_pieces.chain(of_files) {
        found[index] = true;
    }
    found
}

/// The index of a definition at the start of `text`, and what follows it.
fn index_at(text: &str) -> Option<(usize, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let index = text[..digits].parse().ok().filter(|index| *index < RULES.len())?;
    Some((index, &text[digits..]))
}

fn index_of(rule: &str) -> Option<usize> {
    RULES.iter().position(|known| known.name == rule)
}

/// A piece in which rules are numbered among those that were found, which only the whole log knows.
fn renumbered(piece: &str, found: &[bool]) -> String {
    let mut parts = piece.split(INDEX);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((index, rest)) = index_at(part) else { continue };
        let number = found[..index].iter().filter(|found| **found).count();
        text.push_str(&format!("{INDEX}{number}{rest}"));
    }
    text
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A rule, with its page as help.
fn descriptor(rule: &Definition) -> Value {
    let page = rule.page();
    let mut descriptor = json!({
        "id": rule.name,
        "shortDescription": { "text": page.summary },
        "help": { "text": page.body.trim(), "markdown": page.body.trim() },
        "defaultConfiguration": { "level": level(page.severity) },
        "properties": { "tags": [rule.group()] },
    });
    if let Some(page) = page::url(rule.name) {
        descriptor["helpUri"] = page.into();
    }
    descriptor
}

/// Writes the results of one file, a comma before each; rules are numbered as their definitions are.
///
/// # Errors
///
/// A text cannot be written as JSON.
pub fn write_file(file: &FileFindings, piece: &mut Vec<u8>) -> io::Result<()> {
    let places = Places::new(file.text.as_deref().unwrap_or_default());
    let uri = uri(&file.repository_path());
    let result = |(diagnostic, fingerprint): (&Diagnostic, String)| {
        let mut result = json!({
            "ruleId": diagnostic.rule,
            "level": level(diagnostic.severity),
            "message": { "text": message(diagnostic) },
            "locations": [{ "physicalLocation": location(&uri, diagnostic.span, &places) }],
            // the name is the one by which GitHub knows a finding again
            "partialFingerprints": { "primaryLocationLineHash": fingerprint },
        });
        if let Some(index) = index_of(diagnostic.rule) {
            result["ruleIndex"] = index.into();
        }
        let related: Vec<Value> = diagnostic.labels.iter().filter_map(|label| related(label, &uri, &places)).collect();
        if !related.is_empty() {
            result["relatedLocations"] = related.into();
        }
        let fixes: Vec<Value> = diagnostic.fixes.iter().filter(|fix| fix.refused.is_none()).map(|one| fix(one, &uri, &places)).collect();
        if !fixes.is_empty() {
            result["fixes"] = fixes.into();
        }
        result
    };
    numbered(file).try_for_each(|finding| write!(piece, ",{}", escape_json(&result(finding).to_string())))
}

fn message(diagnostic: &Diagnostic) -> String {
    std::iter::once(&diagnostic.message).chain(&diagnostic.notes).map(String::as_str).collect::<Vec<_>>().join("\n")
}

fn related(label: &Label, uri: &str, places: &Places) -> Option<Value> {
    // lines of other files are not known here
    let location = label.file.is_none().then(|| location(uri, label.span, places))?;
    Some(json!({ "physicalLocation": location, "message": { "text": label.message } }))
}

fn location(uri: &str, span: Span, places: &Places) -> Value {
    json!({ "artifactLocation": { "uri": uri, "uriBaseId": ROOT }, "region": region(span, places) })
}

fn region(span: Span, places: &Places) -> Value {
    let span = places.clamp(span);
    let (start, end) = (places.position(span.start), places.position(span.end));
    json!({
        "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
        "byteOffset": span.start, "byteLength": span.len(),
    })
}

fn fix(fix: &Fix, uri: &str, places: &Places) -> Value {
    let edits = fix.edits.iter();
    let replacements: Vec<Value> =
        edits.map(|edit| json!({ "deletedRegion": region(edit.span, places), "insertedContent": { "text": edit.text } })).collect();
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{ "artifactLocation": { "uri": uri, "uriBaseId": ROOT }, "replacements": replacements }],
    })
}

/// A path as a relative reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
