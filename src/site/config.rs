//! `_config.yml`: the fields that Jekyll reads, with its defaults (jekyll `configuration.rb`).
//!
//! Reading is lenient: a value of the wrong type is a [`Problem`], and Jekyll's default stands in for it.

mod fields;
mod kramdown_options;

use super::problem::Problem;
use super::text_file::{self, Fault};
use super::value::{Map, Value, deep_merge};
use crate::kramdown;
use fields::Fields;
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};

/// Jekyll's own configuration, before a site's is read.
const JEKYLL_DEFAULTS: &str = include_str!("../../rules/site/jekyll-defaults.yml");

/// Never published unless `include:` says so; added to a site's own `exclude:` (jekyll `configuration.rb`,
/// DEFAULT_EXCLUDES).
const DEFAULT_EXCLUDES: [&str; 10] = [
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
];

/// Names of the configuration file, in the order in which Jekyll looks for them.
pub const FILE_NAMES: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

/// One entry of `collections:`.
#[derive(Debug, Clone, PartialEq)]
pub struct Collection {
    pub label: String,
    /// Whether its documents become pages.
    pub output: bool,
    /// Its own `permalink:`.
    pub permalink: Option<String>,
}

/// One entry of `defaults:`.
#[derive(Debug, Clone, PartialEq)]
pub struct DefaultSet {
    /// Whether there is a `scope:` at all.
    pub scoped: bool,
    /// `scope: {path: …}`, as written.
    pub path: Option<String>,
    /// `scope: {type: …}`; `page`, `post` and `draft` already upgraded to the plural.
    pub kind: Option<String>,
    pub values: Map,
}

/// The configuration of a site.
#[derive(Debug, Clone)]
pub struct SiteConfig {
    /// `false`: a configuration file could not be read, and what depends on it is unknown.
    pub known: bool,
    /// `kramdown:`, merged with Jekyll's own defaults.
    pub kramdown: kramdown::Options,
    /// `markdown:`, as written.
    pub markdown: String,
    /// Extensions of Markdown, lower case, without the dot.
    pub markdown_ext: Vec<String>,
    /// Relative to the site's root, with `/`; empty for the root itself. Outside of the root: not honoured.
    pub source: String,
    /// Relative to the site's root, with `/`, or absolute.
    pub destination: String,
    pub collections_dir: String,
    pub data_dir: String,
    pub layouts_dir: String,
    pub includes_dir: String,
    pub plugins_dir: String,
    pub include: Vec<String>,
    /// Jekyll's own excludes are at the end.
    pub exclude: Vec<String>,
    pub url: Option<String>,
    pub baseurl: Option<String>,
    /// `permalink:` of the site: a style (`date`, `pretty`, …) or a template.
    pub permalink: String,
    /// `timezone:`, as written.
    pub timezone: Option<String>,
    /// `plugins:`, and `gems:` of old sites.
    pub plugins: Vec<String>,
    /// A theme that comes as a gem, or from another repository: files that are not in the site.
    pub theme: Option<String>,
    pub future: bool,
    pub unpublished: bool,
    pub strict_front_matter: bool,
    /// `posts` is always among them.
    pub collections: Vec<Collection>,
    pub defaults: Vec<DefaultSet>,
    /// All of it, Jekyll's defaults included, as `site.*` is in Liquid.
    pub values: Map,
}

impl Default for SiteConfig {
    fn default() -> SiteConfig {
        SiteConfig::from_values(Map::default(), "_config.yml", "", &mut Vec::new())
    }
}

impl SiteConfig {
    /// Reads the configuration of the site in `root`: `files` in this order, or where there are none the one that
    /// Jekyll would find.
    pub fn load(root: &Path, files: &[PathBuf], problems: &mut Vec<Problem>) -> SiteConfig {
        let found: Vec<PathBuf> = match files {
            [] => FILE_NAMES.iter().map(|name| root.join(name)).find(|path| path.is_file()).into_iter().collect(),
            files => files.iter().map(|file| root.join(file)).collect(),
        };
        let mut values = Map::default();
        let mut known = true;
        let mut last = ("_config.yml".to_owned(), String::new());
        for path in found {
            let name = super::relative_name(root, &path);
            match read_file(&path) {
                Ok((text, map)) => {
                    deep_merge(&mut values, &map);
                    last = (name, text);
                }
                Err(fault) => {
                    known = false;
                    let message = format!("{fault}. Jekyll's defaults are used instead, and what depends on this file is not judged");
                    problems.push(Problem::unreadable(name, fault.line, message));
                }
            }
        }
        SiteConfig { known, ..SiteConfig::from_values(values, &last.0, &last.1, problems) }
    }

    /// The configuration that `values` make. `file` and `text` are only for naming the place of a problem.
    pub fn from_values(user: Map, file: &str, text: &str, problems: &mut Vec<Problem>) -> SiteConfig {
        let jekyll = match text_file::parse_yaml(JEKYLL_DEFAULTS) {
            Ok(Value::Map(map)) => map,
            _ => Map::default(),
        };
        let mut values = jekyll.clone();
        deep_merge(&mut values, &user);
        let mut fields = Fields::new(&values, &jekyll, file, text, problems);

        let mut exclude = fields.strings("exclude");
        exclude.extend(DEFAULT_EXCLUDES.map(str::to_owned));
        let mut plugins = fields.strings("plugins");
        if user.contains_key("gems") {
            plugins.extend(fields.strings("gems"));
        }
        let permalink = fields.string("permalink");
        let kramdown = kramdown_options::read(&mut fields);
        let markdown = fields.string("markdown");
        note_on_engine(&markdown, &mut fields);
        SiteConfig {
            known: true,
            kramdown,
            markdown,
            markdown_ext: fields.string("markdown_ext").split(',').map(|ext| ext.trim().to_lowercase()).collect(),
            source: source_dir(&mut fields),
            destination: clean_dir(&fields.string("destination")),
            collections_dir: clean_dir(&fields.string("collections_dir")),
            data_dir: clean_dir(&fields.string("data_dir")),
            layouts_dir: clean_dir(&fields.string("layouts_dir")),
            includes_dir: clean_dir(&fields.string("includes_dir")),
            plugins_dir: clean_dir(&fields.string("plugins_dir")),
            include: fields.strings("include"),
            exclude,
            url: fields.optional("url"),
            baseurl: fields.optional("baseurl"),
            timezone: fields.optional("timezone"),
            plugins,
            theme: fields.optional("theme").or_else(|| fields.optional("remote_theme")),
            future: fields.boolean("future"),
            unpublished: fields.boolean("unpublished"),
            strict_front_matter: fields.boolean("strict_front_matter"),
            collections: fields.collections(),
            defaults: fields.default_sets(),
            permalink,
            values,
        }
    }

    /// The collection `label`; `posts` is always there.
    pub fn collection(&self, label: &str) -> Option<&Collection> {
        self.collections.iter().find(|collection| collection.label == label)
    }

    /// Whether a file with this extension (without the dot) is Markdown.
    pub fn is_markdown_extension(&self, ext: &str) -> bool {
        self.markdown_ext.iter().any(|known| known.eq_ignore_ascii_case(ext))
    }

    /// Whether `plugins:` names the gem.
    pub fn has_plugin(&self, gem: &str) -> bool {
        self.plugins.iter().any(|plugin| plugin == gem)
    }

    /// Where dates without a zone are read: `timezone:`, else UTC (Jekyll would take the zone of the machine, which
    /// differs from one machine to the next). A name that nobody knows counts as UTC, as in Ruby.
    pub fn time_zone(&self) -> TimeZone {
        let known = self.timezone.as_deref().and_then(|name| TimeZone::get(name).ok());
        known.unwrap_or(TimeZone::UTC)
    }
}

/// A configuration file with its text; an empty one is an empty map.
fn read_file(path: &Path) -> Result<(String, Map), Fault> {
    let text = text_file::read(path)?;
    let is_toml = path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("toml"));
    let value = if is_toml { text_file::parse_toml(&text)? } else { text_file::parse_yaml(&text)? };
    match value {
        Value::Map(map) => Ok((text, map)),
        Value::Null | Value::Bool(false) => Ok((text, Map::default())),
        other => Err(Fault::new(Some(1), format!("it must be a map of `key: value` lines, but it is {}", other.describe()))),
    }
}

/// kramdown and the CommonMark plugins are read as they are; what else there has been, Jekyll refuses today.
fn note_on_engine(markdown: &str, fields: &mut Fields) {
    let known = markdown.eq_ignore_ascii_case("kramdown") || markdown.starts_with("CommonMark");
    if !known {
        fields.note("markdown", format!("`markdown: {markdown}` is no engine that Jekyll has today; the posts are read as kramdown"));
    }
}

/// `source:` when it is a folder below the root.
fn source_dir(fields: &mut Fields) -> String {
    let source = clean_dir(&fields.string("source"));
    if source.starts_with('/') || source.split('/').any(|part| part == "..") || Path::new(&source).is_absolute() {
        fields.problem("source", format!("`source: {source}` leads out of the folder of this file; the folder itself is read instead"));
        return String::new();
    }
    source
}

/// A folder without `./` before and `/` behind it; empty for the root.
fn clean_dir(dir: &str) -> String {
    let dir = dir.replace('\\', "/");
    let absolute = dir.starts_with('/');
    let parts: Vec<&str> = dir.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if absolute { format!("/{}", parts.join("/")) } else { parts.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(yaml: &str) -> (SiteConfig, Vec<Problem>) {
        let mut problems = Vec::new();
        let values = match text_file::parse_yaml(yaml) {
            Ok(Value::Map(map)) => map,
            other => panic!("{other:?}"),
        };
        let config = SiteConfig::from_values(values, "_config.yml", yaml, &mut problems);
        (config, problems)
    }

    #[test]
    fn defaults_are_those_of_jekyll() {
        let config = SiteConfig::default();
        assert_eq!(config.permalink, "date");
        assert_eq!(config.include, [".htaccess"]);
        assert!(config.exclude.iter().any(|pattern| pattern == "node_modules"));
        assert!(config.kramdown.gfm && config.kramdown.paragraph_end);
        assert_eq!(config.collections.len(), 1);
        assert!(config.collection("posts").is_some_and(|posts| posts.output));
    }

    #[test]
    fn a_field_of_the_wrong_type_is_a_problem_and_its_default_is_used() {
        let (config, problems) = config("title: x\npermalink: [a]\ninclude: .well-known\nfuture: yes\n");
        assert_eq!(config.permalink, "date");
        assert_eq!(config.include, [".htaccess"]);
        assert!(config.future);
        assert_eq!(problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [Some(2), Some(3)]);
    }

    #[test]
    fn gfm_quirks_of_the_user_replace_the_default() {
        let (config, _) = config("kramdown:\n  gfm_quirks: no_auto_typographic\n  hard_wrap: 'true'\n");
        assert!(config.kramdown.no_auto_typographic && !config.kramdown.paragraph_end && config.kramdown.hard_wrap);
    }

    #[test]
    fn collections_may_be_a_list_or_a_map() {
        let (list, _) = config("collections: [docs, 'o dd!']\n");
        assert!(list.collection("docs").is_some_and(|docs| !docs.output));
        assert!(list.collection("odd").is_some(), "a label keeps only letters, digits, `_`, `-` and `.`");
        let (map, _) = config("collections:\n  docs: {output: true, permalink: /d/:path}\n  notes:\n");
        assert_eq!(map.collection("docs").and_then(|docs| docs.permalink.as_deref()), Some("/d/:path"));
        assert!(map.collection("notes").is_some());
    }

    #[test]
    fn an_engine_of_the_past_is_said_once() {
        let (_, problems) = config("markdown: redcarpet\n");
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].weight, super::super::problem::Weight::Note);
    }
}
