//! Every place of a post that leads to another host, for the rules about live links.

use super::{addresses, addresses_and_sources};
use crate::markup::NodeId;
use crate::post::Post;
use crate::post::yaml::{Data, Node};
use crate::site::page::Page;
use crate::site::target::{Target, resolve};
use crate::text::Span;
use crate::web;
use rustc_hash::FxHashSet;
use url::Url;

/// Elements that name an address in an attribute other than `src` of an image or a medium.
const SOURCES: [(&str, &str); 4] = [("area", "href"), ("link", "href"), ("object", "data"), ("video", "poster")];

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
    for (id, element) in post.html_elements() {
        let own = SOURCES.iter().find(|(name, _)| *name == element.name).and_then(|(_, key)| post.tree.attribute(id, key));
        if let Some(source) = own.filter(|_| !only_connects(post, id)) {
            push(source.value.text.trim(), source.value.span, true);
        }
        if let Some(set) = post.tree.attribute(id, "srcset")
            && set.value.span.of(post.text) == set.value.text
        {
            for (at, url) in candidates(&set.value.text) {
                let start = set.value.span.start as usize + at;
                push(url, Span::new(start, start + url.len()), true);
            }
        }
    }
    places.sort_by_key(|place| place.span);
    places
}

/// `<link rel="preconnect">` names a host, and no page of it.
fn only_connects(post: &Post, id: NodeId) -> bool {
    post.tree.attribute(id, "rel").is_some_and(|rel| matches!(rel.value.text.trim(), "preconnect" | "dns-prefetch"))
}

/// The URLs of a `srcset`, with where they begin (HTML, "parse a srcset attribute").
fn candidates(set: &str) -> Vec<(usize, &str)> {
    let is_gap = |c: char| c.is_ascii_whitespace() || c == ',';
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = set.get(at..).and_then(|rest| rest.find(|c| !is_gap(c))).map(|skipped| at + skipped) {
        let rest = &set[start..];
        let length = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let url = rest[..length].trim_end_matches(',');
        found.push((start, url));
        // a comma behind the URL ends the candidate; else its descriptor does
        at = if url.len() < length { start + length } else { rest[length..].find(',').map_or(set.len(), |comma| start + length + comma) };
    }
    found
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::DocumentKind;
    use crate::site::Site;

    #[test]
    fn sets_of_sources() {
        assert_eq!(candidates("a.png, b.png 2x,c.png 3x"), [(0, "a.png"), (7, "b.png"), (16, "c.png")]);
        assert_eq!(candidates(" ,a.png 480w , b,c.png"), [(2, "a.png"), (15, "b,c.png")]);
        assert_eq!(candidates(" , "), []);
    }

    #[test]
    fn places_of_all_kinds() {
        let text = "---\nlink: https://t.io/0\nnote: see https://t.io/no\nlist: [{ a: 'https://t.io/1' }]\n---\n[a](https://t.io/2) <https://t.io/3>\n\n\
            <img src=\"https://t.io/4\" srcset=\"https://t.io/5 2x, https://t.io/6 3x\">\n\n<video poster='https://t.io/7' src='//t.io/8'></video>\n\n\
            <link rel=\"preconnect\" href=\"https://t.io/no\">\n\n<object data=\"https://t.io/9\"></object>\n\n`<https://t.io/no>`\n";
        let site = Site::none();
        let post = Post::parse("_posts/2024-01-01-a.md", DocumentKind::Post, text, &site);
        let found: Vec<String> = places(&post).iter().map(|place| place.span.of(text).to_owned()).collect();
        let expected: Vec<String> =
            (0..10).map(|number| if number == 8 { "//t.io/8".into() } else { format!("https://t.io/{number}") }).collect();
        assert_eq!(found, expected);
    }
}
