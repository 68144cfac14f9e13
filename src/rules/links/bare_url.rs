use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::{Kind, NodeId};
use crate::post::{Engine, Post};
use crate::rules::Rule;
use crate::text::Span;
use memchr::memmem::Finder;
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::LazyLock;

/// The rule's page is rules/links/bare-url.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct BareUrl {}

/// What follows the scheme.
static SEPARATOR: LazyLock<Finder> = LazyLock::new(|| Finder::new("://"));

impl Rule for BareUrl {
    fn check(&self, post: &Post, report: &mut Report) {
        if post.engine != Engine::Kramdown || post.site.config.has_plugin("jekyll-autolinks") {
            return;
        }
        let body = post.body.start as usize;
        let separators = SEPARATOR.find_iter(post.body.of(post.text).as_bytes()).map(|at| body + at);
        // most stand in the URLs of links, which nothing has to be known of
        let urls: Vec<(u32, Span)> = separators.filter_map(|at| Some((at as u32, url_at(post, at)?))).collect();
        if urls.is_empty() {
            return;
        }
        for id in post.tree.walk() {
            let node = post.tree.node(id);
            if !matches!(&node.kind, Kind::Text { text, .. } if text.len() == node.span.len()) {
                continue;
            }
            let first = urls.partition_point(|(at, _)| *at < node.span.start);
            for (_, span) in urls[first..].iter().take_while(|(at, _)| *at + 3 <= node.span.end) {
                if !is_no_text(post, id) {
                    let url = span.of(post.text);
                    let found = report.at(*span, "this URL is not a link");
                    found.fix(Safety::Safe, format!("write `<{url}>`"), [Edit::replace(*span, format!("<{url}>"))]).changes_block();
                }
            }
        }
    }
}

/// Links, HTML, and what is struck through.
fn is_no_text(post: &Post, id: NodeId) -> bool {
    post.tree
        .ancestors(id)
        .any(|id| matches!(post.tree.node(id).kind, Kind::Link(_) | Kind::Html(_) | Kind::Strikethrough | Kind::Heading(_)))
}

/// The URL with its `://` at `colon`, if it leads to somewhere on the web and is not quoted.
fn url_at(post: &Post, colon: usize) -> Option<Span> {
    let before = &post.text[..colon];
    let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme))?;
    let start = colon - scheme.len();
    let stands_free =
        before[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ':' | ',') || !c.is_ascii());
    let is_target = before[..start].trim_end_matches(' ').ends_with("](") || before[..start].ends_with("] (");
    if !stands_free || is_target {
        return None;
    }
    let rest = &post.text[colon + 3..];
    let end = rest.find(|c: char| c.is_whitespace() || !c.is_ascii() || "<>\"'`()[]{}|\\*".contains(c)).unwrap_or(rest.len());
    let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '~', '_']);
    // what was cut off in the middle is no URL that anybody would want
    let is_whole = !rest[end..].starts_with(['{', '(', '[', '<', '|', '\\', '*', '"', '\'']);
    (is_whole && leads_to_the_web(url)).then(|| Span::new(start, colon + 3 + url.len()))
}

/// Whether the host is one of the web, no example and no machine of one's own.
fn leads_to_the_web(url: &str) -> bool {
    let host = url.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let name = host.split(':').next().unwrap_or_default();
    let is_example = name.split('.').any(|part| matches!(part, "example" | "localhost" | "local" | "test"));
    let has_domain = name.rsplit_once('.').is_some_and(|(_, last)| last.len() > 1 && last.bytes().all(|byte| byte.is_ascii_alphabetic()));
    has_domain && !is_example && !host.contains(':')
}
