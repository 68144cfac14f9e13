//! The rule's page is `rules/front-matter/incomplete-reference.md`.

use super::references::{self, Reference};
use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use crate::rules::habit::Habit;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct IncompleteReference {
    /// Keys of the front matter, each with the map that its values are looked up in.
    keys: Option<BTreeMap<String, String>>,
    #[serde(skip)]
    learned: Vec<Reference>,
    /// How many posts were learned from.
    #[serde(skip)]
    posts: Vec<String>,
}

impl Rule for IncompleteReference {
    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        if self.keys.is_none() {
            self.learned = references::learn(newest).into_iter().filter(Reference::holds).collect();
        }
        // what there is to pin is pinned by the rule about unknown references
        self.posts = newest.iter().map(|post| post.path.to_owned()).collect();
        Vec::new()
    }

    fn check(&self, post: &Post, report: &mut Report) {
        // an old post says nothing new about its author
        let is_new = self.posts.is_empty() || self.posts.iter().any(|path| path == post.path);
        for reference in self.learned.iter().filter(|_| is_new) {
            check_key(reference, post, report);
        }
        for (key, name) in self.keys.iter().flatten() {
            if let Some(target) = references::find(post.site, name) {
                check_key(&Reference { key: key.clone(), target, habit: None }, post, report);
            }
        }
    }
}

fn check_key(reference: &Reference, post: &Post, report: &mut Report) {
    let name = &reference.target.name;
    for value in references::values(post, &reference.key) {
        let text = value.text().unwrap_or_default();
        let missing: Vec<String> = reference.target.missing_fields(text).iter().map(|field| format!("`{field}`")).collect();
        if !missing.is_empty() {
            report
                .at(value.span, format!("`{text}` has no {} in `{name}`", missing.join(", no ")))
                .note("95 % of the other entries there have it");
        }
    }
}
