//! The kramdown parser against the real one: `kramdown/regenerate.rb` writes what Ruby's kramdown makes of each case.

#[path = "kramdown/cases.rs"]
mod cases;
#[path = "kramdown/outline.rs"]
mod outline;

use cases::Case;
use postlint::kramdown;
use postlint::markup::{Kind, NodeId, Tree};
use postlint::text::{Extract, Span};

fn parse(case: &Case) -> Tree<'_> {
    let span = Span::new(0, case.markdown.len());
    kramdown::parse(&Extract::verbatim(&case.markdown, span), &case.options)
}

fn all_cases() -> Vec<Case> {
    cases::files().iter().flat_map(|file| cases::read(file)).collect()
}

#[test]
fn trees_are_those_of_kramdown() {
    let mut failures = 0;
    let cases = all_cases();
    for case in &cases {
        let tree = outline::outline(&parse(case), &case.markdown);
        let expected = case.tree.trim_end_matches('\n');
        if tree != expected && expected != "crash" {
            failures += 1;
            if failures <= 20 {
                println!("── {}\n{}", case.name, case.markdown);
                let lines = similar::TextDiff::from_lines(expected, &tree);
                println!("{}", lines.unified_diff().header("kramdown", "postlint"));
            }
        }
    }
    assert_eq!(failures, 0, "of {} cases so many differ", cases.len());
}

#[test]
fn spans_lie_in_the_file_and_in_their_parents() {
    for case in &all_cases() {
        let tree = parse(case);
        for id in tree.walk() {
            check_span(case, &tree, id);
        }
    }
}

fn check_span(case: &Case, tree: &Tree, id: NodeId) {
    let node = tree.node(id);
    let text = case.markdown.get(node.span.range());
    let context = || format!("{}: {:?} at {:?} is {text:?}\n{}", case.name, node.kind, node.span, case.markdown);
    let text = text.unwrap_or_else(|| panic!("out of bounds or inside a character: {}", context()));
    if let Some(parent) = tree.parent(id) {
        let parent = tree.node(parent);
        assert!(parent.span.covers(node.span), "not inside {:?} at {:?}: {}", parent.kind, parent.span, context());
    }
    let starts: &[&str] = match &node.kind {
        Kind::BlockQuote => &[">"],
        Kind::Html(_) => &["<"],
        Kind::LinkDefinition(_) | Kind::FootnoteDefinition { .. } | Kind::FootnoteReference { .. } => &["["],
        Kind::AbbreviationDefinition { .. } => &["*["],
        Kind::Link(_) => &["[", "<"],
        Kind::Image(_) => &["!["],
        Kind::Emphasis => &["*", "_"],
        Kind::Strong => &["**", "__"],
        Kind::Strikethrough => &["~~"],
        Kind::CodeSpan { .. } => &["`"],
        Kind::MathBlock { .. } | Kind::MathSpan { .. } => &["$$"],
        Kind::Item { .. } => &["*", "+", "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        Kind::Definition => &[":"],
        Kind::HorizontalRule => &["*", "-", "_"],
        // of `\<<` each half is one
        Kind::Entity(_) => &["&", "\\", "<", ">"],
        Kind::Comment { .. } => &["<!--", "{::"],
        _ => &[""],
    };
    assert!(starts.iter().any(|start| text.starts_with(start)), "does not start as it must: {}", context());
}
