//! What comments in a post take away, and what is said about those that take nothing away.

use postlint::lint::project::Project;
use postlint::lint::run::{Repair, run};
use postlint::lint::{Document, Selection};
use postlint::post::DocumentKind;
use postlint::text::Lines;

/// The findings as `line rule`, in their order.
fn findings(text: &str, select: &[&str]) -> Vec<String> {
    let document = Document { path: "_posts/2024-01-01-a.md".into(), kind: DocumentKind::Post, named: true };
    let project = Project::lone(document);
    let select: Vec<String> = select.iter().map(|name| (*name).to_owned()).collect();
    let selection = Selection::new(&select, &[]).expect("known rules");
    let run = run(&project, &selection, Repair::default(), Some(text.into())).expect("no options");
    let lines = Lines::new(text);
    let found = run.documents.iter().flat_map(|document| &document.diagnostics);
    let interesting = found.filter(|diagnostic| !diagnostic.rule.starts_with("front-matter/"));
    interesting.map(|diagnostic| format!("{} {}", lines.line_of(diagnostic.span.start), diagnostic.rule)).collect()
}

fn all(text: &str) -> Vec<String> {
    findings(text, &[])
}

const NOTHING: [&str; 0] = [];

#[test]
fn next_line_is_for_the_line_below() {
    let text = "<!-- postlint-disable-next-line style/trailing-space -->\none \n\ntwo \n";
    assert_eq!(all(text), ["4 style/trailing-space"]);
}

#[test]
fn above_a_block_it_is_for_the_whole_block() {
    for block in ["one \ntwo \n", "- one \n- two \n\n  three \n", "| a | b | \n|---|---| \n| c | d | \n", "> one \n> two \n"] {
        let text = format!("<!-- postlint-disable-next-line style/trailing-space -->\n{block}");
        // kramdown reads no table right below a comment, and that is a finding of its own
        let table: &[&str] = if block.starts_with('|') { &["2 kramdown/table-as-text"] } else { &NOTHING };
        assert_eq!(all(&text), table, "{text}");
        let text = format!("<!-- postlint-disable-next-line style/trailing-space -->\n\n{block}\nafter \n");
        assert_eq!(all(&text).len(), 1, "{text}");
    }
}

#[test]
fn kramdown_comments_work_too() {
    let text = "{::comment}postlint-disable-next-line style/trailing-space{:/comment}\n\none \ntwo \n";
    assert_eq!(all(text), NOTHING);
}

#[test]
fn inside_a_paragraph_it_is_for_one_line() {
    let text = "zero\n<!-- postlint-disable-next-line style/trailing-space -->\none \ntwo \n";
    assert_eq!(all(text), ["4 style/trailing-space"]);
}

#[test]
fn a_region_goes_up_to_its_end() {
    let text =
        "a \n\n<!-- postlint-disable style/trailing-space -- why -->\n\nb \n\nc \n\n<!-- postlint-enable style/trailing-space -->\n\nd \n";
    assert_eq!(all(text), ["1 style/trailing-space", "11 style/trailing-space"]);
    let open = "a \n\n<!-- postlint-disable style -->\n\nb \n\n\nc";
    assert_eq!(all(open), ["1 style/trailing-space"]);
}

#[test]
fn a_file_is_a_file() {
    assert_eq!(
        all("a \n\nb \n\n<!-- postlint-disable-file style/trailing-space -->\n\n\nc"),
        ["7 style/blank-lines", "8 style/final-newline"]
    );
    assert_eq!(all("a \n\n<!-- postlint-disable-file -- generated -->\n\n\nc"), NOTHING);
}

#[test]
fn the_end_of_the_file_belongs_to_its_last_line() {
    assert_eq!(all("<!-- postlint-disable-next-line style/final-newline -->\nlast"), NOTHING);
}

#[test]
fn front_matter_has_comments_of_its_own() {
    assert_eq!(all("---\n# postlint-disable style/trailing-space\nlayout: post \n---\nb \n"), ["5 style/trailing-space"]);
    assert_eq!(
        all("---\nlayout: post \n# postlint-disable-next-line style/trailing-space\ntags: a \n---\nb\n"),
        ["2 style/trailing-space"]
    );
    assert_eq!(all("---\n# postlint-disable-file style/trailing-space -- why\nlayout: post \n---\nb \n"), NOTHING);
}

#[test]
fn what_only_looks_like_a_comment_is_none() {
    let code = "    <!-- postlint-disable-file -->\n\n```\n<!-- postlint-disable-file -->\n```\n\n`<!-- postlint-disable-file -->` a \n";
    assert_eq!(all(code), ["7 style/trailing-space"]);
    let text = "---\ntitle: \"a # postlint-disable-file\"\nabout: |\n  # postlint-disable-file\n---\na \n";
    assert_eq!(all(text), ["6 style/trailing-space"]);
}

#[test]
fn what_suppresses_nothing_is_a_finding() {
    assert_eq!(all("<!-- postlint-disable-next-line style/trailing-space -->\na\n"), ["1 suppression/unused"]);
    assert_eq!(all("---\nlayout: post\ntitle: A\n---\n<!-- postlint-disable-file -->\n"), ["5 suppression/unused"]);
    assert_eq!(all("---\ntags: a # postlint-disable style/trailing-space\n---\n"), ["2 suppression/unused"]);
    // one of two names
    let text = "<!-- postlint-disable-file style/trailing-space, style/blank-lines -->\n\n\na\n";
    assert_eq!(all(text), ["1 suppression/unused"]);
}

#[test]
fn what_did_not_run_is_not_judged() {
    let text = "<!-- postlint-disable-next-line style/trailing-space -->\na\n";
    assert_eq!(findings(text, &["style/blank-lines", "suppression/unused"]), NOTHING);
    assert_eq!(findings(text, &["style/trailing-space", "suppression/unused"]), ["1 suppression/unused"]);
    assert_eq!(findings("<!-- postlint-disable-file -->\n", &["style", "suppression"]), NOTHING);
}

#[test]
fn a_finding_about_a_comment_can_be_suppressed_by_name() {
    let text = "<!-- postlint-disable-file suppression/unused -->\n\n<!-- postlint-disable-next-line style/trailing-space -->\na\n";
    assert_eq!(all(text), NOTHING);
}

#[test]
fn unknown_names_are_errors() {
    let text = "<!-- postlint-disable-next-line style/trailing-spaces -->\na \n";
    assert_eq!(all(text), ["1 suppression/unknown", "2 style/trailing-space"]);
}
