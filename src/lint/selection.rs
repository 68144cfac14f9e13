//! `--select` and `--ignore`: which rules a run is about.

use crate::config::Config;
use crate::rules::links::dead::Dead;
use crate::rules::name::{self, WrongName};

/// Whether the web is asked (`--online`, `--offline`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Online {
    /// If `links/dead` says so in the configuration.
    #[default]
    Configured,
    Always,
    Never,
}

/// The rules that were chosen on the command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Exactly these; `None`: all.
    select: Option<Vec<&'static str>>,
    ignore: Vec<&'static str>,
    pub online: Online,
}

impl Selection {
    /// Reads names of rules and groups.
    ///
    /// # Errors
    /// The first name that is neither.
    pub fn new(select: &[String], ignore: &[String]) -> Result<Selection, WrongName> {
        let select = if select.is_empty() { None } else { Some(resolve(select)?) };
        Ok(Selection { select, ignore: resolve(ignore)?, online: Online::default() })
    }

    /// Whether the rule was chosen by its name or group, and so is on whatever else is said.
    pub fn selects(&self, rule: &str) -> bool {
        self.select.as_ref().is_some_and(|select| select.contains(&rule))
    }

    /// Whether the web is asked for links, under this configuration.
    pub fn is_online(&self, config: &Config) -> bool {
        match self.online {
            Online::Always => true,
            Online::Never => false,
            Online::Configured => Dead::of(config).online,
        }
    }

    /// Whether the rule takes no part in this run.
    pub fn leaves_out(&self, rule: &str) -> bool {
        self.ignore.contains(&rule) || self.select.as_ref().is_some_and(|select| !select.contains(&rule))
    }
}

fn resolve(names: &[String]) -> Result<Vec<&'static str>, WrongName> {
    let mut resolved = Vec::new();
    for name in names {
        resolved.extend(name::rules(name)?.iter().map(|rule| rule.name));
    }
    Ok(resolved)
}
