//! Which documents of a site, or of a folder without one, are linted.

use super::{DEEPEST, Document, Request, here, relative, subfolders};
use crate::config::{Config, Include};
use crate::post::DocumentKind;
use crate::site::file_name::{self, FileName};
use crate::site::{Problem, Site};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Which documents of a site are to be linted without being named.
pub(super) struct Asked<'r> {
    all: bool,
    /// With `/` at their end.
    folders: Vec<String>,
    config: &'r Config,
}

impl Asked<'_> {
    pub(super) fn new<'r>(root: &Path, config: &'r Config, request: &Request) -> Asked<'r> {
        let folders = request.folders.iter().map(|folder| format!("{}/", relative(root, folder))).collect();
        Asked { all: request.all, folders, config }
    }

    fn holds(&self, path: &str, kind: DocumentKind) -> bool {
        self.config.includes(include_of(kind)) && (self.all || self.folders.iter().any(|folder| path.starts_with(folder.as_str())))
    }
}

pub(super) fn include_of(kind: DocumentKind) -> Include {
    match kind {
        DocumentKind::Post => Include::Posts,
        DocumentKind::Draft => Include::Drafts,
        DocumentKind::Collection => Include::Collections,
        DocumentKind::Page => Include::Pages,
    }
}

pub(super) fn add_site_documents(site: &Site, asked: &Asked, documents: &mut BTreeMap<String, (Document, PathBuf)>) {
    for document in site.documents().iter().filter(|document| asked.holds(&document.path, document.kind)) {
        let path = document.path.clone();
        let found = Document { path: path.clone(), kind: document.kind, named: false };
        documents.insert(path, (found, document.disk_path().to_owned()));
    }
}

/// Links that lead nowhere are no documents for the site; where a post was meant, they are a finding.
pub(super) fn add_broken_links(
    site: &Site,
    root: &Path,
    asked: &Asked,
    problems: &mut Vec<Problem>,
    documents: &mut BTreeMap<String, (Document, PathBuf)>,
) {
    problems.retain(|problem| {
        let (path, kind, file) = (problem.file.clone(), site.kind_of(&problem.file), root.join(&problem.file));
        let is_broken_document = kind != DocumentKind::Page && file.is_symlink() && !file.exists();
        if is_broken_document && asked.holds(&path, kind) {
            documents.insert(path.clone(), (Document { path, kind, named: false }, file));
        }
        !is_broken_document
    });
}

/// Without a site: what lies in `_posts` and `_drafts`, or, where there are no such folders, all Markdown files.
pub(super) fn add_lone_documents(site: &Site, folder: &Path, documents: &mut BTreeMap<String, (Document, PathBuf)>) {
    let base = here();
    let mut found = Vec::new();
    let mut open = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = open.pop() {
        if depth < DEEPEST {
            open.extend(subfolders(&folder).map(|folder| (folder, depth + 1)));
        }
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = relative(&base, &entry.path());
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let hidden = entry.file_name().to_str().is_none_or(|name| name.starts_with('.'));
            if !is_folder && !hidden && site.config.is_markdown_extension(FileName::parse(&path).extension()) {
                let kind = lone_kind(&entry.path());
                found.push((Document { path, kind, named: false }, entry.path()));
            }
        }
    }
    let posts = found.iter().any(|(document, _)| document.kind != DocumentKind::Page);
    let wanted = found.into_iter().filter(|(document, _)| !posts || document.kind != DocumentKind::Page);
    documents.extend(wanted.map(|(document, file)| (document.path.clone(), (document, file))));
}

/// What a file without a site is: a draft by its folder, a post by its folder or its name.
pub(super) fn lone_kind(file: &Path) -> DocumentKind {
    let lies_in = |name: &str| file.components().any(|part| part.as_os_str() == name);
    let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default();
    if lies_in("_drafts") {
        DocumentKind::Draft
    } else if lies_in("_posts") || file_name::is_post(name) {
        DocumentKind::Post
    } else {
        DocumentKind::Page
    }
}
