//! The rule's page is `rules/front-matter/unusual-tag.md`.

use super::terms::{self, Difference, Written};
use crate::diagnostic::{Diagnostic, Edit, Report, Safety};
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use crate::site::survey::Taxonomy;
use crate::site::term::{Folded, Term};
use crate::site::value::Value;
use crate::suggest::{did_you_mean, nearest};
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// A spelling is usual when so many posts have it, and so many times as many as have the other.
const USUAL: usize = 5;
const TIMES: usize = 4;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnusualTag {
    /// The only tags that posts may have.
    tags: Option<Vec<String>>,
    /// The only categories that posts may have.
    categories: Option<Vec<String>>,
    /// A file of `_data` (`tags` for `_data/tags.yml`) with the only tags that posts may have: a list, or the keys of a map.
    tags_data: Option<String>,
    /// The same for categories.
    categories_data: Option<String>,
    /// Tags and categories that are right as they are.
    allow: Vec<String>,
}

impl Rule for UnusualTag {
    fn check(&self, post: &Post, report: &mut Report) {
        if !matches!(post.kind, DocumentKind::Post | DocumentKind::Draft) {
            return;
        }
        for taxonomy in Taxonomy::ALL {
            let allowed = self.allowed(taxonomy, post);
            for term in terms::of(post, taxonomy).iter().filter(|term| !self.allow.contains(&term.text)) {
                match &allowed {
                    Some(allowed) => check_list(term, taxonomy, allowed, report),
                    None => check_usage(term, taxonomy, post, report),
                }
            }
        }
    }
}

impl UnusualTag {
    /// The terms that there may be; `None`: the configuration names none, or its data file cannot be read.
    fn allowed(&self, taxonomy: Taxonomy, post: &Post) -> Option<Vec<String>> {
        let (list, data) = match taxonomy {
            Taxonomy::Tags => (&self.tags, &self.tags_data),
            Taxonomy::Categories => (&self.categories, &self.categories_data),
        };
        let in_data = data.as_ref().map(|name| match post.site.data().file(name)?.value().ok()? {
            Value::Map(map) => Some(map.keys().cloned().collect::<Vec<String>>()),
            value => Some(value.items().iter().filter_map(name_of).collect()),
        });
        match (list, in_data) {
            (Some(list), None) => Some(list.clone()),
            (None, Some(in_data)) => in_data,
            (Some(list), Some(in_data)) => Some(list.iter().cloned().chain(in_data?).collect()),
            (None, None) => None,
        }
    }
}

/// An item of a list of terms: a text, or a map that names itself.
fn name_of(item: &Value) -> Option<String> {
    let own = |key| item.get(key).and_then(Value::to_text);
    item.as_str().map(str::to_owned).or_else(|| own("slug")).or_else(|| own("name")).or_else(|| own("title"))
}

fn check_list(term: &Written, taxonomy: Taxonomy, allowed: &[String], report: &mut Report) {
    if allowed.contains(&term.text) {
        return;
    }
    let meant = nearest(&term.text, allowed.iter().map(String::as_str));
    let what = taxonomy.singular();
    let found = report.at(term.span, format!("`{}` is no {what} of this site{}", term.text, did_you_mean(meant)));
    if let Some(meant) = meant {
        write(found, term, meant);
    }
}

/// Another spelling that many more posts have.
fn check_usage(term: &Written, taxonomy: Taxonomy, post: &Post, report: &mut Report) {
    let all = post.site.survey().terms(taxonomy);
    let (own, preferred) = match all.get(&term.text) {
        // many posts have the same terms
        Some(own) => (own.posts, own.preferred.get_or_init(|| preferred(&term.text, own.posts, &own.folded, all)).clone()),
        None => (1, preferred(&term.text, 1, &Folded::new(&term.text), all)),
    };
    let Some((text, usual)) = preferred.and_then(|preferred| all.get_key_value(&preferred)) else { return };
    let Some(difference) = terms::difference(&Folded::new(&term.text), &usual.folded) else { return };
    let (what, posts) = (taxonomy.singular(), if own == 1 { "1 post".to_owned() } else { format!("{own} posts") });
    let message = match difference {
        Difference::Letter => format!("unusual {what} `{}`: did you mean `{text}`?", term.text),
        _ => format!("unusual {what} `{}`: the site's own is `{text}`", term.text),
    };
    let found = report.at(term.span, message);
    found.note(format!("{} posts have `{text}`, {posts} `{}`", usual.posts, term.text));
    if let Some(evidence) = post.site.last_with(usual) {
        let span = evidence.find_span(|front_matter| place_of(front_matter, taxonomy, text));
        found.label_in(evidence.path.clone(), span.unwrap_or_default(), "as here");
    }
    write(found, term, text);
}

/// The spelling of `text`, a term of `own` posts, that many more posts have.
fn preferred(text: &str, own: usize, folded: &Folded, all: &FxHashMap<String, Term>) -> Option<String> {
    let is_usual = |other: &Term| other.posts >= USUAL && other.posts >= TIMES * own;
    // few terms are usual ones
    let others = all.iter().filter(|(other, term)| is_usual(term) && *other != text);
    let found = others.filter(|(_, term)| terms::difference(folded, &term.folded).is_some());
    found.max_by_key(|(other, term)| (term.posts, *other)).map(|(other, _)| other.clone())
}

fn place_of(front_matter: &crate::post::front_matter::FrontMatter, taxonomy: Taxonomy, text: &str) -> Option<crate::text::Span> {
    let values = taxonomy.keys().into_iter().filter_map(|key| front_matter.get(key));
    values.flat_map(|value| value.items().iter().find(|item| item.text() == Some(text)).or(Some(value))).map(|node| node.span).next()
}

fn write(found: &mut Diagnostic, term: &Written, meant: &str) {
    found.fix(Safety::Unsafe, format!("write `{meant}`"), [Edit::replace(term.span, super::quoted::flow_item(meant))]);
}
