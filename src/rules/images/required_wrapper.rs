use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::{Kind, NodeId};
use crate::post::Post;
use crate::rules::habit::{Habit, Pin};
use crate::rules::{Places, Rule};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The share of posts, in percent, from which on a wrapper is expected of the others.
const THRESHOLD: u8 = 90;

/// The rule's page is rules/images/required-wrapper.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RequiredWrapper {
    /// The class of the `<div>` that every `<iframe>` must stand in; an empty text asks for none. Without it: what the
    /// newest posts have.
    class: Option<String>,
    #[serde(skip)]
    learned: Option<String>,
}

impl Rule for RequiredWrapper {
    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        if self.class.is_some() {
            return Vec::new();
        }
        let classes: BTreeSet<String> = newest.iter().flat_map(|post| frames(post).flat_map(|frame| classes_around(post, frame))).collect();
        let habits = classes.into_iter().map(|class| {
            let mut habit = Habit::new(format!("iframes in div.{class}"), THRESHOLD, Pin::Value("class", class.clone()));
            for post in newest.iter().filter(|post| frames(post).next().is_some()) {
                habit.count(post.path, frames(post).all(|frame| is_wrapped(post, frame, &class)));
            }
            (habit, class)
        });
        // a wrapper may have several classes: one of them is enough to tell
        let Some((habit, class)) = habits.max_by_key(|(habit, _)| habit.keeps) else { return Vec::new() };
        self.learned = habit.holds().then_some(class);
        vec![habit]
    }

    fn places(&self, post: &Post) -> Places {
        let Some(class) = self.wanted() else { return Places::default() };
        let of = frames(post).count();
        Places { kept: frames(post).filter(|&frame| is_wrapped(post, frame, class)).count(), of }
    }

    fn check(&self, post: &Post, report: &mut Report) {
        let Some(class) = self.wanted() else { return };
        for frame in frames(post).filter(|&frame| !is_wrapped(post, frame, class)) {
            let Kind::Html(element) = &post.tree.node(frame).kind else { continue };
            let wrapper = format!("<div class=\"{class}\">");
            let found = report.at(element.open_tag, format!("this embedded page does not stand in `{wrapper}`"));
            let whole = post.tree.node(frame).span;
            if is_alone(post.text, whole.start as usize, whole.end as usize) && element.close_tag.is_some() {
                found.fix(
                    Safety::Unsafe,
                    format!("put `{wrapper}` around it"),
                    [Edit::insert(whole.start, wrapper), Edit::insert(whole.end, "</div>")],
                );
            }
        }
    }
}

impl RequiredWrapper {
    fn wanted(&self) -> Option<&str> {
        self.class.as_deref().or(self.learned.as_deref()).filter(|class| !class.is_empty())
    }
}

/// The `<iframe>`s of a post.
fn frames<'p>(post: &'p Post) -> impl Iterator<Item = NodeId> + 'p {
    post.html_elements().filter(|(_, element)| element.name == "iframe").map(|(id, _)| id)
}

/// The classes of the `<div>` in which an element stands.
fn classes_around(post: &Post, frame: NodeId) -> Vec<String> {
    let wrapper = post.tree.ancestors(frame).find(|&id| matches!(&post.tree.node(id).kind, Kind::Html(element) if element.name == "div"));
    let class = wrapper.and_then(|wrapper| post.tree.attribute(wrapper, "class"));
    class
        .iter()
        .flat_map(|class| class.value.text.split_ascii_whitespace())
        .filter(|class| !class.contains('{'))
        .map(str::to_owned)
        .collect()
}

/// Whether an element of this class stands around, or one whose class is unknown.
fn is_wrapped(post: &Post, frame: NodeId, class: &str) -> bool {
    post.tree.ancestors(frame).any(|id| {
        let has = post.tree.attribute(id, "class").map_or("", |has| has.value.text.as_ref());
        has.contains('{') || has.split_ascii_whitespace().any(|one| one == class)
    })
}

/// Whether nothing else stands in the lines of `start..end`, which begin at the margin.
fn is_alone(text: &str, start: usize, end: usize) -> bool {
    let is_at_margin = start == 0 || text.get(..start).is_some_and(|before| before.ends_with('\n'));
    let rest = text.get(end..).unwrap_or_default();
    is_at_margin && rest.lines().next().unwrap_or_default().trim().is_empty()
}
