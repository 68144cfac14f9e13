//! What the front matter of all posts says, gathered once: for rules about what posts share, or nearly share.

use super::Site;
use super::documents::Document;
use super::header::Header;
use super::outputs::is_unpublished;
use super::page::Page;
use super::term::Term;
use super::value::Value;
use crate::post::DocumentKind;
use rustc_hash::FxHashMap;

/// The two vocabularies of a blog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Taxonomy {
    Tags,
    Categories,
}

impl Taxonomy {
    pub const ALL: [Taxonomy; 2] = [Taxonomy::Tags, Taxonomy::Categories];

    /// The keys whose values Jekyll takes: the list, and the single one.
    pub fn keys(self) -> [&'static str; 2] {
        match self {
            Taxonomy::Tags => ["tags", "tag"],
            Taxonomy::Categories => ["categories", "category"],
        }
    }

    /// What people call one of them.
    pub fn singular(self) -> &'static str {
        self.keys()[1]
    }
}

/// What is gathered. Indices are those of [`Site::documents`].
#[derive(Debug, Default)]
pub struct Survey {
    titles: FxHashMap<String, Vec<usize>>,
    descriptions: FxHashMap<String, Vec<usize>>,
    urls: FxHashMap<String, Vec<usize>>,
    terms: [FxHashMap<String, Term>; 2],
}

/// A value for comparing: without letter case and with single spaces.
fn normal(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The tags or categories that a front matter gives itself.
fn terms_of(header: &Header, taxonomy: Taxonomy) -> Vec<String> {
    let mut terms = Vec::new();
    for key in taxonomy.keys() {
        match header.get(key) {
            Some(Value::String(text)) if key == taxonomy.singular() => terms.push(text.clone()),
            Some(Value::String(text)) => terms.extend(text.split_whitespace().map(str::to_owned)),
            Some(Value::List(items)) => terms.extend(items.iter().filter_map(Value::as_str).map(str::to_owned)),
            _ => {}
        }
    }
    terms.sort();
    terms.dedup();
    terms
}

impl Survey {
    fn new(site: &Site) -> Survey {
        let mut survey = Survey::default();
        for (index, document) in site.documents().iter().enumerate().filter(|(_, document)| document.exclusion.is_none()) {
            let header = document.front_matter();
            if document.kind == DocumentKind::Draft || is_unpublished(site, document, header) {
                continue;
            }
            let is_read = document.kind != DocumentKind::Post || document.file_name().date.is_some();
            if let (true, Ok(url)) = (is_read, Page::of_document(site, document).url()) {
                survey.urls.entry(url.clone()).or_default().push(index);
            }
            if document.kind == DocumentKind::Post && is_read {
                survey.add_post(index, header);
            }
        }
        survey
    }

    fn add_post(&mut self, index: usize, header: &Header) {
        let text = |key| header.get(key).and_then(Value::as_str).map(normal).filter(|text| !text.is_empty());
        if let Some(title) = text("title") {
            self.titles.entry(title).or_default().push(index);
        }
        if let Some(description) = text("description") {
            self.descriptions.entry(description).or_default().push(index);
        }
        for (taxonomy, terms) in Taxonomy::ALL.into_iter().zip(&mut self.terms) {
            for term in terms_of(header, taxonomy) {
                let term = terms.entry(term).or_insert_with_key(|text| Term::new(text));
                term.posts += 1;
                term.last = index;
            }
        }
    }

    /// The tags or categories of all posts.
    pub fn terms(&self, taxonomy: Taxonomy) -> &FxHashMap<String, Term> {
        &self.terms[taxonomy as usize]
    }
}

/// Other posts that say the same.
#[derive(Debug, Clone, Copy)]
pub struct Same<'s> {
    /// The first by path that comes before this one.
    pub earlier: &'s Document,
    /// How many others there are.
    pub others: usize,
}

impl Site {
    /// What all posts say. The first call reads the front matter of all documents.
    pub fn survey(&self) -> &Survey {
        self.survey.get_or_init(|| Survey::new(self))
    }

    /// Posts before `path` with the same title.
    pub fn same_title(&self, path: &str, title: &str) -> Option<Same<'_>> {
        self.same(self.survey().titles.get(&normal(title))?, path)
    }

    /// Posts before `path` with the same description.
    pub fn same_description(&self, path: &str, description: &str) -> Option<Same<'_>> {
        self.same(self.survey().descriptions.get(&normal(description))?, path)
    }

    /// Documents before `path` with the same URL.
    pub fn same_url(&self, path: &str, url: &str) -> Option<Same<'_>> {
        self.same(self.survey().urls.get(url)?, path)
    }

    /// A document that has the term: the last by path.
    pub fn last_with(&self, term: &Term) -> Option<&Document> {
        self.documents().get(term.last)
    }

    fn same<'s>(&'s self, indices: &[usize], path: &str) -> Option<Same<'s>> {
        let others = || indices.iter().filter_map(|&index| self.documents().get(index)).filter(|document| document.path != path);
        let earlier = others().find(|document| document.path.as_str() < path)?;
        Some(Same { earlier, others: others().count() })
    }
}
