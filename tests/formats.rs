//! The formats for services: each in the shape that its readers ask for, whatever the text of a post holds.

use postlint::diagnostic::{Edit, Report, Safety, Severity};
use postlint::report::{self, FileFindings, Findings, Format, Options};
use postlint::text::Span;
use serde_json::Value;
use std::sync::Arc;

const TEXT: &str = "---\ntitle: x\n---\nSo 漢 teh cat, teh end.\nA 100% <b> \"q\" | x\r\n";

fn at(part: &str) -> Span {
    let start = TEXT.find(part).expect("in the text");
    Span::new(start, start + part.len())
}

/// Findings of all severities: with fixes, labels, notes, and characters that each format has to escape.
fn findings() -> Findings {
    let mut report = Report::new("spelling/misspelling", Severity::Warning);
    report.whole("about the whole").severity(Severity::Info);
    let edits = [Edit::replace(at("teh"), "the"), Edit::replace(at("end"), "END")];
    report.at(at("teh"), "`teh` is misspelt").fix(Safety::Safe, "write `the`", edits).label(at("cat"), "the noun").note("a note");
    report.at(at("<b> \"q\""), "50%: a, b & <c>\n::error::x \u{1b}[31m | \u{85}").severity(Severity::Error);
    let path = "_posts/2024-01-01-a b,c%.md".to_owned();
    let file = FileFindings { path, folder: "docs/".into(), text: Some(Arc::from(TEXT)), diagnostics: report.into_diagnostics() };
    Findings { files: vec![file], checked: 2, ..Findings::default() }
}

fn written(format: Format, findings: &Findings) -> String {
    let mut out = Vec::new();
    report::write(format, findings, &Options::plain(), &mut out).expect("a string");
    String::from_utf8(out).expect("text")
}

fn json(format: Format, findings: &Findings) -> Value {
    serde_json::from_str(&written(format, findings)).expect("JSON")
}

/// One finding of `severity` in each of so many lines.
fn many(count: usize, severity: Severity) -> Findings {
    let mut report = Report::new("style/blank-lines", severity);
    let text = "line\n".repeat(count);
    (0..count).for_each(|line| {
        report.at(Span::new(line * 5, line * 5 + 4), format!("finding {line}"));
    });
    let file =
        FileFindings { path: "_posts/a.md".into(), folder: "".into(), text: Some(text.into()), diagnostics: report.into_diagnostics() };
    Findings { files: vec![file], checked: 1, ..Findings::default() }
}

#[test]
fn github_annotates_and_escapes() {
    let expected = "\
::error file=docs/_posts/2024-01-01-a b%2Cc%25.md,line=5,endLine=5,col=8,endColumn=15,title=spelling/misspelling::50%25: a, b & <c>␊::error::x ␛[31m | \\u{85}
::warning file=docs/_posts/2024-01-01-a b%2Cc%25.md,line=4,endLine=4,col=6,endColumn=9,title=spelling/misspelling::`teh` is misspelt%0Aa note%0Awrite `the`
::notice file=docs/_posts/2024-01-01-a b%2Cc%25.md,line=1,endLine=1,col=1,endColumn=1,title=spelling/misspelling::about the whole
1 errors, 1 warnings, 1 infos in 2 files
";
    assert_eq!(written(Format::Github, &findings()), expected);
}

#[test]
fn github_spends_its_annotations_on_the_worst() {
    let kinds = |findings: &Findings| -> Vec<(usize, usize, usize, usize)> {
        let text = written(Format::Github, findings);
        let count = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
        vec![(count("::error"), count("::warning"), count("::notice"), count("  "))]
    };
    assert_eq!(kinds(&many(12, Severity::Error)), [(10, 2, 0, 0)]);
    assert_eq!(kinds(&many(35, Severity::Error)), [(10, 10, 10, 5)]);
    assert_eq!(kinds(&many(12, Severity::Warning)), [(0, 10, 2, 0)]);
    assert_eq!(kinds(&many(12, Severity::Info)), [(0, 0, 10, 2)]);
    let mut mixed = many(4, Severity::Info);
    mixed.files.extend(many(3, Severity::Error).files);
    assert!(written(Format::Github, &mixed).starts_with("::error"));
}

#[test]
fn the_summary_of_a_step_is_a_table_that_fits() {
    let table = report::github::step_summary(&findings(), report::github::SUMMARY_LIMIT);
    assert!(
        table.contains(
            "| error | docs/_posts/2024-01-01-a b,c%.md:5:8 | spelling/misspelling | 50%: a, b &amp; &lt;c>␊::error::x ␛[31m \\| "
        )
    );
    let table = report::github::step_summary(&many(10_000, Severity::Error), report::github::SUMMARY_LIMIT);
    assert_eq!(table.matches("| error |").count(), 10_000);
    let short = report::github::step_summary(&many(10_000, Severity::Error), 5_000);
    assert!(short.len() <= 5_000 && short.trim_end().ends_with("the summary of a step has room for no more"), "{short}");
}

#[test]
fn sarif_keeps_to_its_schema() {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/sarif/sarif-schema-2.1.0.json");
    // one of its regular expressions has a bracket too many
    let schema = std::fs::read_to_string(schema).expect("the schema").replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for findings in [findings(), Findings::default(), many(100, Severity::Info)] {
        let log = json(Format::Sarif, &findings);
        let errors: Vec<String> = validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({ "version": "2.1.0", "runs": [{}] })));
}

#[test]
fn sarif_says_what_code_scanning_shows() {
    let log = json(Format::Sarif, &findings());
    let run = &log["runs"][0];
    let rule = &run["tool"]["driver"]["rules"][0];
    assert_eq!(rule["id"], "spelling/misspelling");
    assert!(rule["help"]["markdown"].as_str().is_some_and(|page| page.starts_with("# spelling/misspelling")));
    let result = &run["results"][1];
    assert_eq!((&result["ruleIndex"], &result["level"]), (&0.into(), &"warning".into()));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "docs/_posts/2024-01-01-a%20b%2Cc%25.md");
    let region = serde_json::json!({ "startLine": 4, "startColumn": 6, "endLine": 4, "endColumn": 9, "byteOffset": 24, "byteLength": 3 });
    assert_eq!(place["region"], region);
    let replacements = &result["fixes"][0]["artifactChanges"][0]["replacements"];
    assert_eq!(replacements.as_array().map(Vec::len), Some(2));
    assert_eq!(replacements[0]["insertedContent"]["text"], "the");
}

#[test]
fn fingerprints_stay_when_lines_move_and_tell_findings_apart() {
    let fingerprints = |findings: &Findings| -> Vec<String> {
        let log = json(Format::Sarif, findings);
        let results = log["runs"][0]["results"].as_array().expect("results").clone();
        results.iter().map(|result| result["partialFingerprints"]["primaryLocationLineHash"].to_string()).collect()
    };
    let before = fingerprints(&findings());
    let mut moved = findings();
    let file = &mut moved.files[0];
    file.text = Some(Arc::from(TEXT.replacen("---\nSo", "---\nNew.\n\nSo", 1).as_str()));
    for diagnostic in file.diagnostics.iter_mut().filter(|diagnostic| diagnostic.span.start > 0) {
        diagnostic.span = Span { start: diagnostic.span.start + 6, end: diagnostic.span.end + 6 };
    }
    assert_eq!(fingerprints(&moved), before);
    let mut same = fingerprints(&many(20, Severity::Info));
    same.sort();
    same.dedup();
    assert_eq!(same.len(), 20);
}

#[test]
fn rdjson_counts_bytes_and_suggests_one_change() {
    let report = json(Format::Rdjson, &findings());
    let finding = &report["diagnostics"][1];
    let start = serde_json::json!({ "line": 4, "column": 8 });
    assert_eq!(finding["location"]["range"]["start"], start);
    assert_eq!((&finding["severity"], &finding["code"]["value"]), (&"WARNING".into(), &"spelling/misspelling".into()));
    let suggestion = &finding["suggestions"][0];
    assert_eq!(suggestion["text"], "the cat, teh END");
    assert_eq!(suggestion["range"], serde_json::json!({ "start": start, "end": { "line": 4, "column": 24 } }));
    assert_eq!(finding["suggestions"].as_array().map(Vec::len), Some(1));
}

#[test]
fn gitlab_has_unique_fingerprints_and_known_severities() {
    let list = json(Format::Gitlab, &findings());
    let list = list.as_array().expect("a list");
    let severities: Vec<&str> = list.iter().filter_map(|one| one["severity"].as_str()).collect();
    assert_eq!(severities, ["info", "minor", "major"]);
    assert_eq!(list[1]["location"], serde_json::json!({ "path": "docs/_posts/2024-01-01-a b,c%.md", "lines": { "begin": 4, "end": 4 } }));
    assert_eq!(json(Format::Gitlab, &Findings::default()), serde_json::json!([]));
}

#[test]
fn junit_and_checkstyle_are_xml() {
    let junit = written(Format::Junit, &findings());
    assert!(junit.contains("<testsuites name=\"postlint\" tests=\"3\" failures=\"2\" errors=\"0\">"), "{junit}");
    assert!(junit.contains("<failure type=\"error\" message=\"50%: a, b &amp; &lt;c&gt;␊::error::x ␛[31m | \\u{85}\">"), "{junit}");
    assert!(written(Format::Junit, &Findings::default()).contains("tests=\"1\" failures=\"0\""));
    let checkstyle = written(Format::Checkstyle, &findings());
    let line =
        "<error line=\"4\" column=\"6\" severity=\"warning\" message=\"`teh` is misspelt\" source=\"postlint.spelling/misspelling\"/>";
    assert!(checkstyle.contains(line), "{checkstyle}");
    for text in [junit, checkstyle] {
        assert!(!text.contains(char::is_control) || text.chars().filter(|c| c.is_control()).all(|c| c == '\n'));
        let opened = text.matches('<').count();
        assert_eq!(opened, text.matches('>').count());
    }
}

#[test]
fn ten_thousand_findings_in_one_file_are_no_trouble() {
    let findings = many(10_000, Severity::Warning);
    for format in [Format::Github, Format::Sarif, Format::Rdjson, Format::Gitlab, Format::Junit, Format::Checkstyle] {
        let start = std::time::Instant::now();
        assert!(written(format, &findings).len() > 100_000);
        assert!(start.elapsed().as_secs() < 20, "{format:?} took {:?}", start.elapsed());
    }
}
