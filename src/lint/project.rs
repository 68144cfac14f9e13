//! From the paths on the command line to documents: which sites they belong to, and what is to be linted there.

mod wanted;

use super::read::reason;
use super::{Document, Linter, SiteRules};
use crate::baseline::{self, Baseline, BaselineError};
use crate::config::{self, Config, ConfigError};
use crate::post::DocumentKind;
use crate::site::documents;
use crate::site::{LoadOptions, Problem, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use wanted::{Asked, add_broken_links, add_lone_documents, add_site_documents, include_of, lone_kind};

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
    /// A document that stands alone, without a site; its text comes from elsewhere.
    pub fn lone(document: Document) -> Project {
        Project {
            site: Site::none(),
            config: Config::default(),
            documents: vec![(document, PathBuf::new())],
            baseline: None,
            whole: false,
            problems: Vec::new(),
        }
    }

    /// Leaves out named files that would not be linted without being named: what the configuration does not include or
    /// excludes, and what is no document.
    pub fn leave_out_excluded(&mut self) {
        let (site, config) = (&self.site, &self.config);
        let prefix = config.prefix(site);
        self.documents.retain(|(document, _)| {
            let is_document = site.root.is_none() || document.kind != DocumentKind::Page || site.document(&document.path).is_some();
            let lies_inside = !Path::new(&document.path).is_absolute();
            let path = format!("{prefix}{}", document.path);
            is_document && lies_inside && config.includes(include_of(document.kind)) && !config.excludes(&path)
        });
    }

    /// Where the baseline lies: in the site's root; without a site, in the current folder.
    pub fn baseline_file(&self) -> PathBuf {
        self.site.root.as_deref().unwrap_or(Path::new("")).join(baseline::FILE_NAME)
    }

    /// Where the site (without one: the current folder) lies in the repository that holds it: nothing, or with a slash at
    /// its end.
    pub fn folder_in_repository(&self) -> String {
        let here = || std::env::current_dir().and_then(|folder| folder.canonicalize()).ok();
        let Some(folder) = self.site.root.clone().or_else(here) else { return String::new() };
        let top = folder.ancestors().find(|folder| folder.join(".git").exists());
        let below = top.map(|top| relative(top, &folder)).filter(|below| !below.is_empty());
        below.map_or(String::new(), |below| format!("{below}/"))
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
    discover_with(paths, config_file, &LoadOptions::default())
}

/// As [`discover`], with sites loaded by `options`.
pub fn discover_with(paths: &[PathBuf], config_file: Option<&Path>, options: &LoadOptions) -> Projects {
    let mut found = Projects::default();
    let mut requests: BTreeMap<Place, Request> = BTreeMap::new();
    let here = [PathBuf::from(".")];
    for path in if paths.is_empty() { &here[..] } else { paths } {
        if let Err(message) = request(path, config_file, &mut requests) {
            found.failures.push(format!("{}: {message}", path.display()));
        }
    }
    for ((root, config), request) in requests {
        match project(root, config.as_deref(), &request, options) {
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
pub fn of_stdin(path: &Path, config_file: Option<&Path>, options: &LoadOptions) -> Result<Project, ConfigError> {
    let absolute = absolute_file(path).unwrap_or_else(|_| path.to_owned());
    let folder = absolute.parent().unwrap_or(Path::new("."));
    let config = config_file.map(Path::to_owned).or_else(|| config::find(folder));
    project(find_root(folder), config.as_deref(), &Request { files: vec![absolute], ..Request::default() }, options)
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
    project(root.clone(), config.as_deref(), &Request { all: true, ..Request::default() }, &LoadOptions::default())
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

fn project(root: Option<PathBuf>, config: Option<&Path>, request: &Request, options: &LoadOptions) -> Result<Project, ConfigError> {
    let config = config.map(config::read::read).transpose()?.unwrap_or_default();
    let (mut site, mut problems) = match &root {
        Some(root) => Site::load(root, options),
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
    let prefix = config.prefix(&site);
    documents.retain(|path, _| !config.excludes(&format!("{prefix}{path}")));
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

/// The current folder.
fn here() -> PathBuf {
    std::env::current_dir().and_then(|folder| folder.canonicalize()).unwrap_or_default()
}

/// `path` relative to `base` with `/`; as it is where it lies elsewhere.
fn relative(base: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(base).unwrap_or(path);
    relative.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_with_slashes_everywhere() {
        let base = Path::new("site");
        assert_eq!(relative(base, &base.join("_posts").join("a.md")), "_posts/a.md");
        assert_eq!(relative(base, &base.join(r"_posts\a.md")), "_posts/a.md");
        assert_eq!(relative(base, Path::new("elsewhere/a.md")), "elsewhere/a.md");
    }
}
