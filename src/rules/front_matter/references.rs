//! Maps of the site whose keys the front matter of posts names: `author: jane` and `_data/authors.yml`.

use crate::post::Post;
use crate::post::yaml::Node;
use crate::rules::habit::{Habit, Pin};
use crate::site::Site;
use crate::site::data::DataNode;
use crate::site::value::Value;
use rustc_hash::FxHashSet;

/// A map of the site, by the name that the configuration gives it: `_data/authors`, `_config.authors`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub name: String,
    /// The keys of the map, in its order.
    pub keys: Vec<String>,
    /// For each key, the fields of its entry that are not empty.
    fields: Vec<Vec<String>>,
}

impl Target {
    /// The fields that 95 % of the entries have and the entry `key` has not.
    pub fn missing_fields(&self, key: &str) -> Vec<&str> {
        let Some(own) = self.keys.iter().position(|known| known == key).and_then(|at| self.fields.get(at)) else { return Vec::new() };
        let mut all: Vec<&str> = self.fields.iter().flatten().map(String::as_str).collect();
        all.sort_unstable();
        let of = self.fields.len();
        let usual = all.chunk_by(|a, b| a == b).filter(|same| same.len() * 100 >= of * usize::from(THRESHOLD));
        usual.filter_map(|same| same.first().copied()).filter(|field| !own.iter().any(|own| own == field)).collect()
    }
}

/// The fields of an entry that are not empty.
fn fields(entry: &Value) -> Vec<String> {
    let is_empty = |value: &Value| value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
    entry.as_map().into_iter().flatten().filter(|(_, value)| !is_empty(value)).map(|(name, _)| name.clone()).collect()
}

/// The share of posts, in percent, whose values must be entries of a map for the others to be asked to.
const THRESHOLD: u8 = 95;
/// So many different values are no accident where key and map have different names.
const DIFFERENT: usize = 5;

/// A file of data with more entries is no list of authors.
const MOST_KEYS: usize = 2000;
/// Nor is a larger one, in bytes.
const MOST_BYTES: u64 = 512 << 10;

/// All maps that front matter may name, those of `_data` first.
pub fn targets(site: &Site) -> Vec<Target> {
    let mut targets = Vec::new();
    for (name, node) in site.data().root() {
        match node {
            DataNode::File(file) if !file.is_within(MOST_BYTES) => {}
            DataNode::File(file) => targets.extend(file.value().ok().and_then(|value| target(format!("_data/{name}"), value))),
            // the files of a folder are its entries
            DataNode::Folder(folder) => {
                let entry = |node: &DataNode| match node {
                    DataNode::File(file) => file.value().map(fields).unwrap_or_default(),
                    DataNode::Folder(_) => Vec::new(),
                };
                let entries = folder.iter().map(|(key, node)| (key.clone(), entry(node)));
                let (keys, fields) = entries.unzip();
                targets.push(Target { name: format!("_data/{name}"), keys, fields });
            }
        }
    }
    for (name, value) in site.config.values.iter().filter(|(name, _)| !IS_JEKYLLS.contains(&name.as_str())) {
        targets.extend(target(format!("_config.{name}"), value));
    }
    targets
}

/// Maps of `_config.yml` that are Jekyll's own.
const IS_JEKYLLS: [&str; 4] = ["collections", "kramdown", "liquid", "defaults"];

/// A map of maps.
fn target(name: String, value: &Value) -> Option<Target> {
    let map = value.as_map().filter(|map| (2..=MOST_KEYS).contains(&map.len()))?;
    let holds_maps = map.values().all(|entry| entry.as_map().is_some());
    holds_maps.then(|| Target { name, keys: map.keys().cloned().collect(), fields: map.values().map(fields).collect() })
}

/// The target of that name; `None`: it is not there, or cannot be read.
pub fn find(site: &Site, name: &str) -> Option<Target> {
    targets(site).into_iter().find(|target| target.name == name)
}

/// The texts that a post gives for `key`: one, or a list of them.
pub fn values<'p, 'a>(post: &'p Post<'a>, key: &str) -> Vec<&'p Node<'a>> {
    let Some(value) = post.front_matter.get(key) else { return Vec::new() };
    match value.text() {
        Some(_) => vec![value],
        None => value.items().iter().filter(|item| item.text().is_some()).collect(),
    }
}

/// Whether a key of the front matter may be named after a map: `author` and `authors`.
pub fn is_namesake(key: &str, target: &str) -> bool {
    let stem = |name: &str| {
        let name = name.rsplit(['/', '.']).next().unwrap_or(name).to_lowercase();
        match name.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => name.trim_end_matches('s').to_owned(),
        }
    };
    stem(key) == stem(target)
}

/// A key of the front matter whose values are those of a map.
#[derive(Debug)]
pub struct Reference {
    pub key: String,
    pub target: Target,
    /// `None`: the configuration says so.
    pub habit: Option<Habit>,
}

impl Reference {
    pub fn holds(&self) -> bool {
        self.habit.as_ref().is_none_or(Habit::holds)
    }

    pub fn knows(&self, value: &str) -> bool {
        self.target.keys.iter().any(|key| key == value)
    }
}

/// The references that the newest posts show, and those that they nearly show.
pub fn learn(newest: &[Post]) -> Vec<Reference> {
    let Some(site) = newest.first().map(|post| post.site) else { return Vec::new() };
    let targets = targets(site);
    let mut keys: Vec<&str> = newest.iter().flat_map(|post| post.front_matter.entries()).filter_map(|entry| entry.key.text()).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut references = Vec::new();
    for key in keys {
        let found = targets.iter().filter_map(|target| Some((target, habit(newest, key, target)?)));
        let best = found.max_by_key(|(target, habit)| (habit.holds(), is_namesake(key, &target.name), habit.keeps));
        if let Some((target, habit)) = best.filter(|(_, habit)| habit.holds() || habit.nearly_holds()) {
            references.push(Reference { key: key.to_owned(), target: target.clone(), habit: Some(habit) });
        }
    }
    references
}

/// In how many posts with `key` all values are keys of the map; `None`: they have nothing to do with one another.
fn habit(newest: &[Post], key: &str, target: &Target) -> Option<Habit> {
    let pin = Pin::Entry("keys", key.to_owned(), target.name.clone());
    let mut habit = Habit::new(format!("{key} in {}", target.name), THRESHOLD, pin);
    let mut different: FxHashSet<&str> = FxHashSet::default();
    for post in newest {
        let values = values(post, key);
        let texts = || values.iter().filter_map(|value| value.text());
        if values.is_empty() {
            continue;
        }
        let is_known = |text: &str| target.keys.iter().any(|key| key == text);
        habit.count(post.path, texts().all(is_known));
        different.extend(texts().filter(|text| is_known(text)));
    }
    let is_meant = is_namesake(key, &target.name) || different.len() >= DIFFERENT;
    is_meant.then_some(habit)
}
