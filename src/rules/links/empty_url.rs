use super::addresses;
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
            // a script, or another element, makes it a button
            let is_button =
                matches!(node.kind, Kind::Html(_)) && post.tree.attributes(address.node).iter().any(|attribute| acts(&attribute.name.text));
            if is_button {
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

/// Attributes by which a script finds a link.
fn acts(name: &str) -> bool {
    name.starts_with("on") || name.starts_with("data-") || matches!(name, "id" | "class" | "role" | "name")
}

fn message(post: &Post, url: &str, span: Span) -> Option<String> {
    if url.is_empty() {
        // what Liquid printed is not known
        return span.of(post.text).trim().is_empty().then(|| "this link leads nowhere: its URL is empty".to_owned());
    }
    if let Some(scheme) = url::scheme(url).filter(|scheme| matches!(url.get(scheme.len()..), Some(":" | ":/" | "://"))) {
        return Some(format!("this link leads nowhere: `{scheme}://` lacks its address"));
    }
    let is_placeholder = PLACEHOLDERS.iter().any(|word| word.eq_ignore_ascii_case(url)) && !post.site.files().has_file(url);
    is_placeholder.then(|| format!("`{url}` stands where the URL was to come"))
}
