use super::external_host;
use super::misplaced_attributes::stand_below;
use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::{Attribute, Origin};
use crate::post::{Engine, LinkView, Post};
use crate::rules::attributes::{insertion, is_quoted};
use crate::rules::habit::{Habit, Pin};
use crate::rules::{Places, Rule};
use schemars::JsonSchema;
use serde::Deserialize;

/// The share of posts, in percent, from which on an attribute is expected of the others.
const THRESHOLD: u8 = 60;
const DEFAULT_TARGET: &str = "_blank";
const DEFAULT_REL: [&str; 2] = ["noopener", "noreferrer"];
/// The tokens of `rel` that blogs put on external links.
const KNOWN_REL: [&str; 4] = ["noopener", "noreferrer", "nofollow", "external"];

/// The rule's page is rules/links/external-attributes.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExternalAttributes {
    /// The `target` that external links must have; an empty text asks for none. Without it: what the newest posts have.
    target: Option<String>,
    /// The tokens that `rel` of external links must hold. Without it: what the newest posts have.
    rel: Option<Vec<String>>,
    /// Hosts that count as the site's own, subdomains included.
    own_hosts: Vec<String>,
    /// What was learned; `None` where there was nothing to learn from.
    #[serde(skip)]
    learned: Option<Wanted>,
}

/// What an external link must carry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Wanted {
    target: Option<String>,
    rel: Vec<String>,
}

impl Rule for ExternalAttributes {
    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        let mut habits = Vec::new();
        let mut learned = Wanted::default();
        if self.target.is_none() {
            let none = Habit::new(format!("target={DEFAULT_TARGET}"), THRESHOLD, Pin::Value("target", DEFAULT_TARGET.to_owned()));
            let habit = self.count(none, newest, |post, link| {
                attribute(post, link, "target").is_some_and(|target| target.value.text.as_ref() == DEFAULT_TARGET)
            });
            learned.target = habit.holds().then(|| DEFAULT_TARGET.to_owned());
            habits.push(habit);
        }
        if self.rel.is_none() {
            for token in KNOWN_REL {
                let none = Habit::new(format!("rel={token}"), THRESHOLD, Pin::Item("rel", token.to_owned()));
                let habit = self.count(none, newest, |post, link| has_rel(post, link, token));
                if habit.holds() {
                    learned.rel.push(token.to_owned());
                }
                if habit.holds() || DEFAULT_REL.contains(&token) {
                    habits.push(habit);
                }
            }
        }
        self.learned = Some(learned);
        habits.retain(|habit| habit.of > 0);
        habits
    }

    fn places(&self, post: &Post) -> Places {
        let wanted = self.wanted();
        let mut places = Places::default();
        for link in self.external_links(post) {
            places.of += 1;
            places.kept += usize::from(missing(post, &link, &wanted) == Wanted::default());
        }
        places
    }

    fn check(&self, post: &Post, report: &mut Report) {
        let wanted = self.wanted();
        if post.engine == Engine::Plain || wanted == Wanted::default() {
            return;
        }
        for link in self.external_links(post) {
            let missing = missing(post, &link, &wanted);
            if missing == Wanted::default() || stand_below(post, link.node) {
                continue;
            }
            let found = report.at(link.span, message(&missing));
            if let Some(edits) = repair(post, &link, &missing) {
                found.fix(Safety::Safe, format!("add {}", written(&missing)), edits);
            }
        }
    }
}

impl ExternalAttributes {
    fn wanted(&self) -> Wanted {
        let fallback = || Wanted { target: Some(DEFAULT_TARGET.to_owned()), rel: DEFAULT_REL.map(str::to_owned).to_vec() };
        let learned = self.learned.clone().unwrap_or_else(fallback);
        Wanted {
            target: self.target.clone().or(learned.target).filter(|target| !target.is_empty()),
            rel: self.rel.clone().unwrap_or(learned.rel),
        }
    }

    fn external_links<'p, 'a>(&'p self, post: &'p Post<'a>) -> impl Iterator<Item = LinkView<'p, 'a>> + 'p {
        post.links().filter(|link| {
            external_host(post, &link.url.text).is_some_and(|host| {
                !self.own_hosts.iter().any(|own| host == *own || host.strip_suffix(own.as_str()).is_some_and(|rest| rest.ends_with('.')))
            })
        })
    }

    /// In how many of `newest` all external links are as `kept` wants them.
    fn count(&self, mut habit: Habit, newest: &[Post], kept: impl Fn(&Post, &LinkView) -> bool) -> Habit {
        for post in newest {
            let mut links = self.external_links(post).peekable();
            if links.peek().is_some() {
                habit.count(post.path, links.all(|link| kept(post, &link)));
            }
        }
        habit
    }
}

fn attribute<'p, 'a>(post: &'p Post<'a>, link: &LinkView, name: &str) -> Option<&'p Attribute<'a>> {
    post.tree.attribute(link.node, name)
}

fn has_rel(post: &Post, link: &LinkView, token: &str) -> bool {
    attribute(post, link, "rel").is_some_and(|rel| rel.value.text.split_ascii_whitespace().any(|has| has.eq_ignore_ascii_case(token)))
}

fn missing(post: &Post, link: &LinkView, wanted: &Wanted) -> Wanted {
    let is_unknown = |name| attribute(post, link, name).is_some_and(|attribute| attribute.value.text.contains("{{"));
    let target = wanted.target.clone().filter(|target| {
        !is_unknown("target") && attribute(post, link, "target").is_none_or(|has| has.value.text.as_ref() != target.as_str())
    });
    let rel = if is_unknown("rel") { Vec::new() } else { wanted.rel.iter().filter(|token| !has_rel(post, link, token)).cloned().collect() };
    Wanted { target, rel }
}

/// The attributes as they are written in an attribute list.
fn written(wanted: &Wanted) -> String {
    let target = wanted.target.iter().map(|target| format!("target=\"{target}\""));
    let rel = (!wanted.rel.is_empty()).then(|| format!("rel=\"{}\"", wanted.rel.join(" ")));
    target.chain(rel).collect::<Vec<_>>().join(" ")
}

fn message(missing: &Wanted) -> String {
    format!("this external link lacks `{}`", written(missing))
}

/// The edits that give the link what it lacks, merged into the attributes that are there.
fn repair(post: &Post, link: &LinkView, missing: &Wanted) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let mut added = Wanted::default();
    if let Some(target) = &missing.target {
        match own_attribute(post, link, "target") {
            Some(has) => edits.push(Edit::replace(has.value.span, target.as_str())),
            None => added.target = Some(target.clone()),
        }
    }
    if !missing.rel.is_empty() {
        match own_attribute(post, link, "rel") {
            Some(has) => {
                let space = if has.value.text.is_empty() { "" } else { " " };
                edits.push(Edit::insert(has.value.span.end, format!("{space}{}", missing.rel.join(" "))));
            }
            None => {
                // what stands elsewhere (in a definition) would be replaced, so it comes along
                let inherited = attribute(post, link, "rel").map(|rel| rel.value.text.to_string());
                added.rel = inherited
                    .iter()
                    .flat_map(|rel| rel.split_ascii_whitespace())
                    .map(str::to_owned)
                    .chain(missing.rel.iter().cloned())
                    .collect();
            }
        }
    }
    if added != Wanted::default() {
        edits.push(insertion(post, link.node, &written(&added))?);
    }
    Some(edits)
}

/// An attribute that is written at the link itself, with its value, so that it can be edited there.
fn own_attribute<'p, 'a>(post: &'p Post<'a>, link: &LinkView, name: &str) -> Option<&'p Attribute<'a>> {
    attribute(post, link, name).filter(|has| {
        let value = has.value.span.of(post.text);
        matches!(has.origin, Origin::Html | Origin::List) && value == has.value.text.as_ref() && is_quoted(post.text, has)
    })
}
