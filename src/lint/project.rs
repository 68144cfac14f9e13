//! From the paths on the command line to documents: which sites they belong to, and what is to be linted there.

use super::read::reason;
use super::{Document, Linter, SiteRules};
use crate::baseline::{self, Baseline, BaselineError};
use crate::config::{self, Config, ConfigError, Include};
use crate::post::DocumentKind;
use crate::site::documents;
use crate::site::file_name::{self, FileName};
use crate::site::{LoadOptions, Problem, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folders in which no sites or posts are looked for.
const SKIPPED: [&str; 4] = ["node_modules", "vendor", "_site", "target"];
/// How deep sites are looked for below a folder that is in none.
const DEEPEST: usize = 8;

/// A site (or none) with the documents of it that are to be linted.
#[derive(Debug)]
pub struct Project {
    pub site: Site,
    pub config: Config,
    /// Sorted by path.
    pub documents: Vec<(Document, PathBuf)>,
    /// Findings that are not to be reported again; nothing is read before [`Project::read_baseline`].
    pub baseline: Option<Baseline>,
    /// The whole site is to be linted, not some of its files.
    pub whole: bool,
    /// What could not be read of the site itself, but for its data.
    pub problems: Vec<Problem>,
}

impl Project {
    /// Where the baseline lies: in the site's root; without a site, in the current folder.
    pub fn baseline_file(&self) -> PathBuf {
        self.site.root.as_deref().unwrap_or(Path::new("")).join(baseline::FILE_NAME)
    }

    /// Makes the next run see all that a baseline has to know.
    pub fn start_baseline(&mut self) {
        // who names an old post, or changes it, is told what house style asks of it; that has to be known as well
        self.documents.iter_mut().for_each(|(document, _)| document.named = true);
        self.baseline = Some(Baseline::default());
    }

    /// What lints the project's documents by `rules`.
    pub fn linter(&self, rules: Arc<SiteRules>) -> Linter<'_> {
        Linter { site: &self.site, config: &self.config, rules, baseline: self.baseline.as_ref() }
    }

    /// Reads the baseline, if there is one.
    ///
    /// # Errors
    /// There is one that cannot be used.
    pub fn read_baseline(&mut self) -> Result<(), BaselineError> {
        self.baseline = baseline::file::read(&self.baseline_file())?;
        Ok(())
    }
}

/// All that the paths lead to.
#[derive(Debug, Default)]
pub struct Projects {
    pub projects: Vec<Project>,
    /// Sentences about paths and configurations that cannot be read.
    pub failures: Vec<String>,
}

/// What is asked for in one site.
#[derive(Default)]
struct Request {
    /// The whole site.
    all: bool,
    /// Folders of the site.
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

/// A site's folder, and the configuration there: all files of one place belong to one project.
pub type Place = (Option<PathBuf>, Option<PathBuf>);

/// Finds what `paths` lead to; no path is the current folder. `config_file` is used instead of any `.postlint.yml`.
pub fn discover(paths: &[PathBuf], config_file: Option<&Path>) -> Projects {
    let mut found = Projects::default();
    let mut requests: BTreeMap<Place, Request> = BTreeMap::new();
    let here = [PathBuf::from(".")];
    for path in if paths.is_empty() { &here[..] } else { paths } {
        if let Err(message) = request(path, config_file, &mut requests) {
            found.failures.push(format!("{}: {message}", path.display()));
        }
    }
    for ((root, config), request) in requests {
        match project(root, config.as_deref(), &request) {
            Ok(project) => found.projects.push(project),
            Err(error) => found.failures.push(error.to_string()),
        }
    }
    found
}

/// The project of a document that is read from standard input.
///
/// # Errors
/// The configuration cannot be read.
pub fn of_stdin(path: &Path, config_file: Option<&Path>) -> Result<Project, ConfigError> {
    let absolute = absolute_file(path).unwrap_or_else(|_| path.to_owned());
    let folder = absolute.parent().unwrap_or(Path::new("."));
    let config = config_file.map(Path::to_owned).or_else(|| config::find(folder));
    project(find_root(folder), config.as_deref(), &Request { files: vec![absolute], ..Request::default() })
}

/// The place of a file, which need not be there yet.
pub fn place_of(file: &Path) -> Place {
    let folder = file.parent().unwrap_or(Path::new("/"));
    (find_root(folder), config::find(folder))
}

/// The whole site of a place; without a site, a project without documents.
///
/// # Errors
/// The configuration cannot be read.
pub fn of_place((root, config): &Place) -> Result<Project, ConfigError> {
    project(root.clone(), config.as_deref(), &Request { all: true, ..Request::default() })
}

impl Project {
    /// The document that `file` (absolute, in the project's place) is; `None` where it is none of those that are linted
    /// without being named.
    pub fn document_of(&self, file: &Path) -> Option<Document> {
        let Some(root) = &self.site.root else {
            let kind = lone_kind(file);
            let path = relative(&here(), file);
            return (kind != DocumentKind::Page).then_some(Document { path, kind, named: true });
        };
        let path = relative(root, file);
        let source_path = self.site.source_path(&path);
        // a page without front matter is no document of the site, and one that is not saved yet is none either
        let is_document = self.site.document(&path).is_some() || documents::place_of(source_path, &self.site.config).is_some();
        let kind = self.site.kind_of(&path);
        (is_document && self.config.includes(include_of(kind))).then_some(Document { path, kind, named: true })
    }

    /// The folders in which something could change that matters.
    pub fn folders(&self) -> BTreeSet<PathBuf> {
        let mut folders: BTreeSet<PathBuf> = self.documents.iter().filter_map(|(_, file)| Some(file.parent()?.to_owned())).collect();
        folders.extend(self.config.folder().map(Path::to_owned));
        if let Some(root) = &self.site.root {
            let source = root.join(&self.site.config.source);
            folders.extend(self.site.files().folders().map(|folder| source.join(folder)));
            folders.insert(root.clone());
        }
        folders
    }
}

fn request(path: &Path, config_file: Option<&Path>, requests: &mut BTreeMap<Place, Request>) -> Result<(), String> {
    let metadata = std::fs::metadata(path).map_err(|error| reason(&error))?;
    let config_for = |folder: &Path| config_file.map(Path::to_owned).or_else(|| config::find(folder));
    if !metadata.is_dir() {
        std::fs::File::open(path).map_err(|error| reason(&error))?;
        let file = absolute_file(path).map_err(|error| reason(&error))?;
        let folder = file.parent().unwrap_or(Path::new("/"));
        requests.entry((find_root(folder), config_for(folder))).or_default().files.push(file);
        return Ok(());
    }
    std::fs::read_dir(path).map_err(|error| reason(&error))?;
    let folder = path.canonicalize().map_err(|error| reason(&error))?;
    let root = find_root(&folder);
    let below = if root.is_none() { sites_below(&folder) } else { Vec::new() };
    for site in &below {
        requests.entry((Some(site.clone()), config_for(site))).or_default().all = true;
    }
    if below.is_empty() {
        let request = requests.entry((root.clone(), config_for(&folder))).or_default();
        if root.as_ref() == Some(&folder) {
            request.all = true;
        } else {
            request.folders.push(folder);
        }
    }
    Ok(())
}

/// A file's absolute path, without `..`; the file itself may be a link.
///
/// # Errors
/// Its folder is not there.
pub fn absolute_file(path: &Path) -> std::io::Result<PathBuf> {
    let name = path.file_name().unwrap_or(OsStr::new("."));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(folder.canonicalize()?.join(name))
}

/// The nearest folder upward that is a site, up to the one that holds `.git`.
fn find_root(folder: &Path) -> Option<PathBuf> {
    let root = Site::find_root(folder)?;
    let repository = folder.ancestors().find(|folder| folder.join(".git").exists());
    repository.is_none_or(|repository| root.starts_with(repository)).then_some(root)
}

/// The sites below a folder, sorted; sites within sites are not looked for.
fn sites_below(folder: &Path) -> Vec<PathBuf> {
    let mut sites = Vec::new();
    let mut open = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = open.pop() {
        if depth > 0 && Site::find_root(&folder).as_ref() == Some(&folder) {
            sites.push(folder);
        } else if depth < DEEPEST {
            open.extend(subfolders(&folder).map(|folder| (folder, depth + 1)));
        }
    }
    sites.sort();
    sites
}

/// The folders in a folder; links are not followed, hidden ones and those of other tools are left out.
fn subfolders(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or(".");
        !name.starts_with('.') && !SKIPPED.contains(&name)
    })
}

fn project(root: Option<PathBuf>, config: Option<&Path>, request: &Request) -> Result<Project, ConfigError> {
    let config = config.map(config::read::read).transpose()?.unwrap_or_default();
    let (mut site, mut problems) = match &root {
        Some(root) => Site::load(root, &LoadOptions::default()),
        None => (Site::none(), Vec::new()),
    };
    site.vocabulary = config::read::vocabulary(&config)?;
    accept_data(&mut site, &config)?;
    let mut documents: BTreeMap<String, (Document, PathBuf)> = BTreeMap::new();
    match &root {
        Some(root) => {
            let asked = Asked::new(root, &config, request);
            add_site_documents(&site, &asked, &mut documents);
            add_broken_links(&site, root, &asked, &mut problems, &mut documents);
        }
        None => request.folders.iter().for_each(|folder| add_lone_documents(&site, folder, &mut documents)),
    }
    let base = root.unwrap_or_else(here);
    for file in &request.files {
        let path = relative(&base, file);
        let kind = if site.root.is_some() { site.kind_of(&path) } else { lone_kind(file) };
        documents.insert(path.clone(), (Document { path, kind, named: true }, file.clone()));
    }
    Ok(Project { site, config, documents: documents.into_values().collect(), baseline: None, whole: request.all, problems })
}

/// Adds the words of the data files that the configuration names.
fn accept_data(site: &mut Site, config: &Config) -> Result<(), ConfigError> {
    for name in &config.spelling.data {
        let fail = |message| ConfigError {
            file: config.file.clone().unwrap_or_default(),
            problems: vec![config::read::Problem { message, position: None }],
        };
        let file = site.data().file(name).ok_or_else(|| fail(format!("spelling.data: there is no `_data/{name}`")))?;
        let value = file.value().map_err(|problem| fail(format!("spelling.data: {}: {}", file.path, problem.message)))?.clone();
        site.vocabulary.accept_value(&value);
    }
    Ok(())
}

/// Which documents of a site are to be linted without being named.
struct Asked<'r> {
    all: bool,
    /// With `/` at their end.
    folders: Vec<String>,
    config: &'r Config,
}

impl Asked<'_> {
    fn new<'r>(root: &Path, config: &'r Config, request: &Request) -> Asked<'r> {
        let folders = request.folders.iter().map(|folder| format!("{}/", relative(root, folder))).collect();
        Asked { all: request.all, folders, config }
    }

    fn holds(&self, path: &str, kind: DocumentKind) -> bool {
        self.config.includes(include_of(kind)) && (self.all || self.folders.iter().any(|folder| path.starts_with(folder.as_str())))
    }
}

fn include_of(kind: DocumentKind) -> Include {
    match kind {
        DocumentKind::Post => Include::Posts,
        DocumentKind::Draft => Include::Drafts,
        DocumentKind::Collection => Include::Collections,
        DocumentKind::Page => Include::Pages,
    }
}

fn add_site_documents(site: &Site, asked: &Asked, documents: &mut BTreeMap<String, (Document, PathBuf)>) {
    for document in site.documents().iter().filter(|document| asked.holds(&document.path, document.kind)) {
        let path = document.path.clone();
        let found = Document { path: path.clone(), kind: document.kind, named: false };
        documents.insert(path, (found, document.disk_path().to_owned()));
    }
}

/// Links that lead nowhere are no documents for the site; where a post was meant, they are a finding.
fn add_broken_links(
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
fn add_lone_documents(site: &Site, folder: &Path, documents: &mut BTreeMap<String, (Document, PathBuf)>) {
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
fn lone_kind(file: &Path) -> DocumentKind {
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

/// The current folder.
fn here() -> PathBuf {
    std::env::current_dir().and_then(|folder| folder.canonicalize()).unwrap_or_default()
}

/// `path` relative to `base` with `/`; as it is where it lies elsewhere.
fn relative(base: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(base).unwrap_or(path);
    relative.to_string_lossy().replace('\\', "/")
}
