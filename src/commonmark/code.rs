//! Code blocks and code spans.

use super::lines;
use crate::markup::{CodeBlock, CodeStyle, Value, value};
use crate::text::Extract;
use markdown::mdast;
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

/// The code block `whole`.
pub fn block<'a>(source: &Extract<'a>, whole: Range<usize>, code: &mdast::Code) -> CodeBlock<'a> {
    let text = source.text();
    let fence = text[whole.clone()].trim_start_matches(' ');
    let is_fenced = fence.starts_with("```") || fence.starts_with("~~~");
    let written = lines::of(text, whole.clone());
    let content = if is_fenced { between_fences(text, &written, &code.value) } else { &written[..] };
    let content = match (content.first(), content.last()) {
        (Some(first), Some(last)) => {
            let line = code.value.split('\n').next().unwrap_or_default();
            first.start + lines::content_start(&text[first.clone()], line)..with_line_end(text, last.end)
        }
        _ => {
            let start = written.first().map_or(whole.end, |fence| fence.end);
            start..start
        }
    };
    CodeBlock {
        style: if is_fenced { CodeStyle::Fenced } else { CodeStyle::Indented },
        lang: code.lang.is_some().then(|| lang(source, whole, fence)),
        content: source.span(content),
    }
}

/// `end`, or the end of the line that ends there.
fn with_line_end(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    let is_inside = !text[..end].ends_with('\n');
    let length = ["\r\n", "\n"].into_iter().find(|line_end| is_inside && rest.starts_with(line_end)).map_or(0, str::len);
    end + length
}

/// Those of the lines `written` that are code, of a block whose code is `value`.
fn between_fences<'l>(text: &str, written: &'l [Range<usize>], value: &str) -> &'l [Range<usize>] {
    let below = written.get(1..).unwrap_or_default();
    let is_closing = |line: &Range<usize>| text[line.clone()].trim_end().ends_with(['`', '~']);
    // no line gives the same value as one that is blank
    let is_empty = value.is_empty() && below.len() == 1 && is_closing(&below[0]);
    let count = if is_empty { 0 } else { value.split('\n').count() };
    &below[..count.min(below.len())]
}

/// The first word after the opening fence.
fn lang<'a>(source: &Extract<'a>, whole: Range<usize>, fence: &str) -> Value<'a> {
    let info = fence.trim_start_matches(['`', '~']).trim_start_matches([' ', '\t']);
    let start = whole.end - info.len();
    let length = info.find(|c: char| c.is_ascii_whitespace()).unwrap_or(info.len());
    value(source, start..start + length)
}
