//! The lines of paragraphs, as far as they begin with plain text.

use super::Post;
use crate::markup::{Kind, NodeId};
use crate::text::Span;

/// A line of a paragraph that begins with text: what it begins with is printed as it stands.
#[derive(Debug, Clone, Copy)]
pub struct TextLine<'a> {
    pub paragraph: NodeId,
    /// From the first character that is no blank to the end of the line or of the text.
    pub span: Span,
    pub text: &'a str,
    /// It begins the paragraph.
    pub is_first: bool,
}

/// All lines of all paragraphs that begin with text, in the order of the document. The lines inside of a Liquid tag are
/// none: what the tag prints stands in their place.
pub(super) fn find<'a>(post: &Post<'a>) -> Vec<TextLine<'a>> {
    let mut lines = Vec::new();
    for &paragraph in &post.constructs().paragraphs {
        let first = post.tree.node(paragraph).span.start;
        for text in post.tree.children(paragraph).map(|id| post.tree.node(id)) {
            if matches!(text.kind, Kind::Text { escaped: false, .. }) {
                add_lines_of(post, paragraph, first, text.span, &mut lines);
            }
        }
    }
    lines
}

/// Adds the lines that begin in a text of the paragraph, which begins at `first`.
fn add_lines_of<'a>(post: &Post<'a>, paragraph: NodeId, first: u32, text: Span, lines: &mut Vec<TextLine<'a>>) {
    let bytes = &post.text.as_bytes()[..text.end as usize];
    let end_after = |at: usize| memchr::memchr(b'\n', &bytes[at..]).map(|length| at + length);
    let mut start = text.start as usize;
    let mut end = end_after(start);
    let mut is_start = text.start == first || stands_at_line_start(post.text, start);
    loop {
        let line = &bytes[start..end.unwrap_or(bytes.len())];
        let blanks = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let returns = line[blanks..].iter().rev().take_while(|byte| **byte == b'\r').count();
        let span = Span::new(start + blanks, start + line.len() - returns);
        if is_start && !span.is_empty() && post.liquid.tag_at(span.start).is_none() {
            lines.push(TextLine { paragraph, span, text: post.slice(span), is_first: span.start == first });
        }
        let Some(next) = end else { break };
        (start, is_start) = (next + 1, true);
        end = end_after(start);
    }
}

/// Whether nothing but blanks and the marks of quotes stands before `at` on its line.
fn stands_at_line_start(file: &str, at: usize) -> bool {
    let before = file[..at].bytes().rev().find(|byte| !matches!(byte, b' ' | b'\t' | b'>'));
    before.is_none_or(|byte| byte == b'\n')
}
