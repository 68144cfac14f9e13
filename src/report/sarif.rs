//! `--format sarif`: SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), which GitHub's code
//! scanning and many editors read.

use super::place::Places;
use super::visible::escape_json;
use super::{FileFindings, Findings, numbered};
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
    let found: Vec<&str> = findings.files.iter().flat_map(|file| &file.diagnostics).map(|diagnostic| diagnostic.rule).collect();
    let rules: Vec<&Definition> = RULES.iter().filter(|rule| found.contains(&rule.name)).collect();
    let mut driver = json!({
        "name": "postlint",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
    });
    let repository = env!("CARGO_PKG_REPOSITORY");
    if !repository.is_empty() {
        driver["informationUri"] = repository.into();
    }
    let results: Vec<Value> = findings.files.iter().flat_map(|file| results(file, &rules)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    writeln!(out, "{}", escape_json(&serde_json::to_string(&log)?))
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

fn results(file: &FileFindings, rules: &[&Definition]) -> Vec<Value> {
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
        if let Some(index) = rules.iter().position(|rule| rule.name == diagnostic.rule) {
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
    numbered(file).map(result).collect()
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
