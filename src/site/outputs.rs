//! Where everything ends up: which source is behind which URL.
//!
//! It is made when the first link is looked up that is not simply a file, and reads the front matter of all documents
//! and pages then.

use super::Site;
use super::documents::Document;
use super::entry_filter::Exclusion;
use super::files::{Entry, EntryKind};
use super::header::{self, Header};
use super::page::Page;
use super::survey::{Facts, redirects};
use super::url;
use super::value::Value;
use crate::post::DocumentKind;
use rustc_hash::FxHashMap;

/// Extensions of files that cannot begin with front matter: they are copied as they are.
const BINARY_EXTENSIONS: [&str; 34] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "bmp", "tif", "tiff", "pdf", "zip", "gz", "tgz", "bz2", "xz", "7z", "jar", "mp3",
    "mp4", "m4a", "m4v", "mov", "avi", "mkv", "webm", "ogg", "wav", "flac", "woff", "woff2", "ttf", "otf", "eot",
];

/// Whether a file of this name is copied without a look inside.
pub(super) fn is_binary(name: &str) -> bool {
    let ext = url::extname(name).strip_prefix('.');
    ext.is_some_and(|ext| BINARY_EXTENSIONS.iter().any(|binary| ext.eq_ignore_ascii_case(binary)))
}

/// The source behind a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The source, relative to the site's root.
    pub path: String,
    /// A document or page (whose anchors may be asked for), as against a file that is copied.
    pub is_rendered: bool,
    /// Only a redirection leads there (`redirect_from`).
    pub is_redirect: bool,
    /// Why it is not published.
    pub exclusion: Option<Exclusion>,
}

/// Sources by URL.
#[derive(Debug, Default)]
pub struct Outputs {
    /// By the decoded URL with a slash in front, without `baseurl`.
    by_url: FxHashMap<String, Output>,
    /// The same by the URL in lower case: the URL as it is.
    by_lower: FxHashMap<String, String>,
    /// Documents whose URL is not known.
    unknown: Vec<String>,
}

impl Outputs {
    pub(super) fn new(site: &Site) -> Outputs {
        let mut outputs = Outputs::default();
        for (index, document) in site.documents().iter().enumerate() {
            outputs.add_document(document, site.survey().facts(index));
        }
        for (path, entry) in site.files().files() {
            outputs.add_file(site, &path, entry);
        }
        // published ones win over those that are not
        outputs.by_lower = outputs.by_url.keys().map(|url| (url.to_lowercase(), url.clone())).collect();
        outputs.unknown.sort();
        outputs
    }

    /// What is at the path of a URL: decoded, with a slash in front, without `baseurl`, query and fragment. As web
    /// servers do, `/a` also stands for `/a.html` and `/a/`, and `/a/` for `/a/index.html`.
    pub fn find(&self, path: &str) -> Option<&Output> {
        let get = |url: &str| self.by_url.get(url);
        let exact = get(path).or_else(|| get(path.strip_suffix("index.html").filter(|folder| folder.ends_with('/'))?));
        exact.or_else(|| match path.strip_suffix('/') {
            Some(_) => get(&format!("{path}index.html")),
            None => get(&format!("{path}.html")).or_else(|| get(&format!("{path}/"))).or_else(|| {
                let bare = path.strip_suffix(".html")?;
                get(bare)
            }),
        })
    }

    /// The URL that is `path` in other letter case, with what is there.
    pub fn find_other_case(&self, path: &str) -> Option<(&str, &Output)> {
        let mut candidate = path.to_lowercase();
        let length = candidate.len();
        let url = ["", "/", ".html", "index.html"].into_iter().find_map(|end| {
            candidate.truncate(length);
            candidate.push_str(end);
            self.by_lower.get(&candidate)
        })?;
        self.by_url.get(url).map(|output| (url.as_str(), output))
    }

    /// All URLs with their sources, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Output)> {
        self.by_url.iter().map(|(url, output)| (url.as_str(), output))
    }

    /// Paths of published documents whose URL is not known (front matter that does not parse, and the like), sorted.
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }

    fn insert(&mut self, url: String, output: Output) {
        match self.by_url.get(&url) {
            Some(old) if old.exclusion.is_none() && (output.exclusion.is_some() || output.is_redirect) => {}
            _ => {
                self.by_url.insert(url, output);
            }
        }
    }

    fn add_document(&mut self, document: &Document, facts: Option<&Facts>) {
        let is_collection = document.kind == DocumentKind::Collection;
        let Some(facts) = facts.filter(|facts| facts.is_rendered || !is_collection) else { return };
        let exclusion = document.exclusion.clone().or_else(|| match document.kind {
            DocumentKind::Draft => Some(Exclusion::Draft),
            _ => facts.is_unpublished.then_some(Exclusion::Unpublished),
        });
        match &facts.url {
            Ok(url) => self.add(url, &document.path, exclusion.clone()),
            Err(_) if exclusion.is_none() => self.unknown.push(document.path.clone()),
            Err(_) => {}
        }
        if exclusion.is_none() {
            self.add_redirects(&document.path, facts.redirects.iter().map(String::as_str));
        }
    }

    fn add(&mut self, url: &str, path: &str, exclusion: Option<Exclusion>) {
        let output = Output { path: path.to_owned(), is_rendered: true, is_redirect: false, exclusion };
        self.insert(url::decode(url).into_owned(), output);
    }

    fn add_redirects<'u>(&mut self, path: &str, urls: impl Iterator<Item = &'u str>) {
        for from in urls {
            let url = url::decode(&format!("/{}", from.trim_start_matches('/'))).into_owned();
            self.insert(url, Output { path: path.to_owned(), is_rendered: true, is_redirect: true, exclusion: None });
        }
    }

    /// Files that are no documents for us but have a URL other than their path: pages that are not Markdown, and what
    /// collections copy.
    fn add_file(&mut self, site: &Site, source_path: &str, entry: &Entry) {
        if entry.kind != EntryKind::File || entry.leads_outside || site.files().exclusion(entry).is_some() {
            return;
        }
        let path = super::files::join(&site.config.source, source_path);
        if let Some(index) = site.index_of(&path) {
            let is_collection = site.documents().get(index).is_some_and(|document| document.kind == DocumentKind::Collection);
            if !is_collection || site.survey().facts(index).is_some_and(|facts| facts.is_rendered) {
                return;
            }
        }
        let collection = super::documents::collection_of(source_path, &site.config);
        let disk = site.root.as_deref().map(|root| root.join(&path));
        let header = disk.filter(|_| !is_binary(&entry.name)).filter(|disk| header::has_header(disk)).map(|disk| header::read(&disk));
        let url = match (collection, &header) {
            (Some("posts"), _) => return,
            (Some(label), None) => site.collection_file_url(label, site.below_collections_dir(source_path)),
            (Some(label), Some(header)) => {
                let place = super::documents::Place { kind: DocumentKind::Collection, collection: Some(label.to_owned()) };
                let root = site.root.as_deref().unwrap_or(std::path::Path::new(""));
                site.url_with(&Document::new(&site.config, root, source_path, place), header)
            }
            (None, Some(header)) => site.page_url(source_path, header),
            (None, None) => return,
        };
        match url {
            Ok(url) => {
                let is_rendered = header.is_some();
                let output = Output { path: path.clone(), is_rendered, is_redirect: false, exclusion: None };
                self.insert(url::decode(&url).into_owned(), output);
            }
            Err(_) => self.unknown.push(path.clone()),
        }
        if let Some(header) = &header {
            self.add_redirects(&path, redirects(header));
        }
    }
}

/// `published:` that is there and false or empty (jekyll `publisher.rb`), in the front matter or by a default.
pub(super) fn is_unpublished(site: &Site, document: &Document, header: &Header) -> bool {
    match header.get("published") {
        Some(Value::Null) => site.default_of(document, "published").is_none_or(|default| default.is_falsy()),
        Some(published) => published.is_falsy(),
        None => site.default_of(document, "published").is_some_and(|default| default.is_falsy()),
    }
}

impl Site {
    /// Sources by URL. The first call reads the front matter of all documents and pages.
    pub fn outputs(&self) -> &Outputs {
        self.outputs.get_or_init(|| Outputs::new(self))
    }

    /// The URL of the file `source_path` (relative to the source) that Jekyll copies or, if it has front matter,
    /// renders; without `baseurl`.
    pub(super) fn file_url(&self, source_path: &str) -> Option<String> {
        let path = super::files::join(&self.config.source, source_path);
        if let Some(document) = self.document(&path) {
            return Page::of_document(self, document).url().clone().ok();
        }
        let disk = self.root.as_deref()?.join(&path);
        if !is_binary(source_path) && header::has_header(&disk) {
            return self.page_url(source_path, &header::read(&disk)).ok();
        }
        Some(format!("/{source_path}"))
    }

    /// A path relative to the source, relative to `collections_dir`.
    fn below_collections_dir<'p>(&self, source_path: &'p str) -> &'p str {
        match self.config.collections_dir.as_str() {
            "" => source_path,
            dir => source_path.strip_prefix(dir).and_then(|rest| rest.strip_prefix('/')).unwrap_or(source_path),
        }
    }
}
