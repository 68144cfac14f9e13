//! Fixes: chosen, applied, guarded, and repeated until there is nothing left to repair.
//!
//! A fix is applied whole or not at all. After each round the document is parsed again, and a fix that changed more
//! than it says is taken back ([`guard`]); its finding stays and says why.

pub mod accept;
pub mod apply;
pub mod guard;
pub mod settle;
pub mod write;

pub use settle::settle;
pub use write::WriteError;

use crate::diagnostic::{Diagnostic, Fix};
use crate::post::Post;
use accept::Verdict;
use guard::Places;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// How often a document is repaired and linted again before the fixes are given up as never ending.
pub const MOST_ROUNDS: usize = 10;

/// How one file is read and checked; the fix engine asks for both again after each round.
pub trait Reader {
    /// Reads `text` as the file's new content.
    fn parse<'t>(&'t self, text: &'t str) -> Post<'t>;

    /// The findings in `post`, in their final order: [settled](settle()), with suppressions and the like taken away. Their fixes
    /// may be applied.
    fn lint(&self, post: &Post) -> Vec<Diagnostic>;
}

/// How repairing a file ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Another run would change nothing.
    Settled,
    /// These rules undo one another's fixes.
    GoesInCircles(Vec<&'static str>),
    /// [`MOST_ROUNDS`] were not enough.
    TooManyRounds,
}

/// A repaired file.
#[derive(Debug, Clone)]
pub struct Repaired {
    /// The new content of the file; the old one where nothing was to be repaired.
    pub text: String,
    /// What is left to report about `text`. A fix that was left out has [`crate::diagnostic::Fix::refused`] set.
    pub diagnostics: Vec<Diagnostic>,
    /// How many fixes were applied.
    pub applied: usize,
    /// How many were left out because they would have changed more than they say.
    pub refused: usize,
    pub ending: Ending,
}

/// Repairs a file: applies what can be applied, reads and lints again, and so on until nothing is left to apply.
///
/// `unsafe_fixes`: apply those too. The result does not depend on anything but the arguments, and repairing it again
/// changes nothing (unless [`Ending::TooManyRounds`]).
pub fn repair(reader: &dyn Reader, text: &str, unsafe_fixes: bool) -> Repaired {
    let post = reader.parse(text);
    let diagnostics = reader.lint(&post);
    repair_read(reader, &post, diagnostics, unsafe_fixes)
}

/// Like [`repair`], for a document that was read and linted already.
pub fn repair_read(reader: &dyn Reader, post: &Post, diagnostics: Vec<Diagnostic>, unsafe_fixes: bool) -> Repaired {
    let mut engine = Engine { reader, unsafe_fixes, texts: Vec::new() };
    match engine.round(post, diagnostics) {
        Round::Done(repaired) => repaired,
        // a round goes back to one above it, and the first one has none
        Round::Back { rules, .. } => Repaired::unchanged(post, Vec::new(), Ending::GoesInCircles(rules)),
    }
}

struct Engine<'r> {
    reader: &'r dyn Reader,
    unsafe_fixes: bool,
    /// The texts of the rounds so far, by their hash.
    texts: Vec<u64>,
}

enum Round {
    Done(Repaired),
    /// The text of round `to` came back: nothing of that round and those after it is kept.
    Back {
        to: usize,
        rules: Vec<&'static str>,
    },
}

impl Engine<'_> {
    /// One round and all that follow it.
    fn round(&mut self, post: &Post, mut diagnostics: Vec<Diagnostic>) -> Round {
        let chosen = apply::choose(post.text, &diagnostics, self.unsafe_fixes);
        if chosen.is_empty() {
            return Round::Done(Repaired::unchanged(post, diagnostics, Ending::Settled));
        }
        if self.texts.len() == MOST_ROUNDS {
            return Round::Done(Repaired::unchanged(post, diagnostics, Ending::TooManyRounds));
        }
        let places = Places::new(post);
        let fixes: Vec<&Fix> = chosen.iter().map(|candidate| candidate.fix).collect();
        let (text, changes) = apply::apply(post.text, &fixes);
        let new = self.reader.parse(&text);
        if guard::difference(post, &new, &places, &fixes, &changes).is_none() {
            let rules: Vec<&str> = chosen.iter().map(|candidate| candidate.rule).collect();
            return self.follow(post, diagnostics, &new, &rules);
        }
        drop(new);

        let verdict = Verdict::find(self.reader, post, &places, &chosen);
        let rules: Vec<&str> = verdict.accepted.iter().filter_map(|&index| Some(chosen.get(index)?.rule)).collect();
        if rules.is_empty() {
            let reasons = verdict.refused.into_iter().filter_map(|(index, why)| Some((chosen.get(index)?.diagnostic, why)));
            let reasons: Vec<(usize, String)> = reasons.collect();
            let refused = reasons.len();
            refuse(&mut diagnostics, reasons);
            return Round::Done(Repaired { refused, ..Repaired::unchanged(post, diagnostics, Ending::Settled) });
        }
        // those that were refused are tried, and judged, again
        let new = self.reader.parse(&verdict.text);
        self.follow(post, diagnostics, &new, &rules)
    }

    /// What comes after a round that made `new` of `post` with fixes of `rules`.
    fn follow(&mut self, post: &Post, diagnostics: Vec<Diagnostic>, new: &Post, rules: &[&'static str]) -> Round {
        let this = self.texts.len();
        self.texts.push(hash(post.text));
        let end = match self.texts.iter().position(|&text| text == hash(new.text)) {
            Some(to) => Round::Back { to, rules: Vec::new() },
            None => self.round(new, self.reader.lint(new)),
        };
        self.texts.pop();
        match end {
            Round::Done(mut repaired) => {
                repaired.applied += rules.len();
                Round::Done(repaired)
            }
            Round::Back { to, rules: mut circle } => {
                circle.extend(rules);
                circle.sort_unstable();
                circle.dedup();
                if to < this {
                    return Round::Back { to, rules: circle };
                }
                Round::Done(Repaired::unchanged(post, diagnostics, Ending::GoesInCircles(circle)))
            }
        }
    }
}

impl Repaired {
    fn unchanged(post: &Post, diagnostics: Vec<Diagnostic>, ending: Ending) -> Repaired {
        Repaired { text: post.text.to_owned(), diagnostics, applied: 0, refused: 0, ending }
    }
}

fn refuse(diagnostics: &mut [Diagnostic], reasons: Vec<(usize, String)>) {
    for (index, why) in reasons {
        let Some(diagnostic) = diagnostics.get_mut(index) else { continue };
        diagnostic.notes.push(why.clone());
        if let Some(fix) = diagnostic.fixes.first_mut() {
            fix.refused = Some(why);
        }
    }
}

fn hash(text: &str) -> u64 {
    FxBuildHasher.hash_one(text)
}
