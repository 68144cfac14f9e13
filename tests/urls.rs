//! URLs and Liquid as real Jekyll has them: fixtures/urls, made by tests/urls/expected.rb.

use postlint::post::DocumentKind;
use postlint::site::liquid_value::{Evaluated, evaluate};
use postlint::site::page::Page;
use postlint::site::{LoadOptions, Site};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[derive(Deserialize)]
struct Case {
    name: String,
    config: serde_json::Value,
    files: BTreeMap<String, Option<String>>,
    page: Option<String>,
}

#[derive(Deserialize)]
struct Answers {
    files: BTreeMap<String, Answer>,
    #[serde(default)]
    liquid: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Answer {
    url: Option<String>,
    rendered: bool,
    written: bool,
}

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/urls").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(case: &Case, root: &Path) {
    fs::write(root.join("_config.yml"), case.config.to_string()).expect("a temporary folder takes files");
    for (path, front_matter) in &case.files {
        let text = front_matter.as_ref().map_or("Body\n".to_owned(), |front_matter| format!("---\n{front_matter}\n---\nBody\n"));
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a temporary folder takes folders");
        fs::write(file, text).expect("a temporary folder takes files");
    }
}

/// The URL that postlint gives for a file that Jekyll writes, or what it says instead.
fn url_of(site: &Site, path: &str) -> Result<String, String> {
    if let Some(document) = site.document(path) {
        return site.url_of(document).map_err(|error| error.to_string());
    }
    match site.outputs().iter().find(|(_, output)| output.path == path) {
        Some((url, _)) => Ok(url.to_owned()),
        None => Ok(format!("/{path}")),
    }
}

#[test]
fn urls_are_those_of_jekyll() {
    let cases: Vec<Case> = serde_yaml::from_str(&fixture("cases.yml")).expect("cases.yml is a list of cases");
    let answers: BTreeMap<String, Answers> = serde_json::from_str(&fixture("expected.json")).expect("expected.json is a map");
    assert_eq!(cases.len(), answers.len(), "run tests/urls/expected.rb again");
    let mut wrong = Vec::new();
    let mut compared = 0;
    for case in &cases {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        write(case, folder.path());
        let (site, problems) = Site::load(folder.path(), &LoadOptions::default());
        assert_eq!(problems, [], "{}", case.name);
        let answers = &answers[&case.name];
        for (path, answer) in &answers.files {
            compared += 1;
            let mine = url_of(&site, path);
            // copied files are compared decoded
            let decoded =
                |url: &str| if site.document(path).is_some() { url.to_owned() } else { postlint::site::url::decode(url).into_owned() };
            match (&mine, &answer.url) {
                (Ok(mine), Some(url)) if *mine == decoded(url) => {}
                (Err(_), None) => {}
                _ => wrong.push(format!("{}: {path}: {mine:?}, Jekyll: {:?}", case.name, answer.url)),
            }
        }
        for path in case.files.keys() {
            let is_published = answers.files.get(path).is_some_and(|answer| answer.written);
            if let Some(complaint) = publication(&site, path, is_published, answers.files.get(path).is_some_and(|answer| answer.rendered)) {
                wrong.push(format!("{}: {path}: {complaint}", case.name));
            }
        }
        for (text, expected) in &answers.liquid {
            compared += 1;
            let document = site.document(case.page.as_deref().unwrap_or_default()).expect("`page` is a document");
            match evaluate(text, &Page::of_document(&site, document)) {
                Evaluated::Known(printed) if printed == *expected => {}
                other => wrong.push(format!("{}: {text}: {other:?}, Jekyll: {expected:?}", case.name)),
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 150, "only {compared} answers were compared");
}

/// What postlint says otherwise than Jekyll about whether a file is published.
fn publication(site: &Site, path: &str, is_published: bool, is_rendered: bool) -> Option<String> {
    use postlint::site::files::Lookup;
    let excluded = match site.files().lookup(path) {
        Lookup::Exact(entry) => entry.exclusion.map(ToString::to_string),
        Lookup::Unread { why, .. } => Some(why.map_or("unread".to_owned(), ToString::to_string)),
        other => return Some(format!("{other:?}")),
    };
    let is_bare_document = site.document(path).is_some_and(|document| document.kind == DocumentKind::Collection && !is_rendered);
    match (is_published, &excluded) {
        (true, Some(why)) => Some(format!("is published, not: {why}")),
        (false, None) if !is_bare_document => Some("is not published".to_owned()),
        _ => None,
    }
}
