//! `{% link … %}` and `{% post_url … %}` (jekyll `tags/link.rb`, `tags/post_url.rb`).

use super::super::Site;
use super::super::documents::Document;
use super::super::file_name::FileName;
use super::super::files::{EntryKind, Lookup, join};
use super::super::page::Page;
use super::super::templates::Presence;
use super::super::value::Value;
use super::{Evaluated, filters};
use crate::post::DocumentKind;
use rustc_hash::FxHashMap;

/// What the tag prints; `None` where it is another tag, or its target is not known.
pub fn evaluate(markup: &str, page: &Page) -> Option<String> {
    let (name, argument) = markup.split_once(|c: char| c.is_ascii_whitespace())?;
    let url = match name {
        "link" => page.site.linked(argument.trim(), page)?,
        "post_url" => {
            let post = page.site.post_named(argument.trim())?;
            page.site.url_of(post).ok()?
        }
        _ => return None,
    };
    filters::relative_url(Value::String(url), page.site)?.to_text()
}

impl Site {
    /// The URL, without `baseurl`, of what `{% link path %}` names: a document, a page, or any file that is copied.
    /// `None` where there is none, or its URL is not known.
    pub fn linked(&self, path: &str, page: &Page) -> Option<String> {
        let path = match super::evaluate(path, page) {
            Evaluated::Known(path) => path,
            Evaluated::Unknown => return None,
        };
        let bare = path.strip_prefix('/').unwrap_or(&path);
        let in_collections = join(&self.config.collections_dir, bare);
        let named = |source_path: &str| self.document(&join(&self.config.source, source_path));
        if let Some(document) = named(&in_collections).or_else(|| named(bare)) {
            return self.url_of(document).ok();
        }
        match self.files().lookup(bare) {
            Lookup::Exact(entry) if entry.kind == EntryKind::File && entry.exclusion.is_none() => self.file_url(bare),
            _ => None,
        }
    }

    /// The post that `{% post_url name %}` names: `2023-05-01-kubecon`, with folders in front of it as they stand
    /// above or below `_posts`. Drafts and unpublished posts are not on Jekyll's list, but are given here.
    pub fn post_named(&self, name: &str) -> Option<&Document> {
        let name = name.strip_prefix('/').unwrap_or(name);
        let (folder, stem) = name.rsplit_once('/').unwrap_or(("", name));
        let is_in_folder = |document: &&Document| {
            let path = document.relative_path(&self.config);
            let above_and_below = path.rsplit_once('/').and_then(|(post_folder, _)| post_folder.split_once("_posts"));
            above_and_below.is_some_and(|(above, below)| {
                let (above, below) = (above.trim_end_matches('/'), below.trim_start_matches('/'));
                (above == folder && below.is_empty()) || (above.is_empty() && below == folder)
            })
        };
        let stems = self.posts_by_stem.get_or_init(|| self.stems_of_posts());
        let named = || stems.get(stem).into_iter().flatten().filter_map(|&index| self.documents().get(index));
        // the old way, which Jekyll still takes with a warning, does not look at folders
        named().find(is_in_folder).or_else(|| named().next())
    }

    /// The posts, as indices of documents, by their file names without extension.
    fn stems_of_posts(&self) -> FxHashMap<Box<str>, Vec<usize>> {
        let mut stems: FxHashMap<Box<str>, Vec<usize>> = FxHashMap::default();
        for (index, document) in self.documents().iter().enumerate().filter(|(_, document)| document.kind == DocumentKind::Post) {
            let file = document.path.rsplit('/').next().unwrap_or_default();
            if let Some(stem) = file.strip_suffix(FileName::parse(file).ext) {
                stems.entry(stem.into()).or_default().push(index);
            }
        }
        stems
    }

    /// Whether `{% post_url name %}` finds a post.
    pub fn has_post(&self, name: &str) -> Presence {
        if self.post_named(name).is_some() { Presence::There } else { self.absence() }
    }

    /// Whether `{% link path %}` finds a document, a page or a file. `page` is the one that the tag stands in.
    pub fn has_linked(&self, path: &str, page: &Page) -> Presence {
        let Evaluated::Known(path) = super::evaluate(path, page) else { return Presence::Unknown };
        let bare = path.strip_prefix('/').unwrap_or(&path);
        let in_collections = join(&self.config.collections_dir, bare);
        let is_document = [in_collections.as_str(), bare].iter().any(|path| self.document(&join(&self.config.source, path)).is_some());
        if is_document {
            Presence::There
        } else if self.has_generated_pages() {
            Presence::Unknown
        } else {
            self.has_source_file(bare)
        }
    }
}
