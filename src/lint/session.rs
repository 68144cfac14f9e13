//! A project that stays in memory: it lints texts that need not be those on disk, one at a time.

use super::project::{self, Place, Project};
use super::run::{self, Linted, One, Repair};
use super::{Document, Linter, Selection, SiteRules, read};
use crate::baseline::BaselineError;
use crate::config::ConfigError;
use crate::post::Post;
use crate::site::Site;
use crate::unwind::caught;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A site with its configuration, and what was learned of its newest posts.
pub struct Session {
    project: Project,
    rules: Arc<SiteRules>,
}

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    #[error("{0}")]
    Options(String),
}

impl Session {
    /// Reads the site of a place, and learns from its posts.
    ///
    /// # Errors
    /// The configuration cannot be read, or gives a rule options that it does not take.
    pub fn new(place: &Place) -> Result<Session, SessionError> {
        let mut project = project::of_place(place)?;
        project.read_baseline()?;
        let rules = learn(&project, &Selection::default(), None).map_err(SessionError::Options)?;
        Ok(Session { project, rules })
    }

    pub fn site(&self) -> &Site {
        &self.project.site
    }

    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The document that `file` (absolute) is; `None` where it is none of those that are linted.
    pub fn document(&mut self, file: &Path) -> Option<Document> {
        let document = self.project.document_of(file)?;
        if !self.rules.has(&self.project.config, &document.path)
            // its options are those that other documents have, in another combination
            && let Ok(rules) = learn(&self.project, &Selection::default(), Some(&document.path))
        {
            self.rules = rules;
        }
        Some(document)
    }

    /// Lints `text` as the content of `document`, and repairs it when that is asked for.
    pub fn lint(&self, document: &Document, text: &str, repair: Repair) -> Linted {
        let linter = self.linter();
        let content = read::text(text.as_bytes().to_vec(), linter.rules_for(&document.path));
        One { linter: &linter, document }.lint_content(&PathBuf::from(&document.path), content, repair)
    }

    /// What `look` finds in `text`, read as the content of `document`; `None` when it cannot be parsed.
    pub fn read<T>(&self, document: &Document, text: &str, look: impl FnOnce(&Post, &Linter) -> T) -> Option<T> {
        let parse = || look(&Post::parse(&document.path, document.kind, text, &self.project.site), &self.linter());
        caught(parse).ok()
    }

    fn linter(&self) -> Linter<'_> {
        self.project.linter(self.rules.clone())
    }
}

/// The rules of the project's documents, and of the document at the path `more`.
///
/// # Errors
/// A sentence about options that a rule does not take.
pub fn learn(project: &Project, selection: &Selection, more: Option<&str>) -> Result<Arc<SiteRules>, String> {
    let texts = run::newest_texts(&project.site);
    let posts = run::parsed(&texts, &project.site);
    let paths = project.documents.iter().map(|(document, _)| document.path.as_str()).chain(more);
    Ok(Arc::new(SiteRules::new(&project.site, &project.config, selection, paths, &posts)?))
}
