//! URLs: pictures, posts and pages of the site, headings of the post.

use super::place::Place;
use super::{Candidate, Offer};
use crate::lint::{Document, Session};
use crate::markup::Kind;
use crate::post::DocumentKind;
use crate::site::Site;
use crate::site::page::Page;
use crate::site::value::Value;
use lsp_types::CompletionItemKind;

/// Extensions of pictures.
const PICTURES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico"];

/// What may stand at the cursor; `None` where no URL is being written.
pub fn offer(place: &Place, session: &Session, document: &Document, text: &str) -> Option<Offer> {
    let site = session.site();
    let (typed, is_picture) = url_at(place.before())?;
    if let Some(name) = typed.strip_prefix('#') {
        return Some(Offer { candidates: headings(session, document, text), typed: place.typed(name) });
    }
    let (typed, has_base) = without_base(typed);
    if !(typed.is_empty() || typed.starts_with('/')) {
        return None;
    }
    // what is written in front of a path, where the author has not done so
    let base = site.config.baseurl.as_deref().unwrap_or_default().trim_matches('/');
    let prefix = if has_base || base.is_empty() { "" } else { "{{ site.baseurl }}" };
    let candidates = if is_picture { pictures(site, prefix) } else { pages(site, document, prefix) };
    Some(Offer { candidates, typed: place.typed(typed) })
}

/// The beginning of the URL that is being written at the end of `before`, and whether it is that of a picture.
fn url_at(before: &str) -> Option<(&str, bool)> {
    let openers = [("](", None), ("src=\"", Some(true)), ("src='", Some(true)), ("href=\"", Some(false)), ("href='", Some(false))];
    let (at, opener, is_picture) =
        openers.iter().filter_map(|(opener, is_picture)| Some((before.rfind(opener)?, *opener, *is_picture))).max_by_key(|(at, ..)| *at)?;
    let typed = before.get(at + opener.len()..)?;
    let end: &[char] = if opener == "](" { &[')', '<'] } else { &['"', '\''] };
    // a quote is part of Liquid, and white space too
    let outside = typed.rfind("}}").map_or(typed, |at| typed.get(at..).unwrap_or_default());
    if !typed.contains("{{") && (typed.contains(end) || typed.contains(' ')) || outside.contains(')') {
        return None;
    }
    let is_picture = is_picture.unwrap_or_else(|| {
        let text = before.get(..at).unwrap_or_default();
        opening_bracket(text).is_some_and(|open| text.get(..open).is_some_and(|text| text.ends_with('!')))
    });
    Some((typed, is_picture))
}

/// Where the bracket stands that a `]` behind `text` closes: `[![a](b)` is open at its start.
fn opening_bracket(text: &str) -> Option<usize> {
    let mut closed = 0;
    for (at, bracket) in text.rmatch_indices(['[', ']']) {
        match bracket {
            "]" => closed += 1,
            _ if closed == 0 => return Some(at),
            _ => closed -= 1,
        }
    }
    None
}

/// What is typed behind `{{ site.baseurl }}`, or within the string of `{{ '/…' | relative_url }}`; and whether there was such a
/// thing.
fn without_base(typed: &str) -> (&str, bool) {
    let Some(open) = typed.rfind("{{") else { return (typed, false) };
    let inside = typed.get(open + 2..).unwrap_or_default();
    match inside.split_once("}}") {
        Some((_, behind)) => (behind, true),
        None => inside.trim_start().strip_prefix(['"', '\'']).map_or((typed, true), |string| (string, true)),
    }
}

/// Pictures of the site by path, with `prefix` in front.
pub fn pictures(site: &Site, prefix: &str) -> Vec<Candidate> {
    let is_picture =
        |path: &str| path.rsplit_once('.').is_some_and(|(_, ext)| PICTURES.iter().any(|known| known.eq_ignore_ascii_case(ext)));
    let published = site.files().files().filter(|(path, entry)| is_picture(path) && site.files().exclusion(entry).is_none());
    let mut paths: Vec<String> = published.map(|(path, _)| format!("/{path}")).collect();
    paths.sort();
    paths.into_iter().map(|path| candidate(path, prefix, CompletionItemKind::FILE)).collect()
}

/// Posts, the newest first, then other documents and pages, by URL.
fn pages(site: &Site, document: &Document, prefix: &str) -> Vec<Candidate> {
    let posts = site.posts_newest_first().into_iter();
    let others = site.documents().iter().filter(|other| !matches!(other.kind, DocumentKind::Post | DocumentKind::Draft));
    let published = posts.chain(others).filter(|other| other.exclusion.is_none() && other.path != document.path);
    let found = published.filter_map(|other| {
        let page = Page::of_document(site, other);
        let url = page.url().as_ref().ok()?.clone();
        let title = other.front_matter().get("title").and_then(Value::to_text).filter(|title| !title.is_empty());
        let detail = Some(title.clone().unwrap_or_else(|| other.path.clone()));
        Some(Candidate { detail, also: title, ..candidate(url, prefix, CompletionItemKind::REFERENCE) })
    });
    found.collect()
}

fn candidate(path: String, prefix: &str, kind: CompletionItemKind) -> Candidate {
    let text = path.replace(' ', "%20");
    Candidate { text: Some(format!("{prefix}{text}")), ..Candidate::new(path, kind) }
}

/// The ids of the post's own headings.
fn headings(session: &Session, document: &Document, text: &str) -> Vec<Candidate> {
    let found = session.read(document, text, |post, _| {
        let headings = post.constructs().headings.iter().filter_map(|&(id, _)| match &post.tree.node(id).kind {
            Kind::Heading(heading) => {
                Some(Candidate::new(heading.id.as_deref()?, CompletionItemKind::REFERENCE).detail(heading.content.of(post.text)))
            }
            _ => None,
        });
        headings.collect()
    });
    found.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_begins_where_its_link_says() {
        assert_eq!(url_at("see [this](/blog/"), Some(("/blog/", false)));
        assert_eq!(url_at("![a](/img/"), Some(("/img/", true)));
        assert_eq!(url_at("[![a](/img/x.png)](/bl"), Some(("/bl", false)));
        assert_eq!(url_at("<img alt=\"x\" src=\"/i"), Some(("/i", true)));
        assert_eq!(url_at("![a]({{ site.baseurl }}/img"), Some(("{{ site.baseurl }}/img", true)));
        assert_eq!(url_at("[done](/x) and more"), None);
        assert_eq!(url_at("no link (at all"), None);
    }

    #[test]
    fn liquid_in_front_of_a_path_is_not_the_path() {
        assert_eq!(without_base("/img"), ("/img", false));
        assert_eq!(without_base("{{ site.baseurl }}/img"), ("/img", true));
        assert_eq!(without_base("{{ '/im"), ("/im", true));
        assert_eq!(without_base("{{ page.x"), ("{{ page.x", true));
    }
}
