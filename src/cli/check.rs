//! `postlint check`: lints, repairs, reports.

mod baseline;
mod watch;

use super::output::{complain, notice};
use super::{FAILURE, Failure, Outcome};
use crate::diagnostic::Severity;
use crate::fix::{self, Ending, WriteError};
use crate::lint::links;
use crate::lint::project::{self, Project, Projects};
use crate::lint::run::{self, Linted, Repair, Run};
use crate::lint::selection::{Online, Selection};
use crate::report::{self, ColorChoice, FileFindings, Findings, Format, Repairs, Style};
use crate::rules::links::LIVE;
use crate::site::problem::{Problem, Weight};
use crate::web::Web;
use baseline::Conclusion;
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use std::io::{BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

const NEW: &str = "Only what is new";
/// A baseline is of all that is found in a site.
const NOT_WITH_BASELINE: [&str; 7] = ["fix", "fix_only", "diff", "select", "ignore", "stdin_filename", "statistics"];

#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Sites, folders or files; without any, the site that holds the current folder
    paths: Vec<PathBuf>,

    /// Repair what can be repaired without changing the page
    #[arg(long, help_heading = "Repair")]
    fix: bool,
    /// Repair, and say nothing of what is left; exit with 0
    #[arg(long, help_heading = "Repair")]
    fix_only: bool,
    /// Print what --fix would do, and write nothing
    #[arg(long, conflicts_with_all = ["fix", "fix_only"], help_heading = "Repair")]
    diff: bool,
    /// Let --fix, --fix-only and --diff apply unsafe fixes too
    #[arg(long, help_heading = "Repair")]
    unsafe_fixes: bool,

    /// Run exactly these rules or groups
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rules")]
    select: Vec<String>,
    /// Leave these rules or groups out
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rules")]
    ignore: Vec<String>,
    /// Use this file instead of .postlint.yml
    #[arg(long, value_name = "FILE", help_heading = "Rules")]
    config: Option<PathBuf>,

    /// Write what is found now to .postlint-baseline.json, so that only what is new is reported
    #[arg(long, conflicts_with_all = NOT_WITH_BASELINE, help_heading = NEW)]
    write_baseline: bool,
    /// Take out of the baseline what was mended
    #[arg(long, conflicts_with_all = NOT_WITH_BASELINE, conflicts_with_all = ["write_baseline", "no_baseline"], help_heading = NEW)]
    prune_baseline: bool,
    /// Report what the baseline knows, too
    #[arg(long, help_heading = NEW)]
    no_baseline: bool,

    /// Ask the web for the posts' links: which are dead, which have moved
    #[arg(long, help_heading = "Links")]
    online: bool,
    /// Never ask the web, whatever the configuration says
    #[arg(long, help_heading = "Links")]
    offline: bool,
    /// Ask for all links anew
    #[arg(long, help_heading = "Links")]
    no_cache: bool,

    /// How findings are written
    #[arg(
        long,
        value_enum,
        default_value_t,
        hide_possible_values = true,
        value_name = "pretty|concise|json|html",
        help_heading = "Report"
    )]
    format: Format,
    /// Count the findings by rule instead
    #[arg(long, conflicts_with = "format", help_heading = "Report")]
    statistics: bool,
    /// Show every finding, not five of a rule in a file
    #[arg(long, help_heading = "Report")]
    all: bool,
    /// Exit with 1 from this severity on
    #[arg(
        long,
        value_enum,
        default_value_t,
        hide_possible_values = true,
        value_name = "info|warning|error|never",
        help_heading = "Report"
    )]
    fail_on: FailOn,
    /// Use colours
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "auto|always|never", help_heading = "Report")]
    color: ColorChoice,

    /// Lint standard input as the post of this name; with --fix, print it repaired
    #[arg(long, value_name = "FILE", conflicts_with = "paths", help_heading = "Run")]
    stdin_filename: Option<PathBuf>,
    /// Go on, and lint again what changes
    #[arg(
        long,
        conflicts_with_all = ["fix", "fix_only", "diff", "stdin_filename", "statistics", "fail_on", "online", "write_baseline", "prune_baseline"],
        help_heading = "Run"
    )]
    watch: bool,
    /// How many threads to use; without it, one for each processor
    #[arg(short, long, value_name = "N", help_heading = "Run")]
    jobs: Option<std::num::NonZeroUsize>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum FailOn {
    Info,
    #[default]
    Warning,
    Error,
    Never,
}

impl CheckArguments {
    fn online(&self) -> Online {
        match (self.offline, self.online) {
            (true, _) => Online::Never,
            (false, true) => Online::Always,
            (false, false) => Online::Configured,
        }
    }

    /// Whether files are repaired.
    fn fixes(&self) -> bool {
        self.fix || self.fix_only
    }
}

impl FailOn {
    fn is_reached(self, worst: Option<Severity>) -> bool {
        match self {
            FailOn::Info => worst >= Some(Severity::Info),
            FailOn::Warning => worst >= Some(Severity::Warning),
            FailOn::Error => worst >= Some(Severity::Error),
            FailOn::Never => false,
        }
    }
}

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
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut projects = found.projects;
    projects.retain_mut(|project| match baseline::prepare(project, arguments) {
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
        let run = run::run(project, &selection, repair, check.stdin.clone()).map_err(Failure::Usage)?;
        check.complain(&project.site.data().problems());
        match baseline::conclude(project, &run, arguments) {
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
    Ok(code)
}

/// What is to be linted, and the text of standard input when it is that.
fn projects(arguments: &CheckArguments) -> Result<(Projects, Option<Vec<u8>>), Failure> {
    let config = arguments.config.as_deref();
    let Some(name) = &arguments.stdin_filename else {
        return Ok((project::discover(&arguments.paths, config), None));
    };
    let project = project::of_stdin(name, config).map_err(|error| Failure::Usage(error.to_string()))?;
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(|error| Failure::Usage(format!("standard input cannot be read: {error}")))?;
    Ok((Projects { projects: vec![project], failures: Vec::new() }, Some(bytes)))
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

/// A run of the command: what was found so far.
struct Check<'c> {
    arguments: &'c CheckArguments,
    findings: Findings,
    /// Something could not be read or written.
    failed: bool,
    /// What was read from standard input.
    stdin: Option<Vec<u8>>,
}

impl<'c> Check<'c> {
    fn new(arguments: &'c CheckArguments) -> Check<'c> {
        Check { arguments, findings: Findings::default(), failed: false, stdin: None }
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

    fn take(&mut self, project: &Project, run: Run, out: &mut dyn Write) -> Result<(), Failure> {
        if let Some(house_style) = &run.house_style {
            notice(house_style);
        }
        self.findings.checked += run.documents.len();
        if let Some(trend) = baseline::trend(project, &run, self.arguments) {
            let sum = self.findings.trend.get_or_insert_default();
            (sum.left, sum.mended) = (sum.left + trend.left, sum.mended + trend.mended);
        }
        let in_place = self.arguments.fixes() && self.arguments.stdin_filename.is_none();
        // in parallel, because the disk takes its time with each file
        let write = |linted: &Linted| if in_place { write_repaired(project, linted) } else { None };
        let written: Vec<_> = run.documents.par_iter().map(write).collect();
        for (linted, written) in run.documents.into_iter().zip(written) {
            self.take_document(linted, written, out)?;
        }
        Ok(())
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
            self.findings.files.push(FileFindings { path, text, diagnostics });
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
        let load = |path: &str| {
            let roots = projects.iter().filter_map(|project| project.site.root.clone());
            let mut files = roots.map(|root| root.join(path)).chain([PathBuf::from(path)]);
            files.find_map(|file| std::fs::read_to_string(file).ok()).map(Arc::from)
        };
        let title = projects.first().and_then(|project| project.site.config.values.get("title")?.to_text()).unwrap_or_default();
        let options = report::Options { style: self.style(), all: self.arguments.all, title, load: &load };
        let format = if self.arguments.statistics { Format::Statistics } else { self.arguments.format };
        let findings = if self.arguments.fix_only { self.findings.without_those_left() } else { self.findings };
        Ok(report::write(format, &findings, &options, out)?)
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
