//! The document that a URL or a Liquid expression stands in.

use super::Site;
use super::documents::{Document, Place, place_of};
use super::file_name::title_of_slug;
use super::header::Header;
use super::permalink::{self, Url};
use super::value::Value;
use crate::post::front_matter::FrontMatter;
use crate::post::{DocumentKind, Post};
use std::cell::OnceCell;
use std::path::Path;

/// What Liquid calls `page`: a document with its front matter and its defaults.
///
/// Make one a check: front matter is converted, and the URL computed, when first asked for.
pub struct Page<'a> {
    pub site: &'a Site,
    /// Relative to the site's root.
    pub path: &'a str,
    document: Owner<'a>,
    source: HeaderSource<'a>,
    header: OnceCell<Header>,
    url: OnceCell<Url>,
}

/// A document of the site, or one that the site does not list.
enum Owner<'a> {
    Known(&'a Document),
    Own(Box<Document>),
}

enum HeaderSource<'a> {
    Parsed(&'a FrontMatter<'a>),
    Document,
}

impl<'a> Page<'a> {
    /// The page of a post, with the front matter that was parsed (which need not be the one on disk).
    pub fn of_post(post: &'a Post<'_>) -> Page<'a> {
        Page::new(post.site, post.path, post.kind, HeaderSource::Parsed(&post.front_matter))
    }

    /// The page of a document of the site.
    pub fn of_document(site: &'a Site, document: &'a Document) -> Page<'a> {
        Page::new(site, &document.path, document.kind, HeaderSource::Document)
    }

    fn new(site: &'a Site, path: &'a str, kind: DocumentKind, source: HeaderSource<'a>) -> Page<'a> {
        let document = match site.document(path) {
            Some(document) => Owner::Known(document),
            None => {
                let source_path = site.source_path(path);
                let collection = match kind {
                    DocumentKind::Page => None,
                    _ => Some("posts".to_owned()),
                };
                let place = place_of(source_path, &site.config).unwrap_or(Place { kind, collection });
                Owner::Own(Box::new(Document::new(&site.config, site.root.as_deref().unwrap_or(Path::new("")), source_path, place)))
            }
        };
        Page { site, path, document, source, header: OnceCell::new(), url: OnceCell::new() }
    }

    pub fn document(&self) -> &Document {
        match &self.document {
            Owner::Known(document) => document,
            Owner::Own(document) => document,
        }
    }

    /// Its front matter.
    pub fn header(&self) -> &Header {
        match self.source {
            HeaderSource::Parsed(parsed) => self.header.get_or_init(|| Header::of(parsed, parsed.is_present())),
            HeaderSource::Document => self.document().front_matter(),
        }
    }

    /// Its URL without `baseurl`.
    pub fn url(&self) -> &Url {
        self.url.get_or_init(|| self.site.url_with(self.document(), self.header()))
    }

    /// The value of `page.key` in Liquid; `None` where it is not known.
    pub fn value(&self, key: &str) -> Option<Value> {
        if !self.header().known {
            return None;
        }
        match key {
            "url" => return self.url().as_ref().ok().map(|url| Value::String(url.clone())),
            "path" => return Some(Value::from(self.document().relative_path(&self.site.config))),
            "content" | "output" | "excerpt" | "next" | "previous" | "id" | "date" | "dir" => return None,
            _ => {}
        }
        let document = self.document();
        let value = self.site.document_value(document, self.header(), key);
        if document.kind == DocumentKind::Page {
            return Some(value.unwrap_or(Value::Null));
        }
        let name = document.file_name();
        match key {
            "title" if value.as_ref().is_none_or(Value::is_falsy) => Some(Value::String(title_of_slug(name.slug))),
            "slug" if value.as_ref().is_none_or(Value::is_falsy) => Some(Value::from(name.slug)),
            "ext" if value.is_none() => Some(Value::from(name.ext)),
            "collection" => Some(document.collection.as_deref().map_or(Value::Null, Value::from)),
            "categories" => {
                let categories = permalink::categories_of(self.site, document, self.header())?;
                Some(Value::List(categories.into_iter().map(Value::String).collect()))
            }
            "tags" | "draft" => None,
            _ => Some(value.unwrap_or(Value::Null)),
        }
    }
}
