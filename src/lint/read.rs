//! Reads files; what cannot be read is a finding.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Report;
use crate::lint::rule_set::RuleSet;
use crate::markup::Unread;
use crate::text::Span;
use std::io::Read;
use std::path::Path;

/// What reading a file came to.
#[derive(Debug)]
pub enum Content {
    Text(String),
    /// The one finding about it, if its rule is on. The text is there when the finding points into it.
    Finding(Vec<Diagnostic>, Option<String>),
}

/// Reads the file at `path`.
pub fn file(path: &Path, rules: &RuleSet) -> Content {
    match bytes(path, rules.largest_file) {
        Ok(Some(bytes)) => text(bytes, rules),
        Ok(None) => {
            let size = std::fs::metadata(path).map(|metadata| metadata.len()).unwrap_or_default();
            too_large(size, rules)
        }
        Err(error) => {
            let link = std::fs::read_link(path).map(|target| format!("a symbolic link to `{}`: ", target.display()));
            unreadable(rules, &format!("{}{}", link.unwrap_or_default(), reason(&error)))
        }
    }
}

/// Why something cannot be read, as the end of a sentence.
pub fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or folder".into(),
        std::io::ErrorKind::PermissionDenied => "no permission to read it".into(),
        _ => {
            let text = error.to_string();
            text.split_once(" (os error").map_or(text.as_str(), |(reason, _)| reason).to_owned()
        }
    }
}

/// The file's bytes; `None` when there are more than `limit`.
fn bytes(path: &Path, limit: u64) -> std::io::Result<Option<Vec<u8>>> {
    let file = std::fs::File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(std::io::Error::other("it is a folder"));
    }
    if metadata.len() > limit {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    // a pipe or a growing file says nothing true about its size
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// The text of a file's bytes.
pub fn text(bytes: Vec<u8>, rules: &RuleSet) -> Content {
    if bytes.len() as u64 > rules.largest_file {
        return too_large(bytes.len() as u64, rules);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Content::Text(text),
        Err(error) => not_utf8(error.as_bytes(), error.utf8_error().valid_up_to(), rules),
    }
}

fn too_large(size: u64, rules: &RuleSet) -> Content {
    let limit = rules.largest_file;
    let message = format!("the file has {size} bytes, more than the {limit} that are read");
    Content::Finding(
        rules.engine_finding("file/too-large", |report| {
            report.whole(message);
        }),
        None,
    )
}

fn unreadable(rules: &RuleSet, why: &str) -> Content {
    let message = format!("the file cannot be read: {why}");
    Content::Finding(
        rules.engine_finding("file/unreadable", |report| {
            report.whole(message);
        }),
        None,
    )
}

/// Points at the first byte that is no text, in a text of the same length that shows each such byte as `?`.
fn not_utf8(bytes: &[u8], at: usize, rules: &RuleSet) -> Content {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    let message = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        "not UTF-8 but UTF-16".to_owned()
    } else {
        format!("not UTF-8: byte 0x{:02X}", bytes.get(at).copied().unwrap_or_default())
    };
    let found = rules.engine_finding("file/not-utf8", |report| {
        report.at(Span::new(at, at + 1), message).note("Jekyll cannot read the file, and builds the site without it");
    });
    Content::Finding(found, Some(text))
}

/// Says that the body of a document was not read. Only its front matter is judged.
pub fn unread(rules: &RuleSet, why: &Unread) -> Vec<Diagnostic> {
    match why {
        Unread::TooCostly => rules.engine_finding("file/too-large", |report| {
            let found = report.whole("to read this text as CommonMark would take too long");
            found.note("it is very long, or repeats its markup very often; only the front matter was checked");
        }),
        Unread::Failed(panic) => rules.engine_finding("file/unreadable", |report| {
            failed(report, "its text could not be read as CommonMark", panic);
        }),
    }
}

/// Reports that postlint itself failed.
pub fn failed(report: &mut Report, what: &str, panic: &str) {
    report.whole(format!("postlint failed on this file: {what}")).note(format!("{panic}; please report this, with the file"));
}
