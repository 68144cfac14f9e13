//! House style: the site's own newest posts are the style guide.
//!
//! Everything learned is said in one sentence: "N of your last M posts do this".

pub mod explain;
pub mod pin;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::lint::Document;
use crate::lint::rule_set::{ActiveRule, RuleSet};
use crate::post::{DocumentKind, Post};
use crate::rules::habit::Habit;
use crate::site::Site;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::fmt::Write;

/// How many of the newest posts the style is learned from (M).
pub const NEWEST: usize = 30;
/// How many habits that do not hold are named.
const NEAR_MISSES: usize = 3;

/// What was learned from the newest posts.
#[derive(Debug, Clone, Default)]
pub struct HouseStyle {
    /// Paths of the posts that were learned from; empty where there are too few.
    newest: FxHashSet<String>,
    /// The same, the newest first.
    order: Vec<String>,
    /// Path of the newest of them.
    pub latest: Option<String>,
    /// What the rules that are not pinned learned.
    pub habits: Vec<(&'static str, Habit)>,
}

/// What house style means for a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// One of the newest posts, or a new one, or a post that was named: the style is demanded.
    Current,
    /// History.
    Older,
    /// No post: the posts' style is not its own.
    Other,
    /// There are too few posts to have a style.
    Unknown,
}

impl HouseStyle {
    /// Lets `rules` learn from `newest`, the newest first.
    pub fn learn(rules: &mut RuleSet, newest: &[Post]) -> HouseStyle {
        let mut style = HouseStyle::default();
        if newest.len() < Habit::FEWEST {
            return style;
        }
        style.latest = newest.first().map(|post| post.path.to_owned());
        style.order = newest.iter().map(|post| post.path.to_owned()).collect();
        style.newest = newest.iter().map(|post| post.path.to_owned()).collect();
        for active in rules.active_mut() {
            // rules that are always on learn too, such as the keys that other posts have
            let habits = active.rule.learn(newest);
            if active.of_house_style {
                style.habits.extend(habits.iter().map(|habit| (active.definition.name, habit.clone())));
            }
            active.habits = Some(habits);
        }
        style
    }

    /// How many posts were learned from.
    pub fn posts(&self) -> usize {
        self.newest.len()
    }

    /// What the style means for `document`.
    pub fn standing(&self, document: &Document) -> Standing {
        if self.newest.is_empty() {
            return Standing::Unknown;
        }
        match document.kind {
            DocumentKind::Draft => Standing::Current,
            DocumentKind::Post if document.named || self.newest.contains(&document.path) => Standing::Current,
            DocumentKind::Post => Standing::Older,
            DocumentKind::Collection | DocumentKind::Page => Standing::Other,
        }
    }

    /// The line about what was learned and is not pinned; `None` when there is nothing to say.
    pub fn sentence(&self) -> Option<String> {
        let (held, missed): (Vec<_>, Vec<_>) = self.habits.iter().partition(|(_, habit)| habit.holds());
        if held.is_empty() {
            return None;
        }
        let mut line = format!("House style of the last {} posts (not pinned): {}", self.posts(), listed(&held));
        let mut missed: Vec<_> = missed.into_iter().filter(|(_, habit)| habit.nearly_holds()).collect();
        missed.sort_by(|(_, a), (_, b)| (b.keeps * a.of).cmp(&(a.keeps * b.of)));
        missed.truncate(NEAR_MISSES);
        if !missed.is_empty() {
            let _ = write!(line, " · not enforced: {}", listed(&missed));
        }
        line.push_str(". Pin it: postlint init");
        Some(line)
    }
}

/// "layout, title required 30/30 · target=_blank 24/30": habits of one rule with the same numbers stand together.
fn listed(habits: &[&(&'static str, Habit)]) -> String {
    let mut line = String::new();
    for group in habits.chunk_by(|(a, one), (b, other)| a == b && (one.keeps, one.of) == (other.keeps, other.of)) {
        let Some((rule, Habit { keeps, of, .. })) = group.first() else { continue };
        let names: Vec<&str> = group.iter().map(|(_, habit)| habit.what.as_str()).collect();
        let verb = if *rule == "front-matter/missing-key" { " required" } else { "" };
        let dot = if line.is_empty() { "" } else { " · " };
        let _ = write!(line, "{dot}{}{verb} {keeps}/{of}", names.join(", "));
    }
    line
}

/// Whether all that [`Rule::check`](crate::rules::Rule::check) could find in a post of this standing would be dropped.
pub fn is_silent(active: &ActiveRule, standing: Standing) -> bool {
    let of_no_use = match standing {
        Standing::Unknown => false,
        Standing::Other => true,
        Standing::Current | Standing::Older => !active.is_learned(),
    };
    active.of_house_style && of_no_use
}

/// What becomes of what departs from a style that is neither pinned nor selected.
pub fn judge(active: &ActiveRule, post: &Post, standing: Standing, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    match standing {
        Standing::Unknown => {
            let places = active.rule.places(post);
            let keeps_it = places.of >= 10 && places.kept * 4 >= places.of * 3;
            if !keeps_it {
                found.iter_mut().for_each(advise);
            }
        }
        Standing::Older => found.iter_mut().for_each(|diagnostic| diagnostic.is_history = true),
        Standing::Current | Standing::Other => {}
    }
    found
}

/// Nobody asked for this style: it is said, and repaired only when unsafe fixes are wanted too.
fn advise(diagnostic: &mut Diagnostic) {
    diagnostic.severity = Severity::Info;
    diagnostic.fixes.iter_mut().for_each(|fix| fix.safety = Safety::Unsafe);
}

/// Old posts are history, not work: of each rule one finding says where it begins, and nothing is repaired by the way.
///
/// `diagnostics` are in the order of the file, with all taken away that is not to be reported.
pub fn reduce_history(diagnostics: &mut Vec<Diagnostic>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    diagnostics.retain_mut(|diagnostic| {
        if !diagnostic.is_history {
            return true;
        }
        let count = counts.entry(diagnostic.rule).or_default();
        *count += 1;
        diagnostic.severity = Severity::Info;
        diagnostic.fixes.clear();
        *count == 1
    });
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.is_history) {
        let more = counts.get(diagnostic.rule).map_or(0, |count| count - 1);
        if more > 0 {
            diagnostic.note(format!("{more} more in this post, which is older than the house style; name the file to see them"));
        }
    }
}

/// The configuration's path for a label: relative to the site's root, with `/`.
pub fn config_path(site: &Site, config: &Config) -> Option<String> {
    let file = config.file.as_deref()?;
    let root = site.root.clone().or_else(|| std::env::current_dir().ok())?;
    let below: Option<Vec<&str>> = file.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
    Some(below?.join("/"))
}
