//! What a run found, written for people and for programs: one file a format.
//!
//! Nothing that comes from a file (text, names, messages that quote either) reaches the output before
//! [`visible`] made its control characters visible; [`diff`] alone, when it is not read on a terminal, has to keep
//! the bytes as they are.

pub mod checkstyle;
pub mod concise;
pub mod diff;
pub mod excerpt;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod junit;
pub mod place;
pub mod pretty;
pub mod rdjson;
pub mod sarif;
pub mod secret;
pub mod statistics;
pub mod style;
pub mod summary;
pub mod visible;
mod word_diff;
mod xml;

pub use style::{ColorChoice, Style};
pub use summary::{Repairs, Summary, Tally};

use crate::baseline::Fingerprint;
use crate::diagnostic::Diagnostic;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
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
    /// Annotations of GitHub Actions, and a table in the step's summary
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Reviewdog, with suggestions
    Rdjson,
    /// GitLab's Code Quality report
    Gitlab,
    Junit,
    Checkstyle,
    /// How many findings each rule has
    #[value(skip)]
    Statistics,
}

impl Format {
    /// Whether a report is made of one piece a file ([`piece`]), so that findings need not be kept for it.
    pub fn is_of_pieces(self) -> bool {
        !matches!(self, Format::Html | Format::Github | Format::Statistics)
    }

    /// Whether its pieces are the report, and nothing comes before them.
    pub fn is_streamed(self) -> bool {
        matches!(self, Format::Pretty | Format::Concise)
    }
}

/// What was found in one file.
#[derive(Debug, Clone, Default)]
pub struct FileFindings {
    /// Relative to the site's root, with `/`; without a site, relative to the current folder.
    pub path: String,
    /// Where that root, or the current folder, lies in the repository: nothing, or with a slash at its end.
    pub folder: Arc<str>,
    /// The whole file, in which the spans of `diagnostics` lie; `None` when it could not be read.
    pub text: Option<Arc<str>>,
    /// In the order in which they are to be shown.
    pub diagnostics: Vec<Diagnostic>,
}

impl FileFindings {
    /// The path relative to the top of the repository, which is what services want.
    pub fn repository_path(&self) -> String {
        match Path::new(&self.path).is_absolute() {
            true => self.path.clone(),
            false => format!("{}{}", self.folder, self.path),
        }
    }
}

/// The findings of a file with fingerprints that tell them apart, and stay when lines move.
fn numbered(file: &FileFindings) -> impl Iterator<Item = (&Diagnostic, String)> {
    let mut counts: BTreeMap<Fingerprint, usize> = BTreeMap::new();
    file.diagnostics.iter().map(move |diagnostic| {
        let fingerprint = Fingerprint::of(file.text.as_deref().unwrap_or_default(), diagnostic);
        let count = counts.entry(fingerprint).or_default();
        *count += 1;
        (diagnostic, format!("{fingerprint}:{count}"))
    })
}

/// What a run found.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// In the order in which they are to be shown; files without findings may be left out, but for [`Format::Html`].
    pub files: Vec<FileFindings>,
    /// The pieces of files that are not among `files`, and are to be written before them.
    pub pieces: Vec<Box<[u8]>>,
    /// How many findings were in those pieces, and in others that are written already.
    pub told: Tally,
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

/// What a report in a format that is made of pieces says of one file.
///
/// # Errors
///
/// A text cannot be written as JSON.
pub fn piece(format: Format, file: &FileFindings, options: &Options) -> io::Result<Vec<u8>> {
    let mut piece = Vec::new();
    if file.diagnostics.is_empty() {
        return Ok(piece);
    }
    match format {
        Format::Concise => concise::write_file(file, &mut piece)?,
        Format::Json => json::write_file(file, &mut piece)?,
        Format::Sarif => sarif::write_file(file, &mut piece)?,
        Format::Rdjson => rdjson::write_file(file, &mut piece)?,
        Format::Gitlab => gitlab::write_file(file, &mut piece)?,
        Format::Junit => junit::write_file(file, &mut piece)?,
        Format::Checkstyle => checkstyle::write_file(file, &mut piece)?,
        _ => pretty::write_file(file, options, &mut piece)?,
    }
    Ok(piece)
}

/// Writes the items of a list in JSON: the pieces, then those of the files. Each item has a separator in front of it, whose
/// comma the first one does without. `finish` makes of a piece what is written.
fn write_items(
    findings: &Findings,
    out: &mut dyn Write,
    write_file: impl Fn(&FileFindings, &mut Vec<u8>) -> io::Result<()>,
    finish: impl Fn(&[u8]) -> Vec<u8>,
) -> io::Result<()> {
    let mut is_first = true;
    let mut write = |piece: &[u8]| {
        let items = finish(piece);
        let text = if is_first { items.get(1..).unwrap_or_default() } else { &items };
        is_first &= items.is_empty();
        out.write_all(text)
    };
    findings.pieces.iter().try_for_each(|piece| write(piece))?;
    for file in &findings.files {
        let mut piece = Vec::new();
        write_file(file, &mut piece)?;
        write(&piece)?;
    }
    Ok(())
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
        Format::Github => github::write(findings, out),
        Format::Sarif => sarif::write(findings, out),
        Format::Rdjson => rdjson::write(findings, out),
        Format::Gitlab => gitlab::write(findings, out),
        Format::Junit => junit::write(findings, out),
        Format::Checkstyle => checkstyle::write(findings, out),
        Format::Statistics => statistics::write(findings, &options.style, out),
    }
}
