//! Rows of tables that the crate takes for paragraphs.
//!
//! Where a line begins with a character that another construct begins with (`` ` ``, `*`, and `e` and `i`, which matter to
//! MDX), the crate (1.0) tries that construct, and then no table. Behind a space it tries everything. So a space that no
//! byte of the file stands for is put before such rows.

use super::lines;
use crate::text::{Extract, ExtractBuilder, Span};

/// `source` with those spaces; `None`: it needs none.
pub fn mended<'a>(source: &Extract<'a>) -> Option<Extract<'a>> {
    let places = places(source.text());
    if places.is_empty() {
        return None;
    }
    let mut mended = ExtractBuilder::new(source.file());
    let mut start = 0;
    for place in places {
        mended.extract(source, start..place);
        mended.synthetic(" ", Span::empty(source.source(place)));
        start = place;
    }
    mended.extract(source, start..source.text().len());
    Some(mended.finish())
}

/// Where the rows begin that the crate would not see, in bytes of `text`.
fn places(text: &str) -> Vec<usize> {
    let lines = lines::of(text, 0..text.len());
    let mut places = Vec::new();
    let mut in_table = false;
    for (index, range) in lines.iter().enumerate() {
        let line = &text[range.clone()];
        let row = line.trim_start_matches([' ', '\t', '>']);
        let is_head = || row.contains('|') && lines.get(index + 1).is_some_and(|next| is_delimiter_row(&text[next.clone()]));
        in_table = if in_table { !row.trim_ascii().is_empty() } else { is_head() };
        let start = line.len() - row.len();
        // a fourth space would make code of it
        if in_table && is_misread(row) && !line[..start].ends_with("   ") {
            places.push(range.start + start);
        }
    }
    places
}

/// `-|-`, `|:--|`: what stands below the head of a table.
fn is_delimiter_row(line: &str) -> bool {
    line.contains('-') && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b'>') || byte.is_ascii_whitespace())
}

fn is_misread(row: &str) -> bool {
    let is_spaced = |mark: char| row.trim_start_matches(mark).starts_with([' ', '\t']);
    match row.bytes().next() {
        Some(b'e' | b'i' | b'{' | b'$') => true,
        Some(b'`') => !row.starts_with("```"),
        Some(b'~') => !row.starts_with("~~~"),
        // an item of a list, or a heading, ends the table
        Some(b'*') => row.starts_with("**") || !is_spaced('*'),
        Some(b'#') => !is_spaced('#'),
        Some(b'_') => true,
        _ => false,
    }
}
