//! Which lines of a text are not those of an older one.

use crate::post::front_matter::FrontMatter;
use crate::text::Lines;
use similar::{Algorithm, capture_diff_slices};

/// From so many lines on, all between the first and the last change count as changed: nobody waits for a better answer.
const MOST_LINES: usize = 50_000;

/// The lines of a text that were changed. Line ends do not count: git turns them at will.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedLines {
    /// By line, the first one first.
    changed: Vec<bool>,
    front_matter: bool,
}

impl ChangedLines {
    pub fn new(old: &str, new: &str) -> ChangedLines {
        let (old_lines, new_lines): (Vec<&str>, Vec<&str>) = (lines(old), lines(new));
        let mut changed = vec![false; new_lines.len()];
        let same = |(a, b): &(&&str, &&str)| a == b;
        let start = old_lines.iter().zip(&new_lines).take_while(same).count();
        let end = old_lines[start..].iter().rev().zip(new_lines[start..].iter().rev()).take_while(same).count();
        let (before, after) = (&old_lines[start..old_lines.len() - end], &new_lines[start..new_lines.len() - end]);
        if before.len().max(after.len()) > MOST_LINES {
            changed[start..start + after.len()].fill(true);
        } else {
            let operations = capture_diff_slices(Algorithm::Myers, before, after);
            for operation in operations.iter().filter(|operation| !matches!(operation, similar::DiffOp::Equal { .. })) {
                let range = operation.new_range();
                changed[start + range.start..start + range.end].fill(true);
            }
        }
        ChangedLines { changed, front_matter: front_matter(old) != front_matter(new) }
    }

    /// Whether one of the bytes (at least one) lies on a changed line.
    pub fn touch(&self, span: crate::text::Span, lines: &Lines) -> bool {
        let (first, last) = (lines.line_of(span.start), lines.line_of(span.end.saturating_sub(1).max(span.start)));
        // the line after the last line end is none of its own
        let last = last.min(self.changed.len());
        (first.min(last)..=last).any(|line| self.changed.get(line.wrapping_sub(1)).copied().unwrap_or_default())
    }

    /// Whether the front matter is another.
    pub fn touch_front_matter(&self) -> bool {
        self.front_matter
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

fn front_matter(text: &str) -> Vec<&str> {
    lines(FrontMatter::parse(text).block.of(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn changed(old: &str, new: &str) -> Vec<usize> {
        let changed = ChangedLines::new(old, new);
        let lines = Lines::new(new);
        (1..=lines.count()).filter(|line| changed.touch(Span::empty(lines.span(*line, new).start as usize), &lines)).collect()
    }

    #[test]
    fn inserted_and_rewritten_lines_are_changed() {
        assert_eq!(changed("a\nb\nc\n", "a\nx\nb\nC\n"), [2, 4, 5]);
        assert_eq!(changed("a\nb\nc\n", "a\nc\n"), [0; 0]);
        assert_eq!(changed("a\r\nb\r\n", "a\nb\nc\n"), [3, 4]);
        assert_eq!(changed("", ""), [0; 0]);
    }

    #[test]
    fn a_span_over_several_lines_is_touched_by_any_of_them() {
        let new = "a\nb\nX\n";
        let changed = ChangedLines::new("a\nb\nc\n", new);
        assert!(changed.touch(Span::new(0, 5), &Lines::new(new)));
        assert!(!changed.touch(Span::new(0, 4), &Lines::new(new)));
    }

    #[test]
    fn front_matter_is_compared_by_itself() {
        let text = |title: &str, body: &str| format!("---\ntitle: {title}\n---\n{body}\n");
        assert!(ChangedLines::new(&text("a", "b"), &text("c", "b")).touch_front_matter());
        assert!(!ChangedLines::new(&text("a", "b"), &text("a", "c")).touch_front_matter());
    }
}
