//! Finds the patterns of a [`Table`] in the tokens of a run.

use super::lexicon::Traits;
use super::table::{BuiltIn, Check, CompiledPattern, MAX_ELEMENTS, Step, Table, WordId, find};
use super::tokens::{Kind, Token};
use super::{Finding, correction};
use crate::post::prose::words::WordFlags;

/// A run of prose with its tokens.
#[derive(Debug, Clone, Copy)]
pub struct Line<'r> {
    pub text: &'r str,
    pub tokens: &'r [Token],
}

impl<'r> Line<'r> {
    /// The text of the token at `index`; empty beyond the ends.
    pub fn word(&self, index: usize) -> &'r str {
        self.tokens.get(index).map_or("", |token| &self.text[token.range.clone()])
    }
}

/// Which token each step took.
type Bindings = [Option<u32>; MAX_ELEMENTS];

struct Matcher<'t, 'r> {
    table: &'t Table,
    line: Line<'r>,
    bindings: Bindings,
}

/// Writes what the patterns find into `findings`. `curly`: apostrophes in corrections are typographic.
pub fn find_patterns(table: &Table, line: Line, curly: bool, findings: &mut Vec<Finding>) {
    let mut matcher = Matcher { table, line, bindings: Bindings::default() };
    for (at, token) in line.tokens.iter().enumerate() {
        if !token.traits.any(Traits::ANCHOR) {
            continue;
        }
        let word_at = |at: Option<usize>| at.and_then(|at| line.tokens.get(at)).map_or(WordId::UNKNOWN, |token| token.id);
        let (before, after) = (table.membership(word_at(at.checked_sub(1))), table.membership(word_at(Some(at + 1))));
        for anchor in table.anchors(token.id).iter().filter(|anchor| anchor.may_stand_between(before, after)) {
            let Some(pattern) = table.patterns.get(anchor.pattern as usize) else { continue };
            if let Some((first, last)) = matcher.match_at(pattern, at, usize::from(anchor.step))
                && let Some(finding) = matcher.finding(pattern, first, last, curly)
            {
                findings.push(finding);
            }
        }
    }
}

impl Matcher<'_, '_> {
    /// The first and the last token of the match in which `step` takes the token `at`.
    fn match_at(&mut self, pattern: &CompiledPattern, at: usize, step: usize) -> Option<(usize, usize)> {
        self.bindings = Bindings::default();
        self.bindings[step] = Some(at as u32);
        let start = self.backward(&pattern.steps[..step], at)?;
        let end = self.forward(&pattern.steps, step + 1, at + 1)?;
        let (first, last) = (start, end - 1);
        let is_whole = |index: Option<usize>, token: usize| {
            let hyphen = index.and_then(|index| self.line.tokens.get(index)).is_some_and(is_hyphen);
            !hyphen || self.line.tokens.get(token).is_none_or(|token| !token.is(WordFlags::HYPHENATED))
        };
        if !is_whole(first.checked_sub(1), first) || !is_whole(Some(last + 1), last) {
            return None;
        }
        let rule = self.table.rules.get(pattern.rule)?;
        let marked = |step: usize| self.bindings.get(step).copied().flatten().map(|at| at as usize);
        let marked_first = pattern.marked.clone().find_map(marked).unwrap_or(first);
        let marked_last = pattern.marked.clone().rev().find_map(marked).unwrap_or(last);
        let excepted = rule.except_after.iter().any(|steps| self.stands_before(steps, first) || self.stands_before(steps, marked_first))
            || rule.except_before.iter().any(|steps| self.stands_after(steps, marked_last + 1));
        if excepted {
            return None;
        }
        Some((first, last))
    }

    /// Matches `steps`, the last one first, before the token `end`; gives the first token taken.
    fn backward(&mut self, steps: &[Step], end: usize) -> Option<usize> {
        let Some((step, rest)) = steps.split_last() else { return Some(end) };
        if let Some(at) = end.checked_sub(1)
            && self.takes(step, at)
        {
            self.bindings[rest.len()] = Some(at as u32);
            if let Some(start) = self.backward(rest, at) {
                return Some(start);
            }
            self.bindings[rest.len()] = None;
        }
        let before = end.checked_sub(1).and_then(|at| self.line.tokens.get(at));
        let skips = step.optional || step.edge && self.at_start(end) || step.negated && self.is_no_word(step, before);
        if skips { self.backward(rest, end) } else { None }
    }

    /// Matches the steps from `index` on, from the token `at` on; gives one past the last token taken.
    fn forward(&mut self, steps: &[Step], index: usize, at: usize) -> Option<usize> {
        let Some(step) = steps.get(index) else { return Some(at) };
        if self.takes(step, at) {
            self.bindings[index] = Some(at as u32);
            if let Some(end) = self.forward(steps, index + 1, at + 1) {
                return Some(end);
            }
            self.bindings[index] = None;
        }
        let skips = step.optional || step.edge && self.at_end(at) || step.negated && self.is_no_word(step, self.line.tokens.get(at));
        if skips { self.forward(steps, index + 1, at) } else { None }
    }

    /// Whether there is no word at the place of a negated step, and no mark that it names.
    fn is_no_word(&self, step: &Step, token: Option<&Token>) -> bool {
        match token {
            None => true,
            Some(token) => matches!(token.kind, Kind::Mark(_)) && !step.checks.iter().any(|check| self.check(check, token).is_some()),
        }
    }

    fn stands_before(&self, steps: &[Step], end: usize) -> bool {
        let mut matcher = Matcher { table: self.table, line: self.line, bindings: Bindings::default() };
        matcher.backward(steps, end).is_some()
    }

    fn stands_after(&self, steps: &[Step], at: usize) -> bool {
        let mut matcher = Matcher { table: self.table, line: self.line, bindings: Bindings::default() };
        matcher.forward(steps, 0, at).is_some()
    }

    fn at_start(&self, end: usize) -> bool {
        let Some(at) = end.checked_sub(1) else { return true };
        let Some(Token { kind: Kind::Mark(mark), range, .. }) = self.line.tokens.get(at) else { return false };
        match mark {
            ',' | '-' | '‐' | '‑' | '\'' | '’' | '/' | '&' | '%' | '$' => false,
            // marks of code and of formulas: `+name+ may be`
            '+' | '=' | '*' | '<' | '>' | '#' | '@' | '~' | '^' | '\\' | '_' | '|' | '{' | '}' => false,
            // what closes starts a sentence only after the end of another one
            '"' | '”' | ')' | ']' | '»' => {
                let before = self.line.text[..range.start].chars().next_back();
                before.is_none_or(|before| before.is_whitespace() || matches!(before, '.' | '!' | '?' | ':' | '('))
            }
            _ => true,
        }
    }

    fn at_end(&self, at: usize) -> bool {
        self.line
            .tokens
            .get(at)
            .is_none_or(|token| matches!(token.kind, Kind::Mark('.' | '!' | '?' | ';' | ':' | ',' | ')' | '…' | '—' | '–')))
    }

    fn takes(&self, step: &Step, at: usize) -> bool {
        let Some(token) = self.line.tokens.get(at) else { return false };
        if step.negated && matches!(token.kind, Kind::Mark(_)) {
            return false;
        }
        step.checks.iter().any(|check| self.check(check, token).is_some()) != step.negated
    }

    /// Whether the token passes; if so, what to write for it.
    fn check<'c>(&'c self, check: &'c Check, token: &Token) -> Option<Option<&'c str>> {
        let text = || &self.line.text[token.range.clone()];
        let plain = |passes: bool| passes.then_some(None);
        match check {
            Check::Words(words) => find(words, token.id),
            Check::Class(class, right) => self.table.in_class(*class, token.id).map(|own| right.as_deref().or(own)),
            Check::Mark(mark) => plain(token.is_mark(*mark)),
            Check::Any => plain(!matches!(token.kind, Kind::Mark(_))),
            Check::Suffix(suffix) => plain(token.is_word() && text().len() > suffix.len() + 1 && text().ends_with(&**suffix)),
            Check::Prefix(prefix) => plain(token.is_word() && text().len() > prefix.len() + 1 && text().starts_with(&**prefix)),
            Check::BuiltIn(BuiltIn::Number) => plain(token.kind == Kind::Number),
            Check::BuiltIn(BuiltIn::Code) => plain(token.kind == Kind::Opaque),
            Check::BuiltIn(BuiltIn::Lower) => {
                plain(token.is_word() && !token.flags.any(WordFlags::CAPITALIZED | WordFlags::MIXED_CASE | WordFlags::ALL_CAPS))
            }
            Check::BuiltIn(BuiltIn::Capitalized) => plain(token.flags.any(WordFlags::CAPITALIZED | WordFlags::MIXED_CASE)),
            Check::BuiltIn(BuiltIn::Name) => plain(
                token.flags.any(WordFlags::CAPITALIZED | WordFlags::MIXED_CASE | WordFlags::ALL_CAPS)
                    && !token.is(WordFlags::SENTENCE_START),
            ),
            Check::BuiltIn(BuiltIn::Acronym) => plain(token.is(WordFlags::ALL_CAPS)),
        }
    }

    fn replacement<'s>(&'s self, step: &'s Step, at: usize) -> Option<&'s str> {
        let token = self.line.tokens.get(at)?;
        step.checks.iter().find_map(|check| self.check(check, token)).flatten()
    }

    fn finding(&self, pattern: &CompiledPattern, first: usize, last: usize, curly: bool) -> Option<Finding> {
        let rule = self.table.rules.get(pattern.rule)?;
        let marked: Vec<(usize, usize)> =
            pattern.marked.clone().filter_map(|step| Some((step, (*self.bindings.get(step)?)? as usize))).collect();
        let (from, to) = match (marked.first(), marked.last()) {
            (Some(&(_, from)), Some(&(_, to))) => (from, to),
            _ => (first, last),
        };
        let range = self.line.tokens.get(from)?.range.start..self.line.tokens.get(to)?.range.end;
        let found = &self.line.text[range.clone()];
        let words: Vec<&str> = marked.iter().map(|&(_, at)| self.line.word(at)).collect();
        let right = match &rule.replace {
            Some(template) => Some(template.fill(&words, &self.table.verbs)?),
            None => {
                let parts: Vec<Option<&str>> = marked.iter().map(|&(step, at)| self.replacement(pattern.steps.get(step)?, at)).collect();
                parts.iter().any(Option::is_some).then(|| {
                    let all: Vec<&str> = parts.iter().zip(&words).map(|(right, word)| right.unwrap_or(word)).collect();
                    all.join(" ")
                })
            }
        };
        let right = right.map(|right| correction::like(found, &right, curly));
        if right.as_deref() == Some(found) {
            return None;
        }
        Some(Finding::new(rule.name, range, rule.message.as_deref(), found, right, rule.certain))
    }
}

fn is_hyphen(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark('-' | '‐' | '‑'))
}
