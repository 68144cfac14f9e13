//! Which files Jekyll takes up: `include:`, `exclude:`, and names that are special (jekyll `entry_filter.rb`).

use super::config::SiteConfig;
use super::files::join;
use super::fnmatch::fnmatch;
use super::url::last_part;

/// Why a file that is on disk is not published.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Exclusion {
    /// A pattern of `exclude:` (Jekyll's own ones are among them).
    Excluded { pattern: String },
    /// The file, or a folder on its way, begins with `.`, `_`, `#` or `~`; `name` is that file or folder.
    Special { name: String },
    /// The name ends with `~`.
    Backup { name: String },
    /// The name ends with a dot.
    TrailingDot { name: String },
    /// Lies in a `_posts` or `_drafts` folder, whose other files Jekyll does not copy.
    NotAPost { folder: String },
    /// `_posts` or `_drafts` outside of `collections_dir`.
    OutsideCollections { collections_dir: String },
    /// A collection without `output: true`.
    NoOutput { collection: String },
    /// Lies in the folder that Jekyll writes to.
    Destination,
    /// Lies outside of `source:`.
    OutsideSource { source: String },
    /// `published: false` in the front matter or by a default.
    Unpublished,
    /// A draft.
    Draft,
}

impl std::fmt::Display for Exclusion {
    /// As the end of a sentence: "it is not published, because …".
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Exclusion::Excluded { pattern } => write!(out, "`exclude: {pattern}` leaves it out"),
            Exclusion::Special { name } => write!(out, "Jekyll leaves out names like `{name}`"),
            Exclusion::Backup { name } => write!(out, "Jekyll takes `{name}` for a backup file"),
            Exclusion::TrailingDot { name } => write!(out, "Jekyll leaves out names that end with a dot like `{name}`"),
            Exclusion::NotAPost { folder } => write!(out, "Jekyll copies nothing from `{folder}`"),
            Exclusion::OutsideCollections { collections_dir } => {
                write!(out, "with `collections_dir: {collections_dir}` Jekyll reads posts and drafts only there")
            }
            Exclusion::NoOutput { collection } => write!(out, "the collection `{collection}` has no `output: true`"),
            Exclusion::Destination => out.write_str("it lies in the folder that Jekyll writes to"),
            Exclusion::OutsideSource { source } => write!(out, "it lies outside of `source: {source}`"),
            Exclusion::Unpublished => out.write_str("it has `published: false`"),
            Exclusion::Draft => out.write_str("it is a draft"),
        }
    }
}

/// Jekyll's filter for the entries of a folder.
#[derive(Debug)]
pub struct EntryFilter {
    include: Vec<Pattern>,
    exclude: Vec<Pattern>,
}

/// A glob, the beginning of the path, or a folder written with its slash.
#[derive(Debug)]
struct Pattern {
    text: String,
    is_glob: bool,
}

impl EntryFilter {
    pub fn new(config: &SiteConfig) -> EntryFilter {
        let clean = |pattern: &String| Pattern::new(pattern.trim_start_matches('/'));
        let exclude = config.exclude.iter().filter(|pattern| !config.include.contains(pattern)).map(clean).collect();
        EntryFilter { include: config.include.iter().map(clean).collect(), exclude }
    }

    /// Why the entry is left out; `None`: it is taken up.
    ///
    /// `base` is the folder that is read, relative to the source; `entry` is a path inside of it. Of a plain folder
    /// Jekyll asks for bare names, of `_posts` and collections for paths, of which only the first and the last name
    /// can be special then.
    pub fn exclusion(&self, base: &str, entry: &str, is_folder: bool) -> Option<Exclusion> {
        let name = last_part(entry);
        if entry.ends_with('.') {
            return Some(Exclusion::TrailingDot { name: name.to_owned() });
        }
        let included = self.includes(entry, is_folder) || (name.len() < entry.len() && self.includes(name, is_folder));
        if included {
            return None;
        }
        if let Some(pattern) = self.excluding_pattern(base, entry, is_folder) {
            return Some(Exclusion::Excluded { pattern: pattern.to_owned() });
        }
        let is_special = |name: &str| name.starts_with(['.', '_', '#', '~']);
        if is_special(entry) {
            return Some(Exclusion::Special { name: entry.split('/').next().unwrap_or(entry).to_owned() });
        }
        if is_special(name) {
            return Some(Exclusion::Special { name: name.to_owned() });
        }
        entry.ends_with('~').then(|| Exclusion::Backup { name: name.to_owned() })
    }

    /// Whether `include:` names the entry.
    pub fn includes(&self, entry: &str, is_folder: bool) -> bool {
        self.include.iter().any(|pattern| pattern.matches("", entry, is_folder))
    }

    /// Files that `include:` names by their path, relative to the source.
    pub fn included_paths(&self) -> impl Iterator<Item = &str> {
        self.include.iter().map(|pattern| pattern.text.as_str()).filter(|path| path.contains('/'))
    }

    fn excluding_pattern(&self, base: &str, entry: &str, is_folder: bool) -> Option<&str> {
        self.exclude.iter().find(|pattern| pattern.matches(base, entry, is_folder)).map(|pattern| pattern.text.as_str())
    }
}

impl Pattern {
    fn new(text: &str) -> Pattern {
        Pattern { text: text.to_owned(), is_glob: text.contains(['*', '?', '[', '\\']) }
    }

    /// Whether it takes the path `base/entry`.
    fn matches(&self, base: &str, entry: &str, is_folder: bool) -> bool {
        // most patterns take most paths not even by their first letter
        self.begins(base, entry) || ((is_folder || self.is_glob) && self.takes_all_of(&join(base, entry), is_folder))
    }

    fn begins(&self, base: &str, entry: &str) -> bool {
        if base.is_empty() {
            return entry.starts_with(&self.text);
        }
        match self.text.strip_prefix(base) {
            Some(rest) => rest.is_empty() || rest.strip_prefix('/').is_some_and(|rest| entry.starts_with(rest)),
            None => base.starts_with(&self.text),
        }
    }

    fn takes_all_of(&self, path: &str, is_folder: bool) -> bool {
        (is_folder && self.text.strip_suffix('/') == Some(path)) || (self.is_glob && fnmatch(&self.text, path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(include: &[&str], exclude: &[&str]) -> EntryFilter {
        let own = |patterns: &[&str]| patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
        EntryFilter::new(&SiteConfig { include: own(include), exclude: own(exclude), ..SiteConfig::default() })
    }

    #[test]
    fn patterns_are_globs_over_folders_or_plain_beginnings() {
        let filter = filter(&[], &["*.bak", "e", "/vendor/"]);
        let pattern = |base, entry, is_folder| match filter.exclusion(base, entry, is_folder) {
            Some(Exclusion::Excluded { pattern }) => Some(pattern),
            _ => None,
        };
        assert_eq!(pattern("a/b", "c.bak", false).as_deref(), Some("*.bak"));
        assert_eq!(pattern("", "e2", true).as_deref(), Some("e"));
        assert_eq!(pattern("", "vendor", true).as_deref(), Some("vendor/"));
        assert_eq!(pattern("a", "e", false), None);
    }

    #[test]
    fn special_names_are_left_out_unless_included() {
        let filter = filter(&[".well-known", "_pages"], &[]);
        assert_eq!(filter.exclusion("", ".well-known", true), None);
        assert_eq!(filter.exclusion("a", "_pages", true), None);
        assert_eq!(filter.exclusion("", "_x", true), Some(Exclusion::Special { name: "_x".into() }));
        assert_eq!(filter.exclusion("_docs", "a/_b/c.md", false), None, "only the first and the last name count");
        assert!(filter.exclusion("", "x~", false).is_some());
        assert!(filter.exclusion("", "x.", false).is_some());
    }
}
