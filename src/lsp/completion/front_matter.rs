//! Keys of the front matter, and values that other posts have: tags, categories, authors, layouts, pictures.

use super::place::Place;
use super::{Candidate, Offer, url};
use crate::lint::Document;
use crate::post::DocumentKind;
use crate::rules::front_matter::known_keys;
use crate::rules::images::is_picture_key;
use crate::site::Site;
use crate::site::value::{Map, Value};
use crate::style::pin::scalar;
use lsp_types::CompletionItemKind;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// Keys whose values are a post's own: nobody else's are of any help.
const OWN: [&str; 14] = [
    "title",
    "subtitle",
    "description",
    "excerpt",
    "summary",
    "permalink",
    "slug",
    "redirect_from",
    "redirect_to",
    "date",
    "last_modified_at",
    "guid",
    "canonical_url",
    "link",
];

/// Data files and maps of `_config.yml` that hold authors.
const AUTHORS: [&str; 4] = ["authors", "author", "people", "team"];

/// What may stand at the cursor.
pub fn offer(place: &Place, site: &Site, document: &Document) -> Option<Offer> {
    let before = place.before();
    if before.chars().all(is_part_of_key) && !before.starts_with('-') {
        return Some(Offer { candidates: keys(place, site, document), typed: place.typed(before) });
    }
    let (key, typed) = value_at(place)?;
    let is_path = is_picture_key(key) && (typed.is_empty() || typed.starts_with('/'));
    let candidates = if is_path { url::pictures(site, "") } else { values(key, site, document) };
    // `key:` alone needs a space before the value
    let space = if before.ends_with(':') { " " } else { "" };
    let candidates = candidates.into_iter().map(|candidate| {
        let text = candidate.text.unwrap_or_else(|| scalar(&candidate.label));
        Candidate { text: Some(format!("{space}{text}")), ..candidate }
    });
    Some(Offer { candidates: candidates.collect(), typed: place.typed(typed) })
}

/// The key whose value the cursor stands in, and what is typed of the value.
fn value_at<'t>(place: &Place<'t>) -> Option<(&'t str, &'t str)> {
    let before = place.before();
    let trimmed = before.trim_start();
    let (key, value) = match trimmed.strip_prefix('-') {
        Some(item) if item.is_empty() || item.starts_with(' ') => (key_of_list(place)?, item.trim_start()),
        _ => {
            let (key, value) = before.split_once(':')?;
            let value = value.trim_start();
            (key, value.strip_prefix('[').map_or(value, |items| items.rsplit(',').next().unwrap_or(items).trim_start()))
        }
    };
    // `- name: x` and the like are maps, of which nothing is known
    let is_key = !key.is_empty() && key.chars().all(is_part_of_key);
    (is_key && !value.contains(": ")).then_some((key, value.trim_start_matches(['"', '\''])))
}

/// The key above the list that the cursor stands in.
fn key_of_list<'t>(place: &Place<'t>) -> Option<&'t str> {
    let line = place.above().find(|line| !line.trim_start().starts_with('-') && !line.trim().is_empty())?;
    let (key, rest) = line.split_once(':')?;
    rest.trim().is_empty().then_some(key)
}

fn is_part_of_key(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// Keys that other posts have, by how many have them, then those that Jekyll and its plugins know.
fn keys(place: &Place, site: &Site, document: &Document) -> Vec<Candidate> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let others = others(site, document);
    for other in &others {
        other.keys().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    known_keys::all().keys().for_each(|key| {
        counts.entry(key).or_default();
    });
    let has = |key: &str| place.text.lines().skip(1).take_while(|line| line.trim_end() != "---").any(|line| has_key(line, key));
    let mut counts: Vec<(&str, usize)> = counts.into_iter().filter(|(key, _)| !has(key)).collect();
    counts.sort_by_key(|&(key, count)| (Reverse(count), key));
    let colon = if place.after().trim_start().starts_with(':') { "" } else { ": " };
    let candidate = |(key, count): (&str, usize)| {
        let used = format!("in {count} of {} posts", others.len());
        let candidate = Candidate::new(key, CompletionItemKind::PROPERTY).detail(if count > 0 { used } else { "Jekyll".to_owned() });
        Candidate { text: Some(format!("{key}{colon}")), ..candidate }
    };
    counts.into_iter().map(candidate).collect()
}

fn has_key(line: &str, key: &str) -> bool {
    line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// Values of `key`: those of the site's data, then those that other posts have, by how many have them.
fn values(key: &str, site: &Site, document: &Document) -> Vec<Candidate> {
    if OWN.contains(&key) {
        return Vec::new();
    }
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for value in others(site, document).iter().filter_map(|other| other.get(key)) {
        let values = if let Value::List(items) = value { items.as_slice() } else { std::slice::from_ref(value) };
        for text in values.iter().filter_map(Value::to_text).filter(|text| !text.is_empty() && !text.contains('\n')) {
            *counts.entry(text).or_default() += 1;
        }
    }
    let known = match key {
        "layout" => site.layouts(),
        "author" | "authors" => authors(site),
        _ => Vec::new(),
    };
    for value in known {
        counts.entry(value).or_default();
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then_with(|| a.cmp(b)));
    let used = |count: usize| if count == 1 { "in 1 post".to_owned() } else { format!("in {count} posts") };
    counts.into_iter().map(|(value, count)| Candidate::new(value, CompletionItemKind::VALUE).detail(used(count))).collect()
}

/// The authors that the site's data or its configuration lists.
fn authors(site: &Site) -> Vec<String> {
    let data = AUTHORS.iter().filter_map(|name| site.data().file(name)?.value().ok());
    let configured = AUTHORS.iter().filter_map(|name| site.config.values.get(*name));
    data.chain(configured).filter_map(Value::as_map).flat_map(|map| map.keys().cloned()).collect()
}

/// The front matter of the other posts and drafts.
fn others<'s>(site: &'s Site, document: &Document) -> Vec<&'s Map> {
    let is_like_it = |kind: DocumentKind| match document.kind {
        DocumentKind::Post | DocumentKind::Draft => matches!(kind, DocumentKind::Post | DocumentKind::Draft),
        own => kind == own,
    };
    let others = site.documents().iter().filter(|other| is_like_it(other.kind) && other.path != document.path);
    others.map(|other| &other.front_matter().values).collect()
}
