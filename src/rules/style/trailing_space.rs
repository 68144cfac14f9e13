//! The rule's page is `rules/style/trailing-space.md`.

use super::{touches, verbatim_parts};
use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::Kind;
use crate::post::{Post, yaml};
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TrailingSpace {}

impl Rule for TrailingSpace {
    fn check(&self, post: &Post, report: &mut Report) {
        let mut kept: Option<Vec<Span>> = None;
        for space in trailing_spaces(post) {
            if touches(kept.get_or_insert_with(|| meaningful(post)), space) {
                continue;
            }
            let message = match space.len() {
                1 => "a space at the end of the line".to_owned(),
                count => format!("{count} spaces at the end of the line"),
            };
            report.at(space, message).fix(Safety::Layout, "take it away", [Edit::delete(space)]);
        }
    }
}

/// The spaces and tabs before each line end, and before the end of the file.
fn trailing_spaces<'p>(post: &'p Post) -> impl Iterator<Item = Span> + 'p {
    (1..=post.lines.count()).filter_map(|line| {
        let content = post.lines.content(line, post.text);
        let text = post.text.as_bytes().get(content.range())?;
        let spaces = text.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        (spaces > 0).then(|| Span { start: content.end - spaces as u32, end: content.end })
    })
}

/// Where white space is content: code and the like, hard line breaks, texts of several lines in the front matter.
fn meaningful(post: &Post) -> Vec<Span> {
    let mut spans = verbatim_parts(post);
    let nodes = post.tree.walk().map(|node| post.tree.node(node));
    spans.extend(nodes.filter(|node| matches!(node.kind, Kind::LineBreak)).map(|node| node.span));
    match &post.front_matter.root {
        Some(root) => texts(root, post.text, &mut spans),
        // YAML that does not parse: nobody knows what is a text
        None => spans.push(post.front_matter.yaml),
    }
    spans.sort_unstable();
    spans
}

fn texts(node: &yaml::Node, file: &str, spans: &mut Vec<Span>) {
    if node.text().is_some() && node.span.of(file).contains('\n') {
        spans.push(node.span);
    }
    node.items().iter().for_each(|item| texts(item, file, spans));
    node.entries().iter().for_each(|entry| texts(&entry.value, file, spans));
}
