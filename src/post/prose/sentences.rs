//! Where the sentences of a run end.
//!
//! A sentence ends with a terminator (`.`, `?`, `!`, `…` and those of other scripts), then whatever closes (quotation
//! marks, brackets, markup), then white space, then something that can begin a sentence. Where that is not sure, there is
//! no boundary: abbreviations, initials, numbers and names are told by the tables of the run's language.

mod enclosures;
mod period;
mod start;
mod tables;
mod tokens;

use super::Run;
use enclosures::Enclosures;
use start::Start;
use std::cell::OnceCell;
use std::ops::Range;
use tables::{NAMES, Tables};
use tokens::Mark;

/// What users add to the tables.
#[derive(Debug, Clone, Copy, Default)]
pub struct Vocabulary<'v> {
    /// Abbreviations after which a sentence goes on, in any case.
    pub abbreviations: &'v [String],
    /// Names that are written small at the start of a sentence, or end in a mark (`Yahoo!`).
    pub names: &'v [String],
}

impl Vocabulary<'_> {
    fn is_abbreviation(&self, token: &str) -> bool {
        let same = |word: &String| word.trim_end_matches('.').to_lowercase() == token.to_lowercase();
        self.abbreviations.iter().any(same)
    }
}

/// A place between two sentences (or clauses) of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boundary {
    /// The white space between them, in bytes of the run's text; empty after full-width terminators.
    pub gap: Range<usize>,
}

/// The sentences of one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentences {
    /// In order.
    pub boundaries: Vec<Boundary>,
    /// The last sentence has its terminator.
    pub terminated: bool,
}

/// Finds where the sentences of `run` end.
pub fn sentences(run: &Run, vocabulary: Vocabulary) -> Sentences {
    let mut scan = Scan::new(run, vocabulary);
    let mut found = Sentences::default();
    let mut at = 0;
    while let Some((start, mark, end)) = next_terminator(scan.text, at) {
        let (mark, end) = match spaced_ellipsis(scan.text, start, end) {
            Some(Spaced::Part(end)) => {
                at = end;
                continue;
            }
            Some(Spaced::EndsAt(end)) => (Mark::Strong, end),
            None => (mark, end),
        };
        at = end;
        match scan.boundary(start, mark, end) {
            Verdict::Boundary(gap) => {
                at = at.max(gap.end);
                scan.sentence_start = gap.end;
                found.boundaries.push(Boundary { gap });
            }
            Verdict::EndOfRun => found.terminated = true,
            Verdict::None => {}
        }
    }
    found
}

/// Finds where clauses end: after `;`, `:` and `—` before white space.
pub fn clauses(run: &Run) -> Vec<Boundary> {
    let text = run.as_str();
    let enclosures = Enclosures::of(run);
    let ends = text.char_indices().filter(|(_, character)| matches!(character, ';' | ':' | '—'));
    ends.filter_map(|(at, character)| {
        let from = at + character.len_utf8();
        let gap = from..from + white_space(&text[from..]);
        let inside = !gap.is_empty() && gap.end < text.len() && tokens::emoji_length(&text[at..]).is_none();
        (inside && !enclosures.open_at(gap.start)).then_some(Boundary { gap })
    })
    .collect()
}

/// How many words a heading has that runs into its paragraph, at most.
const RUN_IN_WORDS: usize = 3;

enum Verdict {
    Boundary(Range<usize>),
    EndOfRun,
    None,
}

/// The next terminator from the byte `at` on, with all marks that follow it directly: its start, its kind, its end.
fn next_terminator(text: &str, at: usize) -> Option<(usize, Mark, usize)> {
    let bytes = text.as_bytes();
    let mut at = at;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| tokens::MAY_BEGIN[byte as usize])?;
        let character = text[at..].chars().next()?;
        if let Some(first) = tokens::mark(character) {
            let (mark, end) = cluster(text, at, first);
            return Some((at, mark, end));
        }
        at += character.len_utf8();
    }
}

fn cluster(text: &str, start: usize, first: Mark) -> (Mark, usize) {
    let mut mark = first;
    let mut end = start;
    let mut count = 0;
    for character in text[start..].chars() {
        let Some(next) = tokens::mark(character) else { break };
        end += character.len_utf8();
        count += 1;
        if next == Mark::Strong || next == Mark::FullWidth || next == Mark::Ellipsis && mark == Mark::Period {
            mark = next;
        }
    }
    match (mark, count) {
        (Mark::Period, 1) => (mark, end),
        // `....` is an ellipsis and a full stop
        (Mark::Period, 4) => (Mark::Strong, end),
        (Mark::Period, _) => (Mark::Ellipsis, end),
        _ => (mark, end),
    }
}

enum Spaced {
    /// Belongs to `. . .` inside a sentence; go on behind it.
    Part(usize),
    /// Ends a sentence, at this byte.
    EndsAt(usize),
}

/// Dots with spaces between them: `. . .` is an ellipsis, a fourth dot ends a sentence.
fn spaced_ellipsis(text: &str, start: usize, end: usize) -> Option<Spaced> {
    let bytes = text.as_bytes();
    if end - start != 1 || bytes[start] != b'.' {
        return None;
    }
    let mut last = end;
    let mut dots = 1;
    while bytes.get(last) == Some(&b' ')
        && bytes.get(last + 1) == Some(&b'.')
        && !bytes.get(last + 2).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'.')
    {
        last += 2;
        dots += 1;
    }
    let attached = text[..start].ends_with(|before: char| !before.is_whitespace() && before != '.');
    match dots {
        1 => None,
        // the full stop of the sentence, and an ellipsis that begins the next one
        4 if attached && text[last..].starts_with(' ') => Some(Spaced::EndsAt(end)),
        4.. if !attached => Some(Spaced::EndsAt(last)),
        _ => Some(Spaced::Part(last)),
    }
}

/// How many bytes of white space `text` starts with. A no-break space parts no sentences.
fn white_space(text: &str) -> usize {
    text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count()
}

/// The length of a reference such as `[12]` or `[^note]` (a footnote that is nowhere defined) at the start of `text`.
fn reference_length(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('[')?;
    let name = rest.strip_prefix('^').unwrap_or(rest);
    let is_footnote = name.len() < rest.len();
    let length =
        name.bytes().take_while(|&byte| byte.is_ascii_digit() || is_footnote && (byte.is_ascii_alphanumeric() || byte == b'-')).count();
    (length > 0 && name[length..].starts_with(']')).then_some(length + 2 + usize::from(is_footnote))
}

struct Scan<'r> {
    text: &'r str,
    run: &'r Run<'r>,
    tables: &'static Tables,
    vocabulary: Vocabulary<'r>,
    enclosures: OnceCell<Enclosures>,
    /// Where the sentence begins that is being read.
    sentence_start: usize,
    /// The run begins with the label of an item.
    enumeration: bool,
}

impl<'r> Scan<'r> {
    fn new(run: &'r Run<'r>, vocabulary: Vocabulary<'r>) -> Scan<'r> {
        Scan {
            text: run.as_str(),
            run,
            tables: Tables::of(run.language),
            vocabulary,
            enclosures: OnceCell::new(),
            sentence_start: 0,
            enumeration: period::begins_enumeration(run.as_str()),
        }
    }

    fn enclosures(&self) -> &Enclosures {
        self.enclosures.get_or_init(|| Enclosures::of(self.run))
    }

    /// What the terminator at `start..end` is.
    fn boundary(&self, start: usize, mark: Mark, end: usize) -> Verdict {
        let closed = self.skip_closers(end);
        let mut gap = closed..closed + white_space(&self.text[closed..]);
        while !self.text[gap.clone()].contains('\n')
            && (!gap.is_empty() || mark != Mark::FullWidth)
            && let Some(emoji) = tokens::emoji_length(&self.text[gap.end..])
        {
            let from = gap.end + emoji;
            gap = from..from + white_space(&self.text[from..]);
        }
        if gap.end == self.text.len() {
            return Verdict::EndOfRun;
        }
        if gap.is_empty() && (mark != Mark::FullWidth || closed != end) {
            return Verdict::None;
        }
        let start_of_next = self.start_at(gap.end);
        let ends = match mark {
            Mark::FullWidth => start_of_next.is_some(),
            _ => start_of_next.is_some_and(|next| {
                self.ends(start, mark, &next)
                    && self.closers_end(start, mark, end, closed)
                    && !self.is_run_in_heading(start, mark, closed)
                    && !self.is_one_word_of_many(mark, end, &next)
            }),
        };
        if ends && !self.enclosures().open_at(gap.start) { Verdict::Boundary(gap) } else { Verdict::None }
    }

    /// Behind all that closes directly after the terminator, and numbers of references (`.[1]`).
    fn skip_closers(&self, end: usize) -> usize {
        let mut at = end;
        loop {
            let rest = &self.text[at..];
            if let Some(character) = rest.chars().next().filter(|&character| tokens::is_closer(character)) {
                at += character.len_utf8();
            } else if let Some(length) = reference_length(rest) {
                at += length;
            } else {
                let pictures = rest.find(|character| !tokens::is_emoji(character)).unwrap_or(rest.len());
                return at + pictures;
            }
        }
    }

    /// Whether what the terminator is enclosed in is a sentence of its own, or ends one.
    fn closers_end(&self, start: usize, mark: Mark, end: usize, closed: usize) -> bool {
        for (at, character) in self.text[end..closed].char_indices() {
            if matches!(character, ')' | ']' | '}' | '）') {
                let reference = self.text[..end + at].ends_with(|before: char| before.is_ascii_digit());
                match self.enclosures().bracket_closing_at(end + at) {
                    Some(bracket) if self.begins_sentence(bracket.start) || reference => {}
                    _ => return false,
                }
            }
        }
        if mark != Mark::Strong {
            return true;
        }
        // titles end in marks of their own: the post "What is new?" says more
        let quote = self.enclosures().quote_around(start).filter(|quote| quote.end <= closed);
        let markup = self.enclosures().markup_around(start).filter(|markup| markup.end <= closed);
        [quote, markup].into_iter().flatten().all(|range| self.is_no_title(range))
    }

    /// `**Speed.** It is fast`: a few words in bold or italics at the start of a paragraph are its heading.
    fn is_run_in_heading(&self, start: usize, mark: Mark, closed: usize) -> bool {
        let markup = self.enclosures().markup_around(start).filter(|markup| markup.end <= closed);
        let is_first = |markup: &&Range<usize>| self.text[..markup.start].trim().is_empty();
        let words = |markup: &Range<usize>| self.text[markup.clone()].split_whitespace().count();
        mark == Mark::Period && markup.filter(is_first).is_some_and(|markup| words(markup) <= RUN_IN_WORDS)
    }

    /// `Best. Day. Ever.` is said in one breath.
    fn is_one_word_of_many(&self, mark: Mark, end: usize, next: &Start) -> bool {
        let is_one = |word: &str| word.strip_suffix('.').is_some_and(|word| word.chars().all(char::is_alphabetic));
        mark == Mark::Period
            && matches!(next, Start::Upper { dotted: true, .. })
            && self.text[self.sentence_start..end].split_whitespace().all(is_one)
    }

    fn is_no_title(&self, range: &Range<usize>) -> bool {
        let content = self.text[range.clone()].trim_start_matches(tokens::is_opener);
        let before = self.text[..range.start].trim_end();
        content.starts_with(char::is_lowercase)
            || before.ends_with([',', ':'])
            || self.begins_sentence(range.start)
            || self.tables.is_speech(tokens::token_before(self.text, before.len()))
    }

    /// Whether a sentence begins at `offset`: nothing stands before it in its own.
    fn begins_sentence(&self, offset: usize) -> bool {
        let before = self.text[self.sentence_start..offset.max(self.sentence_start)]
            .trim_end_matches(|character: char| character.is_whitespace() || tokens::is_opener(character));
        before.is_empty() || before.ends_with(':') || self.text[..offset].trim_end_matches(' ').ends_with('\n')
    }
}

#[cfg(test)]
mod tests;
