//! What a run found, written for people and for programs: one file a format.
//!
//! Nothing that comes from a file (text, names, messages that quote either) reaches the output before
//! [`visible`] made its control characters visible; [`diff`] alone, when it is not read on a terminal, has to keep
//! the bytes as they are.

pub mod concise;
pub mod diff;
pub mod excerpt;
pub mod html;
pub mod json;
pub mod place;
pub mod pretty;
pub mod secret;
pub mod statistics;
pub mod style;
pub mod summary;
pub mod visible;
mod word_diff;

pub use style::{ColorChoice, Style};
pub use summary::{Repairs, Summary};

use crate::diagnostic::Diagnostic;
use std::io::{self, Write};
use std::sync::Arc;

/// How findings are written (`--format`, `--statistics`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// Excerpts and fixes, for people
    #[default]
    Pretty,
    /// One finding a line: `path:line:column: severity rule message`
    Concise,
    /// One JSON object, for programs
    Json,
    /// One page with the state of the whole site, for a browser
    Html,
    /// How many findings each rule has
    #[value(skip)]
    Statistics,
}

/// What was found in one file.
#[derive(Debug, Clone)]
pub struct FileFindings {
    /// Relative to the site's root, with `/`; without a site, relative to the current folder.
    pub path: String,
    /// The whole file, in which the spans of `diagnostics` lie; `None` when it could not be read.
    pub text: Option<Arc<str>>,
    /// In the order in which they are to be shown.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a run found.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// In the order in which they are to be shown; files without findings may be left out, but for [`Format::Html`].
    pub files: Vec<FileFindings>,
    /// How many files were linted, those without findings included.
    pub checked: usize,
    /// What `--fix` did; `None` when nothing was to be fixed.
    pub repairs: Option<Repairs>,
    /// `None` without a baseline, or when only a part of the site was linted.
    pub trend: Option<Trend>,
}

/// What became of the findings that the baseline knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Trend {
    /// Still there, and not reported.
    pub left: usize,
    pub mended: usize,
}

/// Gives the text of another file that a label points into; the path is relative to the site's root, with `/`.
pub type Loader<'a> = dyn Fn(&str) -> Option<Arc<str>> + 'a;

/// How a report is to look.
pub struct Options<'a> {
    pub style: Style,
    /// Show every finding (`--all`), not five of a rule in a file.
    pub all: bool,
    /// The site's title; empty where it has none.
    pub title: String,
    /// Where the text of other files comes from.
    pub load: &'a Loader<'a>,
}

impl Options<'_> {
    /// Without colours, at a width of 100 columns, and with nothing known of other files.
    pub fn plain() -> Options<'static> {
        Options { style: Style::plain(), all: false, title: String::new(), load: &|_| None }
    }
}

/// Writes `findings` to `out`.
///
/// # Errors
///
/// Those of `out`.
pub fn write(format: Format, findings: &Findings, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Pretty => pretty::write(findings, options, out),
        Format::Concise => concise::write(findings, out),
        Format::Json => json::write(findings, out),
        Format::Html => html::write(findings, options, out),
        Format::Statistics => statistics::write(findings, &options.style, out),
    }
}
