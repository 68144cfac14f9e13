//! The neighbourhood of a finding, and of its fix.

use super::text::escape;
use crate::diagnostic::{Edit, Fix};
use crate::fix::apply;
use crate::report::place::Places;
use crate::text::Span;

/// Lines of a finding that are shown.
const MOST_LINES: usize = 4;
/// Characters of a line that are shown: before the first mark, within marks, behind the last one.
const BEFORE: usize = 90;
const WITHIN: usize = 400;
const BEHIND: usize = 140;
/// Places of a fix that are shown.
const MOST_PLACES: usize = 3;

/// The lines of a finding with the finding marked, and the line before and after, where they say something.
pub fn neighbourhood(places: &Places, span: Span) -> String {
    let (text, lines) = (places.text(), places.lines());
    let span = places.clamp(span);
    let first = lines.line_of(span.start);
    let last = lines.line_of(span.end.saturating_sub(1).max(span.start));
    let beside = |number: usize| {
        let content = lines.content(number, text).of(text);
        let is_blank = content.trim().is_empty();
        if is_blank { String::new() } else { row(number, true, &escape(&clipped(content, BEFORE + BEHIND))) }
    };
    let mut html = if first > 1 { beside(first - 1) } else { String::new() };
    for number in first..=last.min(first + MOST_LINES - 1) {
        let line = lines.content(number, text);
        let marked = Span { start: span.start.clamp(line.start, line.end), end: span.end.clamp(line.start, line.end) };
        html.push_str(&row(number, false, &marked_line(text, line, marked)));
    }
    if last > first + MOST_LINES - 1 {
        html.push_str("<span class=beside>…</span>");
    } else if last < lines.count() {
        html.push_str(&beside(last + 1));
    }
    html
}

fn row(number: usize, is_beside: bool, content: &str) -> String {
    let class = if is_beside { " class=beside" } else { "" };
    format!("<span{class} data-n={number}>{content}</span>")
}

fn marked_line(text: &str, line: Span, marked: Span) -> String {
    let before = Span { start: line.start, end: marked.start }.of(text);
    let behind = Span { start: marked.end, end: line.end }.of(text);
    let shown = clipped(marked.of(text), WITHIN);
    // an empty place is a thin mark
    format!("{}<mark>{}</mark>{}", escape(&clipped_front(before, BEFORE)), escape(&shown), escape(&clipped(behind, BEHIND)))
}

/// The places that a fix changes, with what goes and what comes.
pub fn repair(places: &Places, fix: &Fix) -> String {
    let text = places.text();
    if !apply::is_sound(text, &fix.edits) {
        return String::new();
    }
    let mut html = String::new();
    let mut done = 0;
    let mut shown = 0;
    for edits in fix.edits.chunk_by(|a, b| places.lines().line_of(a.span.end) == places.lines().line_of(b.span.start)) {
        if shown == MOST_PLACES {
            break;
        }
        (shown, done) = (shown + 1, done + edits.len());
        html.push_str(&place(places, edits));
    }
    if done < fix.edits.len() {
        html.push_str(&format!("<span class=beside>… and {} more</span>\n", fix.edits.len() - done));
    }
    html
}

/// Edits on one line.
fn place(places: &Places, edits: &[Edit]) -> String {
    let (text, lines) = (places.text(), places.lines());
    let (Some(first), Some(last)) = (edits.first(), edits.last()) else { return String::new() };
    let number = lines.line_of(first.span.start);
    let start = lines.content(number, text).start;
    let end = lines.content(lines.line_of(last.span.end), text).end.max(last.span.end);
    let mut html = escape(&clipped_front(Span { start, end: first.span.start }.of(text), BEFORE)).into_owned();
    let mut at = first.span.start;
    for edit in edits {
        html.push_str(&escape(&clipped(Span { start: at, end: edit.span.start }.of(text), WITHIN)));
        let (gone, new) = trimmed(edit.span.of(text), &edit.text);
        html.push_str(&escape(gone.0));
        for (tag, part) in [("del", gone.1), ("ins", new)] {
            if !part.is_empty() {
                html.push_str(&format!("<{tag}>{}</{tag}>", escape(&clipped(part, WITHIN))));
            }
        }
        html.push_str(&escape(gone.2));
        at = edit.span.end;
    }
    html.push_str(&escape(&clipped(Span { start: at, end }.of(text), BEHIND)));
    format!("<span data-n={number}>{html}</span>")
}

/// What two texts begin and end with alike is no change, as far as it is whole words: the parts of `old` before, in and
/// behind the change, and that of `new` in it.
fn trimmed<'t>(old: &'t str, new: &'t str) -> ((&'t str, &'t str, &'t str), &'t str) {
    let same = |(a, b): &(char, char)| a == b;
    let before: String = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c).collect();
    let before = before.trim_end_matches(char::is_alphanumeric).len();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let behind: Vec<char> = old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(same).map(|(c, _)| c).collect();
    let behind: String = behind.into_iter().rev().collect();
    let behind = behind.trim_start_matches(char::is_alphanumeric).len();
    let end = old_rest.len() - behind;
    ((&old[..before], &old_rest[..end], &old_rest[end..]), &new_rest[..new_rest.len() - behind])
}

/// At most so many characters, then an ellipsis.
fn clipped(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// An ellipsis, then at most so many of the last characters.
fn clipped_front(text: &str, most: usize) -> String {
    match text.char_indices().rev().nth(most) {
        Some((at, c)) => format!("…{}", &text[at + c.len_utf8()..]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Safety, Scope};

    #[test]
    fn a_finding_stands_between_its_neighbours() {
        let text = "before\nsome <b> text\nafter\n";
        let places = Places::new(text);
        let html = neighbourhood(&places, Span::new(12, 15));
        assert_eq!(
            html,
            "<span class=beside data-n=1>before</span><span data-n=2>some <mark>&lt;b&gt;</mark> text</span>\
             <span class=beside data-n=3>after</span>"
        );
    }

    #[test]
    fn long_lines_are_cut_on_both_sides_in_time() {
        let text = "é".repeat(100_000);
        let html = neighbourhood(&Places::new(&text), Span::new(100_000, 100_002));
        assert!(html.chars().count() < 400 && html.contains("…é") && html.contains("<mark>é</mark>"), "{html}");
    }

    #[test]
    fn a_fix_shows_what_goes_and_what_comes() {
        let text = "One. Two.\n";
        let edits = vec![Edit::replace(Span::new(4, 5), "\n")];
        let fix = Fix { title: String::new(), safety: Safety::Layout, scope: Scope::Place, edits, refused: None };
        assert_eq!(repair(&Places::new(text), &fix), "<span data-n=1>One.<del> </del><ins>␊</ins>Two.</span>");
        let edits = vec![Edit::replace(Span::new(0, 3), "Ones")];
        let fix = Fix { edits, ..fix };
        assert_eq!(repair(&Places::new(text), &fix), "<span data-n=1><del>One</del><ins>Ones</ins>. Two.</span>");
    }
}
