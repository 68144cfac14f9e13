//! What plugins, themes and the site's own Ruby code add to the URLs of a site.

use super::Site;
use super::files::{EntryKind, join};
use super::fnmatch::fnmatch;
use super::text_file::parse_yaml;
use super::value::{Map, Value};
use std::sync::OnceLock;

/// What is known of plugins by name.
const KNOWN: &str = include_str!("../../rules/site/jekyll-plugins.yml");

/// What the parts of a site that are not its files may add to its URLs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Generated {
    Nothing,
    /// A plugin that makes pages under names of its own.
    Pages {
        by: String,
    },
    /// A plugin that nobody knows, or the site's own code.
    Anything {
        by: String,
    },
}

fn known() -> &'static Map {
    static MAP: OnceLock<Map> = OnceLock::new();
    MAP.get_or_init(|| match parse_yaml(KNOWN) {
        Ok(Value::Map(map)) => map,
        _ => Map::default(),
    })
}

impl Site {
    /// What plugins may add to the site, the most first.
    pub(super) fn generated(&self) -> &Generated {
        self.generated.get_or_init(|| self.what_is_generated())
    }

    fn what_is_generated(&self) -> Generated {
        if let Some(by) = self.own_plugin() {
            return Generated::Anything { by };
        }
        let by_plugin = |plugin: &String| match known().get(plugin) {
            Some(Value::String(what)) if what == "pages" => Generated::Pages { by: plugin.clone() },
            Some(Value::String(what)) if what == "nothing" => Generated::Nothing,
            Some(Value::List(_)) => Generated::Nothing,
            _ => Generated::Anything { by: plugin.clone() },
        };
        self.config.plugins.iter().map(by_plugin).max().unwrap_or(Generated::Nothing)
    }

    /// Whether plugins may add pages that are not among the site's files.
    pub(super) fn has_generated_pages(&self) -> bool {
        *self.generated() != Generated::Nothing
    }

    /// The plugin that writes just the file `path` (relative to the source).
    pub(super) fn generator_of(&self, path: &str) -> Option<&str> {
        let feed_path = self.config.values.get("feed").and_then(|feed| feed.get("path")).and_then(Value::as_str);
        let writes = |plugin: &&String| {
            let is_own_feed = plugin.as_str() == "jekyll-feed" && feed_path.is_some_and(|feed| feed.trim_start_matches('/') == path);
            is_own_feed
                || known()
                    .get(plugin.as_str())
                    .is_some_and(|paths| paths.items().iter().filter_map(Value::as_str).any(|pattern| fnmatch(pattern, path)))
        };
        self.config.plugins.iter().find(writes).map(String::as_str)
    }

    /// Whether a page of `jekyll-paginate` would be at this path (relative to the source).
    pub(super) fn is_pagination(&self, path: &str) -> bool {
        if self.config.values.get("paginate").is_none_or(Value::is_falsy) {
            return false;
        }
        let template = self.config.values.get("paginate_path").and_then(Value::as_str).unwrap_or("/page:num");
        let template = template.trim_matches('/');
        let Some((before, after)) = template.split_once(":num") else { return false };
        let path = path.trim_matches('/').trim_end_matches("/index.html");
        let number = path.rfind(before).and_then(|at| path.get(at + before.len()..)).and_then(|rest| rest.strip_suffix(after));
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// Whether there is code or a theme that is not seen here and may set values or add files.
    pub(super) fn has_foreign_parts(&self) -> bool {
        self.config.theme.is_some()
            || matches!(self.generated(), Generated::Anything { .. })
            || self.config.has_plugin("jekyll-github-metadata")
    }

    /// The first Ruby file in `_plugins` or a folder of it that may do more than to give Liquid a tag or a filter.
    fn own_plugin(&self) -> Option<String> {
        let mut folders = vec![self.config.plugins_dir.clone()];
        let mut found: Option<String> = None;
        while let Some(folder) = folders.pop() {
            for entry in self.files().folder(&folder).unwrap_or_default() {
                let path = join(&folder, &entry.name);
                match entry.kind {
                    EntryKind::Folder => folders.push(path),
                    EntryKind::File
                        if path.ends_with(".rb") && found.as_ref().is_none_or(|found| path < *found) && !self.is_tag_or_filter(&path) =>
                    {
                        found = Some(path);
                    }
                    _ => {}
                }
            }
        }
        found
    }

    /// Whether a Ruby file (relative to the source) does nothing but give Liquid tags and filters: these print, and make
    /// neither pages nor values.
    fn is_tag_or_filter(&self, path: &str) -> bool {
        const MAKES_MORE: [&str; 12] = [
            "Generator",
            "Hooks",
            "Command",
            "Converter",
            "Page",
            "StaticFile",
            "Document",
            "Reader",
            "File.",
            "FileUtils",
            ".pages",
            ".data[",
        ];
        let text = self.root.as_deref().and_then(|root| super::text_file::read(&root.join(join(&self.config.source, path))).ok());
        text.is_some_and(|text| text.contains("Liquid::Template.register") && !MAKES_MORE.iter().any(|word| text.contains(word)))
    }
}
