//! Measures the spelling rules.
//!
//!     POSTLINT_SITES=folder POSTLINT_SLIPS=slips.tsv cargo test --release --test measure-spelling -- --nocapture
//!
//! `POSTLINT_SITES` is a folder of sites: prints how many findings at warning or above each rule has, and a sample of them
//! (`POSTLINT_SAMPLE`, 100 of them by default; `POSTLINT_SEED` chooses others; `POSTLINT_RULE` one rule) with what stands
//! around, as tab-separated lines to label: `right?`, rule, file, line, context, correction.
//! `POSTLINT_SLIPS` is a table of the columns number, start, end, wrong, right, sentence, corrected: prints what was missed,
//! and how many were found with the right correction first. Without the variables nothing is measured.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Bytes of context before and after a finding.
const CONTEXT: usize = 70;

fn path(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from)
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// The spelling findings at warning or above of the site in `folder`.
fn findings(folder: &Path) -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_postlint"))
        .args(["check", "--format", "json", "--fail-on", "never", "--select", "spelling", "."])
        .current_dir(folder)
        .output()
        .expect("postlint runs");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let all = report["diagnostics"].as_array().cloned().unwrap_or_default();
    let is_spelling = |finding: &Value| finding["rule"].as_str().is_some_and(|rule| rule.starts_with("spelling/"));
    all.into_iter().filter(|finding| is_spelling(finding) && finding["severity"] != "info").collect()
}

fn offset(finding: &Value, key: &str) -> usize {
    finding[key].as_u64().unwrap_or_default() as usize
}

fn replacement(finding: &Value) -> &str {
    finding["fix"]["edits"][0]["text"].as_str().unwrap_or("-")
}

/// `right?`, rule, file, line, context with the finding in brackets, correction.
fn line_to_label(folder: &Path, finding: &Value) -> String {
    let (rule, file) = (finding["rule"].as_str().unwrap_or_default(), finding["file"].as_str().unwrap_or_default());
    let bytes = std::fs::read(folder.join(file)).unwrap_or_default();
    let (start, end) = (offset(finding, "start_byte"), offset(finding, "end_byte"));
    let text = |from: usize, to: usize| String::from_utf8_lossy(bytes.get(from..to.min(bytes.len())).unwrap_or_default()).into_owned();
    let around = format!("{}[{}]{}", text(start.saturating_sub(CONTEXT), start), text(start, end), text(end, end + CONTEXT));
    let around = around.split_whitespace().collect::<Vec<_>>().join(" ");
    let site = folder.file_name().unwrap_or_default().to_string_lossy();
    format!("\t{rule}\t{site}/{file}\t{}\t{around}\t{}", finding["line"], replacement(finding))
}

/// The next of a row of numbers that the seed gives (xorshift).
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

#[test]
fn findings_on_sites() {
    let Some(sites) = path("POSTLINT_SITES") else { return };
    let wanted = std::env::var("POSTLINT_RULE").ok();
    let mut folders: Vec<PathBuf> = std::fs::read_dir(&sites).expect("a folder").flatten().map(|entry| entry.path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut lines = Vec::new();
    for folder in &folders {
        for finding in findings(folder) {
            let rule = finding["rule"].as_str().unwrap_or_default();
            *counts.entry(rule.to_owned()).or_default() += 1;
            if wanted.as_deref().is_none_or(|wanted| wanted == rule) {
                lines.push(line_to_label(folder, &finding));
            }
        }
    }
    counts.iter().for_each(|(rule, count)| println!("{count:6} {rule}"));
    let mut state = number("POSTLINT_SEED", 1).max(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for _ in 0..number("POSTLINT_SAMPLE", 100) {
        if !lines.is_empty() {
            println!("{}", lines.swap_remove((next(&mut state) % lines.len() as u64) as usize));
        }
    }
}

#[test]
fn recall_on_slips() {
    let Some(table) = path("POSTLINT_SLIPS") else { return };
    let text = std::fs::read_to_string(&table).expect("the table of slips");
    let rows: Vec<Vec<&str>> = text.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect()).collect();
    let site = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(site.path().join("_posts")).expect("a folder");
    std::fs::write(site.path().join("_config.yml"), "title: Measured\n").expect("a file");
    let name = |index: usize| format!("_posts/2024-01-01-case-{index}.md");
    let post = |sentence: &str| format!("---\ntitle: x\n---\n\n{sentence}\n");
    for (index, row) in rows.iter().enumerate() {
        std::fs::write(site.path().join(name(index)), post(row[5])).expect("a file");
    }
    let findings = findings(site.path());
    let repairs = |finding: &Value, row: &[&str]| {
        let mut repaired = post(row[5]);
        repaired.replace_range(offset(finding, "start_byte")..offset(finding, "end_byte"), replacement(finding));
        repaired == post(row[6])
    };
    let mut right = 0;
    for (index, row) in rows.iter().enumerate() {
        let found = findings.iter().any(|finding| finding["file"] == name(index) && repairs(finding, row));
        right += usize::from(found);
        if !found {
            println!("missed: {} → {} | {}", row[3], row[4], row[5]);
        }
    }
    println!("slips: {right} of {} with the right correction", rows.len());
}
