//! Runs the cases of `fixtures/sentences/`.

use super::*;
use crate::markup::NodeId;
use crate::post::prose::{Context, Language, language};
use crate::text::{Extract, Span};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct File {
    language: Option<String>,
    cases: BTreeMap<String, Vec<String>>,
}

/// Stands in a case where a sentence ends.
const END: char = '⏎';

fn marked(text: &str, language: Language) -> String {
    let run = Run {
        context: Context::Paragraph,
        node: NodeId::ROOT,
        text: Extract::verbatim(text, Span::new(0, text.len())),
        inlines: Vec::new(),
        words: Vec::new(),
        language,
    };
    let mut marked = text.to_owned();
    for boundary in sentences(&run, Vocabulary::default()).boundaries.iter().rev() {
        marked.insert(boundary.gap.start, END);
    }
    marked
}

#[test]
fn sentences_end_where_the_fixtures_say() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/sentences");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the fixtures are there") {
        let path = entry.expect("a readable folder").path();
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let file: File = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in file.cases.values().flatten() {
            let text = case.replace(END, "");
            let language = file.language.as_deref().map_or_else(|| language::detect(&text), Language::from_tag);
            let found = marked(&text, language);
            count += 1;
            if found != *case {
                wrong.push(format!("{language:?}\n  wanted {case:?}\n  found  {found:?}"));
            }
        }
    }
    assert!(count > 100, "only {count} cases");
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn users_add_abbreviations_and_names() {
    let text = "See Abs. Two of it. frobnicate does it. Zap! Tools are fine.";
    let run = Run {
        context: Context::Paragraph,
        node: NodeId::ROOT,
        text: Extract::verbatim(text, Span::new(0, text.len())),
        inlines: Vec::new(),
        words: Vec::new(),
        language: Language::ENGLISH,
    };
    let (abbreviations, names) = (["abs.".to_owned()], ["frobnicate".to_owned(), "Zap!".to_owned()]);
    let found = sentences(&run, Vocabulary { abbreviations: &abbreviations, names: &names });
    let ends: Vec<&str> = found.boundaries.iter().map(|boundary| &text[boundary.gap.end..]).collect();
    assert_eq!(ends, ["frobnicate does it. Zap! Tools are fine.", "Zap! Tools are fine."]);
}
