//! What is known of a text while its spans are read.
//!
//! kramdown tries a construct, and where it finds no end takes the opener as text and reads all that follows again: a
//! thousand open brackets cost it seconds. Here each construct is recognised first, at most once at a place and in a
//! context, and built only when it and all around it are certain.

use super::span_token::Context;
use rustc_hash::{FxHashMap, FxHashSet};

/// What was found out about an opener.
#[derive(Debug, Clone, Copy)]
pub(super) enum Outcome {
    /// It is text.
    Text,
    Emphasis {
        close: usize,
    },
    Strong {
        close: usize,
    },
    /// The closing bracket of a link; whether it has a target is quickly seen.
    Bracket {
        close: usize,
    },
    HtmlClosed {
        close: usize,
        end: usize,
    },
    HtmlUnclosed,
}

#[derive(Debug, Default)]
pub(super) struct Memo {
    outcomes: FxHashMap<(usize, u8), Outcome>,
    /// The closing bracket of the opening one at a place in a context, counted as kramdown counts.
    brackets: FxHashMap<(usize, u8), Option<usize>>,
    /// Places from which no closing mark of a kind was found in a context.
    dead_ends: FxHashSet<(usize, u8, u8)>,
    pub last_mark: [Option<Option<usize>>; 2],
    pub backticks: Option<BacktickRuns>,
    pub parentheses: Option<FxHashMap<usize, usize>>,
    pub dollars: Seek,
    pub comment_end: Seek,
    pub greater: Seek,
    pub newline: Seek,
    pub bracket: Seek,
    pub brace: Seek,
    pub last_escaped_brace: Option<Option<usize>>,
    pub strikethrough: Seek,
    pub quoted_space: Seek,
    pub title_end: [Seek; 2],
    pub stop_tag: [Seek; 3],
}

impl Memo {
    pub(super) fn outcome(&self, at: usize, context: Context) -> Option<Outcome> {
        if self.outcomes.is_empty() { None } else { self.outcomes.get(&(at, context.key())).copied() }
    }

    pub(super) fn set_outcome(&mut self, at: usize, context: Context, outcome: Outcome) {
        self.outcomes.insert((at, context.key()), outcome);
    }

    pub(super) fn bracket(&self, at: usize, context: Context) -> Option<Option<usize>> {
        if self.brackets.is_empty() { None } else { self.brackets.get(&(at, context.key())).copied() }
    }

    pub(super) fn set_bracket(&mut self, at: usize, context: Context, close: Option<usize>) {
        self.brackets.insert((at, context.key()), close);
    }

    pub(super) fn is_dead_end(&self, at: usize, context: Context, kind: u8) -> bool {
        !self.dead_ends.is_empty() && self.dead_ends.contains(&(at, context.key(), kind))
    }

    pub(super) fn add_dead_ends(&mut self, places: &[usize], context: Context, kind: u8) {
        self.dead_ends.extend(places.iter().map(|&at| (at, context.key(), kind)));
    }
}

/// The next occurrence of something, remembered: all places up to it have the same next one.
#[derive(Debug, Default)]
pub(super) struct Seek {
    known: Option<(usize, Option<usize>)>,
}

impl Seek {
    /// The next occurrence from `at` on, by `find` unless it is known.
    pub(super) fn next(&mut self, at: usize, find: impl FnOnce() -> Option<usize>) -> Option<usize> {
        if let Some((from, found)) = self.known
            && from <= at
            && found.is_none_or(|found| at <= found)
        {
            return found;
        }
        let found = find();
        self.known = Some((at, found));
        found
    }
}

/// The runs of backticks of a text, with the longest from each on.
#[derive(Debug)]
pub(super) struct BacktickRuns {
    /// Start of the run, and the length of the longest from there on.
    runs: Vec<(usize, usize)>,
}

impl BacktickRuns {
    /// Of `bytes` from `at` on.
    pub(super) fn new(bytes: &[u8], at: usize) -> BacktickRuns {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        let mut end = usize::MAX;
        for found in memchr::memchr_iter(b'`', bytes.get(at..).unwrap_or_default()).map(|found| at + found) {
            match runs.last_mut() {
                Some((_, length)) if found == end => *length += 1,
                _ => runs.push((found, 1)),
            }
            end = found + 1;
        }
        let mut longest = 0;
        for (_, length) in runs.iter_mut().rev() {
            longest = longest.max(*length);
            *length = longest;
        }
        BacktickRuns { runs }
    }

    /// The longest run that starts at `at` or later.
    pub(super) fn longest_from(&self, at: usize) -> usize {
        let first = self.runs.partition_point(|&(start, _)| start < at);
        self.runs.get(first).map_or(0, |&(_, length)| length)
    }
}
