//! `postlint rules`: the list of rules, one a line.

use super::{Failure, Outcome};
use crate::rules::{Definition, RULES, name};
use clap::Args;
use std::io::Write;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct RulesArguments {
    /// Rules or groups; without any, all
    names: Vec<String>,
}

pub fn run(arguments: &RulesArguments) -> Outcome {
    let mut rules: Vec<&Definition> = Vec::new();
    for name in &arguments.names {
        rules.extend(name::rules(name).map_err(|unknown| Failure::Usage(unknown.to_string()))?);
    }
    if arguments.names.is_empty() {
        rules.extend(RULES);
    }
    let mut out = std::io::stdout().lock();
    let widest = rules.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    writeln!(out, "{:<widest$}  {:<8}  {:<11}  {:<6}  finds", "rule", "severity", "on", "fix")?;
    for rule in rules {
        let page = rule.page();
        let fix = page.fix.map_or("-", |safety| safety.name());
        writeln!(out, "{:<widest$}  {:<8}  {:<11}  {fix:<6}  {}", rule.name, page.severity.name(), page.on.name(), page.summary)?;
    }
    Ok(ExitCode::SUCCESS)
}
