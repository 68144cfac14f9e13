//! The files of the site: one walk of the tree, then answers without the disk.
//!
//! Names are the directories' own, so that letter case means the same on every platform. Paths are relative to the
//! source (`source:` of `_config.yml`), with `/`, without one in front.

mod walk;

use super::entry_filter::Exclusion;
use rustc_hash::FxHashMap;
pub(super) use walk::{NEVER_READ, walk};

/// What stands in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    File,
    Folder,
    /// A folder that is not looked into: it is not published and holds no posts (`node_modules`, `.git`, `_site`).
    UnreadFolder,
    /// A link to a folder outside of the site, or a folder that may not be read: what is in it is unknown.
    UnknownFolder,
}

/// An entry of a folder.
#[derive(Debug, Clone)]
pub struct Entry {
    pub name: Box<str>,
    pub kind: EntryKind,
    /// A symbolic link.
    pub is_link: bool,
    /// A link that leads out of the site.
    pub leads_outside: bool,
    exclusion: u32,
}

/// Stands for "published" in [`Entry::exclusion`].
const PUBLISHED: u32 = u32::MAX;

/// All files of the site by folder.
#[derive(Debug, Default)]
pub struct Files {
    /// Entries are sorted by name.
    folders: FxHashMap<Box<str>, Vec<Entry>>,
    exclusions: Vec<Exclusion>,
}

/// What the tree has under a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// Just this name.
    Exact(FoundEntry<'a>),
    /// The same name in other letter case; `path` is the actual one.
    OtherCase {
        path: String,
        entry: FoundEntry<'a>,
    },
    /// Lies in a folder that the walk did not read; the path of that folder.
    Unread {
        folder: String,
        why: Option<&'a Exclusion>,
    },
    /// Lies in a folder whose contents nobody knows (a link out of the site, no permission).
    Unknown {
        folder: String,
    },
    Missing,
}

/// An entry that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundEntry<'a> {
    pub kind: EntryKind,
    /// Why it is not published; `None`: it is.
    pub exclusion: Option<&'a Exclusion>,
}

impl Files {
    /// The entries of a folder, sorted by name; `None` where there is no such folder.
    pub fn folder(&self, path: &str) -> Option<&[Entry]> {
        self.folders.get(path).map(Vec::as_slice)
    }

    /// Why an entry is not published.
    pub fn exclusion(&self, entry: &Entry) -> Option<&Exclusion> {
        self.exclusions.get(entry.exclusion as usize)
    }

    /// What there is under `path`, which names a file or a folder.
    pub fn lookup(&self, path: &str) -> Lookup<'_> {
        if path.is_empty() {
            return Lookup::Exact(FoundEntry { kind: EntryKind::Folder, exclusion: None });
        }
        match self.entry(path) {
            Some(entry) => Lookup::Exact(self.found(entry)),
            None => self.lookup_by_steps(path),
        }
    }

    /// The file `path` in just this letter case.
    pub fn has_file(&self, path: &str) -> bool {
        self.entry(path).is_some_and(|entry| entry.kind == EntryKind::File)
    }

    /// The folder `path` in just this letter case.
    pub fn has_folder(&self, path: &str) -> bool {
        path.is_empty() || self.entry(path).is_some_and(|entry| entry.kind != EntryKind::File)
    }

    /// All files with their path, in no particular order.
    pub fn files(&self) -> impl Iterator<Item = (String, &Entry)> {
        self.folders.iter().flat_map(|(folder, entries)| {
            let files = entries.iter().filter(|entry| entry.kind == EntryKind::File);
            files.map(move |entry| (join(folder, &entry.name), entry))
        })
    }

    /// The folders that were read, in no particular order; the root is empty.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.folders.keys().map(AsRef::as_ref)
    }

    /// How many files there are.
    pub fn count(&self) -> usize {
        self.folders.values().flatten().filter(|entry| entry.kind == EntryKind::File).count()
    }

    fn entry(&self, path: &str) -> Option<&Entry> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let entries = self.folders.get(folder)?;
        let index = entries.binary_search_by(|entry| (*entry.name).cmp(name)).ok()?;
        entries.get(index)
    }

    fn found(&self, entry: &Entry) -> FoundEntry<'_> {
        FoundEntry { kind: entry.kind, exclusion: self.exclusion(entry) }
    }

    /// From the root on, taking names of other letter case where there are no better ones.
    fn lookup_by_steps(&self, path: &str) -> Lookup<'_> {
        let mut actual = String::new();
        let mut last = None;
        for name in path.split('/') {
            if let Some(FoundEntry { kind, exclusion }) = last {
                match kind {
                    EntryKind::UnreadFolder => return Lookup::Unread { folder: actual, why: exclusion },
                    EntryKind::UnknownFolder => return Lookup::Unknown { folder: actual },
                    EntryKind::File => return Lookup::Missing,
                    EntryKind::Folder => {}
                }
            }
            let Some(entries) = self.folder(&actual) else { return Lookup::Missing };
            let exact = entries.binary_search_by(|entry| (*entry.name).cmp(name)).ok().and_then(|index| entries.get(index));
            let lower = name.to_lowercase();
            let Some(entry) = exact.or_else(|| entries.iter().find(|entry| entry.name.to_lowercase() == lower)) else {
                return Lookup::Missing;
            };
            actual = join(&actual, &entry.name);
            last = Some(self.found(entry));
        }
        match last {
            Some(entry) if actual == path => Lookup::Exact(entry),
            Some(entry) => Lookup::OtherCase { path: actual, entry },
            None => Lookup::Missing,
        }
    }

    fn exclusion_id(&mut self, exclusion: Exclusion) -> u32 {
        let known = self.exclusions.iter().rposition(|known| *known == exclusion);
        let index = known.unwrap_or_else(|| {
            self.exclusions.push(exclusion);
            self.exclusions.len() - 1
        });
        index as u32
    }
}

/// `folder/name`, or the name alone in the root.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { [folder, "/", name].concat() }
}
