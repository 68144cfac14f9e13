//! The rule's page is `rules/front-matter/unknown-reference.md`.

use super::references::{self, Reference, Target};
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::rules::habit::Habit;
use crate::rules::{Places, Rule};
use crate::suggest::{did_you_mean, nearest};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnknownReference {
    /// Keys of the front matter, each with the map whose keys its values must be.
    keys: Option<BTreeMap<String, String>>,
    #[serde(skip)]
    learned: Vec<Reference>,
}

impl Rule for UnknownReference {
    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        if self.keys.is_none() {
            self.learned = references::learn(newest);
        }
        self.learned.iter().filter_map(|learned| learned.habit.clone()).collect()
    }

    fn places(&self, post: &Post) -> Places {
        let mut places = Places::default();
        for learned in self.learned.iter().filter(|learned| learned.holds()) {
            for value in references::values(post, &learned.key) {
                places.of += 1;
                places.kept += usize::from(learned.knows(value.text().unwrap_or_default()));
            }
        }
        places
    }

    fn check(&self, post: &Post, report: &mut Report) {
        for learned in self.learned.iter().filter(|learned| learned.holds()) {
            check_key(learned, post, report);
        }
        for (key, name) in self.keys.iter().flatten() {
            if let Some(target) = references::find(post.site, name) {
                check_key(&Reference { key: key.clone(), target, habit: None }, post, report);
            }
        }
    }
}

fn check_key(learned: &Reference, post: &Post, report: &mut Report) {
    let Target { name, keys, .. } = &learned.target;
    for value in references::values(post, &learned.key) {
        let text = value.text().unwrap_or_default();
        if learned.knows(text) || text.is_empty() {
            continue;
        }
        let meant = nearest(text, keys.iter().map(String::as_str));
        let found = report.at(value.span, format!("`{text}` is not in `{name}`{}", did_you_mean(meant)));
        if let Some(habit) = &learned.habit {
            found.note(format!("in {} of the last {} posts with `{}` it is", habit.keeps, habit.of, learned.key));
        }
        if let Some(meant) = meant {
            found.fix(Safety::Unsafe, format!("write `{meant}`"), [Edit::replace(value.span, super::quoted::flow_item(meant))]);
        }
    }
}
