//! One run over a project: the newest posts are read first, for the house style; then all documents, in parallel.

use super::project::Project;
use super::read::{self, Content};
use super::rule_set::RuleSet;
use super::{Document, Linter, Selection, SiteRules};
use crate::baseline::{Baseline, Seen};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::fix::{self, Repaired};
use crate::post::{DocumentKind, Post};
use crate::rules::habit::Habit;
use crate::site::Site;
use crate::style::{self, HouseStyle};
use crate::unwind::caught;
use rayon::prelude::*;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Data files of up to so many bytes are looked at even if no post uses them: Jekyll stops at a broken one.
const LARGEST_CHECKED_DATA: u64 = 64 << 10;

/// So many documents are linted before what is to be told of them is taken: enough to keep all cores at work, and few
/// enough that memory does not grow with the blog.
const IN_FLIGHT: usize = 512;

/// What is to be done with the fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Repair {
    /// Fixes are applied (in memory; nothing is written here).
    pub wanted: bool,
    /// Unsafe ones too.
    pub unsafe_fixes: bool,
}

/// One document, read and linted.
#[derive(Debug)]
pub struct Linted {
    pub path: String,
    /// Where it is on disk.
    pub file: PathBuf,
    /// What was read; `None` when it could not be, or nothing was found in it.
    pub text: Option<Arc<str>>,
    /// With [`Repair::wanted`]: the repaired text, and what is left to report about it.
    pub repaired: Option<Repaired>,
    /// Findings in `text`.
    pub diagnostics: Vec<Diagnostic>,
    /// With a baseline: all findings, those that it knows included.
    pub seen: Seen,
}

/// A project, linted.
#[derive(Debug, Default)]
pub struct Run {
    /// In the order of their paths.
    pub documents: Vec<Linted>,
    /// What was learned, in one line.
    pub house_style: Option<String>,
}

/// Lints the documents of a project. `stdin` is the content of its only document, instead of the file's.
///
/// # Errors
/// A sentence about options that a rule does not take.
pub fn run(project: &Project, selection: &Selection, repair: Repair, stdin: Option<Vec<u8>>) -> Result<Run, String> {
    let mut documents = Vec::new();
    let keep = |linted| {
        documents.push(linted);
        ControlFlow::Continue(())
    };
    let house_style = run_each(project, selection, repair, stdin.as_deref(), |linted| linted, keep)?;
    Ok(Run { documents, house_style })
}

/// As [`run`], without keeping the documents. `tell` makes of each what is to be told of it, on any thread; `take` is given
/// that in the order of the paths, until it breaks off. Gives the sentence about house style.
///
/// # Errors
/// A sentence about options that a rule does not take.
pub fn run_each<T: Send>(
    project: &Project,
    selection: &Selection,
    repair: Repair,
    stdin: Option<&[u8]>,
    tell: impl Fn(Linted) -> T + Sync,
    mut take: impl FnMut(T) -> ControlFlow<()>,
) -> Result<Option<String>, String> {
    let Project { site, config, documents, .. } = project;
    if project.whole {
        site.data().read_up_to(LARGEST_CHECKED_DATA);
    }
    let texts = newest_texts(site);
    let posts = parsed(&texts, site);
    let paths = documents.iter().map(|(document, _)| document.path.as_str());
    let rules = Arc::new(SiteRules::new(site, config, selection, paths, &posts)?);
    let linter = project.linter(rules);

    let lint = |(document, file): &(Document, PathBuf)| {
        let one = One { linter: &linter, document };
        if let Some(bytes) = stdin {
            return one.lint_content(file, read::text(bytes.to_owned(), linter.rules_for(&document.path)), repair);
        }
        // the newest posts are read and parsed already
        match posts.iter().find(|post| post.path == document.path) {
            Some(post) => one.lint_post(file, post, repair),
            None => one.lint_content(file, read::file(file, linter.rules_for(&document.path)), repair),
        }
    };
    let comparison = site.comparison.as_ref();
    let was_asked_for = |path: &str| comparison.is_none_or(|comparison| comparison.touched.contains_key(path));
    let is_told = |linted: &Linted| !linted.diagnostics.is_empty() || was_asked_for(&linted.path);
    for batch in documents.chunks(IN_FLIGHT) {
        let told: Vec<T> = batch.par_iter().map(lint).filter(is_told).map(&tell).collect();
        if told.into_iter().try_for_each(&mut take).is_break() {
            break;
        }
    }
    Ok(linter.rules.house_style.sentence())
}

/// Lints one document as it is on disk.
pub fn lint_file(linter: &Linter, document: &Document, file: &Path) -> Linted {
    One { linter, document }.lint_content(file, read::file(file, linter.rules_for(&document.path)), Repair::default())
}

impl Run {
    /// The baseline of all that was seen, after [`Project::start_baseline`].
    pub fn baseline(&self) -> Baseline {
        Baseline::of(self.seen())
    }

    /// Paths, and all findings in each file.
    pub fn seen(&self) -> impl Iterator<Item = (&str, &Seen)> {
        self.documents.iter().map(|linted| (linted.path.as_str(), &linted.seen))
    }
}

/// What the site's newest posts keep, whatever the configuration says. `Err`: a sentence why nothing can be learned.
///
/// # Errors
/// There are too few posts.
pub fn house_style(site: &Site) -> Result<HouseStyle, String> {
    let texts = newest_texts(site);
    let posts = parsed(&texts, site);
    if posts.len() < Habit::FEWEST {
        return Err(format!("a style is learned from {} posts or more; here are {}", Habit::FEWEST, posts.len()));
    }
    let mut rules = RuleSet::new(&Config::default(), &[], &Selection::default())?;
    Ok(HouseStyle::learn(&mut rules, &posts))
}

/// Paths and texts of the site's newest posts, the newest first.
pub(super) fn newest_texts(site: &Site) -> Vec<(String, String)> {
    newest_posts(site)
        .into_par_iter()
        .filter_map(|(path, file)| match read::file(&file, RuleSet::none()) {
            Content::Text(text) => Some((path, text)),
            Content::Finding(..) => None,
        })
        .collect()
}

pub(super) fn parsed<'a>(texts: &'a [(String, String)], site: &'a Site) -> Vec<Post<'a>> {
    texts.par_iter().filter_map(|(path, text)| caught(|| Post::parse(path, DocumentKind::Post, text, site)).ok()).collect()
}

/// Paths and files of the site's newest posts by the date of their names, the newest first.
fn newest_posts(site: &Site) -> Vec<(String, PathBuf)> {
    let mut posts: Vec<((u32, u32, u32), &str, &Path)> = site
        .documents()
        .iter()
        .filter(|document| document.kind == DocumentKind::Post && document.exclusion.is_none())
        .filter_map(|document| Some((date(document.file_name().date?)?, document.path.as_str(), document.disk_path())))
        .collect();
    let newest_first = |a: &_, b: &_| Ord::cmp(b, a);
    if posts.len() > style::NEWEST {
        posts.select_nth_unstable_by(style::NEWEST, newest_first);
        posts.truncate(style::NEWEST);
    }
    posts.sort_by(newest_first);
    posts.into_iter().map(|(_, path, file)| (path.to_owned(), file.to_owned())).collect()
}

/// Year, month and day of `2023-5-1`; a year of two digits is of this century, as in Ruby.
fn date(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.split('-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some((if year < 69 { year + 2000 } else { year }, month, day))
}

/// One document on its way.
pub(super) struct One<'r, 's> {
    pub linter: &'r Linter<'s>,
    pub document: &'r Document,
}

impl One<'_, '_> {
    pub fn lint_content(&self, file: &Path, content: Content, repair: Repair) -> Linted {
        match content {
            Content::Finding(diagnostics, text) => self.filtered(file, text.as_deref(), diagnostics),
            Content::Text(text) => match caught(|| Post::parse(&self.document.path, self.document.kind, &text, self.linter.site)) {
                Ok(post) => self.lint_post(file, &post, repair),
                Err(panic) => self.failed(file, &text, &panic),
            },
        }
    }

    fn lint_post(&self, file: &Path, post: &Post, repair: Repair) -> Linted {
        let diagnostics = match caught(|| self.linter.find(post, self.document)) {
            Ok(diagnostics) => diagnostics,
            Err(panic) => return self.failed(file, post.text, &panic),
        };
        let linted = self.filtered(file, Some(post.text), diagnostics);
        let fixable = repair.wanted && linted.diagnostics.iter().any(|diagnostic| !diagnostic.fixes.is_empty());
        let repair = || fix::repair_read(self, post, linted.diagnostics.clone(), repair.unsafe_fixes);
        let repaired = if fixable { caught(repair).ok() } else { None };
        Linted { repaired, ..linted }
    }

    fn failed(&self, file: &Path, text: &str, panic: &str) -> Linted {
        let rules = self.linter.rules_for(&self.document.path);
        let found = rules.engine_finding("file/unreadable", |report| read::failed(report, "it could not be parsed", panic));
        self.filtered(file, Some(text), found)
    }

    /// What is to be reported of all findings in the file.
    fn filtered(&self, file: &Path, text: Option<&str>, mut diagnostics: Vec<Diagnostic>) -> Linted {
        let content = text.unwrap_or_default();
        let seen = if self.linter.baseline.is_some() { Seen::new(content, &diagnostics) } else { Seen::default() };
        self.linter.filter(self.document, content, &mut diagnostics);
        let text = text.filter(|_| !diagnostics.is_empty()).map(Arc::from);
        Linted { path: self.document.path.clone(), file: file.to_owned(), text, repaired: None, diagnostics, seen }
    }
}

impl fix::Reader for One<'_, '_> {
    fn parse<'t>(&'t self, text: &'t str) -> Post<'t> {
        Post::parse(&self.document.path, self.document.kind, text, self.linter.site)
    }

    fn lint(&self, post: &Post) -> Vec<Diagnostic> {
        self.linter.check(post, self.document)
    }
}
