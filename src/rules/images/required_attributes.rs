use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::Origin;
use crate::post::{Engine, ImageView, Post};
use crate::rules::attributes::{insertion, is_quoted};
use crate::rules::habit::{Habit, Pin};
use crate::rules::{Places, Rule};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The share of posts, in percent, from which on a class or a style is expected of the others.
const THRESHOLD: u8 = 90;

/// The rule's page is rules/images/required-attributes.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RequiredAttributes {
    /// The classes that every picture must have; an empty list asks for none. Without it: what the newest posts have.
    class: Option<Vec<String>>,
    /// The `style` that every picture must have; an empty text asks for none. Without it: what the newest posts have.
    style: Option<String>,
    #[serde(skip)]
    learned: Wanted,
}

/// What a picture must carry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Wanted {
    class: Vec<String>,
    style: Option<String>,
}

impl Rule for RequiredAttributes {
    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        let mut habits = Vec::new();
        for class in tokens(newest, "class") {
            let habit = count(
                newest,
                Habit::new(format!("pictures of class {class}"), THRESHOLD, Pin::Item("class", class.clone())),
                |post, image| has_class(post, image, &class),
            );
            if self.class.is_none() && habit.keeps > 0 {
                self.learned.class.extend(habit.holds().then_some(class));
                habits.push(habit);
            }
        }
        for style in values(newest, "style") {
            let habit = count(
                newest,
                Habit::new(format!("pictures of style {style}"), THRESHOLD, Pin::Value("style", style.clone())),
                |post, image| has_style(post, image, &style),
            );
            if self.style.is_none() && habit.holds() {
                self.learned.style = Some(style);
                habits.push(habit);
            }
        }
        habits.retain(|habit| habit.holds() || habit.nearly_holds());
        habits
    }

    fn places(&self, post: &Post) -> Places {
        let wanted = self.wanted();
        let mut places = Places::default();
        for image in post.images() {
            places.of += 1;
            places.kept += usize::from(missing(post, &image, &wanted) == Wanted::default());
        }
        places
    }

    fn check(&self, post: &Post, report: &mut Report) {
        let wanted = self.wanted();
        if wanted == Wanted::default() || post.engine == Engine::Plain {
            return;
        }
        for image in post.images() {
            let missing = missing(post, &image, &wanted);
            if missing == Wanted::default() {
                continue;
            }
            let found = report.at(image.span, format!("this picture lacks `{}`", written(&missing)));
            if let Some(edits) = repair(post, &image, &missing) {
                found.fix(Safety::Safe, format!("add {}", written(&missing)), edits);
            }
        }
    }
}

impl RequiredAttributes {
    fn wanted(&self) -> Wanted {
        Wanted {
            class: self.class.clone().unwrap_or_else(|| self.learned.class.clone()),
            style: self.style.clone().or_else(|| self.learned.style.clone()).filter(|style| !style.is_empty()),
        }
    }
}

/// The classes of pictures in `newest`, sorted.
fn tokens(newest: &[Post], name: &str) -> Vec<String> {
    let mut tokens: Vec<String> = values(newest, name).iter().flat_map(|value| value.split_ascii_whitespace()).map(str::to_owned).collect();
    tokens.sort();
    tokens.dedup();
    tokens
}

/// The values that an attribute of pictures has in `newest`, sorted.
fn values(newest: &[Post], name: &str) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for post in newest {
        for image in post.images() {
            if let Some(value) = post.tree.attribute(image.node, name).map(|has| has.value.text.trim()).filter(|value| !value.contains('{'))
            {
                *counts.entry(value.to_owned()).or_default() += 1;
            }
        }
    }
    counts.into_iter().filter(|(value, count)| !value.is_empty() && *count >= Habit::FEWEST).map(|(value, _)| value).collect()
}

/// In how many of `newest` all pictures are as `kept` wants them.
fn count(newest: &[Post], mut habit: Habit, kept: impl Fn(&Post, &ImageView) -> bool) -> Habit {
    for post in newest {
        let mut images = post.images().peekable();
        if images.peek().is_some() {
            habit.count(post.path, images.all(|image| kept(post, &image)));
        }
    }
    habit
}

fn has_class(post: &Post, image: &ImageView, class: &str) -> bool {
    post.tree
        .attribute(image.node, "class")
        .is_some_and(|has| has.value.text.contains('{') || has.value.text.split_ascii_whitespace().any(|one| one == class))
}

fn has_style(post: &Post, image: &ImageView, style: &str) -> bool {
    post.tree.attribute(image.node, "style").is_some_and(|has| has.value.text.contains('{') || has.value.text.trim() == style)
}

fn missing(post: &Post, image: &ImageView, wanted: &Wanted) -> Wanted {
    Wanted {
        class: wanted.class.iter().filter(|class| !has_class(post, image, class)).cloned().collect(),
        // a style of its own was meant
        style: wanted.style.clone().filter(|_| post.tree.attribute(image.node, "style").is_none()),
    }
}

fn written(wanted: &Wanted) -> String {
    let class = (!wanted.class.is_empty()).then(|| format!("class=\"{}\"", wanted.class.join(" ")));
    let style = wanted.style.iter().map(|style| format!("style=\"{style}\""));
    class.into_iter().chain(style).collect::<Vec<_>>().join(" ")
}

/// The edits that give the picture what it lacks, merged into the attributes that are there.
fn repair(post: &Post, image: &ImageView, missing: &Wanted) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let mut added = Wanted { class: Vec::new(), ..missing.clone() };
    match post.tree.attribute(image.node, "class") {
        Some(has) if !missing.class.is_empty() => {
            let is_editable = matches!(has.origin, Origin::Html | Origin::List)
                && has.value.span.of(post.text) == has.value.text
                && is_quoted(post.text, has);
            let edit = is_editable.then(|| Edit::insert(has.value.span.end, format!(" {}", missing.class.join(" "))))?;
            edits.push(edit);
        }
        _ => added.class.clone_from(&missing.class),
    }
    if added != Wanted::default() {
        edits.push(insertion(post, image.node, &written(&added))?);
    }
    Some(edits)
}
