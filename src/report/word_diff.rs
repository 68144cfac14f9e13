//! A fix as people read it: the lines it touches, before and after, with the changed words marked.

use super::Style;
use super::excerpt::line::{Line, Mark};
use super::place::Places;
use crate::diagnostic::{Edit, Fix};
use crate::fix::apply::{self, Change};
use crate::text::{Lines, Span};
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Places of a fix that are drawn.
const MOST_PLACES: usize = 3;
/// Lines of one side of a place that are drawn.
const MOST_LINES: usize = 6;
/// Longer replacements are marked as a whole.
const MOST_WORDS: usize = 400;

/// Draws `fix`; `digits` is the width of line numbers, `width` the room for a line, both in columns.
pub fn draw(fix: &Fix, places: &Places, digits: usize, width: usize, style: &Style) -> String {
    let mut drawn = String::new();
    if !apply::is_sound(places.text(), &fix.edits) {
        return drawn;
    }
    let groups = group(&fix.edits, places);
    for (lines, edits) in groups.iter().take(MOST_PLACES) {
        drawn.push_str(&draw_place(*lines, edits, places, digits, width, style));
    }
    if let Some(more) = groups.len().checked_sub(MOST_PLACES).filter(|&more| more > 0) {
        let plural = if more == 1 { "place" } else { "places" };
        drawn.push_str(&format!("{:digits$} {}\n", "", style.paint(style.dim(), &format!("… and {more} more {plural}"))));
    }
    drawn
}

/// Edits on the same or adjoining lines, with the bytes of these lines.
fn group<'e>(edits: &'e [Edit], places: &Places) -> Vec<(Span, Vec<&'e Edit>)> {
    let mut groups: Vec<(Span, Vec<&Edit>)> = Vec::new();
    for edit in edits {
        let lines = lines_of(edit, places);
        match groups.last_mut() {
            Some((span, group)) if lines.start <= span.end => {
                *span = span.to(lines);
                group.push(edit);
            }
            _ => groups.push((lines, vec![edit])),
        }
    }
    groups
}

/// The bytes of all lines that an edit changes, line ends included.
fn lines_of(edit: &Edit, places: &Places) -> Span {
    let (text, lines) = (places.text(), places.lines());
    let first = lines.span(lines.line_of(edit.span.start), text);
    let last = lines.span(lines.line_of(edit.span.end), text);
    let whole_lines = edit.span.start == first.start && edit.span.end == last.start && first != last;
    if whole_lines && (edit.text.is_empty() || edit.text.ends_with('\n')) {
        return Span { start: first.start, end: edit.span.end };
    }
    first.to(last)
}

fn draw_place(lines: Span, edits: &[&Edit], places: &Places, digits: usize, width: usize, style: &Style) -> String {
    let old = lines.of(places.text());
    let local: Vec<Edit> = edits.iter().map(|edit| moved(edit, lines.start)).collect();
    let whole = Fix {
        title: String::new(),
        safety: crate::diagnostic::Safety::Safe,
        scope: crate::diagnostic::Scope::Place,
        edits: local,
        refused: None,
    };
    let (new, changes) = apply::apply(old, &[&whole]);
    let (removed, added) = changed_words(old, &new, &changes);
    let number = places.lines().line_of(lines.start);
    let ends_matter = old.lines().eq(new.lines());
    let before = Side { text: old, marks: removed, number: Some(number), sign: '-', code: style.removed(), ends_matter: false };
    let after = Side { text: &new, marks: added, number: None, sign: '+', code: style.added(), ends_matter };
    before.draw(digits, width, style) + &after.draw(digits, width, style)
}

fn moved(edit: &Edit, base: u32) -> Edit {
    Edit { span: Span { start: edit.span.start - base, end: edit.span.end - base }, text: edit.text.clone() }
}

/// One side of a change.
struct Side<'a> {
    text: &'a str,
    marks: Vec<Span>,
    /// The 1-based number of its first line.
    number: Option<usize>,
    sign: char,
    code: &'static str,
    /// Nothing but the end of a line changes: show it.
    ends_matter: bool,
}

impl Side<'_> {
    fn draw(&self, digits: usize, width: usize, style: &Style) -> String {
        let lines = Lines::new(self.text);
        let count = if self.text.is_empty() || self.text.ends_with('\n') { lines.count() - 1 } else { lines.count() };
        let mut drawn = String::new();
        for line in 1..=count {
            if count > MOST_LINES && (MOST_LINES - 2..count - 1).contains(&line) {
                if line == MOST_LINES - 2 {
                    drawn.push_str(&format!("{:digits$} {} …\n", "", style.paint(self.code, &self.sign.to_string())));
                }
                continue;
            }
            let number = self.number.map(|first| (first + line - 1).to_string()).unwrap_or_default();
            let number = style.paint(style.gutter(), &format!("{number:>digits$}"));
            let sign = style.paint(self.code, &self.sign.to_string());
            drawn.push_str(format!("{number} {sign} {}", self.draw_line(&lines, line, width, style)).trim_end());
            drawn.push('\n');
        }
        drawn
    }

    fn draw_line(&self, lines: &Lines, line: usize, width: usize, style: &Style) -> String {
        let content = lines.content(line, self.text);
        let inside = |mark: &&Span| mark.start <= content.end && content.start <= mark.end;
        let marks: Vec<Mark> = self
            .marks
            .iter()
            .filter(inside)
            .map(|mark| {
                let span = Span { start: mark.start.max(content.start), end: mark.end.min(content.end) };
                Mark { span, blank: span.of(self.text).chars().all(char::is_whitespace) }
            })
            .collect();
        let shown = Line::new(content.of(self.text), content.start, &marks, width);
        let mut drawn = String::new();
        let mut done = 0;
        for mark in &marks {
            let (start, end) = (shown.shown_at(mark.span.start).max(done), shown.shown_at(mark.span.end));
            if start < end {
                drawn.push_str(&shown.text[done..start]);
                drawn.push_str(&style.paint(&format!("1;4;{}", self.code), &shown.text[start..end]));
                done = end;
            }
        }
        drawn.push_str(&shown.text[done..]);
        let end_changes = self.marks.iter().any(|mark| mark.start <= content.end && content.end < mark.end);
        if end_changes && (self.ends_matter || content.is_empty()) {
            drawn.push_str(&style.paint(&format!("1;{}", self.code), "↵"));
        }
        drawn
    }
}

/// What is gone from `old`, and what is new in `new`, word by word.
fn changed_words(old: &str, new: &str, changes: &[Change]) -> (Vec<Span>, Vec<Span>) {
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for change in changes {
        let (before, after) = (words(change.old.of(old)), words(change.new.of(new)));
        if before.is_empty() || after.is_empty() || before.len() + after.len() > MOST_WORDS {
            removed.push(change.old);
            added.push(change.new);
            continue;
        }
        for operation in capture_diff_slices(Algorithm::Myers, &before, &after) {
            if operation.tag() != DiffTag::Equal {
                removed.push(span_of(&before, operation.old_range(), change.old));
                added.push(span_of(&after, operation.new_range(), change.new));
            }
        }
    }
    (removed, added)
}

/// The bytes of the words `range` in a text that stands at `base`.
fn span_of(words: &[&str], range: std::ops::Range<usize>, base: Span) -> Span {
    let length = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
    let start = base.start as usize + length(&words[..range.start]);
    Span::new(start, start + length(&words[range]))
}

/// Words, and what stands between them character by character.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() {
            rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(length);
        words.push(word);
        rest = after;
    }
    words
}
