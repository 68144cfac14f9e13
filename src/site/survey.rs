//! What the front matter of all documents says, gathered once: their URLs, and what posts share, or nearly share.

use super::Site;
use super::documents::Document;
use super::header::Header;
use super::outputs::is_unpublished;
use super::permalink::NoUrl;
use super::term::Term;
use super::value::Value;
use crate::post::DocumentKind;
use rustc_hash::FxHashMap;
use std::hash::{DefaultHasher, Hasher};

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

/// What the site has to know of a document. Its front matter is read for that, and not kept: of a blog of 14,000 posts all
/// front matter would be most of the memory.
#[derive(Debug)]
pub(super) struct Facts {
    pub is_rendered: bool,
    pub is_unpublished: bool,
    pub url: Result<Box<str>, NoUrl>,
    /// Other URLs that lead to it, as its front matter has them.
    pub redirects: Vec<String>,
}

/// A thread of its own reads so many documents at least.
const FEWEST_FOR_A_THREAD: usize = 200;

/// Documents by the hash of what they say, sorted: first the hash, then the index.
type Index = Vec<(u64, u32)>;

/// What is gathered. Indices are those of [`Site::documents`].
#[derive(Debug, Default)]
pub struct Survey {
    facts: Vec<Facts>,
    titles: Index,
    descriptions: Index,
    urls: Index,
    terms: [FxHashMap<String, Term>; 2],
}

/// A value for comparing: without letter case and with single spaces.
fn normal(text: &str) -> String {
    // nearly all texts have single spaces already
    let is_blank = |byte: u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let mut was_space = true;
    let is_spaced = text.bytes().all(|byte| {
        let is_fine = !is_blank(byte) || (byte == b' ' && !was_space);
        was_space = byte == b' ';
        is_fine
    });
    if is_spaced && !was_space && text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut normal = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        normal.push_str(if normal.is_empty() { "" } else { " " });
        normal.push_str(&word.to_lowercase());
    }
    normal
}

/// With 64 bits of SipHash, two texts of a million would be taken for one in one of forty million blogs.
fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// The documents with this hash, in the order of their paths.
fn with_hash(index: &Index, hash: u64) -> impl Iterator<Item = usize> + Clone {
    let start = index.partition_point(|(other, _)| *other < hash);
    index[start..].iter().take_while(move |(other, _)| *other == hash).map(|(_, document)| *document as usize)
}

/// `redirect_from` of jekyll-redirect-from, `alias` and `aliases` of others: one URL or a list.
pub(super) fn redirects(header: &Header) -> impl Iterator<Item = &str> {
    let lists = ["redirect_from", "alias", "aliases"].into_iter().filter_map(|key| header.get(key));
    lists.flat_map(|from| std::slice::from_ref(from).iter().chain(from.items())).filter_map(Value::as_str)
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

/// Keys that a survey looks at, those that make a URL included.
fn is_surveyed(key: &str) -> bool {
    matches!(key, "title" | "description" | "permalink" | "date" | "slug" | "published" | "redirect_from" | "alias" | "aliases")
        || Taxonomy::ALL.iter().any(|taxonomy| taxonomy.keys().contains(&key))
}

impl Survey {
    fn new(site: &Site) -> Survey {
        let documents = site.documents();
        let size = documents.len().div_ceil(rayon::current_num_threads()).max(FEWEST_FOR_A_THREAD);
        let parts: Vec<_> = documents.chunks(size).enumerate().map(|(part, documents)| (part * size, documents)).collect();
        let mut survey = match parts.as_slice() {
            [] => Survey::default(),
            [(first, documents)] => Survey::of(site, *first, documents),
            parts => Survey::together(site, parts),
        };
        for index in [&mut survey.titles, &mut survey.descriptions, &mut survey.urls] {
            index.sort_unstable();
            index.shrink_to_fit();
        }
        survey
    }

    /// Threads of their own, not those of the pool: while these wait for the survey, they have no time to make it.
    fn together(site: &Site, parts: &[(usize, &[Document])]) -> Survey {
        std::thread::scope(|scope| {
            let threads: Vec<_> = parts.iter().map(|(first, documents)| scope.spawn(|| Survey::of(site, *first, documents))).collect();
            let mut survey = Survey::default();
            for (thread, (first, documents)) in threads.into_iter().zip(parts) {
                survey.append(thread.join().unwrap_or_else(|_| Survey::of(site, *first, documents)));
            }
            survey
        })
    }

    /// What documents say, of which the first has this index.
    fn of(site: &Site, first: usize, documents: &[Document]) -> Survey {
        let mut survey = Survey { facts: Vec::with_capacity(documents.len()), ..Survey::default() };
        for (index, document) in (first..).zip(documents) {
            document.with_keys(is_surveyed, |header| survey.add(site, index, document, header));
        }
        survey
    }

    /// Adds what later documents say.
    fn append(&mut self, later: Survey) {
        self.facts.extend(later.facts);
        self.titles.extend(later.titles);
        self.descriptions.extend(later.descriptions);
        self.urls.extend(later.urls);
        for (terms, later) in self.terms.iter_mut().zip(later.terms) {
            for (text, more) in later {
                let term = terms.entry(text).or_insert_with_key(|text| Term::new(text));
                term.posts += more.posts;
                term.last = more.last;
            }
        }
    }

    fn add(&mut self, site: &Site, index: usize, document: &Document, header: &Header) {
        let facts = Facts {
            is_rendered: header.is_rendered,
            is_unpublished: is_unpublished(site, document, header),
            url: site.url_with(document, header).map(String::into_boxed_str),
            redirects: redirects(header).map(str::to_owned).collect(),
        };
        let is_published = document.exclusion.is_none() && document.kind != DocumentKind::Draft && !facts.is_unpublished;
        let is_read = document.kind != DocumentKind::Post || document.file_name().date.is_some();
        if is_published && is_read {
            self.urls.extend(facts.url.iter().map(|url| (hash(url), index as u32)));
            if document.kind == DocumentKind::Post {
                self.add_post(index, header);
            }
        }
        self.facts.push(facts);
    }

    fn add_post(&mut self, index: usize, header: &Header) {
        let text = |key| header.get(key).and_then(Value::as_str).map(normal).filter(|text| !text.is_empty());
        self.titles.extend(text("title").map(|title| (hash(&title), index as u32)));
        self.descriptions.extend(text("description").map(|description| (hash(&description), index as u32)));
        for (taxonomy, terms) in Taxonomy::ALL.into_iter().zip(&mut self.terms) {
            for term in terms_of(header, taxonomy) {
                let term = terms.entry(term).or_insert_with_key(|text| Term::new(text));
                term.posts += 1;
                term.last = index;
            }
        }
    }

    /// What is known of the document with this index.
    pub(super) fn facts(&self, index: usize) -> Option<&Facts> {
        self.facts.get(index)
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
        self.same(with_hash(&self.survey().titles, hash(&normal(title))), path)
    }

    /// Posts before `path` with the same description.
    pub fn same_description(&self, path: &str, description: &str) -> Option<Same<'_>> {
        self.same(with_hash(&self.survey().descriptions, hash(&normal(description))), path)
    }

    /// Documents before `path` with the same URL.
    pub fn same_url(&self, path: &str, url: &str) -> Option<Same<'_>> {
        self.same(with_hash(&self.survey().urls, hash(url)), path)
    }

    /// A document that has the term: the last by path.
    pub fn last_with(&self, term: &Term) -> Option<&Document> {
        self.documents().get(term.last)
    }

    fn same<'s>(&'s self, indices: impl Iterator<Item = usize> + Clone, path: &str) -> Option<Same<'s>> {
        let others = || indices.clone().filter_map(|index| self.documents().get(index)).filter(|document| document.path != path);
        let earlier = others().find(|document| document.path.as_str() < path)?;
        Some(Same { earlier, others: others().count() })
    }
}
