//! `--changed`: only what a branch, or the working tree, changes.
//!
//! `git` says which files; which of their lines is found by comparing the old text with the one that is linted, so that it
//! stays true while fixes are applied. A finding on a line that was not touched is reported, too, if the old text did not
//! have it: whoever deletes the definition of a reference does not touch the line that needs it.

pub mod git;
mod lines;

use crate::baseline::Seen;
use crate::diagnostic::Diagnostic;
use crate::lint::project::Project;
use crate::site::Site;
use crate::site::comparison::{Before, Comparison};
use crate::site::documents::place_of;
use crate::text::{Lines, Span};
use git::{Git, GitError};
use lines::ChangedLines;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// With what a project was compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// As people name it: `origin/main`.
    pub name: String,
    /// The commit: where the two parted.
    pub commit: String,
}

/// Compares the project with where it parted from `revision` (without it: from the main branch), and leaves only the
/// documents that were touched, as if they had been named, and those that may have lost what they link to.
///
/// # Errors
/// There is no git, no repository, no such revision, or not enough history.
pub fn compare(project: &mut Project, revision: Option<&str>) -> Result<Base, GitError> {
    let here = std::env::current_dir().and_then(|folder| folder.canonicalize()).unwrap_or_default();
    if let Some((outside, _)) = project.documents.iter().find(|(document, _)| Path::new(&document.path).is_absolute()) {
        return Err(GitError::Outside(outside.path.clone()));
    }
    let git = Git::open(project.site.root.as_deref().unwrap_or(&here))?;
    let base = base(&git, revision)?;
    let files = Files::ask(&git, &base.commit)?;
    let comparison = files.compare(&git, &base.commit, project)?;
    let everywhere = comparison.takes_something_away();
    project.documents.retain_mut(|(document, _)| {
        let touched = comparison.touched.contains_key(&document.path);
        document.named |= touched;
        touched || everywhere
    });
    project.whole = false;
    project.site.comparison = Some(comparison);
    Ok(base)
}

fn base(git: &Git, revision: Option<&str>) -> Result<Base, GitError> {
    let shallow = git.shallow;
    git.commit("HEAD")?.ok_or(GitError::NoCommit)?;
    let (name, commit) = match revision {
        Some(name) => {
            let commit = git.commit(name)?;
            (name.to_owned(), commit.ok_or_else(|| GitError::UnknownRevision { name: name.to_owned(), shallow })?)
        }
        None => main_branch(git)?,
    };
    Ok(Base { commit: git.merge_base(&name, &commit)?, name })
}

/// The branch that the changes are for, and its commit.
fn main_branch(git: &Git) -> Result<(String, String), GitError> {
    let shallow = git.shallow;
    let first_known = |names: Vec<String>| -> Result<Option<(String, String)>, GitError> {
        for name in names {
            if let Some(commit) = git.commit(&name)? {
                return Ok(Some((name, commit)));
            }
        }
        Ok(None)
    };
    // in a GitHub action for a pull request
    if let Some(name) = std::env::var("GITHUB_BASE_REF").ok().filter(|name| !name.is_empty()) {
        let known = first_known(vec![format!("origin/{name}"), name.clone()])?;
        return known.ok_or(GitError::UnknownRevision { name: format!("origin/{name}"), shallow });
    }
    let names = ["origin/main", "origin/master", "main", "master"].map(str::to_owned);
    let names = git.default_branch()?.into_iter().chain(names).collect();
    first_known(names)?.ok_or(GitError::NoMainBranch { shallow })
}

/// What git says about files, with paths from the top of the tree.
#[derive(Debug, Default)]
struct Files {
    /// Files that are there, with what they were called; `None`: new ones.
    touched: BTreeMap<String, Option<String>>,
    gone: Vec<String>,
}

impl Files {
    fn ask(git: &Git, commit: &str) -> Result<Files, GitError> {
        let arguments = ["diff", "--name-status", "-z", "--find-renames", "-l5000", "--no-ext-diff", "--ignore-submodules", commit, "--"];
        let mut files = Files::parse(&git.bytes(&arguments)?);
        let untracked = git.bytes(&["ls-files", "-z", "--others", "--exclude-standard", "--full-name"])?;
        for path in fields(&untracked) {
            // taken out of the index, and still there
            let before = files.gone.iter().position(|gone| *gone == path).map(|at| files.gone.swap_remove(at));
            files.touched.insert(path, before);
        }
        Ok(files)
    }

    /// Reads `git diff --name-status -z`.
    fn parse(output: &[u8]) -> Files {
        let mut files = Files::default();
        let mut fields = fields(output);
        while let (Some(status), Some(path)) = (fields.next(), fields.next()) {
            match status.chars().next() {
                Some('A') => files.touched.insert(path, None),
                Some('D') => {
                    files.gone.push(path);
                    None
                }
                Some('R') => fields.next().and_then(|new| files.touched.insert(new, Some(path))),
                Some('C') => fields.next().and_then(|new| files.touched.insert(new, None)),
                _ => files.touched.insert(path.clone(), Some(path)),
            };
        }
        files
    }

    /// The comparison for the part of the tree that is the project's, with the old texts of its documents.
    fn compare(self, git: &Git, commit: &str, project: &Project) -> Result<Comparison, GitError> {
        let site = &project.site;
        let in_site = |path: &str| path.strip_prefix(git.prefix.as_str()).map(str::to_owned);
        let is_document = |path: &str| in_site(path).is_some_and(|path| is_document(site, &path));
        let old = self.touched.values().flatten().filter(|path| is_document(path));
        let asked: Vec<&str> = old.chain(self.gone.iter().filter(|path| is_document(path))).map(String::as_str).collect();
        let contents = git.contents(commit, &asked)?;
        let contents = contents.into_iter().map(|content| Some(Arc::from(String::from_utf8(content?).ok()?)));
        let texts: FxHashMap<&str, Option<Arc<str>>> = asked.iter().copied().zip(contents).collect();
        let text = |path: &str| texts.get(path).cloned().flatten();

        let mut gone: BTreeMap<String, Option<Arc<str>>> = BTreeMap::new();
        let mut touched = FxHashMap::default();
        for (path, before) in &self.touched {
            let moved = before.as_ref().filter(|before| *before != path);
            // a renamed document keeps its URL, or that is said of it; any other file is no more where it was
            gone.extend(moved.filter(|before| !is_document(before)).and_then(|before| Some((in_site(before)?, None))));
            let Some(path) = in_site(path) else { continue };
            let before = match before {
                Some(old) => Before::File { text: text(old), path: in_site(old).unwrap_or_else(|| format!("/{old}")) },
                None => Before::Nothing,
            };
            touched.insert(path, before);
        }
        gone.extend(self.gone.iter().filter_map(|path| Some((in_site(path)?, text(path)))));
        Ok(Comparison::new(site.today(), touched, gone))
    }
}

/// Without a site any file may have been named.
fn is_document(site: &Site, path: &str) -> bool {
    let markdown = || Path::new(path).extension().and_then(|ext| ext.to_str()).is_some_and(|ext| site.config.is_markdown_extension(ext));
    if site.root.is_none() { markdown() } else { place_of(site.source_path(path), &site.config).is_some() }
}

/// Fields that end with a NUL.
fn fields(output: &[u8]) -> impl Iterator<Item = String> {
    output.split(|&byte| byte == 0).filter(|field| !field.is_empty()).map(|field| String::from_utf8_lossy(field).into_owned())
}

/// Takes away the findings in the file `path` that the change has nothing to do with. `seen` is what the old text gives;
/// `is_about_change` are the rules that judge the change itself.
pub fn apply(
    comparison: &Comparison,
    (path, text): (&str, &str),
    seen: &Seen,
    is_about_change: &dyn Fn(&str) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match comparison.touched.get(path) {
        Some(Before::Nothing) => {}
        Some(Before::File { path: old_path, text: Some(old) }) => {
            let (changed, lines) = (ChangedLines::new(old, text), Lines::new(text));
            let about_document = changed.touch_front_matter() || old_path != path;
            let mut known = seen.counts();
            diagnostics.retain(|diagnostic| {
                let touched = if diagnostic.is_about_document(text) { about_document } else { changed.touch(diagnostic.span, &lines) };
                touched || is_about_change(diagnostic.rule) || !known.take(text, diagnostic)
            });
        }
        Some(Before::File { text: None, .. }) => {}
        None => diagnostics.retain(|diagnostic| is_about_change(diagnostic.rule)),
    }
    // a broken link that the change wrote itself is said once
    let others: Vec<Span> = diagnostics.iter().filter(|one| !is_about_change(one.rule)).map(|one| one.span).collect();
    diagnostics.retain(|one| one.span == Span::default() || !is_about_change(one.rule) || !others.contains(&one.span));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renames_are_followed() {
        let files = Files::parse(b"M\0a.md\0R087\0old.md\0new.md\0A\0b.md\0D\0c.png\0T\0d.md\0");
        let touched: Vec<_> = files.touched.iter().map(|(path, before)| (path.as_str(), before.as_deref())).collect();
        assert_eq!(touched, [("a.md", Some("a.md")), ("b.md", None), ("d.md", Some("d.md")), ("new.md", Some("old.md"))]);
        assert_eq!(files.gone, ["c.png"]);
    }
}
