//! The posts in which something was found, the worst first, then the newest; each with its findings.

use super::masthead::worst;
use super::text::{count, escape, message};
use super::{MOST_UNFOLDED, SEVERITIES, State, class, excerpt};
use crate::diagnostic::{Diagnostic, Safety};
use crate::post::front_matter::FrontMatter;
use crate::post::yaml::Node;
use crate::report::FileFindings;
use crate::report::place::Places;
use crate::report::summary::is_fixable;
use crate::rules::page;
use std::cmp::Reverse;
use std::io::{self, Write};

/// Writes all of them.
pub fn write(state: &State, out: &mut dyn Write) -> io::Result<()> {
    let mut files: Vec<(usize, &FileFindings)> =
        state.findings.files.iter().enumerate().filter(|(_, file)| !file.diagnostics.is_empty()).collect();
    // by path the newest post comes last
    files.sort_by_key(|(index, file)| (Reverse(worst(file.diagnostics.iter())), Reverse(*index)));
    let all: usize = files.iter().map(|(_, file)| file.diagnostics.len()).sum();
    let open = if all <= MOST_UNFOLDED { " open" } else { "" };
    writeln!(out, "<main id=posts class=posts>")?;
    for (index, file) in files {
        write_post(state, index, file, open, out)?;
    }
    writeln!(out, "</main>")
}

fn write_post(state: &State, index: usize, file: &FileFindings, open: &str, out: &mut dyn Write) -> io::Result<()> {
    let text = file.text.as_deref().unwrap_or_default();
    let places = Places::new(text);
    let mut rules: Vec<usize> = file.diagnostics.iter().map(|finding| state.number(finding.rule)).collect();
    rules.sort_unstable();
    rules.dedup();
    let classes: String = rules.iter().map(|number| format!(" r{number}")).collect();
    let path = escape(&file.path);
    let title = title(text).map_or_else(|| path.clone().into_owned(), |title| escape(&title).into_owned());
    write!(
        out,
        "<details class=\"post{classes}\" id=p{index}{open}><summary><h2>{title}</h2><span class=path>{path}</span><span class=counts>"
    )?;
    for (severity, one, many) in SEVERITIES {
        let number = file.diagnostics.iter().filter(|finding| finding.severity == severity).count();
        if number > 0 {
            write!(out, "<span class=\"n {}\" title=\"{}\">{number}</span>", class(severity), count(number, one, many))?;
        }
    }
    writeln!(out, "</span></summary>")?;
    for finding in &file.diagnostics {
        write_finding(state, finding, &places, out)?;
    }
    writeln!(out, "</details>")
}

fn title(text: &str) -> Option<String> {
    let title = FrontMatter::parse(text).get("title").and_then(Node::text).map(str::to_owned);
    title.filter(|title| !title.trim().is_empty())
}

fn write_finding(state: &State, finding: &Diagnostic, places: &Places, out: &mut dyn Write) -> io::Result<()> {
    let at = places.position(finding.span.start);
    let fixable = if is_fixable(finding) { " fixable" } else { "" };
    let rule = match page::url(finding.rule) {
        Some(url) => format!("<a href=\"{}\">{}</a>", escape(&url), finding.rule),
        None => finding.rule.to_owned(),
    };
    let severity = class(finding.severity);
    writeln!(
        out,
        "<article class=\"finding {severity} r{}{fixable}\"><p class=what><span class=where>{}:{}</span> {}</p>\
         <p class=rule-name><span class=severity>{severity}</span> {rule}</p>",
        state.number(finding.rule),
        at.line,
        at.column,
        message(&finding.message)
    )?;
    if !places.text().is_empty() {
        writeln!(out, "<pre>{}</pre>", excerpt::neighbourhood(places, finding.span))?;
    }
    for note in finding.notes.iter().flat_map(|note| note.lines()) {
        writeln!(out, "<p class=note>{}</p>", message(note))?;
    }
    if let Some(fix) = finding.fixes.first() {
        let care = if fix.safety == Safety::Unsafe { "Look at this fix: " } else { "Fix: " };
        writeln!(out, "<p class=fix>{care}{}</p><pre class=repair>{}</pre>", message(&fix.title), excerpt::repair(places, fix))?;
    }
    writeln!(out, "</article>")
}
