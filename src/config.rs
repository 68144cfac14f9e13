//! `.postlint.yml`: strict and typed. Unknown keys are errors that say what was meant, with line and column.

pub mod glob;
pub mod read;
pub mod schema;
mod validate;

pub use read::{ConfigError, Problem};

use crate::diagnostic::Severity;
use crate::rules::{Definition, RULES};
use crate::site::Site;
use crate::text::Span;
use glob::Glob;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_yaml::Mapping;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of the file.
pub const FILE_NAME: &str = ".postlint.yml";

/// What `.postlint.yml` says; the default is a run without one.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The file; `None` without one.
    pub file: Option<PathBuf>,
    /// Its text, in which the spans lie.
    pub text: Arc<str>,
    pub include: Vec<Include>,
    /// What is not linted without being named.
    pub exclude: Vec<Glob>,
    pub rules: Settings,
    pub overrides: Vec<Override>,
    pub spelling: Spelling,
}

/// Settings of rules, in the order of the file.
pub type Settings = Vec<(&'static Definition, Setting)>;

/// Which documents of a site are linted without being named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Include {
    Posts,
    Drafts,
    /// The documents of collections.
    Collections,
    Pages,
}

/// What is linted without `include`.
pub const DEFAULT_INCLUDE: [Include; 3] = [Include::Posts, Include::Drafts, Include::Collections];

/// Whether a rule is on, and how bad its findings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Off,
    Info,
    Warning,
    Error,
    /// As without configuration: by the rule's page, or by the site's own posts.
    Auto,
}

impl Level {
    /// The severity that is asked for, if one is.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Info => Some(Severity::Info),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
            Level::Off | Level::Auto => None,
        }
    }
}

/// What is said of one rule.
#[derive(Debug, Clone)]
pub struct Setting {
    /// `None`: only options are given.
    pub level: Option<Level>,
    pub options: Mapping,
    /// Key and value in the file.
    pub span: Span,
}

/// Settings for some documents.
#[derive(Debug, Clone)]
pub struct Override {
    pub files: Vec<Glob>,
    pub rules: Settings,
    /// The file of a JSON Schema for the front matter, relative to the configuration, and where it is named.
    pub schema: Option<(String, Span)>,
}

/// What all rules about words share.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Spelling {
    /// Words that are right here: names, products, jargon.
    pub accept: Vec<String>,
    /// Files of `_data` (`terms` for `_data/terms.yml`) whose words, or whose keys, are right here.
    pub data: Vec<String>,
    /// Files with own rules about words, relative to the configuration.
    pub rules: Vec<String>,
}

impl Config {
    /// The folder that the paths in the file are relative to.
    pub fn folder(&self) -> Option<&Path> {
        self.file.as_deref().and_then(Path::parent)
    }

    /// Whether documents of this kind are linted without being named.
    pub fn includes(&self, include: Include) -> bool {
        if self.include.is_empty() { DEFAULT_INCLUDE.contains(&include) } else { self.include.contains(&include) }
    }

    /// Turns `site/backdated-post` on, with that many days.
    pub fn set_max_age(&mut self, days: u32) {
        const NAME: &str = "site/backdated-post";
        let Some(definition) = RULES.iter().find(|rule| rule.name == NAME) else { return };
        let configured = self.rules.iter().find(|(rule, _)| rule.name == NAME).and_then(|(_, setting)| setting.level?.severity());
        let level = if configured.is_none() { Some(Level::Warning) } else { None };
        let options = Mapping::from_iter([("max-age".into(), days.into())]);
        self.rules.push((definition, Setting { level, options, span: Span::default() }));
    }

    /// What stands before a document's path in the patterns of the configuration: where the site lies below its folder
    /// (`docs/`), or nothing.
    pub fn prefix(&self, site: &Site) -> String {
        let folder = match &site.root {
            Some(root) => root.clone(),
            None => std::env::current_dir().unwrap_or_default(),
        };
        let below = self.folder().and_then(|top| folder.strip_prefix(top).ok()).unwrap_or(Path::new(""));
        let below: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        below.iter().map(|part| format!("{part}/")).collect()
    }

    /// Whether the document `path` (relative to the configuration's folder, with `/`) is left out.
    pub fn excludes(&self, path: &str) -> bool {
        self.exclude.iter().any(|glob| glob.matches(path))
    }

    /// Which of the overrides are for the document `path` (relative to the configuration's folder, with `/`).
    pub fn overrides_of(&self, path: &str) -> Vec<bool> {
        self.overrides.iter().map(|one| one.files.iter().any(|glob| glob.matches(path))).collect()
    }
}

/// The `.postlint.yml` for `folder`: the nearest one upward, up to the folder that holds `.git`.
pub fn find(folder: &Path) -> Option<PathBuf> {
    for folder in folder.ancestors() {
        let file = folder.join(FILE_NAME);
        if file.is_file() {
            return Some(file);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}
