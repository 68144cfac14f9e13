//! `postlint explain`: a rule's page, or what was learned from the site's posts.

use super::init::only_project;
use super::{Failure, Outcome};
use crate::lint::run;
use crate::rules::name;
use crate::rules::page::{On, Page};
use crate::style;
use clap::Args;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// `group/name`, as in a finding
    #[arg(required_unless_present = "style")]
    rule: Option<String>,
    /// Say what the newest posts of the site have in common, and which of them differ
    #[arg(long, value_name = "SITE", num_args = 0..=1, default_missing_value = ".", conflicts_with = "rule")]
    style: Option<PathBuf>,
}

pub fn run(arguments: &ExplainArguments) -> Outcome {
    if let Some(path) = &arguments.style {
        let project = only_project(Some(path))?;
        let style = run::house_style(&project.site).map_err(Failure::Usage)?;
        std::io::stdout().lock().write_all(style::explain::text(&style).as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let rule = name::rule(arguments.rule.as_deref().unwrap_or_default()).map_err(|unknown| Failure::Usage(unknown.to_string()))?;
    let page = rule.page();
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}\n\n{}", page.body.trim(), facts(&page))?;
    Ok(ExitCode::SUCCESS)
}

/// What the page's front matter says, in a sentence.
fn facts(page: &Page) -> String {
    let on = match page.on {
        On::Always => "always on",
        On::HouseStyle => "on where the site's own posts keep it",
        On::Never => "off unless it is configured or selected",
    };
    let fix = match page.fix {
        None => "no fix".to_owned(),
        Some(safety) => format!("its fix is {}", safety.name()),
    };
    format!("Severity {}; {on}; {fix}.", page.severity.name())
}
