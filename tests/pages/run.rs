//! Runs one rule on one example.

use crate::example::{Example, Mark};
use postlint::diagnostic::{Diagnostic, Report};
use postlint::post::{DocumentKind, Post};
use postlint::rules::Definition;
use postlint::site::Site;
use postlint::text::Lines;

fn diagnostics(rule: &Definition, example: &Example, text: &str) -> Vec<Diagnostic> {
    let site = Site::none();
    let post = Post::parse(&example.file, DocumentKind::Post, text, &site);
    let mut report = Report::new(rule.name, rule.page().severity);
    rule.build(serde_yaml::Mapping::new()).expect("a rule needs no options").check(&post, &mut report);
    report.into_diagnostics()
}

/// What the rule finds, in the order of line and column.
pub fn check(rule: &Definition, example: &Example) -> Vec<Mark> {
    let text = String::from_utf8_lossy(&example.document).into_owned();
    let mut marks: Vec<Mark> = diagnostics(rule, example, &text).iter().map(|diagnostic| mark(diagnostic, &text)).collect();
    marks.sort_by_key(|mark| (mark.line, mark.column));
    marks
}

/// The document with all fixes applied.
pub fn fix(rule: &Definition, example: &Example) -> Vec<u8> {
    let text = String::from_utf8_lossy(&example.document).into_owned();
    let mut fixed = text.clone();
    let fixes = diagnostics(rule, example, &text).into_iter().filter_map(|diagnostic| diagnostic.fixes.into_iter().next());
    let mut edits: Vec<_> = fixes.flat_map(|fix| fix.edits).collect();
    edits.sort_by_key(|edit| edit.span);
    for edit in edits.iter().rev() {
        fixed.replace_range(edit.span.range(), &edit.text);
    }
    fixed.into_bytes()
}

/// A finding that goes on over the end of its first line is marked to that end.
fn mark(diagnostic: &Diagnostic, text: &str) -> Mark {
    let lines = Lines::new(text);
    let start = lines.position(diagnostic.span.start, text);
    let line_end = lines.content(start.line, text).end.max(diagnostic.span.start);
    let end = diagnostic.span.end.min(line_end);
    let width = text[diagnostic.span.start as usize..end as usize].chars().count();
    Mark { line: start.line, column: start.column, width: width.max(1), message: diagnostic.message.clone() }
}
