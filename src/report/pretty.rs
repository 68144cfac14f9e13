//! `--format pretty`: an excerpt of the post with the finding marked, and its fix below.

mod painter;

use super::excerpt::Excerpt;
use super::place::Places;
use super::summary::is_fixable;
use super::visible::visible;
use super::{FileFindings, Findings, Options, Repairs, Style, word_diff};
use crate::diagnostic::{Diagnostic, Label, Safety, Severity};
use crate::rules::page;
use crate::text::Span;
use codespan_reporting::diagnostic::{Diagnostic as Drawing, Label as Mark, Severity as Colour};
use codespan_reporting::term::{self, Config};
use painter::Painter;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

/// Findings of one rule in one file that are shown without `--all`.
const MOST_OF_A_RULE: usize = 5;

/// Writes all findings, and the summary as the last line.
///
/// # Errors
///
/// Those of `out`.
pub fn write(findings: &Findings, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    findings.pieces.iter().try_for_each(|piece| out.write_all(piece))?;
    findings.files.iter().try_for_each(|file| write_file(file, options, out))?;
    write_summary(findings, &options.style, out)
}

/// Writes the findings of one file.
///
/// # Errors
///
/// Those of `out`.
pub fn write_file(file: &FileFindings, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::new(file.text.as_deref().unwrap_or_default());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in &file.diagnostics {
        let count = counts.entry(diagnostic.rule).or_default();
        *count += 1;
        if options.all || *count <= MOST_OF_A_RULE {
            out.write_all(draw(diagnostic, file, &places, options).as_bytes())?;
        }
    }
    let style = &options.style;
    for (rule, count) in counts.iter().filter(|&(_, &count)| !options.all && count > MOST_OF_A_RULE) {
        let more = format!("… {} more {rule} in {}", count - MOST_OF_A_RULE, visible(&file.path));
        writeln!(out, "{}\n", style.paint(style.dim(), &format!("{more} (`--all` shows them)")))?;
    }
    Ok(())
}

/// One finding, with a blank line after it.
fn draw(diagnostic: &Diagnostic, file: &FileFindings, places: &Places, options: &Options) -> String {
    let style = &options.style;
    let others = OtherFiles::load(diagnostic, options);
    let digits = digits_of(diagnostic, file, places, &others);
    // the gutter: number, blank, border, blank; and two columns for each label over several lines
    let room = style.width.saturating_sub(digits + 3 + 2).max(20);

    let mut excerpt = Excerpt::default();
    let mut marks = Vec::new();
    let own: Vec<&Label> = diagnostic.labels.iter().filter(|label| label.file.is_none()).collect();
    let whole_document = diagnostic.span == Span::default();
    if file.text.is_some() && !(whole_document && own.is_empty()) {
        let spans: Vec<Span> = std::iter::once(diagnostic.span).chain(own.iter().map(|label| label.span)).collect();
        let (id, ranges) = excerpt.add(&file.path, places, &spans, room);
        let mut ranges = ranges.into_iter();
        marks.extend(ranges.next().map(|range| Mark::primary(id, range)));
        marks.extend(ranges.zip(own).map(|(range, label)| secondary(id, range, label)));
    }
    for (path, text, labels) in &others.files {
        let spans: Vec<Span> = labels.iter().map(|label| label.span).collect();
        let (id, ranges) = excerpt.add(path, &Places::new(text), &spans, room);
        marks.extend(ranges.into_iter().zip(labels).map(|(range, label)| secondary(id, range, label)));
    }

    let mut painter = Painter::new(style);
    painter.header(diagnostic, page::url(diagnostic.rule).as_deref());
    if marks.iter().all(|mark| mark.style != codespan_reporting::diagnostic::LabelStyle::Primary) {
        painter.locus(digits, &format!("{}:1:1", visible(&file.path)), !marks.is_empty());
    }
    let notes = diagnostic.notes.iter().chain(&others.missing).map(|note| wrap_note(note, room)).collect();
    let drawing = Drawing::new(colour(diagnostic.severity)).with_labels(marks).with_notes(notes);
    // the excerpt knows all files and lines that the labels speak of
    let drawn = term::emit_to_write_style(&mut painter, &Config::default(), &excerpt, &drawing);
    debug_assert!(drawn.is_ok(), "{drawn:?}");
    let mut text = painter.finish();
    text.push_str(&draw_fix(diagnostic, places, digits, room, style));
    text.push('\n');
    text
}

fn secondary(id: usize, range: Range<usize>, label: &Label) -> Mark<usize> {
    Mark::secondary(id, range).with_message(visible(&label.message))
}

fn colour(severity: Severity) -> Colour {
    match severity {
        Severity::Error => Colour::Error,
        Severity::Warning => Colour::Warning,
        Severity::Info => Colour::Help,
    }
}

/// Files that a finding points into, beside its own.
struct OtherFiles<'d> {
    files: Vec<(&'d str, Arc<str>, Vec<&'d Label>)>,
    /// What is said about those that are not there.
    missing: Vec<String>,
}

impl<'d> OtherFiles<'d> {
    fn load(diagnostic: &'d Diagnostic, options: &Options) -> OtherFiles<'d> {
        let mut others = OtherFiles { files: Vec::new(), missing: Vec::new() };
        for label in &diagnostic.labels {
            let Some(path) = label.file.as_deref() else { continue };
            if let Some((_, _, labels)) = others.files.iter_mut().find(|(known, _, _)| *known == path) {
                labels.push(label);
            } else if let Some(text) = (options.load)(path) {
                others.files.push((path, text, vec![label]));
            } else {
                others.missing.push(format!("{path}: {}", label.message));
            }
        }
        others
    }
}

/// Columns that the longest line number takes.
fn digits_of(diagnostic: &Diagnostic, file: &FileFindings, places: &Places, others: &OtherFiles) -> usize {
    let own = std::iter::once(diagnostic.span)
        .chain(diagnostic.labels.iter().filter(|label| label.file.is_none()).map(|label| label.span))
        .chain(diagnostic.fixes.first().into_iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span)))
        .filter(|_| file.text.is_some())
        .map(|span| places.lines().line_of(places.clamp(span).end));
    let other = others.files.iter().flat_map(|(_, text, labels)| {
        let places = Places::new(text);
        labels.iter().map(move |label| places.lines().line_of(places.clamp(label.span).end)).collect::<Vec<_>>()
    });
    own.chain(other).max().unwrap_or(1).to_string().len()
}

fn draw_fix(diagnostic: &Diagnostic, places: &Places, digits: usize, width: usize, style: &Style) -> String {
    let Some(fix) = diagnostic.fixes.first() else { return String::new() };
    let what = match fix.safety {
        _ if fix.refused.is_some() => "left out",
        Safety::Layout | Safety::Safe => "fix",
        Safety::Unsafe => "unsafe fix",
    };
    let bullet = style.paint(style.gutter(), "=");
    let what = style.paint(if is_fixable(diagnostic) { style.good() } else { style.bold() }, what);
    let head = format!("{:digits$} {bullet} {what}: {}\n", "", visible(&fix.title));
    head + &word_diff::draw(fix, places, digits, width, style)
}

/// A note in lines of at most `width` columns.
fn wrap_note(note: &str, width: usize) -> String {
    note.lines().map(|line| painter::wrap(&visible(line), width, width).join("\n")).collect::<Vec<_>>().join("\n")
}

fn write_summary(findings: &Findings, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let summary = findings.summary();
    if let Some(repairs) = findings.repairs {
        writeln!(out, "{}", style.paint(style.good(), &repaired(repairs)))?;
        if repairs.left.is_some() {
            return Ok(());
        }
    }
    let files = count(summary.files, "file", "files");
    let found = [
        (summary.errors, Severity::Error, "error", "errors"),
        (summary.warnings, Severity::Warning, "warning", "warnings"),
        (summary.infos, Severity::Info, "info", "infos"),
    ];
    let found: Vec<String> = found
        .into_iter()
        .filter(|&(number, ..)| number > 0)
        .map(|(number, severity, one, many)| style.paint(style.severity(severity), &count(number, one, many)))
        .collect();
    if found.is_empty() {
        return writeln!(out, "{} {files} checked, nothing found", style.paint(style.good(), "✓"));
    }
    let with = findings.tally().files;
    let fixable = match summary.fixable {
        0 => String::new(),
        number => format!("; {} with `--fix`", style.paint(style.good(), &format!("{number} can be repaired"))),
    };
    writeln!(out, "{} in {with} of {files}{fixable}", found.join(", "))
}

fn repaired(repairs: Repairs) -> String {
    let mut text = format!("{} repaired in {}", count(repairs.applied, "finding", "findings"), count(repairs.files, "file", "files"));
    if repairs.refused > 0 {
        text.push_str(&format!("; {} left out", count(repairs.refused, "fix", "fixes")));
    }
    if let Some(left) = repairs.left {
        text.push_str(&format!("; {} left", count(left, "finding", "findings")));
    }
    text
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
