//! One line of a file as a terminal can show it: windowed, without control characters, tabs as spaces.

use crate::report::secret::covered;
use crate::report::visible::picture;
use crate::text::Span;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

const TAB: usize = 4;
/// Stands where something is cut off.
const CUT: char = '…';
/// At least so many columns are shown on both sides of what must be seen.
const LEAST_CONTEXT: usize = 8;
/// So far, in columns, a cut moves to fall between two words.
const WORD: usize = 12;

/// A part of a line that must be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the file.
    pub span: Span,
    /// It is nothing but white space, which must be made visible.
    pub blank: bool,
}

/// A line as it is shown.
#[derive(Debug, Clone, Default)]
pub struct Line {
    pub text: String,
    /// Bytes of the file and the bytes of `text` where they are shown, both ascending; the last is the end of the line.
    places: Vec<(u32, usize)>,
}

impl Line {
    /// Shows `content`, a line without its end that begins at the byte `base` of the file, in about `width` columns.
    /// Where it is longer, the `marks` and what is around them is shown.
    pub fn new(content: &str, base: u32, marks: &[Mark], width: usize) -> Line {
        let content = &*covered(content);
        let room = content.len().min(2 * width);
        let mut line = Line { text: String::with_capacity(room), places: Vec::with_capacity(room) };
        let windows = windows(content, base, marks, width);
        let mut column = 0;
        let mut end = 0;
        for window in &windows {
            if window.start > end {
                line.places.push((base + end as u32, line.text.len()));
                line.text.push(CUT);
                column += 1;
            }
            line.push_window(content, base, window.clone(), marks, &mut column);
            end = window.end;
        }
        line.places.push((base + end as u32, line.text.len()));
        if end < content.len() {
            line.text.push(CUT);
            line.places.push((base + content.len() as u32, line.text.len()));
        }
        line
    }

    /// Where the byte `offset` of the file is shown, in bytes of `text`.
    pub fn shown_at(&self, offset: u32) -> usize {
        let next = self.places.partition_point(|&(source, _)| source < offset);
        match (self.places.get(next), next.checked_sub(1).and_then(|before| self.places.get(before))) {
            (Some(&(source, shown)), _) if source == offset => shown,
            // inside something that is cut off, or that is shown as one
            (_, Some(&(_, shown))) => shown,
            (Some(&(_, shown)), None) => shown,
            (None, None) => 0,
        }
    }

    fn push_window(&mut self, content: &str, base: u32, window: Range<usize>, marks: &[Mark], column: &mut usize) {
        let mut before = content[..window.start].chars().next_back();
        for (offset, character) in content[window.clone()].char_indices() {
            let at = base + (window.start + offset) as u32;
            let is_blank = || marks.iter().any(|mark| mark.blank && mark.span.contains(at));
            self.places.push((at, self.text.len()));
            let start = self.text.len();
            match character {
                '!'..='~' => {
                    self.text.push(character);
                    *column += 1;
                    before = Some(character);
                    continue;
                }
                '\t' => {
                    let spaces = TAB - *column % TAB;
                    self.text.push(if is_blank() { '→' } else { ' ' });
                    self.text.extend(std::iter::repeat_n(' ', spaces - 1));
                }
                ' ' if is_blank() => self.text.push('·'),
                '\u{a0}' if is_blank() => self.text.push('⍽'),
                _ if is_dropped(character, before) => {}
                _ => match picture(character) {
                    Some(picture) => self.text.push_str(&picture),
                    None => self.text.push(character),
                },
            }
            *column += columns(&self.text[start..]);
            before = Some(character);
        }
    }
}

/// How many columns `text` takes, character by character, as codespan counts.
pub fn columns(text: &str) -> usize {
    text.chars().map(width_of_shown).sum()
}

fn width_of_shown(character: char) -> usize {
    if matches!(character, ' '..='~') { 1 } else { character.width().unwrap_or(0) }
}

fn width_of(character: char) -> usize {
    if matches!(character, ' '..='~') {
        return 1;
    }
    match picture(character) {
        _ if character == '\t' => TAB,
        Some(picture) => columns(&picture),
        None => width_of_shown(character),
    }
}

/// What makes one picture of several characters is left out, so that each has the width that is counted for it:
/// variation selectors, and between emoji joiners, skin tones and the tags of flags.
fn is_dropped(character: char, before: Option<char>) -> bool {
    let after_emoji = before.is_some_and(|before| is_emoji(before) || is_joint(before));
    match character {
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => true,
        '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' => after_emoji,
        _ => false,
    }
}

fn is_joint(character: char) -> bool {
    matches!(character, '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

fn is_emoji(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// The parts of `content` that are shown, in bytes of it, in order and apart.
fn windows(content: &str, base: u32, marks: &[Mark], width: usize) -> Vec<Range<usize>> {
    if fits(content, width) {
        return std::iter::once(0..content.len()).collect();
    }
    let mut points = points_of(content, base, marks, width);
    if points.is_empty() {
        points.push(0..0);
    }
    let needed: usize = points.iter().map(|point| content[point.clone()].chars().map(width_of).sum::<usize>()).sum();
    // an ellipsis stands at each end
    let context = (width.saturating_sub(needed + 2 * points.len()) / (2 * points.len())).max(LEAST_CONTEXT);
    let single = points.len() == 1;
    let mut windows: Vec<Range<usize>> = Vec::new();
    for point in points {
        let (left, spare) = left_of(content, point.start, context);
        let (right, spare) = right_of(content, point.end, context + if single { spare } else { 0 });
        // near the end of the line the room on the right serves the left
        let left = if single && spare > 0 { left_of(content, point.start, context + spare).0 } else { left };
        match windows.last_mut() {
            // what is cut out must be worth its ellipsis
            Some(last) if left <= last.end + LEAST_CONTEXT => last.end = last.end.max(right),
            _ => windows.push(left..right),
        }
    }
    windows
}

/// What must be seen, in bytes of `content`: the marks, or both ends of one that is too long.
fn points_of(content: &str, base: u32, marks: &[Mark], width: usize) -> Vec<Range<usize>> {
    let mut points: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        let start = (mark.span.start.saturating_sub(base) as usize).min(content.len());
        let end = (mark.span.end.saturating_sub(base) as usize).clamp(start, content.len());
        if fits(&content[start..end], width * 2 / 3) {
            points.push(start..end);
        } else {
            points.extend([start..right_of(content, start, width / 4).0, left_of(content, end, width / 6).0..end]);
        }
    }
    points.sort_by_key(|point| (point.start, point.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for point in points {
        match merged.last_mut() {
            Some(last) if point.start <= last.end => last.end = last.end.max(point.end),
            _ => merged.push(point),
        }
    }
    merged
}

fn fits(text: &str, width: usize) -> bool {
    let mut used = 0;
    text.chars().all(|character| {
        used += width_of(character);
        used <= width
    })
}

/// Where a window begins that shows `context` columns before `at`, and how many of them there was no use for.
fn left_of(content: &str, at: usize, context: usize) -> (usize, usize) {
    let mut used = 0;
    let mut start = at;
    for (offset, character) in content[..at].char_indices().rev() {
        let width = width_of(character);
        if used + width > context {
            return (at_word(&content[start..at], context).map_or(start, |skip| start + skip), 0);
        }
        used += width;
        start = offset;
    }
    (start, context - used)
}

/// Where a window ends that shows `context` columns after `at`, and how many of them there was no use for.
fn right_of(content: &str, at: usize, context: usize) -> (usize, usize) {
    let mut used = 0;
    for (offset, character) in content[at..].char_indices() {
        let width = width_of(character);
        if used + width > context {
            let shown = &content[at..at + offset];
            let tail = shown.char_indices().rev().take(WORD).find(|(_, character)| character.is_whitespace());
            let end = tail.filter(|&(space, _)| space >= offset / 2).map_or(offset, |(space, _)| space);
            return (at + end, 0);
        }
        used += width;
    }
    (content.len(), context - used)
}

/// How many bytes to leave out so that `shown` begins with a word.
fn at_word(shown: &str, context: usize) -> Option<usize> {
    let head = shown.char_indices().take(WORD.min(context * 2 / 3));
    head.zip(shown.chars().skip(1))
        .find(|((_, character), _)| character.is_whitespace())
        .map(|((at, character), _)| at + character.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(content: &str, mark: &str, width: usize) -> (Line, Span) {
        let start = content.find(mark).unwrap();
        let span = Span::new(start, start + mark.len());
        (Line::new(content, 0, &[Mark { span, blank: mark.trim().is_empty() }], width), span)
    }

    fn marked(content: &str, mark: &str, width: usize) -> (String, String) {
        let (line, span) = line(content, mark, width);
        let (start, end) = (line.shown_at(span.start), line.shown_at(span.end));
        (line.text[start..end].to_owned(), line.text)
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides_between_words() {
        let content = format!("{}the needle is here {}", "straw ".repeat(400), "straw ".repeat(400));
        let (mark, text) = marked(&content, "needle", 60);
        assert_eq!(mark, "needle");
        assert!(text.starts_with("…straw ") && text.ends_with(" straw…"), "{text}");
        assert!((45..=62).contains(&columns(&text)), "{}: {text}", columns(&text));
    }

    #[test]
    fn the_room_is_used_at_both_ends_of_a_line() {
        let content = format!("needle {}pin", "straw ".repeat(400));
        for mark in ["needle", "pin"] {
            let (shown, text) = marked(&content, mark, 60);
            assert_eq!(shown, mark);
            assert!((45..=62).contains(&columns(&text)), "{}: {text}", columns(&text));
        }
    }

    #[test]
    fn of_a_long_mark_both_ends_are_seen() {
        let content = format!("before [{}] after", "x".repeat(3000));
        let (mark, text) = marked(&content, &content[7..content.len() - 6], 60);
        assert!(mark.starts_with("[xxx") && mark.contains('…') && mark.ends_with("xxx]"), "{mark}");
        assert!(columns(&text) < 80, "{text}");
    }

    #[test]
    fn what_has_no_width_of_its_own_is_left_out() {
        let (mark, text) = marked("👩‍💻 and ❤️ and 👍🏽 then teh", "teh", 80);
        assert_eq!((mark.as_str(), text.as_str()), ("teh", "👩💻 and ❤ and 👍 then teh"));
    }

    #[test]
    fn joiners_of_scripts_stay() {
        assert_eq!(marked("می‌خواهم x", "x", 80).1, "می‌خواهم x");
    }

    #[test]
    fn blanks_are_seen_where_they_are_the_matter() {
        assert_eq!(marked("a b \t", " \t", 80), ("·→   ".to_owned(), "a b·→   ".to_owned()));
        assert_eq!(marked("a\tb", "b", 80).1, "a   b");
    }

    #[test]
    fn control_characters_are_shown_and_counted() {
        assert_eq!(marked("a\u{1b}[2Jb\u{202e}c", "b", 80), ("b".to_owned(), "a␛[2Jb\\u{202e}c".to_owned()));
    }
}
