//! `postlint explain`: a rule's page.

use super::{Failure, Outcome};
use crate::rules::name;
use crate::rules::page::{On, Page};
use clap::Args;
use std::io::Write;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// `group/name`, as in a finding
    rule: String,
}

pub fn run(arguments: &ExplainArguments) -> Outcome {
    let rule = name::rule(&arguments.rule).map_err(|unknown| Failure::Usage(unknown.to_string()))?;
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
