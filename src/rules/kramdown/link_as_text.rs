use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::Kind;
use crate::post::Post;
use crate::rules::Rule;
use crate::text::Span;
use memchr::memmem::Finder;
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::LazyLock;

/// The rule's page is rules/kramdown/link-as-text.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct LinkAsText {}

/// What stands between the text and the URL.
static JOINT: LazyLock<Finder> = LazyLock::new(|| Finder::new("] ("));

impl Rule for LinkAsText {
    fn check(&self, post: &Post, report: &mut Report) {
        if JOINT.find(post.body.of(post.text).as_bytes()).is_none() {
            return;
        }
        for id in post.tree.walk() {
            let node = post.tree.node(id);
            let Kind::Text { text, .. } = &node.kind else { continue };
            if text.len() != node.span.len() {
                continue;
            }
            for at in JOINT.find_iter(text.as_bytes()) {
                let start = node.span.start as usize + at;
                let Some(link) = link_around(post, start) else { continue };
                let found = report.at(link, "this is no link: a space stands between its text and its URL");
                let space = Span::new(start + 1, start + 2);
                found.fix(Safety::Safe, "remove the space", [Edit::delete(space)]).changes_block();
            }
        }
    }
}

/// `[text] (https://…)` whose text ends at `close`, all on one line.
fn link_around(post: &Post, close: usize) -> Option<Span> {
    let before = &post.text[..close];
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let open = line + before[line..].rfind('[')?;
    let target = post.text[close + 3..].lines().next()?;
    let length = target.find(')')?;
    let target = &target[..length];
    let is_url = ["https://", "http://", "mailto:", "/"].iter().any(|start| target.starts_with(start)) && !target.contains(' ');
    (is_url && close > open + 1).then(|| Span::new(open, close + 3 + length + 1))
}
