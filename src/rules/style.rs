//! Rules about how a post's text is laid out.

pub mod blank_lines;
pub mod final_newline;
pub mod invisible_character;
pub mod level_one_heading;
pub mod one_sentence_per_line;
pub mod repeated_title;
pub mod trailing_space;

use crate::markup::{Kind, NodeId};
use crate::post::Post;
use crate::text::{Span, letters};

/// Parts of the body whose white space is content: code, maths, comments, and what is printed as it is; in order.
fn verbatim_parts(post: &Post) -> Vec<Span> {
    let nodes = post.constructs().verbatim.iter().map(|&node| match post.tree.node(node) {
        // white space at the end of indented code is on the page, but not in the node
        node if matches!(node.kind, Kind::CodeBlock(_)) => to_line_end(post, node.span),
        node => node.span,
    });
    let is_verbatim = |name: &str| matches!(name, "pre" | "script" | "style" | "textarea" | "code" | "svg");
    let html = post.html_elements().filter(|(_, element)| is_verbatim(&element.name)).map(|(id, _)| post.tree.node(id).span);
    let tags = post.liquid.tags.iter().map(|tag| tag.span);
    let mut parts: Vec<Span> = nodes.chain(html).chain(tags).collect();
    parts.sort_unstable();
    parts
}

fn to_line_end(post: &Post, span: Span) -> Span {
    let last = post.lines.line_of(span.end.saturating_sub(1).max(span.start));
    span.to(post.lines.content(last, post.text))
}

/// Whether `span` touches one of `parts`, which are in order.
fn touches(parts: &[Span], span: Span) -> bool {
    let until = parts.partition_point(|part| part.start < span.end);
    // a part that begins earlier may go on over later ones, but not many
    parts[..until].iter().rev().take(64).any(|part| part.overlaps(span) || part.covers(span))
}

/// Whether the heading says what the title of the post says.
fn is_title(post: &Post, heading: NodeId) -> bool {
    let Some(title) = post.front_matter.get("title").and_then(|title| title.text()) else { return false };
    let mut title = letters(title.chars()).peekable();
    title.peek().is_some() && title.eq(letters(text_of(post, heading)))
}

/// The readable text below a node.
fn text_of<'p>(post: &'p Post, node: NodeId) -> impl Iterator<Item = char> + 'p {
    post.tree.descendants(node).flat_map(|node| {
        let (text, character) = match &post.tree.node(node).kind {
            Kind::Text { text, .. } => (text.as_ref(), None),
            Kind::CodeSpan { content } => (content.text.as_ref(), None),
            Kind::Entity(character) => ("", *character),
            _ => ("", None),
        };
        text.chars().chain(character)
    })
}
