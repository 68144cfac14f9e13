//! The head of the page: the state in one sentence, every post as a cell, and the filter by severity.

use super::text::{count, escape};
use super::{SEVERITIES, State, class};
use crate::diagnostic::Severity;
use crate::report::Trend;
use std::io::{self, Write};

/// So many documents have wide cells.
const FEW: usize = 60;

/// Writes it. `title` is HTML.
pub fn write(state: &State, title: &str, out: &mut dyn Write) -> io::Result<()> {
    let summary = state.findings.summary();
    let numbers = [summary.errors, summary.warnings, summary.infos];
    writeln!(out, "<header class=masthead>\n<p class=site>{title}</p>\n<h1>{}</h1>", sentence(state, numbers))?;
    strip(state, out)?;
    trend(state, numbers.iter().sum(), out)?;
    if numbers.iter().sum::<usize>() > 0 {
        writeln!(out, "<fieldset class=severities><legend>Show</legend>")?;
        for ((severity, one, many), number) in SEVERITIES.into_iter().zip(numbers).filter(|(_, number)| *number > 0) {
            let class = class(severity);
            writeln!(out, "<label class={class}><input type=checkbox id=show-{class} checked> {}</label>", count(number, one, many))?;
        }
        if summary.fixable > 0 {
            let number = count(summary.fixable, "that `--fix` repairs", "that `--fix` repairs").replace("`--fix`", "<code>--fix</code>");
            writeln!(out, "<label><input type=checkbox id=only-fixable> only the {number}</label>")?;
        }
        writeln!(out, "</fieldset>")?;
    }
    writeln!(out, "</header>")
}

/// "2 errors and 8 warnings in 5 of 11 posts".
fn sentence(state: &State, numbers: [usize; 3]) -> String {
    let findings = state.findings;
    let files = count(findings.checked, "document", "documents");
    let found: Vec<String> = SEVERITIES
        .into_iter()
        .zip(numbers)
        .filter(|(_, number)| *number > 0)
        .map(|((severity, one, many), number)| format!("<span class={}>{}</span>", class(severity), count(number, one, many)))
        .collect();
    let with = findings.files.iter().filter(|file| !file.diagnostics.is_empty()).count();
    match found.as_slice() {
        [] => format!("Nothing to mend in {files}"),
        [one] => format!("{one} in {with} of {files}"),
        [first, last] => format!("{first} and {last} in {with} of {files}"),
        [first, .., last] => format!("{first}, {} and {last} in {with} of {files}", found[1]),
    }
}

/// All documents in the order of their paths, which for posts is that of their dates; each by its worst finding.
fn strip(state: &State, out: &mut dyn Write) -> io::Result<()> {
    let files = &state.findings.files;
    if files.len() < 2 {
        return Ok(());
    }
    let few = if files.len() <= FEW { " few" } else { "" };
    writeln!(out, "<ol class=\"strip{few}\" aria-label=\"All documents, the oldest first\">")?;
    for (index, file) in files.iter().enumerate() {
        let worst = file.diagnostics.iter().map(|finding| finding.severity).max();
        let name = escape(file.path.rsplit('/').next().unwrap_or(&file.path)).into_owned();
        match worst {
            None => writeln!(out, "<li title=\"{name}\">")?,
            Some(worst) => {
                let number = count(file.diagnostics.len(), "finding", "findings");
                let class = class(worst);
                writeln!(out, "<li class={class}><a href=#p{index} title=\"{name}: {number}\" aria-label=\"{name}: {number}\"></a>")?;
            }
        }
    }
    writeln!(out, "</ol>")
}

/// What the baseline knows: what is left of it, what was mended, and what is new since.
fn trend(state: &State, new: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some(Trend { left, mended }) = state.findings.trend else { return Ok(()) };
    let all = left + mended;
    writeln!(
        out,
        "<p class=trend><span class=track aria-hidden=true><span class=mended style=\"flex-grow:{mended}\"></span>\
         <span class=left style=\"flex-grow:{left}\"></span><span class=new style=\"flex-grow:{new}\"></span></span>\
         Of {} in the baseline <b class=mended>{mended} {} mended</b> and {left} {} left, not shown here; <b>{new} new</b>.</p>",
        count(all, "finding", "findings"),
        if mended == 1 { "is" } else { "are" },
        if left == 1 { "is" } else { "are" },
    )
}

/// The severity of a list of findings: that of the worst.
pub fn worst<'d>(findings: impl Iterator<Item = &'d crate::diagnostic::Diagnostic>) -> Severity {
    findings.map(|finding| finding.severity).max().unwrap_or(Severity::Info)
}
