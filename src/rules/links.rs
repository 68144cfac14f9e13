//! Rules about links and their attributes.

pub mod absolute_internal;
pub mod bare_url;
pub mod broken_anchor;
pub mod broken_internal;
pub mod credentials;
pub mod dead;
pub mod empty_url;
pub mod external;
pub mod external_attributes;
pub mod former_url;
pub mod incomplete_toc;
pub mod insecure_http;
pub mod invalid_target;
pub mod local_host;
pub mod misplaced_attributes;
pub mod missing_baseurl;
pub mod missing_scheme;
pub mod moved;
pub mod redirector;
pub mod trailing_punctuation;
pub mod uncertain;

mod address;

use crate::diagnostic::Edit;
use crate::markup::{HtmlElement, Kind, LinkStyle, NodeId, Value};
use crate::post::Post;
use crate::site::target::Target;
use crate::text::Span;
pub use address::Authority;
use external::Place;
use rustc_hash::FxHashSet;

/// Elements that load a page or a medium from their `src`.
const EMBEDDING: [&str; 7] = ["iframe", "video", "audio", "source", "embed", "script", "track"];

/// The rules about live links: they say what the web said, in runs that ask it.
pub const LIVE: [&str; 3] = ["links/dead", "links/moved", "links/uncertain"];

/// A URL of the document, with the bytes it is written in.
pub(super) struct Address<'p> {
    pub node: NodeId,
    /// As it is written, without white space around it.
    pub url: &'p str,
    pub span: Span,
}

impl<'p> Address<'p> {
    fn new(node: NodeId, url: &'p Value<'_>) -> Address<'p> {
        Address { node, url: url.text.trim(), span: url.span }
    }
}

/// The targets of all links. A definition that several links use comes once.
pub(super) fn addresses<'p>(post: &'p Post<'_>) -> impl Iterator<Item = Address<'p>> {
    let mut is_new = news();
    post.links().filter(move |link| is_new(link.style, link.url.span)).map(|link| Address::new(link.node, link.url))
}

/// The same, with what pictures and embedded pages load.
pub(super) fn addresses_and_sources<'p>(post: &'p Post<'_>) -> impl Iterator<Item = Address<'p>> {
    let links = post.links().map(|link| (link.style, link.node, link.url));
    let images = post.images().map(|image| (image.style, image.node, image.url));
    let is_embedding = |element: &HtmlElement| EMBEDDING.contains(&element.name.as_ref());
    let embedding = post.html_elements().filter(move |(_, element)| is_embedding(element));
    let embedded = embedding.filter_map(|(node, _)| Some((None, node, &post.tree.attribute(node, "src")?.value)));
    let mut is_new = news();
    let all = links.chain(images).chain(embedded).filter(move |(style, _, url)| is_new(*style, url.span));
    all.map(|(_, node, url)| Address::new(node, url))
}

/// The links of a post that stay in the site or may, each with what is there.
pub(super) fn internal_targets<'p>(post: &'p Post<'_>) -> impl Iterator<Item = (Address<'p>, &'p Target)> {
    let mut is_new = news();
    let links = post.links().zip(post.link_targets()).filter(|(_, target)| !matches!(target, Target::External(_)));
    links
        .filter(move |(link, _)| is_new(link.style, link.url.span))
        .map(|(link, target)| (Address::new(link.node, link.url), target))
        .filter(|(address, _)| !address.url.is_empty() && !missing_scheme::is_meant_to_leave(address.url))
}

/// Tells whether the URL of a link or image of this style was not seen before: definitions are shared.
fn news() -> impl FnMut(Option<LinkStyle>, Span) -> bool {
    let mut seen = FxHashSet::default();
    move |style, url| matches!(style, Some(LinkStyle::Inline | LinkStyle::Autolink)) || seen.insert(url)
}

/// Attributes by which a script finds a link and does something else with it.
pub(super) fn is_for_a_script(post: &Post, link: NodeId) -> bool {
    let acts = |name: &str| name.starts_with("on") || name.starts_with("data-") || name == "role";
    post.tree.attributes(link).iter().any(|attribute| acts(&attribute.name.text))
}

/// Whether the text of a link shows its own target: whoever reads it knows where it leads.
pub(super) fn shows_its_target(post: &Post, address: &Address) -> bool {
    let node = post.tree.node(address.node);
    let Some(authority) = Authority::of(address.url) else { return false };
    match &node.kind {
        Kind::Link(link) => link.style == LinkStyle::Autolink || link.content.of(post.text).contains(authority.host),
        Kind::Html(_) => node.span.of(post.text).matches(authority.host).count() > 1,
        _ => false,
    }
}

/// The edit that writes `url` in the place of `address`; `None` where the file has it in another form (escapes).
pub(super) fn rewrite(post: &Post, address: &Address, url: impl Into<String>) -> Option<Edit> {
    let written = address.span.of(post.text);
    let start = written.find(address.url).filter(|_| written.trim() == address.url)? + address.span.start as usize;
    Some(Edit::replace(Span::new(start, start + address.url.len()), url))
}

/// The edit that writes `url` for the path of an address, as far as it is written out; `same`: but for letter case.
pub(super) fn replaced_path(post: &Post, address: &Address, url: &str, same: bool) -> Option<Edit> {
    let written = address.span.of(post.text);
    let path = written.split(['#', '?']).next().unwrap_or_default();
    let start = match path.rfind("}}") {
        // what Liquid prints before it stays
        Some(end) => end + 2,
        None => path.find("//").and_then(|at| Some(at + 2 + path.get(at + 2..)?.find('/')?)).unwrap_or(0),
    };
    let tail = path.get(start..)?;
    let is_whole = tail.starts_with('/') && !tail.contains(['{', '%', '&', '\\', ' ']);
    let base = post.site.config.baseurl.as_deref().unwrap_or_default().trim_matches('/');
    // with a baseurl that is written out it is not known what is to be replaced
    if !is_whole
        || (!base.is_empty() && start == 0)
        || (same && !tail.trim_end_matches('/').eq_ignore_ascii_case(url.trim_end_matches('/')))
    {
        return None;
    }
    let start = address.span.start as usize + start;
    Some(Edit::replace(Span::new(start, start + tail.len()), url))
}

/// The edit that writes `url` in the place; `None` where the file has it in another form (Liquid, escapes).
fn rewrite_place(post: &Post, place: &Place, url: impl Into<String>) -> Option<Edit> {
    let is_plain = !place.text.contains(['{', '\\']);
    let start = place.span.of(post.text).find(place.text).filter(|_| is_plain)? + place.span.start as usize;
    Some(Edit::replace(Span::new(start, start + place.text.len()), written_safely(&url.into())))
}

/// What would end the URL in Markdown or HTML, escaped.
fn written_safely(url: &str) -> String {
    let mut written = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            ' ' | '"' | '\'' | '(' | ')' | '<' | '>' | '[' | ']' | '|' | '\\' | '*' | '{' | '}' => {
                written.push_str(&format!("%{:02X}", u32::from(c)))
            }
            _ => written.push(c),
        }
    }
    written
}

/// The host of an external link, lower case, or `None` for a link within the site, of another scheme, or unknown.
///
/// `url` is the text as it is written; a host that Liquid prints is unknown.
pub fn external_host(post: &Post, url: &str) -> Option<String> {
    let host = Authority::of(url)?.host.to_lowercase();
    // nothing that only looks like a host: Liquid, a placeholder, a name of this machine
    if host.is_empty() || host.contains(['{', '%', '<', '$']) || host == "localhost" {
        return None;
    }
    let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_lowercase();
    let is_own = post.site.config.url.as_deref().and_then(Authority::of).is_some_and(|own| bare(own.host) == bare(&host));
    (!is_own).then_some(host)
}
