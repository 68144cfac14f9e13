use super::misspelt_key::{Usage, keys};
use super::{has_data, is_empty, layout, opening};
use crate::diagnostic::Report;
use crate::post::yaml::Node;
use crate::post::{DocumentKind, Post};
use crate::rules::habit::{Habit, Pin};
use crate::rules::{Places, Rule};
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The share of posts, in percent, from which on a key is expected of the others.
const THRESHOLD: u8 = 95;

/// The rule's page is rules/front-matter/missing-key.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MissingKey {
    /// Keys that every post must have. Given here, they replace what the site's own posts show.
    required: Option<Vec<String>>,
    /// Keys that posts of a layout must have, beside the required ones. Given here, they replace what the site's own posts
    /// show too.
    by_layout: Option<BTreeMap<String, Vec<String>>>,
    /// By layout: the keys that its newest posts have in common.
    #[serde(skip)]
    learned: FxHashMap<Option<String>, Vec<Habit>>,
    #[serde(skip)]
    usage: Usage,
}

/// The keys without which no post is shown as it should be.
const ALWAYS: [&str; 2] = ["title", "layout"];

impl Rule for MissingKey {
    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        self.usage = Usage::of(newest);
        if self.is_pinned() {
            return Vec::new();
        }
        let mut by_layout: FxHashMap<Option<String>, Vec<&Post>> = FxHashMap::default();
        for post in newest.iter().filter(|post| has_data(post)) {
            by_layout.entry(layout(post)).or_default().push(post);
        }
        self.learned = by_layout
            .into_iter()
            .filter(|(_, posts)| posts.len() >= Habit::FEWEST)
            .map(|(layout, posts)| (layout, habits(&posts)))
            .collect();
        let mut all: Vec<(&Option<String>, &Habit)> =
            self.learned.iter().flat_map(|(layout, habits)| habits.iter().map(move |habit| (layout, habit))).collect();
        all.sort_by(|a, b| (b.1.of, b.1.keeps, a.0, &a.1.what).cmp(&(a.1.of, a.1.keeps, b.0, &b.1.what)));
        let several = self.learned.len() > 1;
        all.into_iter()
            .map(|(layout, habit)| match layout {
                Some(layout) if several => Habit {
                    what: format!("{} (layout {layout})", habit.what),
                    pin: Pin::ItemOf("by-layout", layout.clone(), habit.what.clone()),
                    ..habit.clone()
                },
                _ => habit.clone(),
            })
            .collect()
    }

    fn places(&self, post: &Post) -> Places {
        let wanted = self.wanted(post);
        Places { kept: wanted.iter().filter(|key| has_key(post, key)).count(), of: wanted.len() }
    }

    fn check(&self, post: &Post, report: &mut Report) {
        if !has_data(post) {
            return;
        }
        let keys = keys(post);
        for key in self.wanted(post) {
            if self.is_always_wanted(&key) || has_key(post, &key) || self.is_misspelt(&key, &keys) {
                continue;
            }
            let found = report.at(opening(post), format!("the front matter has no `{key}`"));
            if let Some(habit) = self.habit(post, &key) {
                found.note(format!("{} of the last {} posts have it", habit.keeps, habit.of));
            }
        }
    }

    fn check_always(&self, post: &Post, report: &mut Report) {
        if !has_data(post) || !matches!(post.kind, DocumentKind::Post | DocumentKind::Draft) {
            return;
        }
        let keys = keys(post);
        for key in ALWAYS.into_iter().filter(|key| self.is_always_wanted(key)) {
            if !has_key(post, key) && !self.is_misspelt(key, &keys) {
                report.at(opening(post), format!("the front matter has no `{key}`"));
            }
        }
    }
}

impl MissingKey {
    /// Whether the configuration says which keys there must be.
    fn is_pinned(&self) -> bool {
        self.required.is_some() || self.by_layout.is_some()
    }

    /// Whether every post must have `key`, whatever the others do; the configuration may say otherwise.
    fn is_always_wanted(&self, key: &str) -> bool {
        ALWAYS.contains(&key) && !self.is_pinned()
    }

    /// Whether one of `keys` was meant to be `key`: one finding is enough.
    fn is_misspelt(&self, key: &str, keys: &FxHashSet<&str>) -> bool {
        keys.iter().any(|written| self.usage.meant(written, keys).as_deref() == Some(key))
    }

    /// The keys that `post` must have.
    fn wanted(&self, post: &Post) -> Vec<String> {
        let layout = layout(post);
        if self.is_pinned() {
            let of_layout = layout.and_then(|layout| self.by_layout.as_ref()?.get(&layout));
            let mut wanted: Vec<String> = self.required.iter().chain(of_layout).flatten().cloned().collect();
            let mut seen = FxHashSet::default();
            wanted.retain(|key| seen.insert(key.clone()));
            return wanted;
        }
        let habits = self.learned.get(&layout).map_or(&[][..], Vec::as_slice);
        habits.iter().filter(|habit| habit.holds()).map(|habit| habit.what.clone()).collect()
    }

    fn habit(&self, post: &Post, key: &str) -> Option<&Habit> {
        self.learned.get(&layout(post))?.iter().find(|habit| habit.what == key)
    }
}

/// Whether the post has `key` by itself or by the site's defaults.
fn has_key(post: &Post, key: &str) -> bool {
    post.front_matter.entry(key).is_some() || post.site.default(post.path, post.kind, key).is_some()
}

/// Whether the value says more than no key at all would: nothing and `false` do not, nor does `published: true`.
fn says_something(post: &Post, key: &str) -> bool {
    let is_default = |value: &Node| value.as_bool() == Some(key == "published");
    post.front_matter.get(key).is_some_and(|value| !is_empty(value) && !is_default(value))
}

/// For each key, how many of `posts` have it; those that most have, the commonest first.
fn habits(posts: &[&Post]) -> Vec<Habit> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for post in posts {
        for key in keys(post) {
            if says_something(post, key) {
                *counts.entry(key).or_default() += 1;
            }
        }
    }
    let common = counts.into_iter().filter(|&(_, count)| count * 2 >= posts.len()).map(|(key, _)| key);
    let mut habits: Vec<Habit> = common.map(|key| habit(key, posts)).collect();
    habits.sort_by(|a, b| b.keeps.cmp(&a.keeps).then_with(|| a.what.cmp(&b.what)));
    habits
}

/// How many of `posts` have `key`.
fn habit(key: &str, posts: &[&Post]) -> Habit {
    let mut habit = Habit::new(key, THRESHOLD, Pin::Item("required", key.to_owned()));
    for post in posts {
        habit.count(post.path, says_something(post, key));
    }
    habit
}
