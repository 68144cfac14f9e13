//! Text: the crate gives what it means, this finds the bytes of each part of it.

use super::reader::{Reader, range};
use crate::markup::Kind;
use markdown::mdast::Node;
use std::borrow::Cow;
use std::ops::Range;

/// A part of a text, in bytes of the source.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// What is written is meant.
    Plain(Range<usize>),
    /// A backslash and the character that it makes text.
    Escape(Range<usize>),
    /// A character reference, and what it stands for.
    Reference(Range<usize>, String),
    LineEnd(Range<usize>),
}

/// Where `node` begins. The crate leaves out the backslash of a text that begins with one.
pub(super) fn start(text: &str, node: &Node) -> usize {
    let start = range(node).start;
    let is_text = matches!(node, Node::Text(_)) && text[start..].starts_with(|c: char| c.is_ascii_punctuation());
    if is_text && text[..start].ends_with('\\') { start - 1 } else { start }
}

impl Reader<'_, '_> {
    /// The text `node`, which means `value`.
    pub(super) fn text(&mut self, node: &Node, value: &str) {
        let source = self.source;
        let range = start(source.text(), node)..range(node).end;
        for part in parts(source.text(), range, value, self.quotes) {
            match part {
                Part::Plain(range) => self.builder.text(source, range),
                Part::Escape(range) => {
                    let text = source.value(range.start + 1..range.end);
                    self.leaf(Kind::Text { text, escaped: true }, range);
                }
                Part::Reference(range, meaning) => {
                    let mut chars = meaning.chars();
                    let kind = match (chars.next(), chars.next()) {
                        (Some(only), None) => Kind::Entity(Some(only)),
                        _ => Kind::Text { text: Cow::Owned(meaning), escaped: true },
                    };
                    self.leaf(kind, range);
                }
                Part::LineEnd(range) => self.leaf(Kind::Text { text: Cow::Borrowed("\n"), escaped: false }, range),
            }
        }
    }
}

/// The parts of `range` of `text`, which means `value`; its lines begin with the marks of up to so many quotes.
fn parts(text: &str, range: Range<usize>, value: &str, quotes: usize) -> Vec<Part> {
    let mut scan = Scan { text, end: range.end, at: range.start, plain: range.start, value, quotes, parts: Vec::new() };
    while scan.at < scan.end {
        scan.step();
    }
    scan.flush();
    scan.parts
}

struct Scan<'t> {
    text: &'t str,
    end: usize,
    at: usize,
    /// Where the text begins that is no part yet.
    plain: usize,
    /// What is still to come, of the meaning.
    value: &'t str,
    quotes: usize,
    parts: Vec<Part>,
}

impl Scan<'_> {
    fn step(&mut self) {
        let rest = &self.text[self.at..self.end];
        let mut chars = rest.chars();
        match (chars.next(), chars.next()) {
            (Some('\\'), Some(escaped)) if escaped.is_ascii_punctuation() => {
                self.skip_meaning(escaped);
                let range = self.at..self.at + 2;
                self.part(range.end, Part::Escape(range));
            }
            (Some('&'), _) if let Some((length, meaning)) = reference(rest) => {
                self.value = self.value.strip_prefix(meaning.as_str()).unwrap_or(self.value);
                let range = self.at..self.at + length;
                self.part(range.end, Part::Reference(range, meaning));
            }
            (Some('\n' | '\r'), _) => self.line_end(),
            (Some(' ' | '\t'), _) if !self.value.starts_with([' ', '\t']) => {
                // white space at the end of a line means nothing
                self.flush();
                self.at += 1;
                self.plain = self.at;
            }
            (Some(plain), _) => {
                self.skip_meaning(plain);
                self.at += plain.len_utf8();
            }
            (None, _) => self.at = self.end,
        }
    }

    fn skip_meaning(&mut self, written: char) {
        let mut chars = self.value.chars();
        if chars.next().is_some_and(|meant| meant == written || written == '\0') {
            self.value = chars.as_str();
        }
    }

    /// Ends the plain text here, and goes on at `end`.
    fn part(&mut self, end: usize, part: Part) {
        self.flush();
        self.parts.push(part);
        self.at = end;
        self.plain = end;
    }

    fn flush(&mut self) {
        if self.plain < self.at {
            self.parts.push(Part::Plain(self.plain..self.at));
        }
    }

    fn line_end(&mut self) {
        let rest = &self.text[self.at..self.end];
        let length = if rest.starts_with("\r\n") { 2 } else { 1 };
        // in the text of a link the crate leaves line ends out
        let meant = self.value.strip_prefix("\r\n").or_else(|| self.value.strip_prefix(['\n', '\r']));
        self.value = meant.unwrap_or(self.value);
        let range = self.at..self.at + length;
        self.part(range.end, Part::LineEnd(range));
        self.at += self.prefix();
        self.plain = self.at;
    }

    /// How long the white space and the marks of quotes are that the line begins with.
    fn prefix(&self) -> usize {
        let line = &self.text[self.at..self.end];
        let space = |from: usize| from + line[from..].len() - line[from..].trim_start_matches([' ', '\t']).len();
        let mut starts = vec![space(0)];
        while let Some(&last) = starts.last()
            && starts.len() <= self.quotes
            && line[last..].starts_with('>')
        {
            starts.push(space(last + 1));
        }
        // a line that is indented far enough may begin with a `>` that is text
        let is_meant = |start: &usize| {
            let length = line[*start..].find(['\\', '&', '\n', '\r', ' ']).unwrap_or(line.len() - start);
            self.value.starts_with(&line[*start..start + length])
        };
        starts.iter().copied().rev().find(is_meant).or(starts.last().copied()).unwrap_or(0)
    }
}

/// The character reference that `text` begins with: its length in bytes, and what it stands for.
fn reference(text: &str) -> Option<(usize, String)> {
    /// In bytes; no name is longer.
    const LONGEST_NAME: usize = 31;
    let body = text.get(1..)?;
    let length = body.bytes().take(LONGEST_NAME + 1).position(|byte| byte == b';')?;
    let body = &body[..length];
    let meaning = match body.strip_prefix('#').map(|number| (number, number.strip_prefix(['x', 'X']))) {
        Some((_, Some(digits))) => number(digits, 16, 6)?,
        Some((digits, None)) => number(digits, 10, 7)?,
        None => markdown::decode_named(body, true)?,
    };
    Some((length + 2, meaning))
}

fn number(digits: &str, radix: u32, most: usize) -> Option<String> {
    let is_number = (1..=most).contains(&digits.len()) && digits.chars().all(|digit| digit.is_digit(radix));
    is_number.then(|| markdown::decode_numeric(digits, radix))
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    /// What the parts of `text` are, each with its bytes.
    fn outline(text: &str, value: &str, quotes: usize) -> Vec<String> {
        let name = |part: &Part| match part {
            Part::Plain(range) => text[range.clone()].to_owned(),
            Part::Escape(range) => format!("escape {}", &text[range.clone()]),
            Part::Reference(range, meaning) => format!("{} is {meaning}", &text[range.clone()]),
            Part::LineEnd(_) => "end".to_owned(),
        };
        parts(text, 0..text.len(), value, quotes).iter().map(name).collect()
    }

    #[test]
    fn each_part_has_its_bytes() {
        assert_eq!(outline("a\\*b &amp;amp; &x;\\", "a*b &amp; &x;\\", 0), ["a", "escape \\*", "b ", "&amp; is &", "amp; &x;\\"]);
        assert_eq!(outline("&#65;&#X41;&fjlig;&#;", "AAfj&#;", 0), ["&#65; is A", "&#X41; is A", "&fjlig; is fj", "&#;"]);
    }

    #[test]
    fn lines_begin_behind_the_marks_of_quotes() {
        assert_eq!(outline("a \r\n> > b\n>\\> c", "a\r\nb\n> c", 2), ["a", "end", "b", "end", "escape \\>", " c"]);
        assert_eq!(outline("a\n     > b", "a\n> b", 1), ["a", "end", "> b"]);
        // in the text of a link
        assert_eq!(outline("a\n> b", "ab", 1), ["a", "end", "b"]);
    }
}
