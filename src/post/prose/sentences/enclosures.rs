//! What stays open in a run: brackets, quotation marks and markup inside which no sentence is parted from the next.

use super::super::{Inline, Run};
use std::ops::Range;

/// The pairs of a run. Those that never close are none.
#[derive(Debug, Default)]
pub struct Enclosures {
    /// From an opening bracket to its closing one, both included, in the order of the closing ones.
    brackets: Vec<Range<usize>>,
    /// From an opening quotation mark to its closing one, both included; disjoint, in order.
    quotes: Vec<Range<usize>>,
    /// Emphasis, links and the like; the outermost ones, disjoint, in order.
    markup: Vec<Range<usize>>,
    /// All of the above that lie in no other, in order.
    outermost: Vec<Range<usize>>,
}

impl Enclosures {
    pub fn of(run: &Run) -> Enclosures {
        let text = run.as_str();
        let (brackets, quotes) = (brackets(text), quotes(text));
        let markup = markup(run);
        let mut all: Vec<Range<usize>> = [brackets.as_slice(), &quotes, &markup].concat();
        all.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut outermost: Vec<Range<usize>> = Vec::new();
        for range in all {
            match outermost.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => outermost.push(range),
            }
        }
        Enclosures { brackets, quotes, markup, outermost }
    }

    /// Whether something is open at `offset`.
    pub fn open_at(&self, offset: usize) -> bool {
        covering(&self.outermost, offset).is_some_and(|range| range.start < offset)
    }

    /// The bracket pair that closes at the byte `close`.
    pub fn bracket_closing_at(&self, close: usize) -> Option<&Range<usize>> {
        let index = self.brackets.partition_point(|range| range.end <= close);
        self.brackets.get(index).filter(|range| range.end - 1 <= close && close < range.end)
    }

    /// The quotation that holds the byte `offset`.
    pub fn quote_around(&self, offset: usize) -> Option<&Range<usize>> {
        covering(&self.quotes, offset)
    }

    /// The outermost markup that holds the byte `offset`.
    pub fn markup_around(&self, offset: usize) -> Option<&Range<usize>> {
        covering(&self.markup, offset)
    }
}

fn covering(ranges: &[Range<usize>], offset: usize) -> Option<&Range<usize>> {
    let index = ranges.partition_point(|range| range.end <= offset);
    ranges.get(index).filter(|range| range.start <= offset)
}

fn markup(run: &Run) -> Vec<Range<usize>> {
    let kinds = [Inline::Emphasis, Inline::Strong, Inline::Strikethrough, Inline::Link, Inline::Html];
    let mut outermost: Vec<Range<usize>> = Vec::new();
    for inline in run.inlines.iter().filter(|inline| kinds.contains(&inline.kind) && !inline.range.is_empty()) {
        if outermost.last().is_none_or(|last| last.end <= inline.range.start) {
            outermost.push(inline.range.clone());
        }
    }
    outermost
}

/// Bytes that brackets begin with.
const MAY_BE_BRACKET: [bool; 256] = table_of(b"()[]{}\xe3\xef");
/// Bytes that quotation marks begin with.
const MAY_BE_QUOTE: [bool; 256] = table_of(b"\"'\xe2\xc2");

const fn table_of(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut index = 0;
    while index < bytes.len() {
        table[bytes[index] as usize] = true;
        index += 1;
    }
    table
}

/// The characters whose first byte is in the table, with their places.
fn marks<'t>(text: &'t str, table: &'static [bool; 256]) -> impl Iterator<Item = (usize, char)> + 't {
    let bytes = text.bytes().enumerate().filter(|(_, byte)| table[usize::from(*byte)]);
    bytes.filter_map(|(at, _)| Some((at, text.get(at..)?.chars().next()?)))
}

/// How deep brackets are followed.
const MAX_DEPTH: usize = 64;

fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut pairs = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, character) in marks(text, &MAY_BE_BRACKET) {
        let closer = match character {
            '(' if text[..at].ends_with([':', ';', '-']) => continue,
            '(' => ')',
            '[' => ']',
            '{' => '}',
            '（' => '）',
            '「' => '」',
            '『' => '』',
            '【' => '】',
            '《' => '》',
            '〈' => '〉',
            ')' | ']' | '}' | '）' | '」' | '』' | '】' | '》' | '〉' => {
                if let Some(index) = open.iter().rposition(|&(_, closer)| closer == character) {
                    pairs.push(open[index].0..at + character.len_utf8());
                    open.truncate(index);
                }
                continue;
            }
            _ => continue,
        };
        if open.len() < MAX_DEPTH {
            open.push((at, closer));
        }
    }
    pairs
}

fn quotes(text: &str) -> Vec<Range<usize>> {
    let mut pairs = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let wide = |character: char| matches!(character, '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '‹' | '›');
    for (at, character) in marks(text, &MAY_BE_QUOTE).filter(|&(_, character)| matches!(character, '"' | '\'') || wide(character)) {
        let rest = at + character.len_utf8();
        let before = text[..at].chars().next_back();
        let after = text[rest..].chars().next();
        match open {
            Some((start, closer)) if closes(character, closer) && is_closing(character, before, after) => {
                pairs.push(start..rest);
                open = None;
            }
            // a double mark inside single ones: the single one was no quotation
            Some((_, '\'' | '’')) if character != '\'' && character != '’' => {
                open = opening(character, before, after).map(|closer| (at, closer))
            }
            Some(_) => {}
            None => open = opening(character, before, after).map(|closer| (at, closer)),
        }
    }
    pairs
}

fn closes(character: char, closer: char) -> bool {
    character == closer || (closer == '“' && character == '”')
}

/// A single mark closes nothing where it stands in a word or after white space.
fn is_closing(character: char, before: Option<char>, after: Option<char>) -> bool {
    match character {
        '\'' | '’' => !before.is_some_and(char::is_whitespace) && !after.is_some_and(char::is_alphanumeric),
        _ => true,
    }
}

/// With which mark the quotation closes that `character` opens.
fn opening(character: char, before: Option<char>, after: Option<char>) -> Option<char> {
    let fresh = before.is_none_or(|before| !before.is_alphanumeric() && !matches!(before, '.' | ',' | '!' | '?' | ')'));
    match character {
        '"' if fresh && after.is_some_and(|after| !after.is_whitespace()) => Some('"'),
        '\'' if fresh && after.is_some_and(char::is_alphabetic) => Some('\''),
        '“' => Some('”'),
        '„' => Some('“'),
        '«' => Some('»'),
        '‹' => Some('›'),
        '‘' => Some('’'),
        _ => None,
    }
}
