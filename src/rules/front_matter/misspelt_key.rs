use super::known_keys;
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use crate::rules::habit::Habit;
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::{Arc, Mutex, PoisonError};

/// The rule's page is rules/front-matter/misspelt-key.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MisspeltKey {
    /// Keys that this site uses and that are spelt as they should be.
    allow: Vec<String>,
    #[serde(skip)]
    usage: Usage,
}

/// A slip that was copied stands in so many times fewer posts than the right key.
const COPIES: usize = 10;

/// How often the site's newest posts use each key.
#[derive(Debug, Default)]
pub(super) struct Usage {
    posts: usize,
    keys: FxHashMap<String, usize>,
    /// Keys that were asked for, with those that each may be a slip of: the posts of a site have the same few.
    asked: Mutex<FxHashMap<String, Arc<[String]>>>,
}

impl Usage {
    pub(super) fn of(posts: &[Post]) -> Usage {
        let mut usage = Usage { posts: posts.len(), ..Usage::default() };
        for post in posts {
            let keys: FxHashSet<&str> = post.front_matter.entries().iter().filter_map(|entry| entry.key.text()).collect();
            for key in keys {
                *usage.keys.entry(key.to_owned()).or_default() += 1;
            }
        }
        usage
    }

    fn count(&self, key: &str) -> usize {
        self.keys.get(key).copied().unwrap_or_default()
    }

    /// Keys that most posts have.
    fn usual(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().filter(|&(_, &count)| self.posts >= 5 && count * 10 >= self.posts * 6).map(|(key, _)| key.as_str())
    }

    /// The key that `key`, which stands in a post beside `others`, was meant to be.
    pub(super) fn meant(&self, key: &str, others: &FxHashSet<&str>) -> Option<String> {
        // a key that other posts have is no slip, unless it was copied from one to the next
        let count = self.count(key);
        let is_copied = count > 1;
        if is_copied && known_keys::all().contains_key(key) {
            return None;
        }
        let is_absent = |candidate: &str| !others.contains(candidate) && (!is_copied || self.count(candidate) >= COPIES * count);
        let near = self.near(key);
        let candidates = near.iter().filter(|candidate| is_absent(candidate));
        candidates
            .min_by_key(|candidate| (strsim::osa_distance(key, candidate), std::cmp::Reverse(self.count(candidate)), candidate.as_str()))
            .cloned()
    }

    /// The keys that `key` may be a slip of.
    fn near(&self, key: &str) -> Arc<[String]> {
        let asked = || self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(near) = asked().get(key) {
            return near.clone();
        }
        // a known key can only be a slip of a key that the site's posts have
        let known = known_keys::all().keys().map(String::as_str).filter(|_| !known_keys::all().contains_key(key));
        let candidates = self.usual().chain(known).filter(|candidate| *candidate != key && is_slip_of(key, candidate));
        let near: Arc<[String]> = candidates.map(str::to_owned).collect();
        asked().insert(key.to_owned(), near.clone());
        near
    }
}

/// Whether `key` is `candidate` with a slip of the fingers: another case, or one letter wrong (two in a long word).
fn is_slip_of(key: &str, candidate: &str) -> bool {
    if key.eq_ignore_ascii_case(candidate) {
        return true;
    }
    let allowed = match candidate.chars().count() {
        0..=3 => 0,
        4..=8 => 1,
        _ => 2,
    };
    strsim::osa_distance(&key.to_lowercase(), candidate) <= allowed
}

/// The keys of a post's front matter.
pub(super) fn keys<'p>(post: &'p Post) -> FxHashSet<&'p str> {
    post.front_matter.entries().iter().filter_map(|entry| entry.key.text()).collect()
}

impl Rule for MisspeltKey {
    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        self.usage = Usage::of(newest);
        Vec::new()
    }

    fn check(&self, post: &Post, report: &mut Report) {
        let keys = keys(post);
        for entry in post.front_matter.entries() {
            let Some(key) = entry.key.text() else { continue };
            if self.allow.iter().any(|allowed| allowed == key) {
                continue;
            }
            if let Some(meant) = self.usage.meant(key, &keys) {
                let found = report.at(entry.key.span, format!("unknown key `{key}`: did you mean `{meant}`?"));
                let count = self.usage.count(&meant);
                if count > 0 {
                    found.note(format!("{count} of the last {} posts have `{meant}`", self.usage.posts));
                }
                // what the key does on the page is the theme's own business
                found.fix(Safety::Unsafe, format!("write `{meant}`"), [Edit::replace(entry.key.span, meant)]);
            }
        }
    }
}
