//! Every place of a post that leads to another host, for the rules about live links.

use super::{addresses, addresses_and_sources};
use crate::post::Post;
use crate::post::yaml::{Data, Node};
use crate::site::page::Page;
use crate::site::target::{Target, resolve};
use crate::text::Span;
use crate::web;
use rustc_hash::FxHashSet;
use url::Url;

/// A place that names an address on the web.
#[derive(Debug, Clone)]
pub struct Place<'p> {
    /// As it is written, Liquid included.
    pub text: &'p str,
    pub span: Span,
    /// Where it leads, user info left out.
    pub url: Url,
    /// What is there is loaded into the page.
    pub is_loaded: bool,
}

/// The places of a post in the order of the file.
pub fn places<'p>(post: &'p Post<'_>) -> Vec<Place<'p>> {
    let page = Page::of_post(post);
    let mut places = Vec::new();
    let mut seen: FxHashSet<Span> = FxHashSet::default();
    let mut push = |text: &'p str, span: Span, is_loaded: bool| {
        // nothing else can lead to another host; a path is not worth an evaluation
        if (text.contains("//") || text.contains("{{"))
            && let Target::External(address) = resolve(&page, text)
            && !address.contains(['{', '}'])
            && let Some(url) = web::target(&address)
            && seen.insert(span)
        {
            places.push(Place { text, span, url, is_loaded });
        }
    };
    for entry in post.front_matter.entries() {
        in_value(&entry.value, post, &mut push);
    }
    addresses(post).for_each(|link| push(link.url, link.span, false));
    // the links come again, and are known
    addresses_and_sources(post).for_each(|source| push(source.url, source.span, true));
    places.sort_by_key(|place| place.span);
    places
}

/// Values of the front matter that are an address and nothing else.
fn in_value<'p>(value: &'p Node<'_>, post: &Post, push: &mut impl FnMut(&'p str, Span, bool)) {
    match &value.data {
        Data::String(text) if text.starts_with("http://") || text.starts_with("https://") => {
            let text = text.trim();
            if text.contains(char::is_whitespace) {
                return;
            }
            // the bytes between the quotes; what has escapes in it keeps the whole
            let start = value.span.start as usize;
            let span = value.span.of(post.text).find(text).map_or(value.span, |at| Span::new(start + at, start + at + text.len()));
            push(text, span, false);
        }
        Data::Sequence(items) => items.iter().for_each(|item| in_value(item, post, push)),
        Data::Mapping(entries) => entries.iter().for_each(|entry| in_value(&entry.value, post, push)),
        _ => {}
    }
}
