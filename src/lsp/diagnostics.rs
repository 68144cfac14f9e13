//! `textDocument/publishDiagnostics`: what is wrong, in the editor's words.

use super::open_texts::OpenText;
use super::position::{Encoding, LineStarts, Positions};
use super::uri;
use crate::config;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::lint::session::SessionError;
use crate::rules::page;
use crate::site::Problem;
use crate::site::problem::Weight;
use crate::text::Span;
use lsp_types::{
    CodeDescription, Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Position, Range, Uri,
};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// As the source of a diagnostic.
const NAME: &str = "postlint";

/// The findings in `text`. Paths of other files are relative to `root`.
pub fn of_findings(uri: &Uri, text: &OpenText, findings: &[Diagnostic], root: Option<&Path>, encoding: Encoding) -> Vec<Shown> {
    let positions = text.positions(encoding);
    let shown = findings.iter().map(|finding| {
        let related: Vec<_> = finding.labels.iter().filter_map(|label| related(uri, &positions, label, root, encoding)).collect();
        Shown {
            range: positions.range(finding.span),
            severity: Some(severity(finding.severity)),
            code: Some(NumberOrString::String(finding.rule.to_owned())),
            code_description: page::url(finding.rule).and_then(|url| Uri::from_str(&url).ok()).map(|href| CodeDescription { href }),
            source: Some(NAME.to_owned()),
            message: message(finding),
            related_information: (!related.is_empty()).then_some(related),
            ..Shown::default()
        }
    });
    shown.collect()
}

fn message(finding: &Diagnostic) -> String {
    let lines = std::iter::once(&finding.message).chain(&finding.notes);
    lines.map(String::as_str).collect::<Vec<_>>().join("\n")
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
    }
}

fn related(uri: &Uri, own: &Positions, label: &Label, root: Option<&Path>, encoding: Encoding) -> Option<DiagnosticRelatedInformation> {
    let location = match &label.file {
        None => Location::new(uri.clone(), own.range(label.span)),
        Some(path) => {
            let file = root.map_or_else(|| PathBuf::from(path), |root| root.join(path));
            let text = std::fs::read_to_string(&file).ok()?;
            let span = Span { start: label.span.start.min(text.len() as u32), end: label.span.end.min(text.len() as u32) };
            Location::new(uri::of(&file)?, LineStarts::new(&text).positions(&text, encoding).range(span))
        }
    };
    Some(DiagnosticRelatedInformation { location, message: label.message.clone() })
}

/// What is wrong in a configuration that cannot be used, with its file.
pub fn of_failure(failure: &SessionError) -> Option<(PathBuf, Vec<Shown>)> {
    match failure {
        SessionError::Config(error) => Some((error.file.clone(), error.problems.iter().map(of_config_problem).collect())),
        SessionError::Baseline(_) | SessionError::Options(_) => None,
    }
}

/// What is wrong in the text of a configuration.
pub fn of_config_text(text: &str) -> Vec<Shown> {
    config::read::parse(text).err().unwrap_or_default().iter().map(of_config_problem).collect()
}

fn of_config_problem(problem: &config::Problem) -> Shown {
    // what stands before a place in a configuration is hardly ever more than one byte a character
    let place = problem.position.map_or_else(Position::default, |at| Position::new(at.line as u32 - 1, at.column as u32 - 1));
    about(Range::new(place, place), DiagnosticSeverity::ERROR, &problem.message)
}

/// What is wrong with the site itself.
pub fn of_problem(problem: &Problem) -> Shown {
    let place = Position::new(problem.line.map_or(0, |line| line as u32 - 1), 0);
    let severity = match problem.weight {
        Weight::Unreadable => DiagnosticSeverity::ERROR,
        Weight::Note => DiagnosticSeverity::INFORMATION,
    };
    about(Range::new(place, place), severity, &problem.message)
}

fn about(range: Range, severity: DiagnosticSeverity, message: &str) -> Shown {
    let (severity, source) = (Some(severity), Some(NAME.to_owned()));
    Shown { range, severity, source, message: message.to_owned(), ..Shown::default() }
}
