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
                let texts = line_starts(post.text, text.span, first).filter_map(|start| text_at(post.text, start, text.span.end as usize));
                lines.extend(texts.map(|(span, text)| TextLine { paragraph, span, text, is_first: span.start == first }));
            }
        }
    }
    lines.retain(|line| post.liquid.tag_at(line.span.start).is_none());
    lines
}

/// Where lines of a text begin whose paragraph begins at `first`.
fn line_starts(file: &str, text: Span, first: u32) -> impl Iterator<Item = usize> + '_ {
    let start = text.start as usize;
    let own = (text.start == first || stands_at_line_start(file, start)).then_some(start);
    own.into_iter().chain(memchr::memchr_iter(b'\n', text.of(file).as_bytes()).map(move |end| start + end + 1))
}

/// What stands in the line that begins at `start`, up to `end` at most; `None`: nothing.
fn text_at(file: &str, start: usize, end: usize) -> Option<(Span, &str)> {
    let rest = file.as_bytes().get(start..end)?;
    let line = memchr::memchr(b'\n', rest).map_or(rest, |length| &rest[..length]);
    let blanks = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let returns = line[blanks..].iter().rev().take_while(|byte| **byte == b'\r').count();
    let span = Span::new(start + blanks, start + line.len() - returns);
    (!span.is_empty()).then(|| (span, span.of(file)))
}

/// Whether nothing but blanks and the marks of quotes stands before `at` on its line.
fn stands_at_line_start(file: &str, at: usize) -> bool {
    let before = file[..at].bytes().rev().find(|byte| !matches!(byte, b' ' | b'\t' | b'>'));
    before.is_none_or(|byte| byte == b'\n')
}
