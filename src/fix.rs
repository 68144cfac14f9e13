//! Fixes: chosen, applied, guarded, and repeated until there is nothing left to repair.
//!
//! A fix is applied whole or not at all. After each round the document is parsed again, and a fix that changed more
//! than it says is taken back ([`guard`]), as is one that calls for another correction ([`regret`]); its finding stays and
//! says why.

pub mod accept;
pub mod apply;
pub mod guard;
pub mod regret;
pub mod settle;
pub mod write;

pub use settle::settle;
pub use write::WriteError;

use crate::diagnostic::{Diagnostic, Fix};
use crate::post::Post;
use accept::Verdict;
use apply::{Candidate, Change};
use guard::Places;
use regret::Applied;
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
    /// How many were left out, because they would have changed more than they say or called for another correction.
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

/// Findings whose fixes are refused, by their index, and why.
type Refusals = Vec<(usize, String)>;

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
        let mut places = None;
        // each turn refuses at least one fix
        loop {
            let chosen = apply::choose(post.text, &diagnostics, self.unsafe_fixes);
            if chosen.is_empty() {
                return Round::Done(Repaired::unchanged(post, diagnostics, Ending::Settled));
            }
            if self.texts.len() == MOST_ROUNDS {
                return Round::Done(Repaired::unchanged(post, diagnostics, Ending::TooManyRounds));
            }
            match self.turn(post, &diagnostics, &chosen, places.get_or_insert_with(|| Places::new(post))) {
                Ok(round) => return round,
                Err(refusals) => refuse(&mut diagnostics, refusals),
            }
        }
    }

    /// Applies as many of `chosen` as go together.
    fn turn(&mut self, post: &Post, before: &[Diagnostic], chosen: &[Candidate], places: &Places) -> Result<Round, Refusals> {
        let fixes = fixes_of(chosen);
        let (text, changes) = apply::apply(post.text, &fixes);
        let new = self.reader.parse(&text);
        if guard::difference(post, &new, places, &fixes, &changes).is_none() {
            return self.advance(post, before, chosen, &changes, &new);
        }
        drop(new);

        let verdict = Verdict::find(self.reader, post, places, chosen);
        if verdict.accepted.is_empty() {
            let refusals = verdict.refused.into_iter().filter_map(|(index, why)| Some((chosen.get(index)?.diagnostic, why)));
            return Err(refusals.collect());
        }
        // those that were refused are tried, and judged, again
        let accepted: Vec<Candidate> = verdict.accepted.iter().filter_map(|&index| chosen.get(index).copied()).collect();
        let (text, changes) = apply::apply(post.text, &fixes_of(&accepted));
        let new = self.reader.parse(&text);
        self.advance(post, before, &accepted, &changes, &new)
    }

    /// Goes on with `new`, which `fixes` made of `post`, unless one of them is to be regretted.
    fn advance(
        &mut self,
        post: &Post,
        before: &[Diagnostic],
        fixes: &[Candidate],
        changes: &[Change],
        new: &Post,
    ) -> Result<Round, Refusals> {
        let after = self.reader.lint(new);
        let unsafe_fixes = self.unsafe_fixes;
        let regrets = Applied { old: post.text, new: new.text, fixes, changes, before, after: &after, unsafe_fixes }.regrets();
        if !regrets.is_empty() {
            return Err(regrets);
        }
        let rules: Vec<&str> = fixes.iter().map(|candidate| candidate.rule).collect();
        Ok(self.follow(post, before, new, after, &rules))
    }

    /// What comes after a round that made `new`, with its findings `after`, of `post` with fixes of `rules`.
    fn follow(&mut self, post: &Post, before: &[Diagnostic], new: &Post, after: Vec<Diagnostic>, rules: &[&'static str]) -> Round {
        let this = self.texts.len();
        self.texts.push(hash(post.text));
        let end = match self.texts.iter().position(|&text| text == hash(new.text)) {
            Some(to) => Round::Back { to, rules: Vec::new() },
            None => self.round(new, after),
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
                Round::Done(Repaired::unchanged(post, before.to_vec(), Ending::GoesInCircles(circle)))
            }
        }
    }
}

impl Repaired {
    fn unchanged(post: &Post, diagnostics: Vec<Diagnostic>, ending: Ending) -> Repaired {
        let refused = diagnostics.iter().filter(|diagnostic| diagnostic.fixes.first().is_some_and(|fix| fix.refused.is_some())).count();
        Repaired { text: post.text.to_owned(), diagnostics, applied: 0, refused, ending }
    }
}

fn fixes_of<'d>(candidates: &[Candidate<'d>]) -> Vec<&'d Fix> {
    candidates.iter().map(|candidate| candidate.fix).collect()
}

fn refuse(diagnostics: &mut [Diagnostic], refusals: Refusals) {
    for (index, why) in refusals {
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
