//! The walk: every folder of the source once, with what Jekyll's readers make of each entry (jekyll `reader.rb`,
//! `collection.rb`).
//!
//! Links to folders are followed where they stay inside the source and do not lead back to where they come from.

use super::super::config::SiteConfig;
use super::super::entry_filter::{EntryFilter, Exclusion};
use super::super::file_name;
use super::super::problem::Problem;
use super::super::text_file;
use super::super::url::last_part;
use super::{Entry, EntryKind, Files, PUBLISHED, join};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Links to folders that are followed at most; a tree of links could otherwise be walked for ever.
const MAX_FOLLOWED_LINKS: usize = 1000;

/// Folders that hold neither posts nor anything published, and many files.
pub const NEVER_READ: [&str; 6] = ["node_modules", ".git", ".bundle", ".jekyll-cache", ".sass-cache", "_site"];

/// Which of Jekyll's readers sees a folder.
#[derive(Clone)]
enum Reader {
    /// Pages and static files.
    Pages,
    /// Posts or drafts; `base` is the `_posts` folder.
    Posts { base: Rc<str> },
    /// A collection; `base` is its folder, `label` its name.
    Collection { base: Rc<str>, label: Rc<str>, output: bool },
    /// None, for the reason with this number.
    Nothing { why: u32 },
}

/// A folder that is still to be read.
struct Pending {
    path: String,
    disk: PathBuf,
    reader: Reader,
    /// Where links were followed on the way: the real folders that hold them.
    links: Rc<Vec<PathBuf>>,
}

/// What the walk knows while it goes.
struct Walk<'a> {
    config: &'a SiteConfig,
    filter: &'a EntryFilter,
    /// The source without links in it.
    real_source: PathBuf,
    source_name: String,
    files: Files,
    followed: usize,
    pending: Vec<Pending>,
    problems: &'a mut Vec<Problem>,
}

/// Reads the tree below `source`. `source_name` is its path relative to the site's root, for problems.
pub fn walk(source: &Path, source_name: &str, config: &SiteConfig, filter: &EntryFilter, problems: &mut Vec<Problem>) -> Files {
    let mut walk = Walk {
        config,
        filter,
        real_source: fs::canonicalize(source).unwrap_or_else(|_| source.to_owned()),
        source_name: source_name.to_owned(),
        files: Files::default(),
        followed: 0,
        pending: Vec::new(),
        problems,
    };
    walk.pending.push(Pending { path: String::new(), disk: source.to_owned(), reader: Reader::Pages, links: Rc::default() });
    while let Some(folder) = walk.pending.pop() {
        walk.read_folder(&folder);
    }
    walk.include_by_path();
    walk.files
}

impl Walk<'_> {
    fn problem(&mut self, path: &str, message: String) {
        let file = if path.is_empty() { ".".to_owned() } else { join(&self.source_name, path) };
        self.problems.push(Problem::unreadable(file, None, message));
    }

    fn read_folder(&mut self, folder: &Pending) {
        let listing = match fs::read_dir(&folder.disk) {
            Ok(listing) => listing,
            Err(error) => {
                let why = text_file::why(&error);
                self.problem(&folder.path, format!("this folder cannot be read: {why}. What is in it is not judged"));
                self.mark_unknown(&folder.path);
                return;
            }
        };
        let mut entries = Vec::new();
        for item in listing {
            let Ok(item) = item else {
                self.problem(&folder.path, "this folder cannot be read to its end. What is in it is not judged".to_owned());
                self.mark_unknown(&folder.path);
                break;
            };
            match item.file_name().into_string() {
                Ok(name) => entries.extend(self.read_entry(folder, name.into_boxed_str(), &item)),
                Err(name) => {
                    let name = name.to_string_lossy();
                    self.problem(&folder.path, format!("the name `{name}` in this folder is not UTF-8; that file is left out"));
                }
            }
        }
        entries.sort_unstable_by(|a: &Entry, b| a.name.cmp(&b.name));
        self.files.folders.insert(folder.path.as_str().into(), entries);
    }

    fn read_entry(&mut self, folder: &Pending, name: Box<str>, item: &fs::DirEntry) -> Option<Entry> {
        let path = join(&folder.path, &name);
        let file_type = item.file_type().ok()?;
        if file_type.is_symlink() {
            return self.read_link(folder, name, path, &item.path());
        }
        let (kind, exclusion) = if file_type.is_dir() {
            self.enter(folder, &path, &name, item.path(), Rc::clone(&folder.links))
        } else if file_type.is_file() {
            (EntryKind::File, self.judge_file(folder, &path, &name))
        } else {
            return None;
        };
        Some(Entry { name, kind, is_link: false, leads_outside: false, exclusion })
    }

    /// A symbolic link: to a file, or to a folder, which is read where that ends somewhere.
    fn read_link(&mut self, folder: &Pending, name: Box<str>, path: String, disk: &Path) -> Option<Entry> {
        let Ok(target) = fs::canonicalize(disk) else {
            let shown = fs::read_link(disk).map(|target| target.display().to_string()).unwrap_or_default();
            self.problem(&path, format!("this link leads nowhere (to `{shown}`); Jekyll cannot read it. Mend or delete it"));
            return None;
        };
        let leads_outside = !target.starts_with(&self.real_source);
        let entry = |kind, exclusion| Some(Entry { name: name.clone(), kind, is_link: true, leads_outside, exclusion });
        let metadata = fs::metadata(&target).ok()?;
        if metadata.is_file() {
            let exclusion = self.judge_file(folder, &path, &name);
            return entry(EntryKind::File, exclusion);
        }
        if !metadata.is_dir() {
            return None;
        }
        if leads_outside {
            let (_, exclusion) = self.reader_of(folder, &path, &name);
            return entry(EntryKind::UnknownFolder, exclusion);
        }
        let here = fs::canonicalize(&folder.disk).ok()?;
        if here.starts_with(&target) || folder.links.iter().any(|on_the_way| on_the_way.starts_with(&target)) {
            self.problem(&path, "this link leads back to a folder that it lies in; it is not followed".to_owned());
            return entry(EntryKind::UnknownFolder, PUBLISHED);
        }
        self.followed += 1;
        if self.followed > MAX_FOLLOWED_LINKS {
            if self.followed == MAX_FOLLOWED_LINKS + 1 {
                let message = format!("there are more than {MAX_FOLLOWED_LINKS} links to folders; this one and the rest are not followed");
                self.problem(&path, message);
            }
            return entry(EntryKind::UnknownFolder, PUBLISHED);
        }
        let mut links = Vec::clone(&folder.links);
        links.push(here);
        let (kind, exclusion) = self.enter(folder, &path, &name, disk.to_owned(), Rc::new(links));
        entry(kind, exclusion)
    }

    /// Puts a folder on the list of those to read, unless there is nothing in it for us.
    fn enter(&mut self, parent: &Pending, path: &str, name: &str, disk: PathBuf, links: Rc<Vec<PathBuf>>) -> (EntryKind, u32) {
        let (reader, exclusion) = self.reader_of(parent, path, name);
        let hidden = matches!(reader, Reader::Nothing { .. });
        if hidden && self.never_read(path, name) {
            return (EntryKind::UnreadFolder, exclusion);
        }
        self.pending.push(Pending { path: path.to_owned(), disk, reader, links });
        (EntryKind::Folder, exclusion)
    }

    fn never_read(&self, path: &str, name: &str) -> bool {
        NEVER_READ.contains(&name)
            || name.starts_with('.')
            || path == self.config.destination
            || ["bundle", "cache", "gems", "ruby"].iter().any(|folder| path.strip_prefix("vendor/") == Some(folder))
    }

    /// Which reader sees the folder `path`, and the number of the reason why it is not published as a folder.
    fn reader_of(&mut self, parent: &Pending, path: &str, name: &str) -> (Reader, u32) {
        if let Some(collection) = self.collection_at(path) {
            return (collection, PUBLISHED);
        }
        match &parent.reader {
            Reader::Nothing { why } => (Reader::Nothing { why: *why }, *why),
            Reader::Posts { .. } if name.starts_with('.') => self.nothing(Exclusion::Special { name: name.to_owned() }),
            reader @ (Reader::Posts { .. } | Reader::Collection { .. }) => (reader.clone(), PUBLISHED),
            Reader::Pages if matches!(name, "_posts" | "_drafts") => self.posts_reader(&parent.path, path),
            Reader::Pages if path == self.config.destination => self.nothing(Exclusion::Destination),
            Reader::Pages => match self.filter.exclusion(&parent.path, name, true) {
                Some(exclusion) => self.nothing(exclusion),
                None => (Reader::Pages, PUBLISHED),
            },
        }
    }

    fn nothing(&mut self, why: Exclusion) -> (Reader, u32) {
        let why = self.files.exclusion_id(why);
        (Reader::Nothing { why }, why)
    }

    /// `_posts` is read wherever it is, but with `collections_dir` only below that (jekyll `reader.rb`).
    fn posts_reader(&mut self, parent: &str, path: &str) -> (Reader, u32) {
        let collections_dir = &self.config.collections_dir;
        if parent.starts_with(collections_dir.as_str()) {
            return (Reader::Posts { base: path.into() }, PUBLISHED);
        }
        self.nothing(Exclusion::OutsideCollections { collections_dir: collections_dir.clone() })
    }

    /// The collection whose own folder is `path`.
    fn collection_at(&self, path: &str) -> Option<Reader> {
        let folder = match self.config.collections_dir.as_str() {
            "" => path,
            dir => path.strip_prefix(dir)?.strip_prefix('/')?,
        };
        let label = folder.strip_prefix('_').filter(|label| !matches!(*label, "posts" | "data" | "drafts"))?;
        let collection = self.config.collection(label)?;
        Some(Reader::Collection { base: path.into(), label: label.into(), output: collection.output })
    }

    /// The number of the reason why the file `path` is not published.
    fn judge_file(&mut self, folder: &Pending, path: &str, name: &str) -> u32 {
        let inner = |base: &str| path.get(base.len() + 1..).unwrap_or(name);
        let why = match &folder.reader {
            Reader::Nothing { why } => return *why,
            Reader::Pages => self.filter.exclusion(&folder.path, name, false),
            Reader::Posts { base } => self.filter.exclusion(base, inner(base), false).or_else(|| {
                let folder = last_part(base);
                let is_document = if folder == "_posts" { file_name::is_post(name) } else { name.contains('.') };
                (!is_document).then(|| Exclusion::NotAPost { folder: folder.to_owned() })
            }),
            Reader::Collection { base, label, output } => {
                let hidden = || (!output).then(|| Exclusion::NoOutput { collection: label.to_string() });
                self.filter.exclusion(&format!("_{label}"), inner(base), false).or_else(hidden)
            }
        };
        why.map_or(PUBLISHED, |why| self.files.exclusion_id(why))
    }

    /// `include:` with the path of a file publishes that file wherever it is (jekyll `reader.rb`,
    /// `read_included_excludes`).
    fn include_by_path(&mut self) {
        for path in self.filter.included_paths() {
            let Some((folder, name)) = path.rsplit_once('/') else { continue };
            let Some(entries) = self.files.folders.get_mut(folder) else { continue };
            if let Some(entry) = entries.iter_mut().find(|entry| *entry.name == *name && entry.kind == EntryKind::File) {
                entry.exclusion = PUBLISHED;
            }
        }
    }

    /// The folder `path` could not be read: nobody knows what is in it.
    fn mark_unknown(&mut self, path: &str) {
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        if let Some(entries) = self.files.folders.get_mut(parent)
            && let Some(entry) = entries.iter_mut().find(|entry| *entry.name == *name)
        {
            entry.kind = EntryKind::UnknownFolder;
        }
    }
}
