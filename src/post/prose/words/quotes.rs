//! What stands between quotation marks.

use std::ops::Range;

/// What stands between quotation marks that open and close; in order, disjoint.
pub(super) fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let bytes = text.as_bytes();
    let mut at = 0;
    // `"`, or the first byte of `“” „` and of `« »`
    while let Some(found) = memchr::memchr3(b'"', 0xe2, 0xc2, &bytes[at..]) {
        let start = at + found;
        let Some(character) = text[start..].chars().next() else { break };
        at = start + character.len_utf8();
        match (open, character) {
            (Some((from, closer)), _) if character == closer || (closer == '“' && character == '”') => {
                ranges.push(from..start);
                open = None;
            }
            (Some(_), _) => {}
            (None, '"') => {
                let opens = text[..start].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
                if opens && text[at..].chars().next().is_some_and(|after| !after.is_whitespace()) {
                    open = Some((at, '"'));
                }
            }
            (None, '“') => open = Some((at, '”')),
            (None, '„') => open = Some((at, '“')),
            (None, '«') => open = Some((at, '»')),
            _ => {}
        }
    }
    ranges
}
