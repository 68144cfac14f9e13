//! References from front matter to the site's data: learned from the newest posts, pinned, found.

use postlint::lint::Selection;
use postlint::lint::project;
use postlint::lint::run::{Repair, house_style, run};
use postlint::style::{explain, pin};
use std::fs;
use std::path::Path;

const RULE: &str = "front-matter/unknown-reference";

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs::write(path, text).expect("files");
}

/// A site of so many posts by known authors, and one by an unknown one.
fn site(known: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "_config.yml", "title: A harbour\n");
    write(folder.path(), "_data/authors.yml", "ada: { name: Ada }\nben: { name: Ben }\n");
    write(folder.path(), "_data/boats.yml", "ada: { length: 12 }\nzoe: { length: 9 }\n");
    for index in 0..known {
        let author = if index % 2 == 0 { "ada" } else { "[ada, ben]" };
        write(
            folder.path(),
            &format!("_posts/2024-01-{:02}-tides.md", index + 1),
            &format!("---\nlayout: post\ntitle: Tides {index}\nauthor: {author}\n---\nText.\n"),
        );
    }
    write(folder.path(), "_posts/2024-02-01-gulls.md", "---\nlayout: post\ntitle: Gulls\nauthor: bne\n---\nText.\n");
    folder
}

fn messages(folder: &Path) -> Vec<String> {
    let found = project::discover(&[folder.to_owned()], None);
    let project = found.projects.first().expect("a site");
    let run = run(project, &Selection::default(), Repair::default(), None).expect("known options");
    let all = run.documents.iter().flat_map(|document| &document.diagnostics);
    all.filter(|diagnostic| diagnostic.rule == RULE).map(|diagnostic| diagnostic.message.clone()).collect()
}

#[test]
fn what_nearly_all_posts_refer_to_is_demanded() {
    assert_eq!(messages(site(28).path()), ["`bne` is not in `_data/authors`; did you mean `ben`?"]);
}

#[test]
fn a_few_exceptions_are_no_mistake() {
    assert!(messages(site(12).path()).is_empty(), "12 of 13 are less than 95 %");
}

#[test]
fn it_can_be_pinned_and_explained() {
    let folder = site(28);
    let site = project::discover(&[folder.path().to_owned()], None).projects.pop().expect("a site").site;
    let style = house_style(&site).expect("enough posts");
    let pinned = pin::configuration(&style);
    assert!(pinned.contains("    keys:\n      author: _data/authors  # 28 of 29; not 2024-02-01-gulls.md\n"), "{pinned}");
    write(folder.path(), ".postlint.yml", &pinned);
    assert_eq!(messages(folder.path()).len(), 1, "what is pinned is the same");
    let text = explain::text(&style);
    assert!(text.contains("author in _data/authors: 28 of 29 (holds)\n    not _posts/2024-02-01-gulls.md\n"), "{text}");
}
