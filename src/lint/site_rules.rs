//! The rules for all documents of a site, with what they learned of its newest posts.

use super::Selection;
use super::rule_set::RuleSet;
use crate::config::Config;
use crate::post::Post;
use crate::site::Site;
use crate::style::HouseStyle;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// The rules for all documents of a site.
pub struct SiteRules {
    pub house_style: HouseStyle,
    /// One for each combination of overrides that the documents meet.
    sets: FxHashMap<Vec<bool>, RuleSet>,
    /// What stands before a document's path in the patterns of the configuration.
    prefix: String,
}

impl SiteRules {
    /// The rules for documents of `paths`. `newest` are the site's newest posts, the newest first, for rules of house style
    /// to learn from.
    ///
    /// # Errors
    /// A sentence about options that a rule does not take; [`crate::config::read`] has found these before.
    pub fn new<'p>(
        site: &Site,
        config: &Config,
        selection: &Selection,
        paths: impl Iterator<Item = &'p str>,
        newest: &[Post],
    ) -> Result<SiteRules, String> {
        let prefix = prefix(site, config);
        let mut sets: FxHashMap<Vec<bool>, RuleSet> = FxHashMap::default();
        let none = vec![false; config.overrides.len()];
        let mut base = RuleSet::new(config, &none, selection)?;
        let house_style = HouseStyle::learn(&mut base, newest);
        sets.insert(none, base);
        if !config.overrides.is_empty() {
            for path in paths {
                let overrides = config.overrides_of(&format!("{prefix}{path}"));
                if let Entry::Vacant(entry) = sets.entry(overrides) {
                    let mut set = RuleSet::new(config, entry.key(), selection)?;
                    HouseStyle::learn(&mut set, newest);
                    entry.insert(set);
                }
            }
        }
        Ok(SiteRules { house_style, sets, prefix })
    }

    /// The rules for the document `path`.
    pub fn of(&self, config: &Config, path: &str) -> &RuleSet {
        // a path that was not announced has the rules without overrides
        self.announced(config, path).or_else(|| self.sets.get(&vec![false; config.overrides.len()])).unwrap_or(RuleSet::none())
    }

    /// Whether the rules for the document `path` are there, because its overrides are those of an announced one.
    pub fn has(&self, config: &Config, path: &str) -> bool {
        self.announced(config, path).is_some()
    }

    fn announced(&self, config: &Config, path: &str) -> Option<&RuleSet> {
        match config.overrides.len() {
            0 => self.sets.get(&Vec::new()),
            _ => self.sets.get(&config.overrides_of(&format!("{}{path}", self.prefix))),
        }
    }
}

/// Where the site lies below the configuration's folder: `docs/`, or nothing.
fn prefix(site: &Site, config: &Config) -> String {
    let folder = match &site.root {
        Some(root) => root.clone(),
        None => std::env::current_dir().unwrap_or_default(),
    };
    let below = config.folder().and_then(|top| folder.strip_prefix(top).ok()).unwrap_or(std::path::Path::new(""));
    let below: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    below.iter().map(|part| format!("{part}/")).collect()
}
