//! Spelling: what a reader of the post stumbles over, found in context.
//!
//! Word rules are data (`rules/spelling/*.yml`): [`pattern`] is their language, [`source`] their form in a file, [`table`]
//! compiles them so that each word of a post is looked up once, [`matcher`] finds them. What is no matter of words in a
//! row has a file of its own. The build script compiles the rules that come with the program.

mod abbreviations;
mod acronym;
mod article;
mod casing;
pub mod check;
pub mod correction;
pub(crate) mod dictionary;
mod examples;
mod inconsistent_name;
mod known_names;
mod leftover;
mod lexicon;
pub mod matcher;
pub mod membership;
mod mention;
mod misspelling;
pub mod mixed_dialect;
pub mod pattern;
mod punctuation;
mod repeated_space;
mod repeated_word;
pub mod rules;
pub mod source;
pub mod table;
pub mod template;
pub mod tokens;
pub mod verbs;
pub mod vocabulary;

pub use vocabulary::Vocabulary;

use crate::post::prose::words;
use crate::post::prose::words::forms::Forms;
use lexicon::Lexicon;
use matcher::Line;
pub use source::WORD_RULES;
use std::ops::Range;
use std::sync::OnceLock;
use table::Table;

/// A slip in a run of prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `group/name`.
    pub rule: &'static str,
    /// Bytes of the run's text.
    pub range: Range<usize>,
    pub message: String,
    /// What to write for the range.
    pub right: Option<String>,
    /// Whether that is the only correction.
    pub certain: bool,
}

impl Finding {
    /// `message` may hold `{found}` and `{fix}`; where there is none, it says what to write.
    pub fn new(
        rule: &'static str,
        range: Range<usize>,
        message: Option<&str>,
        found: &str,
        right: Option<String>,
        certain: bool,
    ) -> Finding {
        let fix = right.as_deref().unwrap_or_default();
        let message = match message {
            Some(message) => message.replace("{found}", found).replace("{fix}", fix),
            None if right.is_some() => format!("`{found}` should be `{fix}`"),
            None => format!("`{found}` does not read right"),
        };
        Finding { rule, range, message, right, certain }
    }
}

/// The word rules that come with the program.
pub fn built_in_table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(new_table)
}

/// The same, to add more rules to.
pub fn new_table() -> Table {
    // the build script has compiled it, and a test reads it: there is no error here in a program that was tested
    Table::read(include_bytes!(concat!(env!("OUT_DIR"), "/word-rules.bin"))).unwrap_or_default()
}

/// Finds the slips of one run of prose.
pub fn check_text(table: &Table, text: &str, tokens: &mut Vec<tokens::Token>) -> Vec<Finding> {
    let mut forms = Forms::of_thread();
    let words = words::read(text, &mut forms);
    tokens::tokenize(text, &words, &mut Lexicon::new(table, forms.numbering()), tokens);
    let line = Line { text, tokens };
    let mut findings = Vec::new();
    matcher::find_patterns(table, line, text.contains('’'), &mut findings);
    without_overlaps(findings)
}

/// Of findings that overlap, the one that starts first, of those the longest.
pub(crate) fn without_overlaps(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| (finding.range.start, std::cmp::Reverse(finding.range.end)));
    let mut end = 0;
    findings.retain(|finding| {
        let keeps = finding.range.start >= end;
        if keeps {
            end = finding.range.end;
        }
        keeps
    });
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use source::{WordFile, WordRule};

    fn files() -> Vec<(String, WordFile)> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/spelling");
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).expect("the folder of rules") {
            let path = entry.expect("an entry").path();
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            if path.extension().is_some_and(|extension| extension == "yml") && (text.contains("\nrules:") || text.contains("classes:")) {
                let file = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                files.push((path.display().to_string(), file));
            }
        }
        files
    }

    fn examples_of(rule: &WordRule, findings: impl Fn(&str) -> Vec<Finding>, problems: &mut Vec<String>) {
        for good in &rule.good.0 {
            for finding in findings(good) {
                problems.push(format!("{good}\n    should be clean: {}", finding.message));
            }
        }
        for bad in &rule.bad.0 {
            let (sentence, slips) = examples::expected(bad).unwrap_or_else(|| panic!("no `[wrong → right]`: {bad}"));
            let found: Vec<_> = findings(&sentence).into_iter().map(|finding| (finding.range, finding.right.unwrap_or_default())).collect();
            if found != slips {
                problems.push(format!("{bad}\n    found: {found:?}"));
            }
        }
        if rule.bad.0.is_empty() {
            problems.push(format!("a rule without a bad sentence: {:?}", rule.find.0.first()));
        }
    }

    #[test]
    fn every_rule_finds_its_bad_sentences_and_no_rule_finds_a_good_one() {
        let mut problems = Vec::new();
        let table = new_table();
        for (path, file) in files() {
            for rule in &file.rules {
                let before = problems.len();
                examples_of(rule, |text| check_text(&table, text, &mut Vec::new()), &mut problems);
                if problems.len() > before {
                    problems.insert(before, path.clone());
                }
            }
        }
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }
}
