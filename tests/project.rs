//! What holds for the project itself: its layout, its rules and their pages, the size of its files.

use postlint::rules::RULES;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A file of more lines is two files.
const MOST_LINES: usize = 450;

/// Files that may be longer, and why.
const LONG_FILES: &[(&str, &str)] = &[];

/// What may stand at the top level, besides files.
const TOP_FOLDERS: [&str; 7] = ["src", "rules", "fixtures", "tests", ".github", ".ci", "target"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` with this extension, relative to the project, with `/`.
fn files(folder: &str, extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path: PathBuf = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|has| has == extension) {
                let relative = path.strip_prefix(root()).expect("below the project");
                found.push(relative.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_page_has_its_rule_and_every_rule_its_page_and_file() {
    let names: BTreeSet<String> = RULES.iter().map(|rule| rule.name.to_owned()).collect();
    let pages = files("rules", "md").into_iter().map(|page| page["rules/".len()..page.len() - 3].to_owned());
    // those that are in no group are the website's own
    let pages: BTreeSet<String> = pages.filter(|page| page.contains('/')).collect();
    assert_eq!(names, pages);
    for rule in RULES {
        // one walk over the prose feeds all rules about words; spelling.rs says what is where
        if rule.group() != "spelling" {
            let file = format!("src/rules/{}.rs", rule.name.replace('-', "_"));
            assert!(root().join(&file).is_file(), "{file} is not there");
        }
    }
}

#[test]
fn rules_are_listed_in_the_order_of_their_names() {
    let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert!(names.is_sorted(), "{names:?}");
    assert!(names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-/".contains(&byte))));
}

#[test]
fn groups_are_those_of_the_contract() {
    let known = ["file", "front-matter", "images", "kramdown", "links", "liquid", "site", "spelling", "style", "suppression"];
    let unknown: Vec<&str> = RULES.iter().map(|rule| rule.group()).filter(|group| !known.contains(group)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn files_are_short_enough_to_be_read() {
    let mut long = Vec::new();
    for file in files("src", "rs").into_iter().chain(files("tests", "rs")) {
        let lines = fs::read_to_string(root().join(&file)).expect("readable").lines().count();
        let excepted = LONG_FILES.iter().any(|(path, why)| *path == file && !why.is_empty());
        if lines > MOST_LINES && !excepted {
            long.push(format!("{file}: {lines} lines"));
        }
    }
    assert!(long.is_empty(), "more than {MOST_LINES} lines:\n{}", long.join("\n"));
}

#[test]
fn exceptions_are_still_needed() {
    for (file, _) in LONG_FILES {
        let text = fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(text.lines().count() > MOST_LINES, "{file} is short enough now");
    }
}

#[test]
fn the_top_level_holds_nothing_else() {
    for entry in fs::read_dir(root()).expect("the project").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        assert!(!is_folder || name == ".git" || TOP_FOLDERS.contains(&name.as_str()), "{name}/ has no place in the layout");
    }
}

#[test]
fn the_crate_forbids_unsafe_code_and_has_no_regular_expressions() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    assert!(manifest.contains("unsafe_code = \"forbid\""));
    assert!(!manifest.lines().any(|line| line.starts_with("regex") || line.starts_with("fancy-regex")));
}
