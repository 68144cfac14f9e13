//! Measures the fixes of `style/one-sentence-per-line` on tables of cases.
//!
//!     POSTLINT_BENCH=folder cargo test --release --test measure-sentences -- --nocapture
//!
//! The folder holds `sentence_cases.tsv` (id, category, input, expected) and `golden_rules.tsv` (language, number, title,
//! input, list of sentences); the last two columns are JSON. Without the variable nothing is measured.

use std::path::{Path, PathBuf};
use std::process::Command;

fn bench() -> Option<PathBuf> {
    let folder = std::env::var_os("POSTLINT_BENCH")?;
    Some(PathBuf::from(folder))
}

/// The rows of a table without comments and header.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| line.split('\t').map(String::from).collect()).collect()
}

fn json<T: serde::de::DeserializeOwned>(column: &str) -> T {
    serde_json::from_str(column).unwrap_or_else(|error| panic!("{column}: {error}"))
}

/// What the rule's fix makes of each text, as a document of its own.
fn fixed(texts: &[String]) -> Vec<String> {
    let site = tempfile::tempdir().expect("a temporary folder");
    let posts = site.path().join("_posts");
    std::fs::create_dir(&posts).expect("a folder");
    std::fs::write(site.path().join("_config.yml"), "title: Measured\n").expect("a file");
    let name = |index: usize| posts.join(format!("2024-01-01-case-{index}.md"));
    for (index, text) in texts.iter().enumerate() {
        std::fs::write(name(index), format!("---\nlayout: post\n---\n{text}\n")).expect("a file");
    }
    let status = Command::new(env!("CARGO_BIN_EXE_postlint"))
        .args(["check", "--fix", "--fail-on", "never", "--select", "style/one-sentence-per-line", "."])
        .current_dir(site.path())
        .output()
        .expect("postlint runs")
        .status;
    assert!(status.success(), "{status}");
    (0..texts.len())
        .map(|index| {
            let text = std::fs::read_to_string(name(index)).expect("the file is still there");
            let body = text.strip_prefix("---\nlayout: post\n---\n").expect("the front matter is untouched");
            body.strip_suffix('\n').unwrap_or(body).to_owned()
        })
        .collect()
}

#[test]
fn sentence_cases() {
    let Some(folder) = bench() else { return };
    let rows = rows(&folder.join("sentence_cases.tsv"));
    let inputs: Vec<String> = rows.iter().map(|row| json(&row[2])).collect();
    let mut right = 0;
    let mut harmful = 0;
    for ((row, input), found) in rows.iter().zip(&inputs).zip(fixed(&inputs)) {
        let expected: String = json(&row[3]);
        if found == expected {
            right += 1;
            continue;
        }
        // a miss keeps line ends back; everything else does harm
        let words = |text: &str| text.split_whitespace().filter(|word| *word != ">").map(String::from).collect::<Vec<_>>();
        let lines = |text: &str| text.lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>();
        let false_split = lines(&found).len() > lines(&expected).len()
            || lines(&found).iter().any(|line| !expected.contains(line.as_str()) && !input.contains(line.as_str()));
        let harm = words(&found) != words(&expected) || false_split;
        harmful += usize::from(harm);
        println!("{} {} {}\n  wanted {expected:?}\n  found  {found:?}", if harm { "HARM" } else { "miss" }, row[0], row[1]);
    }
    println!("sentence_cases: {right} of {} right, {harmful} harmful", rows.len());
    assert_eq!(harmful, 0);
}

#[test]
fn golden_rules() {
    let Some(folder) = bench() else { return };
    let rows = rows(&folder.join("golden_rules.tsv"));
    let inputs: Vec<String> = rows.iter().map(|row| json(&row[3])).collect();
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    // plain-text lists, lines without terminators, sentences without white space between them
    let other = |number: u32| (31..=39).contains(&number) || number == 42 || number == 52;
    let (mut right, mut of) = (0, 0);
    for ((row, input), found) in rows.iter().zip(&inputs).zip(fixed(&inputs)) {
        let expected: Vec<String> = json::<Vec<String>>(&row[4]).iter().map(|sentence| squeeze(sentence)).collect();
        // a line end that the text had was never a boundary of ours
        let kept: Vec<&str> = input.lines().collect();
        let found: Vec<String> = if kept.len() > 1 { vec![squeeze(&found)] } else { found.lines().map(squeeze).collect() };
        let english = row[0] == "English" && !row[1].parse().is_ok_and(other);
        of += usize::from(english);
        if found == expected {
            right += usize::from(english);
        } else {
            println!("{} {}: {}\n  wanted {expected:?}\n  found  {found:?}", row[0], row[1], row[2]);
        }
    }
    println!("golden_rules: {right} of {of} English ones");
}
