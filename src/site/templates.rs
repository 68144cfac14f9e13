//! Layouts and includes, by name (jekyll `readers/layout_reader.rb`, `tags/include.rb`).

use super::Site;
use super::files::{EntryKind, Lookup, join};

/// Whether something is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    There,
    Missing,
    /// A theme may bring it, or nobody knows the site.
    Unknown,
}

/// What is known of the ids that an include brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ids {
    /// They are written out.
    Known,
    /// They depend on Liquid, or the include cannot be read.
    Open,
}

impl Site {
    /// Whether there is a layout `name` (`post`, `docs/page`): a file of that name with any extension in `_layouts`.
    pub fn has_layout(&self, name: &str) -> Presence {
        if self.layouts().iter().any(|layout| layout == name) { Presence::There } else { self.absence() }
    }

    /// The names of the site's own layouts, sorted.
    pub fn layouts(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            for entry in self.files().folder(join(&self.config.layouts_dir, &folder).trim_end_matches('/')).unwrap_or_default() {
                let path = join(&folder, &entry.name);
                match entry.kind {
                    EntryKind::Folder => folders.push(path),
                    EntryKind::File => names.extend(path.rsplit_once('.').map(|(name, _)| name.to_owned())),
                    EntryKind::UnreadFolder | EntryKind::UnknownFolder => {}
                }
            }
        }
        names.sort();
        names
    }

    /// Whether there is an include `path` (`image.html`) in `_includes`.
    pub fn has_include(&self, path: &str) -> Presence {
        if self.files().has_file(&join(&self.config.includes_dir, path)) { Presence::There } else { self.absence() }
    }

    /// The path of the include `name`, relative to the source.
    pub fn include_path(&self, name: &str) -> String {
        join(&self.config.includes_dir, name)
    }

    /// Whether there is a file at `path`, relative to the source.
    pub fn has_source_file(&self, path: &str) -> Presence {
        let is_there = match self.files().lookup(path) {
            Lookup::Exact(entry) | Lookup::OtherCase { entry, .. } => entry.kind == EntryKind::File,
            Lookup::Unread { .. } | Lookup::Unknown { .. } => return Presence::Unknown,
            _ => false,
        };
        if is_there { Presence::There } else { self.absence() }
    }

    /// What is to be said of something that is not among the site's files.
    pub(super) fn absence(&self) -> Presence {
        let is_known = self.root.is_some() && self.config.known && self.config.theme.is_none();
        if is_known { Presence::Missing } else { Presence::Unknown }
    }

    /// Names in the folder of `path` (relative to the source) that are nearly its name: a letter or two off, or another
    /// extension. The nearest first, at most three, as paths relative to the source.
    pub fn near_names(&self, path: &str) -> Vec<String> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let lower = name.to_lowercase();
        let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        let allowed = 1 + lower.chars().count() / 8;
        let lower_stem = stem(&lower);
        let distance = |candidate: &str| {
            // lower case may change the length a little
            let is_far = candidate.len().abs_diff(name.len()) > allowed * 4 + 4;
            let candidate = candidate.to_lowercase();
            let same_stem = stem(&candidate) == lower_stem;
            match same_stem {
                _ if is_far && !same_stem => usize::MAX,
                true => strsim::damerau_levenshtein(&lower, &candidate).min(1),
                false => strsim::damerau_levenshtein(&lower, &candidate),
            }
        };
        let entries = self.files().folder(folder).unwrap_or_default();
        let published = entries.iter().filter(|entry| self.files().exclusion(entry).is_none());
        let mut near: Vec<_> = published.map(|entry| (distance(&entry.name), join(folder, &entry.name))).collect();
        near.retain(|(edits, _)| *edits <= allowed);
        near.sort();
        near.into_iter().take(3).map(|(_, path)| path).collect()
    }
}
