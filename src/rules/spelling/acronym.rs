//! `OPAs rule language`: an acronym with an `s` that belongs to it and should have an apostrophe.
//!
//! Certain only where the post itself uses the acronym as somebody's name: without an article, as the subject of a
//! sentence, and never in the plural.

use super::Finding;
use super::table::Table;
use super::tokens::Token;
use crate::post::prose::words::WordFlags;
use rustc_hash::FxHashMap;
use std::ops::Range;

#[derive(Debug, Default)]
struct Use {
    /// Stands like a name: `OPA is`, `of OPA.`
    as_name: usize,
    /// `an API`, `the APIs`, `APIs are`
    as_noun: usize,
    /// `OPAs rule`: index of the run, range.
    possessive: Vec<(usize, Range<usize>)>,
}

/// How a post uses its acronyms.
#[derive(Debug)]
pub struct Acronyms<'t> {
    table: &'t Table,
    uses: FxHashMap<&'t str, Use>,
    order: Vec<&'t str>,
}

/// Classes whose words do not follow a possessive.
const NOT_A_NOUN: [&str; 10] =
    ["verb", "verb-third", "verb-past", "verb-participle", "verb-gerund", "preposition", "modal", "be", "have", "function-word"];

/// Acronyms of things that there are several of: `URLs starting with`, `the APIs console`.
const COUNTED: [&str; 24] = [
    "API", "URL", "URI", "VM", "CPU", "GPU", "ID", "PR", "PDF", "UI", "GUI", "CLI", "SDK", "IDE", "OS", "DB", "IP", "SSD", "CRD", "DVD",
    "CD", "FAQ", "PC", "RFC",
];

impl<'t> Acronyms<'t> {
    pub fn new(table: &'t Table) -> Acronyms<'t> {
        Acronyms { table, uses: FxHashMap::default(), order: Vec::new() }
    }

    /// Notes the acronyms of a run.
    pub fn collect(&mut self, text: &'t str, tokens: &[Token], run: usize) {
        let table = self.table;
        for (at, token) in tokens.iter().enumerate() {
            if !token.is_word() || !token.flags.any(WordFlags::ALL_CAPS | WordFlags::MIXED_CASE) || token.range.len() < 3 {
                continue;
            }
            let word = &text[token.range.clone()];
            let before = at.checked_sub(1).and_then(|index| tokens.get(index));
            let after = tokens.get(at + 1);
            if token.is(WordFlags::ALL_CAPS) && !token.is(WordFlags::HYPHENATED) {
                let entry = self.entry(word);
                if before.is_some_and(|before| in_class(table, "determiner", before)) {
                    entry.as_noun += 1;
                } else if after.is_some_and(|after| in_class(table, "be", after) || in_class(table, "verb-third", after)) {
                    entry.as_name += 1;
                }
                continue;
            }
            let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 1 && stem.bytes().all(|byte| byte.is_ascii_uppercase()))
            else {
                continue;
            };
            let belongs = after.is_some_and(|after| is_noun(table, text, after))
                && !before.is_some_and(|before| in_class(table, "determiner", before) || in_class(table, "number-word", before));
            let entry = self.entry(stem);
            if belongs {
                entry.possessive.push((run, token.range.clone()));
            } else {
                entry.as_noun += 1;
            }
        }
    }

    fn entry(&mut self, acronym: &'t str) -> &mut Use {
        self.uses.entry(acronym).or_insert_with(|| {
            self.order.push(acronym);
            Use::default()
        })
    }

    /// Says which of them lack an apostrophe.
    pub fn judge(&self, curly: bool, mut report: impl FnMut(usize, Finding)) {
        for &acronym in &self.order {
            let uses = &self.uses[acronym];
            if uses.as_name == 0 || uses.as_noun > 0 || COUNTED.contains(&acronym) {
                continue;
            }
            let right = format!("{acronym}{}s", if curly { '’' } else { '\'' });
            for (run, range) in &uses.possessive {
                let message = format!("what belongs to {acronym} takes an apostrophe: `{right}`");
                report(
                    *run,
                    Finding { rule: "spelling/possessive", range: range.clone(), message, right: Some(right.clone()), certain: true },
                );
            }
        }
    }
}

fn in_class(table: &Table, class: &str, token: &Token) -> bool {
    table.class(class).is_some_and(|class| table.in_class(class, token.id).is_some())
}

fn is_noun(table: &Table, text: &str, token: &Token) -> bool {
    let lower = token.is_word() && !token.flags.any(WordFlags::CAPITALIZED | WordFlags::MIXED_CASE | WordFlags::ALL_CAPS);
    // `LEDs visible from behind`, `VMs running`
    let describes = ["ly", "able", "ible", "ing"].iter().any(|end| text[token.range.clone()].ends_with(end));
    lower && !describes && !NOT_A_NOUN.iter().any(|class| in_class(table, class, token))
}
