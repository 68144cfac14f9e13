//! `postlint check`: lints, repairs, reports.

mod arguments;
mod baseline;
mod pieces;
mod watch;

pub use arguments::CheckArguments;

use super::output::{complain, notice};
use super::{FAILURE, Failure, Outcome};
use crate::changed;
use crate::fix::{self, Ending, WriteError};
use crate::lint::links;
use crate::lint::project::{self, Project, Projects};
use crate::lint::run::{self, Linted, Repair, Run};
use crate::lint::selection::Selection;
use crate::report::{self, FileFindings, Findings, Format, Repairs, Style};
use crate::rules::links::LIVE;
use crate::site::LoadOptions;
use crate::site::problem::{Problem, Weight};
use crate::web::Web;
use baseline::Conclusion;
use rayon::prelude::*;
use std::io::{BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Of a commit's id, that people see.
const COMMIT_DIGITS: usize = 10;
/// Bytes of the report that are written at once.
const OUT_BUFFER: usize = 1 << 20;

pub(super) fn run(arguments: &CheckArguments) -> Outcome {
    if let Some(jobs) = arguments.jobs {
        // fails only when the pool is there already
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build_global();
    }
    let mut selection = Selection::new(&arguments.select, &arguments.ignore).map_err(|unknown| Failure::Usage(unknown.to_string()))?;
    selection.online = arguments.online();
    if arguments.watch {
        return watch::run(arguments, &selection);
    }
    let (found, stdin) = projects(arguments)?;
    let repair = Repair { wanted: arguments.fixes() || arguments.diff, unsafe_fixes: arguments.unsafe_fixes };
    let mut check = Check { stdin, ..Check::new(arguments) };
    check.findings.repairs = arguments.fixes().then(Repairs::default);
    for failure in &found.failures {
        check.fail(failure);
    }
    // what is said beside the findings comes before them, unless there are very many
    let mut out = BufWriter::with_capacity(OUT_BUFFER, std::io::stdout().lock());
    let mut projects = found.projects;
    projects.retain_mut(|project| match baseline::prepare(project, arguments).and_then(|()| only_changed(project, arguments)) {
        Ok(()) => true,
        Err(message) => {
            check.fail(&message);
            false
        }
    });
    let mut web = Web::default();
    for project in &projects {
        check.complain(&project.problems);
        check.ask_web(project, &selection, &mut web)?;
        let in_pieces = !repair.wanted && check.format().is_of_pieces();
        let run = match in_pieces {
            true => pieces::run(&mut check, (project, &projects), &selection, &mut out)?,
            false => run::run(project, &selection, repair, check.stdin.clone()).map_err(Failure::Usage)?,
        };
        check.complain(&project.site.data().problems());
        match baseline::conclude(project, &run, arguments) {
            Ok(Conclusion::Report) if in_pieces => check.conclude(project, &run),
            Ok(Conclusion::Report) => check.take(project, run, &mut out)?,
            Ok(Conclusion::Nothing) => {}
            Err(message) => check.fail(&message),
        }
    }
    if arguments.write_baseline {
        return Ok(check.exit_code());
    }
    let code = check.exit_code();
    check.report(&projects, &mut out)?;
    out.flush()?;
    // the program ends: to free the site piece by piece would only take time
    std::mem::forget(projects);
    Ok(code)
}

/// What is to be linted, and the text of standard input when it is that.
fn projects(arguments: &CheckArguments) -> Result<(Projects, Option<Vec<u8>>), Failure> {
    let config = arguments.config.as_deref();
    let options = site_options(&arguments.site_config);
    let Some(name) = &arguments.stdin_filename else {
        return Ok((project::discover_with(&arguments.paths, config, &options), None));
    };
    let project = project::of_stdin(name, config, &options).map_err(|error| Failure::Usage(error.to_string()))?;
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(|error| Failure::Usage(format!("standard input cannot be read: {error}")))?;
    Ok((Projects { projects: vec![project], failures: Vec::new() }, Some(bytes)))
}

/// Leaves the documents that were changed, with `--changed`, and those that are not excluded, with `--force-exclude`.
fn only_changed(project: &mut Project, arguments: &CheckArguments) -> Result<(), String> {
    if arguments.force_exclude {
        project.leave_out_excluded();
    }
    let Some(revision) = &arguments.changed else { return Ok(()) };
    if let Some(days) = arguments.max_age {
        project.config.set_max_age(days);
    }
    let base = changed::compare(project, revision.as_deref()).map_err(|error| error.to_string())?;
    let touched = project.documents.iter().filter(|(document, _)| document.named).count();
    let commit: String = base.commit.chars().take(COMMIT_DIGITS).collect();
    let documents = if touched == 1 { "document" } else { "documents" };
    notice(&format!("Changed since {} ({commit}): {touched} {documents}", base.name));
    Ok(())
}

/// How sites are loaded when these configuration files are given: relative to the current folder, as for Jekyll, or to
/// the site.
pub(super) fn site_options(site_config: &[PathBuf]) -> LoadOptions {
    let absolute = |file: &PathBuf| if file.is_file() { std::path::absolute(file).unwrap_or_else(|_| file.clone()) } else { file.clone() };
    LoadOptions { config_files: site_config.iter().map(absolute).collect(), ..LoadOptions::default() }
}

/// The text of another file that a finding points into.
fn load(projects: &[Project], path: &str) -> Option<Arc<str>> {
    let roots = projects.iter().filter_map(|project| project.site.root.clone());
    let mut files = roots.map(|root| root.join(path)).chain([PathBuf::from(path)]);
    files.find_map(|file| std::fs::read_to_string(file).ok()).map(Arc::from)
}

/// The old text and the repaired one, where they differ.
fn changed(linted: &Linted) -> Option<(&str, &str)> {
    let (old, new) = (linted.text.as_deref()?, linted.repaired.as_ref()?.text.as_str());
    (old != new).then_some((old, new))
}

/// Puts the repaired text in the place of the file.
fn write_repaired(project: &Project, linted: &Linted) -> Option<Result<(), WriteError>> {
    let (old, new) = changed(linted)?;
    Some(fix::write::replace(&linted.file, project.site.root.as_deref(), old.as_bytes(), new.as_bytes()))
}

/// Adds the table of all findings to the summary of the step, where GitHub wants one.
fn write_step_summary(findings: &Findings) {
    let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()) else { return };
    let file = PathBuf::from(file);
    let used = std::fs::metadata(&file).map_or(0, |metadata| metadata.len() as usize);
    let text = report::github::step_summary(findings, report::github::SUMMARY_LIMIT.saturating_sub(used));
    let added = std::fs::OpenOptions::new().create(true).append(true).open(&file).and_then(|mut file| file.write_all(text.as_bytes()));
    if let Err(error) = added {
        complain(&format!("{}: the summary cannot be written: {error}", file.display()));
    }
}

/// A run of the command: what was found so far.
struct Check<'c> {
    arguments: &'c CheckArguments,
    findings: Findings,
    /// Where the project at hand lies in its repository.
    folder: Arc<str>,
    /// Something could not be read or written.
    failed: bool,
    /// What was read from standard input.
    stdin: Option<Vec<u8>>,
}

impl<'c> Check<'c> {
    fn new(arguments: &'c CheckArguments) -> Check<'c> {
        Check { arguments, findings: Findings::default(), folder: "".into(), failed: false, stdin: None }
    }

    fn fail(&mut self, message: &str) {
        complain(message);
        self.failed = true;
    }

    fn complain(&mut self, problems: &[Problem]) {
        for problem in problems {
            complain(&problem.to_string());
            self.failed |= problem.weight == Weight::Unreadable;
        }
    }

    /// Asks the web for the links of the project, if the run is online.
    fn ask_web(&mut self, project: &Project, selection: &Selection, web: &mut Web) -> Result<(), Failure> {
        if !selection.is_online(&project.config) {
            let selected = self.arguments.select.iter().find(|rule| LIVE.contains(&rule.as_str()));
            if let Some(rule) = selected.filter(|_| !self.arguments.offline) {
                notice(&format!("`{rule}` finds nothing without --online"));
            }
            return Ok(());
        }
        let urls = links::collect(project, selection, self.stdin.as_deref()).map_err(Failure::Usage)?;
        if urls.is_empty() {
            return Ok(());
        }
        let answers = links::ask(project, &urls, !self.arguments.no_cache, web);
        answers.problems.iter().for_each(|problem| complain(problem));
        notice(&answers.summary.to_string());
        if answers.interrupted {
            self.fail("interrupted: not all links were checked");
        }
        Ok(())
    }

    /// Says what was learned of a project, and takes what the run kept.
    fn take(&mut self, project: &Project, run: Run, out: &mut dyn Write) -> Result<(), Failure> {
        self.conclude(project, &run);
        self.findings.checked += run.documents.len();
        let in_place = self.arguments.fixes() && self.arguments.stdin_filename.is_none();
        // in parallel, because the disk takes its time with each file
        let write = |linted: &Linted| if in_place { write_repaired(project, linted) } else { None };
        let written: Vec<_> = run.documents.par_iter().map(write).collect();
        self.folder = project.folder_in_repository().into();
        for (linted, written) in run.documents.into_iter().zip(written) {
            self.take_document(linted, written, out)?;
        }
        Ok(())
    }

    fn conclude(&mut self, project: &Project, run: &Run) {
        if let Some(house_style) = &run.house_style {
            notice(house_style);
        }
        if let Some(trend) = baseline::trend(project, run, self.arguments) {
            let sum = self.findings.trend.get_or_insert_default();
            (sum.left, sum.mended) = (sum.left + trend.left, sum.mended + trend.mended);
        }
    }

    /// `written`: what came of writing the repaired text; `None` where there was nothing to write.
    fn take_document(&mut self, linted: Linted, written: Option<Result<(), WriteError>>, out: &mut dyn Write) -> Result<(), Failure> {
        let repaired = linted.repaired.as_ref();
        self.warn_about_circles(&linted);
        if self.arguments.diff {
            if let Some((old, new)) = changed(&linted) {
                report::diff::write(&linted.path, old, new, &self.style(), out)?;
            }
        } else if self.arguments.stdin_filename.is_some() && self.arguments.fixes() {
            let original = self.stdin.as_deref().unwrap_or_default();
            out.write_all(repaired.map_or(original, |repaired| repaired.text.as_bytes()))?;
        }
        match written {
            Some(Err(error)) => {
                complain(&error.to_string());
                self.failed |= !matches!(error, WriteError::SymbolicLink { .. });
                self.add(linted.path, linted.text, linted.diagnostics);
                return Ok(());
            }
            Some(Ok(())) => self.count_repairs(|repairs| repairs.files += 1),
            None => {}
        }
        match linted.repaired {
            Some(repaired) if self.arguments.fixes() => {
                self.count_repairs(|repairs| {
                    repairs.applied += repaired.applied;
                    repairs.refused += repaired.refused;
                });
                self.add(linted.path, Some(repaired.text.into()), repaired.diagnostics);
            }
            _ => self.add(linted.path, linted.text, linted.diagnostics),
        }
        Ok(())
    }

    fn add(&mut self, path: String, text: Option<Arc<str>>, diagnostics: Vec<crate::diagnostic::Diagnostic>) {
        // the page shows the others too
        if !diagnostics.is_empty() || self.arguments.format == Format::Html {
            self.findings.files.push(FileFindings { path, folder: self.folder.clone(), text, diagnostics });
        }
    }

    fn count_repairs(&mut self, count: impl FnOnce(&mut Repairs)) {
        if let Some(repairs) = &mut self.findings.repairs {
            count(repairs);
        }
    }

    fn warn_about_circles(&self, linted: &Linted) {
        match linted.repaired.as_ref().map(|repaired| &repaired.ending) {
            Some(Ending::GoesInCircles(rules)) => {
                complain(&format!("{}: the fixes of {} undo one another; please report this", linted.path, rules.join(", ")));
            }
            Some(Ending::TooManyRounds) => complain(&format!("{}: there is more to repair; run again", linted.path)),
            Some(Ending::Settled) | None => {}
        }
    }

    fn format(&self) -> Format {
        if self.arguments.statistics { Format::Statistics } else { self.arguments.format }
    }

    fn style(&self) -> Style {
        Style::of_stdout(self.arguments.color)
    }

    /// Writes the report, unless standard output is taken by a diff or a repaired post.
    fn report(self, projects: &[Project], out: &mut dyn Write) -> Result<(), Failure> {
        if self.arguments.diff || self.arguments.stdin_filename.is_some() && self.arguments.fixes() {
            return Ok(());
        }
        if projects.is_empty() && self.arguments.format == Format::Pretty {
            // "nothing found" would be a lie
            return Ok(());
        }
        let load = |path: &str| load(projects, path);
        let title = projects.first().and_then(|project| project.site.config.values.get("title")?.to_text()).unwrap_or_default();
        let options = report::Options { style: self.style(), all: self.arguments.all, title, load: &load };
        let format = self.format();
        let findings = if self.arguments.fix_only { self.findings.without_those_left() } else { self.findings };
        report::write(format, &findings, &options, out)?;
        if format == Format::Github {
            write_step_summary(&findings);
        }
        Ok(())
    }

    fn exit_code(&self) -> ExitCode {
        if self.failed {
            ExitCode::from(FAILURE)
        } else {
            let bad = !self.arguments.fix_only && self.arguments.fail_on.is_reached(self.findings.worst());
            ExitCode::from(u8::from(bad))
        }
    }
}
