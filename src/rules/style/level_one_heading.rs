//! The rule's page is `rules/style/level-one-heading.md`.

use super::is_title;
use crate::diagnostic::Report;
use crate::markup::NodeId;
use crate::post::{DocumentKind, Post};
use crate::rules::habit::{Habit, Pin};
use crate::rules::{Places, Rule};
use schemars::JsonSchema;
use serde::Deserialize;

/// The share of posts, in percent, without such headings from which on they are expected of the others.
const THRESHOLD: u8 = 90;
/// How many lines are named.
const NAMED: usize = 10;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct LevelOneHeading {}

impl Rule for LevelOneHeading {
    fn check(&self, post: &Post, report: &mut Report) {
        let headings = level_one(post);
        let Some(&first) = headings.first() else { return };
        let message = match headings.len() {
            1 => "a level-1 heading in a post, whose title is the level-1 heading of the page".to_owned(),
            count => format!("{count} level-1 headings in a post, whose title is the level-1 heading of the page"),
        };
        let found = report.at(post.tree.node(first).span, message);
        if headings.len() > 1 {
            let lines = headings.iter().take(NAMED).map(|&node| post.lines.line_of(post.tree.node(node).span.start).to_string());
            let more = if headings.len() > NAMED { ", …" } else { "" };
            found.note(format!("in lines {}{more}", lines.collect::<Vec<_>>().join(", ")));
        }
    }

    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        let mut habit = Habit::new("no level-1 heading", THRESHOLD, Pin::Severity);
        for post in newest {
            habit.count(post.path, level_one(post).is_empty());
        }
        vec![habit]
    }

    fn places(&self, post: &Post) -> Places {
        let of = post.constructs().headings.len();
        Places { kept: of - level_one(post).len().min(of), of }
    }
}

/// Headings of level 1 beside the title, which the layout prints.
fn level_one(post: &Post) -> Vec<NodeId> {
    let is_post = matches!(post.kind, DocumentKind::Post | DocumentKind::Draft);
    // without a title the heading is the title
    let has_title = post.front_matter.get("title").is_some_and(|title| !title.is_null());
    if !is_post || !has_title {
        return Vec::new();
    }
    // a heading that repeats the title is a finding of its own
    let headings = post.constructs().headings.iter();
    headings.filter(|(_, level)| *level == 1).map(|(node, _)| *node).filter(|&node| !is_title(post, node)).collect()
}
