//! `_data`: what Liquid sees as `site.data` (jekyll `readers/data_reader.rb`). A file is read when it is first used.

mod csv;

use super::config::SiteConfig;
use super::files::{EntryKind, Files, join};
use super::problem::Problem;
use super::text_file::{self, Fault};
use super::value::Value;
use indexmap::IndexMap;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Extensions of data files, in the order in which Jekyll reads them: a later one wins.
const EXTENSIONS: [&str; 5] = ["yaml", "yml", "json", "csv", "tsv"];

/// A folder of data: its files and folders by their key.
pub type DataFolder = IndexMap<String, DataNode, FxBuildHasher>;

/// A file or a folder of data.
#[derive(Debug)]
pub enum DataNode {
    Folder(DataFolder),
    File(DataFile),
}

/// A data file, read when it is first used.
#[derive(Debug)]
pub struct DataFile {
    /// Relative to the site's root.
    pub path: String,
    disk: PathBuf,
    value: OnceLock<Result<Value, Problem>>,
}

impl DataFile {
    /// Whether the file has at most so many bytes.
    pub fn is_within(&self, bytes: u64) -> bool {
        std::fs::metadata(&self.disk).is_ok_and(|metadata| metadata.len() <= bytes)
    }

    /// What is in the file.
    ///
    /// # Errors
    /// Where it cannot be read: Jekyll stops there, and what depends on it is unknown.
    pub fn value(&self) -> Result<&Value, &Problem> {
        let read = || {
            read(&self.disk).map_err(|fault| {
                let message = format!("{}. Jekyll stops here; what depends on this file is not judged", fault.message);
                Problem::unreadable(self.path.as_str(), fault.line, message)
            })
        };
        self.value.get_or_init(read).as_ref()
    }
}

/// All of `site.data`.
#[derive(Debug, Default)]
pub struct Data {
    root: DataFolder,
}

impl Data {
    /// Lists the data files; reads none.
    pub(super) fn new(root: &Path, config: &SiteConfig, files: &Files) -> Data {
        Data { root: folder(root, config, files, &config.data_dir) }
    }

    /// The files and folders of the top level.
    pub fn root(&self) -> &DataFolder {
        &self.root
    }

    /// The file behind a key of the top level: `authors` for `_data/authors.yml`.
    pub fn file(&self, key: &str) -> Option<&DataFile> {
        match self.root.get(key) {
            Some(DataNode::File(file)) => Some(file),
            _ => None,
        }
    }

    /// All files with their key: `nav`, `menus.main`.
    pub fn files(&self) -> Vec<(String, &DataFile)> {
        let mut files = Vec::new();
        collect(&self.root, "", &mut files);
        files
    }

    /// Reads all files of up to `bytes` bytes, to find those that are broken; larger ones are read when they are used.
    pub fn read_up_to(&self, bytes: u64) {
        self.files().into_par_iter().filter(|(_, file)| file.is_within(bytes)).for_each(|(_, file)| {
            // kept in the file, with what is wrong in it
            let _ = file.value();
        });
    }

    /// What was wrong with the files that were used up to now, by path.
    pub fn problems(&self) -> Vec<Problem> {
        let failed = |file: &DataFile| file.value.get().and_then(|value| value.as_ref().err().cloned());
        let mut problems: Vec<Problem> = self.files().into_iter().filter_map(|(_, file)| failed(file)).collect();
        problems.sort_by(|a, b| a.file.cmp(&b.file));
        problems
    }
}

fn collect<'a>(folder: &'a DataFolder, prefix: &str, files: &mut Vec<(String, &'a DataFile)>) {
    for (key, node) in folder {
        let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match node {
            DataNode::File(file) => files.push((key, file)),
            DataNode::Folder(inner) => collect(inner, &key, files),
        }
    }
}

fn folder(root: &Path, config: &SiteConfig, files: &Files, path: &str) -> DataFolder {
    let entries = files.folder(path).unwrap_or_default();
    let mut folder_map = DataFolder::default();
    for wanted in EXTENSIONS {
        for entry in entries.iter().filter(|entry| entry.kind == EntryKind::File && !entry.leads_outside) {
            if let Some((stem, ext)) = entry.name.rsplit_once('.')
                && ext == wanted
            {
                let path = join(&config.source, &join(path, &entry.name));
                let file = DataFile { disk: root.join(&path), path, value: OnceLock::new() };
                folder_map.insert(key_of(stem), DataNode::File(file));
            }
        }
    }
    for entry in entries.iter().filter(|entry| entry.kind == EntryKind::Folder && !entry.name.starts_with('.')) {
        let inner = folder(root, config, files, &join(path, &entry.name));
        folder_map.insert(key_of(&entry.name), DataNode::Folder(inner));
    }
    folder_map
}

/// The key that a name gives: ASCII letters, digits, `_` and `-`, spaces as `_` (jekyll `sanitize_filename`).
fn key_of(name: &str) -> String {
    let kept: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || c.is_ascii_whitespace()).collect();
    let ends_with_space = kept.ends_with(|c: char| c.is_ascii_whitespace());
    let key = kept.split_ascii_whitespace().collect::<Vec<_>>().join("_");
    if ends_with_space { key + "_" } else { key }
}

fn read(path: &Path) -> Result<Value, Fault> {
    let text = text_file::read(path)?;
    match path.extension().and_then(|ext| ext.to_str()) {
        Some("csv") => csv::parse(&text, ','),
        Some("tsv") => csv::parse(&text, '\t'),
        _ => text_file::parse_yaml(&text),
    }
}

#[cfg(test)]
mod tests {
    use super::key_of;

    /// Results of Jekyll 4.3.1.
    #[test]
    fn keys_are_those_of_jekyll() {
        for (name, key) in [("b c", "b_c"), ("a.b", "ab"), ("été", "t"), ("a-b_c", "a-b_c")] {
            assert_eq!(key_of(name), key);
        }
    }
}
