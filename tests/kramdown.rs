//! The kramdown parser against the real one: `kramdown/regenerate.rb` writes what Ruby's kramdown makes of each case.

#[path = "kramdown/cases.rs"]
mod cases;
#[path = "kramdown/outline.rs"]
mod outline;
#[path = "kramdown/random.rs"]
mod random;

use cases::Case;
use postlint::kramdown::{self, Options};
use postlint::markup::{Kind, NodeId, Tree};
use postlint::text::{Extract, Span};

fn parse(case: &Case) -> Tree<'_> {
    let span = Span::new(0, case.markdown.len());
    kramdown::parse(&Extract::verbatim(&case.markdown, span), &case.options)
}

/// Without the lines: where an item starts with an empty line, and in terms, kramdown counts wrong.
fn without_lines(tree: &str) -> String {
    let strip = |line: &str| match line.rsplit_once(" @") {
        Some((rest, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => rest.to_owned(),
        _ => line.to_owned(),
    };
    tree.lines().map(strip).collect::<Vec<_>>().join("\n")
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
        let (tree, expected) = match case.options_have("lines_differ") {
            true => (without_lines(&tree), without_lines(expected)),
            false => (tree, expected.to_owned()),
        };
        if tree != expected && expected != "crash" {
            failures += 1;
            if failures <= 20 {
                println!("── {}\n{}", case.name, case.markdown);
                let lines = similar::TextDiff::from_lines(expected.as_str(), &tree);
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

proptest::proptest! {
    #[test]
    fn nothing_panics_and_spans_hold_their_text(text in random::document(60), gfm in proptest::bool::ANY) {
        let options = Options { gfm, ..Options::default() };
        let tree = kramdown::parse(&Extract::verbatim(&text, Span::new(0, text.len())), &options);
        for id in tree.walk() {
            let node = tree.node(id);
            let bytes = text.get(node.span.range());
            proptest::prop_assert!(bytes.is_some(), "{:?} at {:?} in {text:?}", node.kind, node.span);
            if let Kind::Text { text: own, escaped: false } = &node.kind {
                let is_edited = own.chars().all(|char| matches!(char, ' ' | '\n' | '`'));
                proptest::prop_assert!(is_edited || bytes == Some(own), "{own:?} is {bytes:?} in {text:?}");
            }
            if let Some(parent) = tree.parent(id) {
                let parent = tree.node(parent);
                proptest::prop_assert!(parent.span.covers(node.span), "{:?} in {:?}: {text:?}", node, parent);
            }
        }
    }
}
