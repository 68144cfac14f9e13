//! What all rules and fixes make of any text is a text that they leave as it is.

#![no_main]

use libfuzzer_sys::fuzz_target;
use postlint::config::Config;
use postlint::lint::project::Project;
use postlint::lint::run::{Repair, run};
use postlint::lint::{Document, Selection};
use postlint::post::DocumentKind;
use postlint::site::Site;
use std::path::PathBuf;

fn fixed(text: &str) -> String {
    let document = Document { path: "_posts/2024-01-01-fuzz.md".into(), kind: DocumentKind::Post, named: true };
    let project = Project {
        site: Site::none(),
        config: Config::default(),
        documents: vec![(document, PathBuf::new())],
        baseline: None,
        whole: false,
        problems: Vec::new(),
    };
    let selection = Selection::new(&[], &[]).expect("no names");
    let repair = Repair { wanted: true, unsafe_fixes: false };
    let mut run = run(&project, &selection, repair, Some(text.as_bytes().to_vec())).expect("options that the rules take");
    let repaired = run.documents.pop().and_then(|document| document.repaired);
    repaired.map_or_else(|| text.to_owned(), |repaired| repaired.text)
}

fuzz_target!(|text: &str| {
    let once = fixed(text);
    assert_eq!(fixed(&once), once, "a fix leaves something to fix");
});
