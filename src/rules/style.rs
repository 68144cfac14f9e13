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
use crate::text::Span;

/// Parts of the body whose white space is content: code, maths, comments, and what is printed as it is; in order.
fn verbatim_parts(post: &Post) -> Vec<Span> {
    let verbatim = |node: NodeId| match &post.tree.node(node).kind {
        Kind::CodeBlock(_) | Kind::CodeSpan { .. } | Kind::MathBlock { .. } | Kind::MathSpan { .. } => true,
        Kind::Comment { .. } | Kind::Raw { .. } => true,
        Kind::Html(element) => matches!(element.name.as_ref(), "pre" | "script" | "style" | "textarea" | "code" | "svg"),
        _ => false,
    };
    let nodes = post.tree.walk().filter(|&node| verbatim(node)).map(|node| match post.tree.node(node) {
        // white space at the end of indented code is on the page, but not in the node
        node if matches!(node.kind, Kind::CodeBlock(_)) => to_line_end(post, node.span),
        node => node.span,
    });
    let tags = post.liquid.tags.iter().map(|tag| tag.span);
    let mut parts: Vec<Span> = nodes.chain(tags).collect();
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

/// The words of a heading or a title, without markup, case, punctuation and white space: for comparing.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether the heading says what the title of the post says.
fn is_title(post: &Post, heading: NodeId) -> bool {
    let Some(title) = post.front_matter.get("title").and_then(|title| title.text()) else { return false };
    let title = letters(title);
    !title.is_empty() && title == letters(&text_of(post, heading))
}

/// The readable text below a node.
fn text_of(post: &Post, node: NodeId) -> String {
    let mut text = String::new();
    for node in post.tree.descendants(node) {
        match &post.tree.node(node).kind {
            Kind::Text { text: part, .. } => text.push_str(part),
            Kind::CodeSpan { content } => text.push_str(&content.text),
            Kind::Entity(Some(c)) => text.push(*c),
            _ => {}
        }
    }
    text
}
