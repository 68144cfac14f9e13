//! The documents of the site: posts, drafts, documents of collections, pages.
//!
//! A post is whatever lies in a `_posts` folder, also where Jekyll would not read it (an excluded folder, a bad name):
//! rules have something to say about just these. Jekyll's own view is [`Document::exclusion`].

use super::config::SiteConfig;
use super::entry_filter::Exclusion;
use super::file_name::FileName;
use super::files::{EntryKind, Files, join};
use super::header::{self, Header};
use crate::post::DocumentKind;
use crate::post::front_matter::FrontMatter;
use crate::text::Span;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Folders whose files are nobody's documents.
const FOREIGN_FOLDERS: [&str; 6] = [".git", "node_modules", "vendor", "_site", ".bundle", ".jekyll-cache"];

/// Extensions of posts besides those of Markdown, lower case: other markup, and text that its author may have meant to
/// be Markdown.
const POST_EXTENSIONS: [&str; 10] = ["html", "htm", "textile", "text", "rmd", "adoc", "org", "rst", "txt", "mdown"];

/// A document, by its name; its front matter is read when it is asked for.
#[derive(Debug)]
pub struct Document {
    /// Relative to the site's root, with `/`.
    pub path: String,
    pub kind: DocumentKind,
    /// The collection that it belongs to: `posts` for posts and drafts, `None` for pages.
    pub collection: Option<String>,
    /// Why Jekyll does not read it or does not publish it, as far as its place and name tell.
    pub exclusion: Option<Exclusion>,
    /// A symbolic link: to be read, never to be written.
    pub is_link: bool,
    /// Length of `source/` in front of [`Document::source_path`].
    source_start: usize,
    disk: PathBuf,
    header: OnceLock<Header>,
}

impl Document {
    pub(super) fn new(config: &SiteConfig, root: &Path, source_path: &str, place: Place) -> Document {
        let path = join(&config.source, source_path);
        Document {
            source_start: path.len() - source_path.len(),
            disk: root.join(&path),
            path,
            kind: place.kind,
            collection: place.collection,
            exclusion: None,
            is_link: false,
            header: OnceLock::new(),
        }
    }

    /// The path relative to the source, with `/`.
    pub fn source_path(&self) -> &str {
        &self.path[self.source_start..]
    }

    /// Where the file is on disk.
    pub fn disk_path(&self) -> &Path {
        &self.disk
    }

    /// The date, slug and extension that its name gives.
    pub fn file_name(&self) -> FileName<'_> {
        FileName::parse(&self.path)
    }

    /// Its front matter, read when first asked for, and kept: nothing but that block of the file.
    pub fn front_matter(&self) -> &Header {
        self.header.get_or_init(|| header::read(&self.disk))
    }

    /// Looks at the keys of its front matter that are `wanted`, without keeping it.
    pub(super) fn with_keys<T>(&self, wanted: fn(&str) -> bool, look: impl FnOnce(&Header) -> T) -> T {
        match self.header.get() {
            Some(header) => look(header),
            None => look(&header::read_keys(&self.disk, wanted)),
        }
    }

    /// Where something stands in its front matter, which is read again for that.
    pub fn find_span(&self, find: impl Fn(&FrontMatter) -> Option<Span>) -> Option<Span> {
        let text = std::fs::read_to_string(&self.disk).ok()?;
        find(&FrontMatter::parse(&text))
    }

    /// The path as Jekyll has it: relative to `collections_dir` for posts, drafts and collections, to the source for
    /// pages (jekyll `document.rb`, `relative_path`).
    pub fn relative_path<'a>(&'a self, config: &SiteConfig) -> &'a str {
        let path = self.source_path();
        if self.kind == DocumentKind::Page || config.collections_dir.is_empty() {
            return path;
        }
        path.strip_prefix(config.collections_dir.as_str()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path)
    }

    /// Categories that the folders above `_posts` give (jekyll `document.rb`, `categories_from_path`).
    pub fn folder_categories(&self, config: &SiteConfig) -> Vec<String> {
        let special = match (self.kind, &self.collection) {
            (DocumentKind::Page, _) | (_, None) => return Vec::new(),
            (DocumentKind::Draft, _) => "_drafts".to_owned(),
            (_, Some(label)) => format!("_{label}"),
        };
        let path = self.relative_path(config);
        let above = path.find(&special).and_then(|at| path.get(..at)).unwrap_or(path);
        let name = path.rsplit('/').next().unwrap_or_default();
        above.split('/').filter(|part| !part.is_empty() && *part != special && *part != name).map(str::to_owned).collect()
    }
}

/// What a file is, by its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub kind: DocumentKind,
    pub collection: Option<String>,
}

/// What the file `source_path` (relative to the source) is by its folders and its extension; `None`: no document.
/// Whether a page has front matter, without which it is only copied, is not looked at.
pub fn place_of(source_path: &str, config: &SiteConfig) -> Option<Place> {
    let (folder, name) = source_path.rsplit_once('/').unwrap_or(("", source_path));
    Folder::of(folder, config).place_of(name, config)
}

/// What a folder holds.
#[derive(Debug, Clone, Copy)]
enum Folder<'f> {
    /// Nobody's documents.
    Foreign,
    Posts,
    Drafts,
    /// The label of its collection.
    Collection(&'f str),
    /// Meant to be `_posts`; `is_special`: what is no post there is none of Jekyll's pages.
    NearlyPosts {
        is_special: bool,
    },
    Pages,
}

impl<'f> Folder<'f> {
    /// What is in `folder` (relative to the source).
    fn of(folder: &'f str, config: &SiteConfig) -> Folder<'f> {
        let parts = || folder.split('/').filter(|part| !part.is_empty());
        let is_special = || parts().any(|part| part.starts_with('_') && !config.include.iter().any(|name| name == part));
        if parts().any(|part| part.starts_with('.') || FOREIGN_FOLDERS.contains(&part)) {
            Folder::Foreign
        } else if parts().any(|part| part == "_posts") {
            Folder::Posts
        } else if parts().any(|part| part == "_drafts") {
            Folder::Drafts
        } else if let Some(label) = collection_of_folder(folder, config) {
            Folder::Collection(label)
        } else if is_nearly_posts(parts()) {
            Folder::NearlyPosts { is_special: is_special() }
        } else if is_special() {
            Folder::Foreign
        } else {
            Folder::Pages
        }
    }

    /// What the file `name` in it is.
    fn place_of(self, name: &str, config: &SiteConfig) -> Option<Place> {
        let file_name = FileName::parse(name);
        let ext = file_name.extension();
        let posts = || Some("posts".to_owned());
        let is_markdown = config.is_markdown_extension(ext);
        let (kind, collection) = match self {
            Folder::Foreign => return None,
            Folder::Posts => {
                let is_post = is_markdown || POST_EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(ext));
                return is_post.then(|| Place { kind: DocumentKind::Post, collection: posts() });
            }
            Folder::Drafts => (DocumentKind::Draft, posts()),
            Folder::Collection(label) => (DocumentKind::Collection, Some(label.to_owned())),
            Folder::NearlyPosts { .. } if file_name.date.is_some() => (DocumentKind::Post, posts()),
            Folder::NearlyPosts { is_special: true } => return None,
            Folder::NearlyPosts { is_special: false } | Folder::Pages => (DocumentKind::Page, None),
        };
        is_markdown.then_some(Place { kind, collection })
    }
}

/// Folders that were meant to be `_posts`: Jekyll does not look into them.
fn is_nearly_posts<'f>(mut folders: impl Iterator<Item = &'f str>) -> bool {
    let is_near = |name: &str| name.eq_ignore_ascii_case("_posts") || name.eq_ignore_ascii_case("_post");
    folders.find(|name| name.starts_with('_')).is_some_and(is_near)
}

/// The label of the collection in whose folder the file lies.
pub(super) fn collection_of<'a>(source_path: &'a str, config: &SiteConfig) -> Option<&'a str> {
    let (folder, _) = source_path.rsplit_once('/')?;
    collection_of_folder(folder, config)
}

fn collection_of_folder<'a>(folder: &'a str, config: &SiteConfig) -> Option<&'a str> {
    let inner = match config.collections_dir.as_str() {
        "" => folder,
        dir => folder.strip_prefix(dir)?.strip_prefix('/')?,
    };
    let label = inner.split('/').next()?.strip_prefix('_')?;
    config.collection(label).map(|_| label)
}

/// All documents, sorted by path.
pub(super) fn discover(root: &Path, config: &SiteConfig, files: &Files) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut folders: Vec<&str> = files.folders().collect();
    folders.sort_unstable();
    for path in folders {
        let folder = Folder::of(path, config);
        let entries = files.folder(path).unwrap_or_default().iter();
        for entry in entries.filter(|entry| entry.kind == EntryKind::File && !entry.leads_outside) {
            let Some(place) = folder.place_of(&entry.name, config) else { continue };
            let mut document = Document::new(config, root, &join(path, &entry.name), place);
            if document.kind == DocumentKind::Page && !header::has_header(document.disk_path()) {
                continue;
            }
            document.exclusion = files.exclusion(entry).cloned();
            document.is_link = entry.is_link;
            documents.push(document);
        }
    }
    // most of them are in order already, which this sort makes use of
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    documents
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str, config: &SiteConfig) -> Option<(DocumentKind, Option<String>)> {
        place_of(path, config).map(|place| (place.kind, place.collection))
    }

    #[test]
    fn documents_are_known_by_their_place() {
        let mut config = SiteConfig::default();
        config.collections.push(super::super::config::Collection { label: "docs".into(), output: true, permalink: None });
        assert_eq!(place("news/_posts/deep/x.md", &config), Some((DocumentKind::Post, Some("posts".into()))));
        assert_eq!(place("_posts/x.png", &config), None);
        assert_eq!(place("_drafts/x.md", &config), Some((DocumentKind::Draft, Some("posts".into()))));
        assert_eq!(place("_docs/a/x.md", &config), Some((DocumentKind::Collection, Some("docs".into()))));
        assert_eq!(place("_other/x.md", &config), None);
        assert_eq!(place("_Posts/2020-01-01-x.md", &config), Some((DocumentKind::Post, Some("posts".into()))));
        assert_eq!(place("_includes/_post/2020-01-01-x.md", &config), None);
        assert_eq!(place("a/x.md", &config), Some((DocumentKind::Page, None)));
        assert_eq!(place("vendor/_posts/2020-01-01-x.md", &config), None);
    }

    #[test]
    fn folders_above_posts_are_categories() {
        let config = SiteConfig::default();
        let place = Place { kind: DocumentKind::Post, collection: Some("posts".into()) };
        let document = Document::new(&config, Path::new("/s"), "news/deep/_posts/sub/2020-01-01-x.md", place);
        assert_eq!(document.folder_categories(&config), ["news", "deep"]);
    }
}
