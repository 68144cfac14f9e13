//! Code blocks and code spans.

use crate::markup::{CodeBlock, CodeStyle, value};
use crate::text::Extract;
use std::ops::Range;

/// The content of the code span `range`: without backticks, and without one space on both sides.
pub fn span_content(text: &str, range: Range<usize>) -> Range<usize> {
    let code = &text[range.clone()];
    let ticks = code.bytes().take_while(|byte| *byte == b'`').count();
    if ticks * 2 > code.len() {
        return range;
    }
    let inner = range.start + ticks..range.end - ticks;
    let content = &text[inner.clone()];
    let is_padded = content.len() > 2
        && content.starts_with([' ', '\n'])
        && content.ends_with([' ', '\n'])
        && !content.trim_matches([' ', '\n']).is_empty();
    if is_padded { inner.start + 1..inner.end - 1 } else { inner }
}

/// The code block `whole`, whose lines are `parts`; `has_info`: something stands after the opening fence.
pub fn block<'a>(source: &Extract<'a>, whole: Range<usize>, parts: &[Range<usize>], has_info: bool) -> CodeBlock<'a> {
    let text = &source.text()[whole.clone()];
    let fence = text.trim_start_matches(' ');
    let style = if fence.starts_with("```") || fence.starts_with("~~~") { CodeStyle::Fenced } else { CodeStyle::Indented };
    let first_line = text.find('\n').map_or(text.len(), |at| at + 1);
    let content = match (parts.first(), parts.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => whole.start + first_line..whole.start + first_line,
    };
    let lang = has_info.then(|| {
        let info = fence.trim_start_matches(['`', '~']).trim_start_matches([' ', '\t']);
        let start = whole.end - info.len();
        let length = info.find(|c: char| c.is_ascii_whitespace()).unwrap_or(info.len());
        value(source, start..start + length)
    });
    CodeBlock { style, lang, content: source.span(content) }
}
