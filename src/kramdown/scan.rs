//! Small scanners over bytes. Offsets are bytes of the text; white space is that of Ruby's `\s`.

use std::ops::Range;

/// Ruby's `\s`.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// Ruby's `\w`.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

pub(super) fn byte_at(text: &str, at: usize) -> Option<u8> {
    text.as_bytes().get(at).copied()
}

/// Where the line that holds `at` ends: at its `\n` or at the end of the text.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(text.len(), |found| at + found)
}

/// Where the line after the one that holds `at` starts.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    (line_end(text, at) + 1).min(text.len())
}

/// The first byte at or after `at` for which `skip` is false.
pub(super) fn skip_while(text: &str, at: usize, skip: impl Fn(u8) -> bool) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    rest.iter().position(|&byte| !skip(byte)).map_or(text.len(), |found| at + found)
}

/// Behind at most three spaces, `^ {0,3}`.
pub(super) fn skip_indent(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    at + rest.iter().take(3).take_while(|&&byte| byte == b' ').count()
}

/// Whether the line at `at` is indented as code, `^(\t| {4})`: the length of the indentation.
pub(super) fn code_indent(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    match rest {
        [b'\t', ..] => Some(1),
        [b' ', b' ', b' ', b' ', ..] => Some(4),
        _ => None,
    }
}

/// `\s*?\n` at `at`: the offset behind the first line end, if only white space stands before it.
pub(super) fn blank_rest(text: &str, at: usize) -> Option<usize> {
    let end = skip_while(text, at, |byte| is_space(byte) && byte != b'\n');
    (byte_at(text, end) == Some(b'\n')).then_some(end + 1)
}

/// `(^\s*\n)+` at `at`: the offset behind the last of the blank lines.
pub(super) fn blank_lines(text: &str, at: usize) -> Option<usize> {
    let mut end = blank_rest(text, at)?;
    while let Some(next) = blank_rest(text, end) {
        end = next;
    }
    Some(end)
}

/// Whether the line at `at` has something but white space, and ends with `\n`.
pub(super) fn is_written_line(text: &str, at: usize) -> bool {
    let end = line_end(text, at);
    end < text.len() && skip_while(text, at, is_space) < end
}

/// `range` without white space at its ends.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let range = trim_end(text, range);
    let start = skip_while(text, range.start, is_space).min(range.end);
    start..range.end
}

/// `range` without white space at its end.
pub(super) fn trim_end(text: &str, range: Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes().get(range.clone()).unwrap_or_default();
    let kept = bytes.iter().rposition(|&byte| !is_space(byte) && byte != 0).map_or(0, |last| last + 1);
    range.start..range.start + kept
}

/// `range` without spaces and tabs at its end.
pub(super) fn trim_blanks(text: &str, range: Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes().get(range.clone()).unwrap_or_default();
    let kept = bytes.iter().rposition(|&byte| byte != b' ' && byte != b'\t').map_or(0, |last| last + 1);
    range.start..range.start + kept
}

/// `[ \t]*\n` at `at`: the offset behind it.
pub(super) fn blank_line_rest(text: &str, at: usize) -> Option<usize> {
    let end = skip_while(text, at, |byte| byte == b' ' || byte == b'\t');
    (byte_at(text, end) == Some(b'\n')).then_some(end + 1)
}
