//! `postlint check --watch`: lints again what changes.
//!
//! A post that changes is linted alone. When anything else of the site changes, or what other posts see of this one (its
//! front matter), the site is read again; then the posts are shown of which there is something new to say.

use super::{Check, CheckArguments, baseline, projects};
use crate::cli::output::{complain, notice};
use crate::cli::{FAILURE, Failure, Outcome};
use crate::diagnostic::Diagnostic;
use crate::lint::project::{Project, Projects};
use crate::lint::run::{self, Repair};
use crate::lint::session::learn;
use crate::lint::{Document, Selection};
use crate::report::Format;
use crate::site::files::Lookup;
use crate::site::header;
use crate::watch::{Batch, Watcher, is_own};
use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What was found in each file that has findings, by its path.
type Found = BTreeMap<String, Vec<Diagnostic>>;

pub(super) fn run(arguments: &CheckArguments, selection: &Selection) -> Outcome {
    if !matches!(arguments.format, Format::Pretty | Format::Concise) {
        return Err(Failure::Usage("`--watch` speaks to people: `--format` pretty or concise".into()));
    }
    let cannot = |error: notify::Error| Failure::Usage(format!("cannot watch files: {error}"));
    let mut watcher = Watcher::new().map_err(cannot)?;
    let mut known: Option<Found> = None;
    loop {
        let (mut found, _) = projects(arguments)?;
        for project in &mut found.projects {
            baseline::prepare(project, arguments).unwrap_or_else(|message| complain(&message));
        }
        found.failures.iter().for_each(|failure| complain(failure));
        // while a configuration is broken, what is known stays, and what was watched too
        if !found.projects.is_empty() {
            watcher.watch(found.projects.iter().flat_map(Project::folders).collect()).map_err(cannot)?;
            let now = lint_all(arguments, selection, &found, known.as_ref())?;
            if known.replace(now).is_none() {
                notice("Watching for changes; Ctrl-C ends");
            }
        }
        let Some(known) = &mut known else { return Ok(ExitCode::from(FAILURE)) };
        if lint_changes(arguments, selection, &found.projects, &watcher, known)?.is_none() {
            return Ok(ExitCode::from(FAILURE));
        }
    }
}

/// Lints everything, and shows that of which there is something else to say than what is `known`.
fn lint_all(arguments: &CheckArguments, selection: &Selection, found: &Projects, known: Option<&Found>) -> Result<Found, Failure> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut check = Check::new(arguments);
    for project in &found.projects {
        // to be compared with what it is when a post changes
        for document in project.site.documents() {
            document.front_matter();
        }
        check.complain(&project.problems);
        let mut run = run::run(project, selection, Repair::default(), None).map_err(Failure::Usage)?;
        if known.is_some() {
            run.house_style = None;
        }
        check.complain(&project.site.data().problems());
        check.take(project, run, &mut out)?;
    }
    let now: Found = check.findings.files.iter().map(|file| (file.path.clone(), file.diagnostics.clone())).collect();
    if let Some(known) = known {
        check.findings.files.retain(|file| known.get(&file.path) != Some(&file.diagnostics));
        for path in known.keys().filter(|path| !now.contains_key(*path)) {
            notice(&format!("{path}: nothing found any more"));
        }
    }
    check.report(&found.projects, &mut out)?;
    out.flush()?;
    Ok(now)
}

/// Lints posts that change, one by one, until the site must be read again; `None`: nothing will ever change.
fn lint_changes(
    arguments: &CheckArguments,
    selection: &Selection,
    projects: &[Project],
    watcher: &Watcher,
    known: &mut Found,
) -> Result<Option<()>, Failure> {
    let mut linters = Vec::new();
    for project in projects {
        let rules = learn(project, selection, None).map_err(Failure::Usage)?;
        linters.push(project.linter(rules));
    }
    while let Some(batch) = watcher.wait() {
        let Some(changed) = only_posts(projects, &batch) else { return Ok(Some(())) };
        if changed.is_empty() {
            continue;
        }
        let mut out = BufWriter::new(std::io::stdout().lock());
        let mut check = Check::new(arguments);
        for (index, document, file) in changed {
            let Some(linter) = linters.get(index) else { continue };
            notice(&format!("Changed: {}", document.path));
            let linted = run::lint_file(linter, document, file);
            known.remove(&document.path);
            if !linted.diagnostics.is_empty() {
                known.insert(document.path.clone(), linted.diagnostics.clone());
            }
            check.findings.checked += 1;
            check.take_document(linted, None, &mut out)?;
        }
        check.report(projects, &mut out)?;
        out.flush()?;
    }
    Ok(None)
}

/// A document that changed: whose project's, and where it is on disk.
type Changed<'p> = (usize, &'p Document, &'p Path);

/// The documents that changed, where nothing else did.
fn only_posts<'p>(projects: &'p [Project], batch: &Batch) -> Option<Vec<Changed<'p>>> {
    if batch.is_incomplete || projects.is_empty() {
        return None;
    }
    let mut changed = Vec::new();
    for path in &batch.paths {
        match projects.iter().enumerate().find_map(|(index, project)| Some((index, document_at(project, path)?))) {
            Some((index, (document, file))) if path.exists() => {
                let project = projects.get(index)?;
                let is_same = |known: &crate::site::documents::Document| *known.front_matter() == header::read(file);
                if !project.site.document(&document.path).is_none_or(is_same) {
                    return None;
                }
                changed.push((index, document, file.as_path()));
            }
            Some(_) => return None,
            None if projects.iter().any(|project| matters(project, path)) => return None,
            None => {}
        }
    }
    Some(changed)
}

fn document_at<'p>(project: &'p Project, path: &Path) -> Option<&'p (Document, PathBuf)> {
    project.documents.iter().find(|(_, file)| file == path)
}

/// Whether the site is another one now that this changed, which is none of its posts.
fn matters(project: &Project, path: &Path) -> bool {
    if project.config.file.as_deref() == Some(path) || is_own(path) {
        return true;
    }
    let Some(root) = project.site.root.as_deref() else { return path.exists() };
    let Ok(below) = path.strip_prefix(root) else { return false };
    let below = below.to_string_lossy().replace('\\', "/");
    match project.site.files().lookup(project.site.source_path(&below)) {
        // of a folder its entries matter
        Lookup::Exact(_) => !path.is_dir(),
        Lookup::Unread { .. } | Lookup::Unknown { .. } => false,
        // what was made and is gone again was an editor's
        Lookup::OtherCase { .. } | Lookup::Missing => path.exists(),
    }
}
