//! Rules about Liquid: what stops Jekyll, and what it takes out of a post.

pub mod in_code;
pub mod missing_include;
pub mod missing_target;
mod names;
pub mod syntax;
pub mod unknown_tag;

use crate::markup::{Kind, Node};
use crate::post::Post;
use crate::post::liquid::Tag;
use crate::text::Span;

/// What a rule adds where Jekyll builds nothing.
const STOPS: &str = "Jekyll stops with an error here, and builds nothing";

/// The bytes of `node` that are code, in whatever way it is written.
fn code_of(node: &Node) -> Option<Span> {
    match &node.kind {
        Kind::CodeBlock(code) => Some(code.content),
        Kind::CodeSpan { content } => Some(content.span),
        Kind::Html(element) if matches!(element.name.as_ref(), "pre" | "code") => Some(node.span),
        _ => None,
    }
}

/// The tags and variables that Liquid runs in `span`.
fn tags_in<'p, 'a>(post: &'p Post<'a>, span: Span) -> &'p [Tag<'a>] {
    let tags = &post.liquid.tags;
    let first = tags.partition_point(|tag| tag.span.start < span.start);
    let end = tags.partition_point(|tag| tag.span.start < span.end);
    &tags[first..end.max(first)]
}
