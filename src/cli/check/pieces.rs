//! A report whose format is made of one piece a file: each is made as soon as the file was linted, and written where nothing
//! comes before it, so that neither texts nor findings are kept.

use super::{Check, load};
use crate::cli::Failure;
use crate::lint::Selection;
use crate::lint::project::Project;
use crate::lint::run::{self, Linted, Repair, Run};
use crate::report::{self, FileFindings, Options, Tally};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::Arc;

/// What is told of a file.
struct Told {
    piece: io::Result<Vec<u8>>,
    tally: Tally,
    /// With a baseline: the document, without its text and findings.
    seen: Option<Linted>,
}

/// Lints a project (one of all), and writes the pieces. What is left for the run to say is what the baseline has to know.
pub(super) fn run(
    check: &mut Check,
    (project, all): (&Project, &[Project]),
    selection: &Selection,
    out: &mut dyn Write,
) -> Result<Run, Failure> {
    let (format, arguments) = (check.format(), check.arguments);
    let load = |path: &str| load(all, path);
    let style = check.style();
    // where the services look for files; people see them from the site's root
    let folder: Arc<str> = if format.is_streamed() { "".into() } else { project.folder_in_repository().into() };
    let tell = |linted: Linted| {
        let Linted { path, text, diagnostics, .. } = linted;
        let file = FileFindings { path, folder: folder.clone(), text, diagnostics };
        let options = Options { style, all: arguments.all, title: String::new(), load: &load };
        let mut tally = Tally::default();
        let mut piece = Ok(Vec::new());
        // what becomes a baseline is not reported
        if !arguments.write_baseline {
            tally.add(&file);
            piece = report::piece(format, &file, &options);
        }
        let seen = project.baseline.is_some().then(|| Linted { path: file.path, text: None, diagnostics: Vec::new(), ..linted });
        Told { piece, tally, seen }
    };
    let mut documents = Vec::new();
    let mut written = Ok(());
    let findings = &mut check.findings;
    let take = |told: Told| {
        findings.checked += 1;
        findings.told += told.tally;
        documents.extend(told.seen);
        written = told.piece.and_then(|piece| match format {
            format if format.is_streamed() => out.write_all(&piece),
            // what sums it up comes first
            _ => {
                findings.pieces.extend((!piece.is_empty()).then(|| piece.into()));
                Ok(())
            }
        });
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let house_style = run::run_each(project, selection, Repair::default(), check.stdin.as_deref(), tell, take).map_err(Failure::Usage)?;
    written?;
    Ok(Run { documents, house_style })
}
