//! What all rules and fixes make of any text is a text that they leave as it is.

#![no_main]

use libfuzzer_sys::fuzz_target;
use postlint::lint::project::Project;
use postlint::lint::run::{Repair, run};
use postlint::lint::{Document, Selection};
use postlint::post::DocumentKind;

fn fixed(text: &str) -> String {
    let document = Document { path: "_posts/2024-01-01-fuzz.md".into(), kind: DocumentKind::Post, named: true };
    let project = Project::lone(document);
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
