//! What the site was before the change that is looked at (`--changed`): which files are new, which were others, which
//! are gone, and what was behind the URLs that nothing answers to any more.

use super::Site;
use super::documents::{Document, place_of};
use super::files::join;
use super::header::Header;
use super::outputs::is_unpublished;
use super::page::Page;
use super::url;
use crate::post::DocumentKind;
use crate::post::front_matter::FrontMatter;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The site before and after. Paths are relative to the site's root, with `/`.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The day of the run, in the site's zone.
    pub today: Date,
    /// Files that are there and were changed, with what they were.
    pub touched: FxHashMap<String, Before>,
    /// Files that are there no more; the text of those that were documents.
    pub gone: BTreeMap<String, Option<Arc<str>>>,
    urls: OnceLock<FxHashMap<String, Gone>>,
}

/// What a file was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// The file is new.
    Nothing,
    File {
        path: String,
        /// `None` where it was not text, or no document.
        text: Option<Arc<str>>,
    },
}

/// A document that had a URL which it has no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its path then.
    pub path: String,
    /// The URL that it has now.
    pub now: Option<String>,
}

impl Comparison {
    pub fn new(today: Date, touched: FxHashMap<String, Before>, gone: BTreeMap<String, Option<Arc<str>>>) -> Comparison {
        Comparison { today, touched, gone, urls: OnceLock::new() }
    }

    /// Whether links of files that were not touched may have lost what they lead to.
    pub fn takes_something_away(&self) -> bool {
        !self.gone.is_empty() || self.touched.values().any(|before| matches!(before, Before::File { text: Some(_), .. }))
    }

    /// Whether the file `path` is new, or was a draft.
    pub fn is_newly_published(&self, site: &Site, path: &str) -> bool {
        match self.touched.get(path) {
            Some(Before::Nothing) => true,
            Some(Before::File { path: old, .. }) => site.kind_of(old) == DocumentKind::Draft,
            None => false,
        }
    }

    /// The URL that the document `path` had, with its old front matter; `None` where it is new, was not published, or its
    /// URL is not known.
    pub fn url_before(&self, site: &Site, path: &str) -> Option<(String, Header)> {
        match self.touched.get(path)? {
            Before::File { path, text: Some(text) } => url_of(site, path, text),
            _ => None,
        }
    }

    /// The file that was at a decoded path of a URL (a slash in front, no `baseurl`) at which nothing is now.
    pub fn file_gone<'c>(&'c self, site: &Site, path: &str) -> Option<&'c str> {
        let file = join(&site.config.source, path.trim_start_matches('/'));
        self.gone.get_key_value(&file).map(|(path, _)| path.as_str())
    }

    /// The document that was at such a path.
    pub fn document_gone(&self, site: &Site, path: &str) -> Option<&Gone> {
        self.urls.get_or_init(|| self.lost_urls(site)).get(bare(path))
    }

    fn lost_urls(&self, site: &Site) -> FxHashMap<String, Gone> {
        let mut urls = FxHashMap::default();
        for (path, text) in &self.gone {
            let url = text.as_ref().and_then(|text| url_of(site, path, text));
            urls.extend(url.map(|(url, _)| (bare(&url::decode(&url)).to_owned(), Gone { path: path.clone(), now: None })));
        }
        for (path, before) in &self.touched {
            let Before::File { path: old_path, text: Some(text) } = before else { continue };
            let Some((old, _)) = url_of(site, old_path, text) else { continue };
            let now = site.document(path).and_then(|document| Page::of_document(site, document).url().clone().ok());
            if now.as_ref() != Some(&old) {
                urls.insert(bare(&url::decode(&old)).to_owned(), Gone { path: old_path.clone(), now });
            }
        }
        urls
    }
}

/// The same for the ways in which a server is asked for one page: `/a`, `/a/`, `/a.html`, `/a/index.html`.
fn bare(url: &str) -> &str {
    let url = url.strip_suffix("index.html").unwrap_or(url);
    url.strip_suffix(".html").unwrap_or(url).trim_end_matches('/')
}

/// The URL of a document by its path and text then, under the configuration of now.
fn url_of(site: &Site, path: &str, text: &str) -> Option<(String, Header)> {
    let source_path = site.source_path(path);
    let place = place_of(source_path, &site.config).filter(|place| place.kind != DocumentKind::Draft)?;
    let document = Document::new(&site.config, site.root.as_deref().unwrap_or(Path::new("")), source_path, place);
    let front_matter = FrontMatter::parse(text);
    let header = Header::of(&front_matter, front_matter.is_present());
    let is_page = header.is_rendered && !is_unpublished(site, &document, &header);
    let url = site.url_with(&document, &header).ok().filter(|_| is_page)?;
    Some((url, header))
}

impl Site {
    /// Today in the site's zone.
    pub fn today(&self) -> Date {
        jiff::Timestamp::now().to_zoned(self.zone.clone()).date()
    }
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn a_page_has_several_addresses() {
        for url in ["/a/b", "/a/b/", "/a/b.html", "/a/b/index.html"] {
            assert_eq!(bare(url), "/a/b");
        }
    }
}
