//! The rule's page is `rules/site/duplicate-url.md`.

use super::show;
use crate::diagnostic::Report;
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use crate::site::header::Header;
use crate::site::page::Page;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DuplicateUrl {}

impl Rule for DuplicateUrl {
    fn check(&self, post: &Post, report: &mut Report) {
        let is_published = post.site.document(post.path).is_some_and(|document| document.exclusion.is_none());
        let is_hidden = post.front_matter.get("published").is_some_and(|published| !published.is_truthy());
        if post.kind == DocumentKind::Draft || !is_published || is_hidden {
            return;
        }
        let page = Page::of_post(post);
        let Ok(url) = page.url() else { return };
        let Some(same) = post.site.same_url(post.path, url) else { return };
        // plugins for languages give all translations one URL
        let language = |header: &Header| ["lang", "locale", "language"].map(|key| header.get(key).cloned());
        if language(page.header()) != language(same.earlier.front_matter()) {
            return;
        }
        let span = post.front_matter.get("permalink").map_or(Span::default(), |permalink| permalink.span);
        let found = report.at(span, format!("`{}` has the same URL `{url}`", same.earlier.path));
        show(found, same.earlier, "permalink", "one of the two is written over the other");
    }
}
