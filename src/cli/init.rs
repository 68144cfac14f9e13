//! `postlint init`: writes the house style down, so that it is demanded of all posts.

use super::output::notice;
use super::{Failure, Outcome};
use crate::config::FILE_NAME;
use crate::fix::write;
use crate::lint::run::{self, Repair};
use crate::lint::{Selection, project};
use crate::report::{self, ColorChoice, Style};
use crate::style::pin;
use clap::Args;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct InitArguments {
    /// The site; without it, the one that holds the current folder
    path: Option<PathBuf>,
    /// Print the configuration, and write nothing
    #[arg(long)]
    print: bool,
    /// Use colours
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "auto|always|never")]
    color: ColorChoice,
}

pub(super) fn run(arguments: &InitArguments) -> Outcome {
    let paths: Vec<PathBuf> = arguments.path.iter().cloned().collect();
    let found = project::discover(&paths, None);
    if let Some(failure) = found.failures.into_iter().next() {
        return Err(Failure::Usage(failure));
    }
    let mut projects = found.projects.into_iter().filter(|project| project.site.root.is_some());
    let project =
        projects.next().ok_or_else(|| Failure::Usage("there is no site here: no `_config.yml` in this folder or above".into()))?;
    if projects.next().is_some() {
        return Err(Failure::Usage("there are several sites below this folder: name one".into()));
    }
    let style = run::house_style(&project.site).map_err(Failure::Usage)?;
    let text = pin::configuration(&style);
    if arguments.print {
        io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let at_root = project.site.root.unwrap_or_default().join(FILE_NAME);
    put(&project.config.file.unwrap_or(at_root), &text, arguments.color)?;
    offer_baseline(&paths)?;
    Ok(ExitCode::SUCCESS)
}

/// Says how much the configuration finds already, unless there is a baseline.
fn offer_baseline(paths: &[PathBuf]) -> Result<(), Failure> {
    for mut project in project::discover(paths, None).projects {
        if project.baseline_file().exists() {
            continue;
        }
        project.start_baseline();
        let known = run::run(&project, &Selection::default(), Repair::default(), None).map_err(Failure::Usage)?.baseline();
        if !known.is_empty() {
            let size = known.size();
            notice(&format!("There are {size} already: `postlint --write-baseline` keeps them, and only new ones are reported"));
        }
    }
    Ok(())
}

/// Writes the file where there is none; shows the difference where there is one: edits are never overwritten.
fn put(file: &Path, text: &str, color: ColorChoice) -> Result<(), Failure> {
    match std::fs::read_to_string(file) {
        Ok(old) if old == text => notice(&format!("{}: is up to date", file.display())),
        Ok(old) => {
            report::diff::write(FILE_NAME, &old, text, &Style::of_stdout(color), &mut io::stdout().lock())?;
            notice(&format!("{}: was left as it is; this is what the newest posts would change in it", file.display()));
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            write::create(file, text.as_bytes())
                .map_err(|error| Failure::Usage(format!("{}: cannot be written: {error}", file.display())))?;
            notice(&format!("{}: written. All posts are asked to keep it; take out what you do not want", file.display()));
        }
        Err(error) => return Err(Failure::Usage(format!("{}: cannot be read: {error}", file.display()))),
    }
    Ok(())
}
