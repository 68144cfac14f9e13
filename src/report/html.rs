//! `--format html`: the state of the whole site as one page, for a browser without a network.
//!
//! The page has no script: what can be folded or filtered is so by HTML and CSS alone. Its policy forbids scripts and
//! everything from elsewhere, should text of a post ever come through unescaped. Where there are thousands of findings the
//! browser draws only what is seen (`content-visibility`).

mod excerpt;
mod masthead;
mod posts;
mod rules;
mod text;

use super::{Findings, Options};
use crate::diagnostic::{Diagnostic, Severity};
use std::collections::BTreeMap;
use std::io::{self, Write};
use text::escape;

const STYLE: &str = include_str!("html/page.css");

/// With more findings than this the posts are folded at first.
const MOST_UNFOLDED: usize = 300;

/// The severities, the worst first, with the word that stands for each in classes and ids.
const SEVERITIES: [(Severity, &str, &str); 3] =
    [(Severity::Error, "error", "errors"), (Severity::Warning, "warning", "warnings"), (Severity::Info, "info", "infos")];

/// What all parts of the page look at.
struct State<'f> {
    findings: &'f Findings,
    /// The rules that found something: in the order of their names, each with its findings.
    rules: BTreeMap<&'static str, Vec<&'f Diagnostic>>,
}

impl<'f> State<'f> {
    fn new(findings: &'f Findings) -> State<'f> {
        let mut rules: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        for finding in findings.files.iter().flat_map(|file| &file.diagnostics) {
            rules.entry(finding.rule).or_default().push(finding);
        }
        State { findings, rules }
    }

    /// The number of a rule on this page.
    fn number(&self, rule: &str) -> usize {
        self.rules.keys().position(|known| *known == rule).unwrap_or_default()
    }
}

/// Writes the page.
///
/// # Errors
///
/// Those of `out`.
pub fn write(findings: &Findings, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let state = State::new(findings);
    let title = if options.title.is_empty() { "postlint".to_owned() } else { escape(&options.title).into_owned() };
    write!(
        out,
        "<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n\
         <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=viewport content=\"width=device-width, initial-scale=1\">\n\
         <meta name=color-scheme content=\"light dark\">\n\
         <meta name=generator content=\"postlint {}\">\n\
         <title>{title}: what postlint found</title>\n<style>\n{STYLE}{}</style>\n",
        env!("CARGO_PKG_VERSION"),
        rules::filters(&state)
    )?;
    writeln!(out, "<a class=skip href=#posts>To the findings</a>")?;
    masthead::write(&state, &title, out)?;
    if state.rules.is_empty() {
        writeln!(out, "<main id=posts><p class=nothing>Nothing found.</p></main>")?;
    } else {
        writeln!(out, "<div class=columns>")?;
        rules::write(&state, out)?;
        posts::write(&state, out)?;
        writeln!(out, "</div>")?;
    }
    writeln!(out, "<footer>postlint {}</footer>\n</html>", env!("CARGO_PKG_VERSION"))
}

/// The name of a severity in classes.
fn class(severity: Severity) -> &'static str {
    severity.name()
}
