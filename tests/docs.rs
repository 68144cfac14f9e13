//! The website and the README's picture: they show what the program does now, and the pages are clean.
//!
//! `OVERWRITE=1 cargo test --test docs` writes the table of rules, the picture and the fences of examples anew.

#[path = "docs/picture.rs"]
mod picture;

use postlint::rules::{Definition, RULES};
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

/// The table stands behind this line, up to the end of the page.
const MARK: &str = "<!-- what follows is written by `OVERWRITE=1 cargo test --test docs` -->\n";

fn row(rule: &Definition) -> String {
    let page = rule.page();
    let fix = page.fix.map_or("none", |safety| safety.name());
    // a bar in a cell ends it
    let summary = page.summary.replace('|', "\\|");
    format!("| [{0}]({0}/) | {summary} | {1} | {2} | {fix} |\n", rule.name, page.severity.name(), page.on.name())
}

fn table() -> String {
    let mut text = String::new();
    for group in RULES.chunk_by(|a, b| a.group() == b.group()) {
        let name = group.first().map_or("", |rule| rule.group());
        let _ = write!(text, "\n## {name}\n\n| rule | finds | severity | on | fix |\n|------|-------|----------|----|-----|\n");
        group.iter().for_each(|rule| text.push_str(&row(rule)));
    }
    text
}

/// The file at `path` holds just `text`, or is made to.
fn keep(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("OVERWRITE").is_some() {
        std::fs::write(&file, text).expect("the file can be written");
    } else {
        // git may have given it other line ends
        let kept = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        assert!(kept == text, "{path} is stale: OVERWRITE=1 cargo test --test docs");
    }
}

#[test]
fn the_index_lists_the_rules() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/index.md");
    let text = std::fs::read_to_string(&file).expect("the index").replace("\r\n", "\n");
    let (head, _) = text.split_once(MARK).expect("the mark");
    keep("rules/index.md", &format!("{head}{MARK}{}", table()));
}

/// The README shows it.
#[test]
fn the_picture_shows_a_real_run() {
    const WIDTH: usize = 96;
    let arguments = ["_posts/2024-04-09-five-years-of-releases.md", "_posts/2024-06-04-caching-the-tide-table.md"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/site");
    command.current_dir(site).env("COLUMNS", WIDTH.to_string()).args(["--color", "always"]).args(arguments);
    let output = String::from_utf8(command.output().expect("the program starts").stdout).expect("UTF-8");
    keep(".github/run.svg", &picture::draw("postlint _posts/2024-04-09-* _posts/2024-06-04-*", &output, WIDTH));
}

/// The page with all words after a fence's language where kramdown takes them: ```` ```yaml?site&file=a.yml ````.
fn with_tidy_fences(page: &str) -> String {
    let mut inside: Option<&str> = None;
    let lines = page.split('\n').map(|line| {
        let (ticks, words) = line.split_at(line.len() - line.trim_start_matches('`').len());
        match inside {
            Some(fence) if words.is_empty() && ticks.len() >= fence.len() => inside = None,
            None if ticks.len() >= 3 => {
                inside = Some(ticks);
                if let Some((language, words)) = words.split_once(' ') {
                    return format!("{ticks}{language}?{}", words.split_whitespace().collect::<Vec<_>>().join("&"));
                }
            }
            _ => {}
        }
        line.to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn fences_of_examples_are_fences_for_kramdown() {
    for rule in RULES {
        let path = format!("rules/{}.md", rule.name);
        let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).expect("the page").replace("\r\n", "\n");
        keep(&path, &with_tidy_fences(&page));
    }
}

#[test]
fn postlint_finds_nothing_in_its_own_pages() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let output = command.args(["--format", "concise", "--fail-on", "info"]).arg(rules).output().expect("the program starts");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", said(&output.stdout), said(&output.stderr));
}
