//! The site around the posts: all that rules know of the disk.
//!
//! It is loaded once, before the posts: the configuration and the names of all files. What is inside of other files
//! (front matter of other documents, `_data`) is read when a rule asks for it, and kept. A site may be shared between
//! threads. What could not be read is a [`Problem`], and what depends on it is unknown, not wrong.

mod anchors;
pub mod comparison;
pub mod config;
pub mod data;
pub mod date;
pub mod defaults;
pub mod documents;
pub mod entry_filter;
mod examples;
pub mod file_name;
pub mod files;
mod fnmatch;
mod glob;
pub mod header;
pub mod liquid_value;
mod near_url;
pub mod outputs;
pub mod page;
pub mod permalink;
mod picture_names;
pub mod pictures;
mod plugins;
pub mod problem;
mod redirections;
pub mod slugify;
pub mod survey;
mod tags;
pub mod target;
pub mod templates;
pub mod term;
mod text_file;
pub mod unused;
pub mod url;
pub mod value;
mod words;

use crate::post::{DocumentKind, Engine};
use crate::rules::spelling::Vocabulary;
use crate::web::Verdicts;
use anchors::AnchorCache;
use comparison::Comparison;
use config::SiteConfig;
use data::Data;
use defaults::Defaults;
use documents::Document;
use entry_filter::EntryFilter;
use file_name::FileName;
use files::Files;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use near_url::NearUrls;
use outputs::Outputs;
use plugins::Generated;
pub use problem::Problem;
use redirections::Redirections;
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use survey::Survey;
use tags::Tags;
use target::Targets;
use value::Value;

/// How a site is loaded.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// Configuration files, the later ones over the earlier, absolute or relative to the site's root. Empty: the
    /// `_config.yml` (`.yaml`, `.toml`) in the root.
    pub config_files: Vec<PathBuf>,
    /// What counts as now; `None`: the time of this run.
    pub now: Option<Timestamp>,
}

/// A Jekyll site, read once, before the posts.
#[derive(Debug)]
pub struct Site {
    /// The folder with `_config.yml`; `None` for posts without a site.
    pub root: Option<PathBuf>,
    pub config: SiteConfig,
    /// What `.postlint.yml` says about words.
    pub vocabulary: Vocabulary,
    /// Posts that are dated later are in the future.
    pub now: Timestamp,
    /// What the site was before the change that is looked at; `None`: no change is.
    pub comparison: Option<Comparison>,
    files: Files,
    documents: Vec<Document>,
    zone: TimeZone,
    data: Data,
    outputs: OnceLock<Outputs>,
    posts_by_stem: OnceLock<FxHashMap<Box<str>, Vec<usize>>>,
    words: words::SiteWords,
    generated: OnceLock<Generated>,
    tags: OnceLock<Tags>,
    survey: OnceLock<Survey>,
    /// Front matter that authors are shown: the file, the key, the value.
    examples: OnceLock<Vec<(String, String, String)>>,
    anchors: AnchorCache,
    redirections: OnceLock<Redirections>,
    pictures_by_name: OnceLock<pictures::PicturesByName>,
    verdicts: OnceLock<Verdicts>,
    near_urls: NearUrls,
    targets: Targets,
}

impl Site {
    /// No site: Jekyll's defaults, and nothing known of any file.
    pub fn none() -> Site {
        Site {
            root: None,
            config: SiteConfig::default(),
            vocabulary: Vocabulary::default(),
            now: date::now(),
            comparison: None,
            files: Files::default(),
            documents: Vec::new(),
            zone: TimeZone::UTC,
            data: Data::default(),
            outputs: OnceLock::new(),
            posts_by_stem: OnceLock::new(),
            words: words::SiteWords::default(),
            generated: OnceLock::new(),
            tags: OnceLock::new(),
            survey: OnceLock::new(),
            examples: OnceLock::new(),
            anchors: AnchorCache::default(),
            redirections: OnceLock::new(),
            pictures_by_name: OnceLock::new(),
            verdicts: OnceLock::new(),
            near_urls: NearUrls::default(),
            targets: Targets::default(),
        }
    }

    /// The site that `path` (a file or a folder) belongs to: the nearest folder upward with a `_config.yml`,
    /// `_config.yaml` or `_config.toml`.
    pub fn find_root(path: &Path) -> Option<PathBuf> {
        let absolute = std::path::absolute(path).ok()?;
        let has_config = |folder: &&Path| config::FILE_NAMES.iter().any(|name| folder.join(name).is_file());
        absolute.ancestors().find(has_config).map(Path::to_owned)
    }

    /// Reads the site in `root`: its configuration and the names of its files. Never fails; what could not be read is
    /// among the problems, in the order of their places.
    pub fn load(root: &Path, options: &LoadOptions) -> (Site, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut config = SiteConfig::load(root, &options.config_files, &mut problems);
        if !config.source.is_empty() && !root.join(&config.source).is_dir() {
            let message = format!("`source: {}` is no folder; the folder of `_config.yml` is read instead", config.source);
            problems.push(Problem::unreadable("_config.yml", None, message));
            config.source = String::new();
        }
        let filter = EntryFilter::new(&config);
        let files = files::walk(&root.join(&config.source), &config.source, &config, &filter, &mut problems);
        let documents = documents::discover(root, &config, &files);
        problems.sort_by(|a, b| (&a.file, a.line, &a.message).cmp(&(&b.file, b.line, &b.message)));
        let zone = config.time_zone();
        let data = Data::new(root, &config, &files);
        let now = options.now.unwrap_or_else(date::now);
        let site = Site { root: Some(root.to_owned()), config, now, files, documents, zone, data, ..Site::none() };
        (site, problems)
    }

    /// All documents, sorted by path: posts, drafts, documents of collections, and pages with front matter.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The document `path` (relative to the site's root, with `/`).
    pub fn document(&self, path: &str) -> Option<&Document> {
        self.documents.get(self.index_of(path)?)
    }

    fn index_of(&self, path: &str) -> Option<usize> {
        self.documents.binary_search_by(|document| document.path.as_str().cmp(path)).ok()
    }

    /// What the file `path` (relative to the site's root) is by its place; a page where it is nothing else.
    pub fn kind_of(&self, path: &str) -> DocumentKind {
        documents::place_of(self.source_path(path), &self.config).map_or(DocumentKind::Page, |place| place.kind)
    }

    /// The files of the site.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// `_data`. Its files are read when they are asked for.
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// What the web said of links, before the rules ran. Empty in runs that do not ask it.
    pub fn verdicts(&self) -> &Verdicts {
        static NONE: OnceLock<Verdicts> = OnceLock::new();
        self.verdicts.get().unwrap_or_else(|| NONE.get_or_init(Verdicts::default))
    }

    /// Lends `verdicts` to the rules, once.
    pub fn lend_verdicts(&self, verdicts: Verdicts) {
        // a second answer would make findings depend on when they are made
        let _ = self.verdicts.set(verdicts);
    }

    /// `path` (relative to the site's root) relative to the source; unchanged where it lies outside of it.
    pub fn source_path<'a>(&self, path: &'a str) -> &'a str {
        if self.config.source.is_empty() {
            return path;
        }
        path.strip_prefix(self.config.source.as_str()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path)
    }

    /// The posts, the newest first, by their date as Jekyll reads it (or the one in the file's name); those of one date
    /// by path, the last first. Posts without any date are left out. This reads the front matter of all posts.
    pub fn posts_newest_first(&self) -> Vec<&Document> {
        let posts = self.documents.iter().filter(|document| document.kind == DocumentKind::Post);
        let mut dated: Vec<_> = posts.filter_map(|post| Some((self.sorting_date(post)?, post))).collect();
        dated.sort_by(|(a_date, a), (b_date, b)| b_date.cmp(a_date).then_with(|| b.path.cmp(&a.path)));
        dated.into_iter().map(|(_, post)| post).collect()
    }

    /// The defaults of `_config.yml`.
    pub fn defaults(&self) -> Defaults<'_> {
        Defaults::new(&self.config, &self.files)
    }

    /// The default that `_config.yml` gives the document for a key of its front matter.
    pub fn default_of(&self, document: &Document, key: &str) -> Option<Value> {
        if self.config.defaults.is_empty() {
            return None;
        }
        let kind = document.collection.as_deref().unwrap_or("pages");
        self.defaults().value(document.relative_path(&self.config), kind, key)
    }

    /// The default for a key of the front matter of the file `path` (relative to the site's root), which is of `kind`.
    pub fn default(&self, path: &str, kind: DocumentKind, key: &str) -> Option<Value> {
        if self.config.defaults.is_empty() {
            return None;
        }
        let source_path = self.source_path(path);
        let place = documents::place_of(source_path, &self.config).filter(|place| place.kind == kind);
        let label = match kind {
            DocumentKind::Page => None,
            DocumentKind::Post | DocumentKind::Draft => Some("posts".to_owned()),
            DocumentKind::Collection => place.and_then(|place| place.collection),
        };
        let root = self.root.as_deref().unwrap_or(Path::new(""));
        let place = documents::Place { kind, collection: label };
        self.default_of(&Document::new(&self.config, root, source_path, place), key)
    }

    /// Reads a value of `date:` as Jekyll does, in the site's zone (`timezone:`, else UTC).
    pub fn parse_date(&self, value: &Value) -> date::Parsed {
        date::of_value(value, &self.zone)
    }

    /// Where dates without a zone are read.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Which engine reads the file `path`.
    pub fn engine_of(&self, path: &str) -> Engine {
        let name = FileName::parse(path);
        let ext = name.extension();
        if self.config.is_markdown_extension(ext) {
            return if self.config.markdown.starts_with("CommonMark") { Engine::CommonMark } else { Engine::Kramdown };
        }
        match ext.to_ascii_lowercase().as_str() {
            "html" | "htm" | "xhtml" => Engine::Html,
            _ => Engine::Plain,
        }
    }
}

/// `path` relative to `root`, with `/`; as it is where it lies elsewhere.
fn relative_name(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    relative.to_string_lossy().replace('\\', "/")
}
