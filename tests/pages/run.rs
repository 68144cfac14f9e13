//! Runs one rule on one example, as the command does.

use crate::example::{Example, Mark};
use jiff::civil::Date;
use postlint::config;
use postlint::diagnostic::{Diagnostic, Safety};
use postlint::lint::project::{self, Project};
use postlint::lint::run::{Linted, Repair, run};
use postlint::lint::selection::Online;
use postlint::lint::{Document, Selection};
use postlint::post::DocumentKind;
use postlint::rules::Definition;
use postlint::site::comparison::{Before, Comparison};
use postlint::text::Lines;
use postlint::web::{self, Death, Doubt, Verdict, Verdicts};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What the rule finds, in the order of line and column.
pub fn check(rule: &Definition, example: &Example) -> Vec<Mark> {
    let linted = lint(rule, example, Repair::default());
    let text = linted.text.unwrap_or_default();
    let found = linted.diagnostics.iter().filter(|diagnostic| diagnostic.rule == rule.name);
    let mut marks: Vec<Mark> = found.map(|diagnostic| mark(diagnostic, &text)).collect();
    marks.sort_by_key(|mark| (mark.line, mark.column));
    marks
}

/// The document with all fixes applied.
pub fn fix(rule: &Definition, example: &Example) -> Vec<u8> {
    let repair = Repair { wanted: true, unsafe_fixes: rule.page().fix == Some(Safety::Unsafe) };
    lint(rule, example, repair).repaired.map_or(example.document.clone(), |repaired| repaired.text.into_bytes())
}

fn lint(rule: &Definition, example: &Example, repair: Repair) -> Linted {
    // what a suppression does shows in what the other rules find
    let select = if rule.group() == "suppression" { Vec::new() } else { vec![rule.name.to_owned()] };
    let mut selection = Selection::new(&select, &[]).expect("the rule is in the list");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let project = if example.files.is_empty() { lone(example) } else { site(example, folder.path()) };
    if !example.web.is_empty() {
        selection.online = Online::Always;
        project.site.lend_verdicts(verdicts(&example.web));
    }
    let mut project = project;
    if !example.before.is_empty() {
        project.site.comparison = Some(comparison(example));
    }
    let mut run = run(&project, &selection, repair, Some(example.document.clone())).expect("options that the rule takes");
    run.documents.pop().expect("one document")
}

/// Lines such as `https://tides.example/old 404`; the form is described in `.github/CONTRIBUTING.md`.
fn verdicts(lines: &[String]) -> Verdicts {
    let mut verdicts = Verdicts::default();
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        let url = web::target(words[0]).expect("a web address");
        let status = words[1].parse().unwrap_or_default();
        let verdict = match words[1..] {
            ["gone"] => Verdict::Dead(Death::NoSuchHost(url.host_str().unwrap_or_default().to_owned())),
            ["no-fragment"] => Verdict::Uncertain(Doubt::NoFragment(url.fragment().unwrap_or_default().to_owned())),
            ["404" | "410"] => Verdict::Dead(Death::Status { status, at: None }),
            [_, to] => Verdict::Moved { status, to: to.to_owned() },
            _ => Verdict::Uncertain(Doubt::Status(status)),
        };
        verdicts.insert(url, verdict);
    }
    verdicts
}

/// The document without any site.
fn lone(example: &Example) -> Project {
    let kind = if example.file.contains("_posts/") { DocumentKind::Post } else { DocumentKind::Page };
    let document = Document { path: example.file.clone(), kind, named: true };
    Project::lone(document)
}

/// What the example's site was before.
fn comparison(example: &Example) -> Comparison {
    let own = (example.file.clone(), example.document.clone());
    let now = || example.files.iter().chain([&own]).map(|(path, _)| path);
    let text = |content: &[u8]| Some(Arc::from(std::str::from_utf8(content).ok()?));
    let mut touched: FxHashMap<String, Before> = now().map(|path| (path.clone(), Before::Nothing)).collect();
    let mut gone = BTreeMap::new();
    for (path, content) in &example.before {
        if now().any(|now| now == path) {
            touched.insert(path.clone(), Before::File { path: path.clone(), text: text(content) });
        } else {
            gone.insert(path.clone(), text(content));
        }
    }
    Comparison::new(Date::constant(2024, 2, 1), touched, gone)
}

/// The document in a site that is written to `folder`.
fn site(example: &Example, folder: &Path) -> Project {
    let own = (example.file.clone(), example.document.clone());
    let config = ("_config.yml".to_owned(), Vec::new());
    for (path, content) in [config].iter().chain(&example.files).chain([&own]) {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders of the example");
        std::fs::write(path, content).expect("files of the example");
    }
    let file = folder.join(config::FILE_NAME);
    let config = file.is_file().then_some(file);
    let mut found = project::discover(&[folder.join(&example.file)], config.as_deref());
    assert!(found.failures.is_empty(), "{:?}", found.failures);
    found.projects.pop().expect("one site")
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
