use super::{addresses, is_for_a_script};
use crate::diagnostic::Report;
use crate::markup::Kind;
use crate::post::Post;
use crate::rules::Rule;
use crate::site::url;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/links/empty-url.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct EmptyUrl {}

/// What authors write where the address is to come.
const PLACEHOLDERS: [&str; 8] = ["todo", "fixme", "tbd", "xxx", "url", "link", "insert-link-here", "link-here"];

impl Rule for EmptyUrl {
    fn check(&self, post: &Post, report: &mut Report) {
        for address in addresses(post) {
            let node = post.tree.node(address.node);
            let place = if address.span.is_empty() { node.span } else { address.span };
            let is_html = matches!(node.kind, Kind::Html(_));
            // a script finds it by its name
            let is_named =
                post.tree.attributes(address.node).iter().any(|attribute| matches!(attribute.name.text.as_ref(), "id" | "class" | "name"));
            if is_html && (is_named || is_for_a_script(post, address.node)) {
                continue;
            }
            let place = match &node.kind {
                Kind::Html(element) if address.span.is_empty() => element.open_tag,
                _ => place,
            };
            if let Some(message) = message(post, address.url, address.span) {
                report.at(place, message);
            }
        }
    }
}

fn message(post: &Post, url: &str, span: Span) -> Option<String> {
    if url.is_empty() {
        // what Liquid printed is not known
        return span.of(post.text).trim().is_empty().then(|| "this link leads nowhere: its URL is empty".to_owned());
    }
    if let Some(scheme) = url::scheme(url).filter(|scheme| matches!(url.get(scheme.len()..), Some(":" | ":/" | "://"))) {
        return Some(format!("this link leads nowhere: `{scheme}://` lacks its address"));
    }
    (is_placeholder(url) && !post.site.files().has_file(url)).then(|| format!("`{url}` stands where the URL was to come"))
}

/// Whether the text keeps the place of a URL.
pub(super) fn is_placeholder(url: &str) -> bool {
    PLACEHOLDERS.iter().any(|word| word.eq_ignore_ascii_case(url))
}
