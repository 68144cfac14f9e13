//! Which part of a post a suppression is for.

use super::comment::{Command, Comment, Place};
use crate::markup::{Kind, NodeId};
use crate::post::Post;
use crate::text::Span;

/// The end of a region that nothing has ended yet: beyond the end of the file.
pub const OPEN_END: u32 = u32::MAX;

/// Where findings must start for the comment to take them away.
pub fn of(post: &Post, comment: &Comment, command: Command) -> Span {
    match (command, comment.place) {
        (Command::DisableFile, _) => Span { start: 0, end: OPEN_END },
        // what is said in the front matter is about it; findings about the whole document stand there too
        (Command::Disable, Place::FrontMatter) => Span { start: 0, end: post.front_matter.block.end.max(1) },
        (Command::Disable | Command::Enable, Place::Body(_)) => Span { start: comment.span.start, end: OPEN_END },
        (Command::Enable, Place::FrontMatter) => comment.span,
        (Command::DisableNextLine, Place::FrontMatter) => next_line(post, comment.span),
        (Command::DisableNextLine, Place::Body(node)) => match next_block(post, node) {
            Some(block) => next_line(post, comment.span).to(lines_of(post, block)),
            None => next_line(post, comment.span),
        },
    }
}

fn next_line(post: &Post, span: Span) -> Span {
    let last = post.lines.line_of(span.end.saturating_sub(1).max(span.start));
    to_end_of_file(post, post.lines.span(last + 1, post.text))
}

/// The block that follows a comment which is a block itself.
fn next_block(post: &Post, comment: NodeId) -> Option<Span> {
    let mut comment = comment;
    let mut parent = post.tree.parent(comment)?;
    if is_only_comments(post, parent) {
        comment = parent;
        parent = post.tree.parent(comment)?;
    }
    let holds_blocks = matches!(
        post.tree.node(parent).kind,
        Kind::Document | Kind::BlockQuote | Kind::Item { .. } | Kind::Definition | Kind::FootnoteDefinition { .. } | Kind::Html(_)
    );
    if !holds_blocks {
        return None;
    }
    let mut next = post.tree.next(comment);
    while let Some(node) = next {
        match post.tree.node(node).kind {
            Kind::Blank | Kind::Comment { .. } | Kind::EndOfBlock => next = post.tree.next(node),
            _ => return Some(post.tree.node(node).span),
        }
    }
    None
}

/// Whether a paragraph holds nothing but comments: `{::comment}…{:/comment}` on one line is a paragraph for kramdown.
fn is_only_comments(post: &Post, node: NodeId) -> bool {
    let is_nothing = |child: NodeId| match &post.tree.node(child).kind {
        Kind::Comment { .. } => true,
        Kind::Text { text, .. } => text.trim().is_empty(),
        _ => false,
    };
    matches!(post.tree.node(node).kind, Kind::Paragraph { .. }) && post.tree.children(node).all(is_nothing)
}

/// The whole lines that `span` touches.
fn lines_of(post: &Post, span: Span) -> Span {
    let first = post.lines.line_of(span.start);
    let last = post.lines.line_of(span.end.saturating_sub(1).max(span.start));
    to_end_of_file(post, post.lines.span(first, post.text).to(post.lines.span(last, post.text)))
}

/// The end of the file belongs to the last line.
fn to_end_of_file(post: &Post, lines: Span) -> Span {
    if lines.end as usize == post.text.len() { Span { start: lines.start, end: OPEN_END } } else { lines }
}
