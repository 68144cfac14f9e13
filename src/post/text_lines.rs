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
    let paragraphs = post.tree.walk().filter(|&id| matches!(post.tree.node(id).kind, Kind::Paragraph { .. }));
    let lines = paragraphs.flat_map(move |paragraph| {
        let texts = post.tree.children(paragraph).filter(|&id| matches!(post.tree.node(id).kind, Kind::Text { escaped: false, .. }));
        texts.flat_map(move |text| lines_of(post, paragraph, post.tree.node(text).span))
    });
    lines.filter(|line| post.liquid.tag_at(line.span.start).is_none()).collect()
}

fn lines_of<'a>(post: &Post<'a>, paragraph: NodeId, span: Span) -> impl Iterator<Item = TextLine<'a>> + use<'a> {
    let file = post.text;
    let first = post.tree.node(paragraph).span.start;
    let starts_line = span.start == first || stands_at_line_start(file, span.start as usize);
    let mut at = span.start as usize;
    let skip = usize::from(!starts_line);
    let lines = span.of(file).split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        let text = line[blanks..].trim_end_matches('\r');
        let span = Span::new(start + blanks, start + blanks + text.len());
        TextLine { paragraph, span, text, is_first: span.start == first }
    });
    lines.skip(skip).filter(|line| !line.text.is_empty())
}

/// Whether nothing but blanks and the marks of quotes stands before `at` on its line.
fn stands_at_line_start(file: &str, at: usize) -> bool {
    let before = &file[..at];
    let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'>'))
}
