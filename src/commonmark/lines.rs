//! The lines of code and HTML, without what they have from the quotes and items around them.
//!
//! The crate gives such a block as text whose lines are the ends of the lines in the source.

use crate::text::{Extract, ExtractBuilder};
use std::ops::Range;

/// The lines in `range` of `text`, line ends included.
pub fn of(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut start = range.start;
    let lines = text[range].split_inclusive('\n').map(|line| {
        let line = start..start + line.len();
        start = line.end;
        line
    });
    lines.collect()
}

/// Where, in the line `written`, begins what the crate gives as `line`, in bytes.
pub fn content_start(written: &str, line: &str) -> usize {
    let (written, line) = (without_end(written), without_end(line));
    if written.ends_with(line) {
        return written.len() - line.len();
    }
    // of a tab that a container takes a part of, the rest comes as spaces
    let text = line.trim_start_matches(' ');
    if written.ends_with(text) { written.len() - text.len() } else { 0 }
}

fn without_end(line: &str) -> &str {
    line.trim_end_matches(['\r', '\n'])
}

/// What `range` of `source` holds, which the crate gives as `block`; `None`: all of it.
pub fn without_prefixes<'a>(source: &Extract<'a>, range: Range<usize>, block: &str) -> Option<Extract<'a>> {
    if block.len() == range.len() {
        return None;
    }
    let mut lines = ExtractBuilder::new(source.file());
    for (written, line) in of(source.text(), range).into_iter().zip(block.split_inclusive('\n')) {
        let start = written.start + content_start(&source.text()[written.clone()], line);
        lines.extract(source, start..written.end);
    }
    Some(lines.finish())
}

#[cfg(test)]
mod tests {
    use super::content_start;

    #[test]
    fn a_line_begins_behind_the_marks_of_its_containers() {
        assert_eq!(content_start(">  - <p>\n", "<p>\n"), 5);
        assert_eq!(content_start("-\t\ta", "  a"), 3);
        assert_eq!(content_start(">\r\n", "\r\n"), 1);
    }
}
