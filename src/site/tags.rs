//! The Liquid tags that a site knows: Jekyll's, those of its plugins, those of its own Ruby code.

use super::Site;
use super::files::{EntryKind, join};
use super::templates::Presence;
use super::text_file::{parse_yaml, read};
use super::value::{Map, Value};
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

/// The tags that plugins bring, by gem.
const KNOWN: &str = include_str!("../../rules/liquid/tags.yml");

/// Tags by name.
#[derive(Debug)]
pub(super) struct Tags {
    names: FxHashSet<String>,
    /// There is code that may bring any tag.
    is_open: bool,
}

fn known() -> &'static Map {
    static MAP: OnceLock<Map> = OnceLock::new();
    MAP.get_or_init(|| match parse_yaml(KNOWN) {
        Ok(Value::Map(map)) => map,
        _ => Map::default(),
    })
}

impl Tags {
    /// Adds the tags of a gem; one that is not known may bring any.
    fn add_gem(&mut self, gem: &str) {
        match known().get(gem) {
            Some(tags) => self.names.extend(tags.items().iter().filter_map(Value::as_str).map(String::from)),
            None => self.is_open = true,
        }
    }

    /// Adds what Ruby code registers: `Liquid::Template.register_tag('name', …)`. A name that is not written out may be any.
    fn add_code(&mut self, code: &str) {
        for (at, call) in code.match_indices("register_tag") {
            let rest = code[at + call.len()..].trim_start_matches(['(', ' ', '\t']);
            let name = rest.strip_prefix(['\'', '"', ':']).map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next());
            match name.flatten().filter(|name| !name.is_empty()) {
                Some(name) => {
                    self.names.insert(name.to_owned());
                }
                None => self.is_open = true,
            }
        }
        // code of other files may bring more
        let loads_more = code.lines().any(|line| line.trim_start().starts_with("require") && !line.contains("jekyll'"));
        self.is_open |= loads_more || code.trim().is_empty() || code.contains("Liquid::Environment") || code.contains(".tags[");
    }
}

impl Site {
    /// Whether there is a Liquid tag `name`. Inner tags and end tags are there when their block is.
    pub fn has_tag(&self, name: &str) -> Presence {
        let tags = self.tags.get_or_init(|| self.find_tags());
        let block = name.strip_prefix("end").unwrap_or(name);
        if tags.names.contains(name) || tags.names.contains(block) {
            Presence::There
        } else if tags.is_open || self.root.is_none() || !self.config.known || self.config.theme.is_some() {
            Presence::Unknown
        } else {
            Presence::Missing
        }
    }

    fn find_tags(&self) -> Tags {
        let mut tags = Tags { names: FxHashSet::default(), is_open: false };
        tags.add_gem("jekyll");
        self.config.plugins.iter().for_each(|gem| tags.add_gem(gem));
        self.gemfile_plugins().iter().for_each(|gem| tags.add_gem(gem));
        for code in self.own_code() {
            match code {
                Some(code) => tags.add_code(&code),
                None => tags.is_open = true,
            }
        }
        tags
    }

    /// Gems of the `Gemfile` that Jekyll loads or may load: those with `jekyll` in their name, and those of the group
    /// `jekyll_plugins`.
    fn gemfile_plugins(&self) -> Vec<String> {
        let Some(root) = &self.root else { return Vec::new() };
        let Ok(text) = read(&root.join("Gemfile")) else { return Vec::new() };
        let mut in_group = false;
        let mut gems = Vec::new();
        for line in text.lines().map(str::trim) {
            if line.starts_with("group") {
                in_group = line.contains("jekyll_plugins");
            } else if line == "end" {
                in_group = false;
            } else if let Some(gem) =
                line.strip_prefix("gem ").and_then(|rest| rest.trim_start_matches(['(', ' ', '"', '\'']).split(['"', '\'']).next())
                && (in_group || line.contains("jekyll_plugins") || gem.starts_with("jekyll-"))
            {
                gems.push(gem.to_owned());
            }
        }
        gems
    }

    /// The Ruby files in `_plugins`; `None` for one that cannot be read.
    fn own_code(&self) -> Vec<Option<String>> {
        let Some(root) = &self.root else { return Vec::new() };
        let mut folders = vec![self.config.plugins_dir.clone()];
        let mut code = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in self.files().folder(&folder).unwrap_or_default() {
                let path = join(&folder, &entry.name);
                match entry.kind {
                    EntryKind::Folder => folders.push(path),
                    EntryKind::File if path.ends_with(".rb") => code.push(read(&root.join(join(&self.config.source, &path))).ok()),
                    _ => {}
                }
            }
        }
        code
    }
}
