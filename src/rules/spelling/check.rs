//! Reads a post once for all spelling rules.

use super::acronym::Acronyms;
use super::inconsistent_name::Names;
use super::lexicon::{Lexicon, Traits};
use super::matcher::{self, Line};
use super::misspelling::Unknowns;
use super::tokens::{Among, Token};
use super::{
    Finding, Vocabulary, abbreviations, article, casing, leftover, mention, punctuation, repeated_space, repeated_word, tokens,
    without_overlaps,
};
use crate::post::Post;
use crate::post::prose::{Context, Run, WordFlags};
use crate::site::value::Value;
use crate::text::Span;
use memchr::memmem;

/// The key of a post's front matter for words that are right in it.
const ACCEPT_KEY: &str = "spelling_accept";

/// A slip in a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// `group/name`.
    pub rule: &'static str,
    /// Bytes of the file.
    pub span: Span,
    pub message: String,
    /// What to write there; `None` where there is no correction, or where markup stands in between.
    pub right: Option<String>,
    /// Whether that is the only correction.
    pub certain: bool,
}

/// All slips of a post, in the order of their places.
pub fn slips(post: &Post) -> Vec<Slip> {
    let vocabulary = &post.site.vocabulary;
    let mut of_post = Vocabulary::default();
    if let Some(value) = post.front_matter.get(ACCEPT_KEY) {
        of_post.accept_value(&Value::from(value));
    }
    let table = vocabulary.table();
    let prose = post.prose();
    let runs = &prose.runs;
    let curly = has_curly_apostrophes(post.text);
    let mut found: Vec<Vec<Finding>> = Vec::with_capacity(runs.len());
    let (mut unknowns, mut acronyms, mut names) = (Unknowns::default(), Acronyms::new(table), Names::default());
    let mut lexicon = Lexicon::new(table, prose.numbering);
    let mut tokens = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        let text = run.as_str();
        let Among { traits, flags, look_alike, unusual_mark } = tokens::tokenize(text, &run.words, &mut lexicon, &mut tokens);
        let english = run.language.is_english() || !run.language.is_known() && reads_english(&tokens);
        let line = Line { text, tokens: &tokens };
        let mut findings = Vec::new();
        let french = run.language.code() == Some("fr");
        if look_alike {
            repeated_word::check(table, line, english, &mut findings);
        }
        if unusual_mark {
            punctuation::check(line, english, french, &mut findings);
        }
        if traits.any(Traits::LEFTOVER) {
            leftover::check(line, &mut findings);
        }
        repeated_space::check(line, &mut findings);
        if english {
            matcher::find_patterns(table, line, curly, &mut findings);
            if traits.any(Traits::ARTICLE) {
                article::check(line, &mut lexicon, &mut findings);
            }
            if traits.any(Traits::NAME) {
                casing::check(line, &mut findings);
            }
            if traits.any(Traits::ABBREVIATION) {
                abbreviations::check(line, &mut findings);
            }
            if traits.any(Traits::UNKNOWN) {
                unknowns.collect(&mut lexicon, vocabulary, line, run, index);
            }
            if flags.any(WordFlags::ALL_CAPS | WordFlags::MIXED_CASE) {
                acronyms.collect(text, &tokens, index);
            }
            if run.context != Context::FrontMatter {
                names.collect(text, &tokens, index);
            }
        }
        found.push(findings);
    }
    let mut add = |run: usize, finding: Finding| {
        if let Some(findings) = found.get_mut(run) {
            findings.push(finding);
        }
    };
    unknowns.judge(post.site, runs, &mut add);
    acronyms.judge(curly, &mut add);
    names.judge(&mut add);
    let mut slips: Vec<Slip> = Vec::new();
    for (run, findings) in runs.iter().zip(found) {
        let accepted = |finding: &Finding| {
            let found = &run.as_str()[finding.range.clone()];
            vocabulary.accepts(found) || of_post.accepts(found)
        };
        // `Abit`, the maker of boards
        let named = |finding: &Finding| {
            finding.rule == "spelling/joined-word" && run.context != Context::Heading && is_name(run, finding.range.start)
        };
        // what markup prints in between is not known: `use <name> .`
        let hidden = |finding: &Finding| finding.rule == punctuation::SPACE_BEFORE && !run.text.is_verbatim(finding.range.clone());
        let findings = findings
            .into_iter()
            .filter(|finding| !accepted(finding) && !named(finding) && !hidden(finding) && !mention::is_mentioned(run, finding))
            .collect();
        slips.extend(without_overlaps(findings).into_iter().map(|finding| slip(run, finding)));
    }
    slips
}

/// Whether the word at the byte `at` has a capital that it does not owe to the start of a sentence.
fn is_name(run: &Run, at: usize) -> bool {
    let word = run.words.iter().find(|word| word.range().start == at);
    word.is_some_and(|word| word.flags.any(WordFlags::CAPITALIZED) && !word.flags.any(WordFlags::SENTENCE_START | WordFlags::ALL_CAPS))
}

/// Whether most apostrophes of the text are typographic.
fn has_curly_apostrophes(text: &str) -> bool {
    let curly = memmem::find_iter(text.as_bytes(), "’").count();
    curly > memchr::memchr_iter(b'\'', text.as_bytes()).count()
}

/// Whether a text that is too short to tell its language is made of English words.
fn reads_english(tokens: &[Token]) -> bool {
    let words = || tokens.iter().filter(|token| token.is_word());
    let common = words().filter(|token| token.traits.any(Traits::COMMON)).count();
    common >= 2 && common * 3 >= words().count()
}

fn slip(run: &Run, finding: Finding) -> Slip {
    let verbatim = run.text.is_verbatim(finding.range.clone());
    Slip {
        rule: finding.rule,
        span: run.span(finding.range),
        message: finding.message,
        right: finding.right.filter(|_| verbatim),
        certain: finding.certain,
    }
}
