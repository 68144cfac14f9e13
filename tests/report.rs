//! The reports: what people and programs read.

use postlint::diagnostic::{Diagnostic, Edit, Report, Safety, Severity};
use postlint::report::{self, FileFindings, Findings, Format, Options, Repairs, Style};
use postlint::text::Span;
use proptest::prelude::*;
use std::sync::Arc;

const PATH: &str = "_posts/2024-01-01-x.md";

fn at(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::new(start, start + part.len())
}

fn found(text: &str, write: impl FnOnce(&mut Report)) -> Findings {
    let mut report = Report::new("spelling/misspelling", Severity::Warning);
    write(&mut report);
    file(text, report.into_diagnostics())
}

fn file(text: &str, diagnostics: Vec<Diagnostic>) -> Findings {
    let file = FileFindings { path: PATH.to_owned(), text: Some(Arc::from(text)), diagnostics };
    Findings { files: vec![file], checked: 1, ..Findings::default() }
}

fn written(format: Format, findings: &Findings, options: &Options) -> String {
    let mut out = Vec::new();
    report::write(format, findings, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The pretty report without its summary.
fn pretty(findings: &Findings) -> String {
    let text = written(Format::Pretty, findings, &Options::plain());
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines[..lines.len() - 1].join("\n").trim_end().to_owned()
}

fn misspelling(text: &str, part: &str, correction: &str) -> Findings {
    let span = at(text, part);
    found(text, |report| {
        let fix = format!("write `{correction}`");
        report.at(span, format!("`{part}` is misspelt")).fix(Safety::Safe, fix, [Edit::replace(span, correction)]);
    })
}

#[test]
fn a_finding_with_its_fix() {
    let text = "---\ntitle: x\n---\nSo teh cat sat.\n";
    assert_eq!(
        pretty(&misspelling(text, "teh", "the")),
        "\
warning[spelling/misspelling]: `teh` is misspelt
  ┌─ _posts/2024-01-01-x.md:4:4
  │
4 │ So teh cat sat.
  │    ^^^
  = fix: write `the`
4 - So teh cat sat.
  + So the cat sat."
    );
}

#[test]
fn the_place_in_a_long_line_is_the_true_one() {
    let text = format!("{}teh{}\n", "straw ".repeat(400), " straw".repeat(400));
    assert_eq!(
        pretty(&misspelling(&text, "teh", "the")),
        "\
warning[spelling/misspelling]: `teh` is misspelt
  ┌─ _posts/2024-01-01-x.md:1:2401
  │
1 │ …straw straw straw straw straw straw straw teh straw straw straw straw straw straw straw…
  │                                            ^^^
  = fix: write `the`
1 - …straw straw straw straw straw straw straw teh straw straw straw straw straw straw straw…
  + …straw straw straw straw straw straw straw the straw straw straw straw straw straw straw…"
    );
}

#[test]
fn carets_stand_below_wide_characters_and_emoji() {
    let text = "漢字と👩\u{200d}💻と❤\u{fe0f}\tteh\r\nx\r\n";
    assert_eq!(
        pretty(&misspelling(text, "teh", "the")),
        "\
warning[spelling/misspelling]: `teh` is misspelt
  ┌─ _posts/2024-01-01-x.md:1:11
  │
1 │ 漢字と👩💻と❤   teh
  │                 ^^^
  = fix: write `the`
1 - 漢字と👩💻と❤   teh
  + 漢字と👩💻と❤   the"
    );
}

#[test]
fn a_fix_of_lines_shows_the_lines_it_makes() {
    let text = "One here. Two here.\n";
    let gap = Span::new(9, 10);
    let findings = found(text, |report| {
        report.at(gap, "two sentences on a line").fix(Safety::Layout, "start a new line", [Edit::replace(gap, "\n")]);
    });
    assert_eq!(
        pretty(&findings),
        "\
warning[spelling/misspelling]: two sentences on a line
  ┌─ _posts/2024-01-01-x.md:1:10
  │
1 │ One here.·Two here.
  │          ^
  = fix: start a new line
1 - One here.·Two here.
  + One here.
  + Two here."
    );
}

#[test]
fn ends_of_lines_are_shown_when_nothing_else_changes() {
    let findings = found("text", |report| {
        report.at(Span::empty(4), "no line end").fix(Safety::Layout, "add it", [Edit::insert(4, "\n")]);
    });
    assert!(pretty(&findings).ends_with("1 │ text\n  │     ^\n  = fix: add it\n1 - text\n  + text↵"), "{}", pretty(&findings));
}

#[test]
fn labels_point_into_other_files_and_notes_say_what_cannot_be_shown() {
    let text = "---\nlayout: post\n---\n";
    let findings = found(text, |report| {
        let found = report.at(at(text, "post"), "no such layout");
        found.label(at(text, "layout"), "asked for here").label_in(".postlint.yml", Span::new(7, 11), "demanded here");
        found.label_in("gone.yml", Span::new(7, 11), "and here").note("a note");
    });
    let load = |path: &str| (path == ".postlint.yml").then(|| Arc::from("rules:\n  layout: error\n"));
    let options = Options { load: &load, ..Options::plain() };
    assert!(
        written(Format::Pretty, &findings, &options).starts_with(
            "\
warning[spelling/misspelling]: no such layout
  ┌─ _posts/2024-01-01-x.md:2:9
  │
2 │ layout: post
  │ ------  ^^^^
  │ │        
  │ asked for here
  │
  ┌─ .postlint.yml:2:1
  │
2 │   layout: error
  │ ---- demanded here
  │
  = a note
  = gone.yml: and here
"
        ),
        "{}",
        written(Format::Pretty, &findings, &options)
    );
}

#[test]
fn a_finding_about_the_whole_document_has_no_excerpt() {
    let findings = found("---\ntitle: x\n---\n", |report| {
        report.whole("`layout` is missing");
    });
    assert_eq!(pretty(&findings), "warning[spelling/misspelling]: `layout` is missing\n  ┌─ _posts/2024-01-01-x.md:1:1");
}

#[test]
fn of_many_lines_the_first_and_the_last_are_shown() {
    let text: String = (1..=50).map(|number| format!("line {number}\n")).collect();
    let drawn = pretty(&found(&text, |report| {
        report.at(Span::new(0, text.len()), "all of it");
    }));
    assert!(
        drawn.contains("line 4\n") && drawn.contains("·") && drawn.contains("line 49\n") && drawn.contains("50 │ │ line 50\n"),
        "{drawn}"
    );
    assert!(!drawn.contains("line 5\n") && !drawn.contains("line 48\n"), "{drawn}");
}

#[test]
fn of_many_findings_of_a_rule_five_are_shown() {
    let text = "teh ".repeat(12);
    let findings = found(&text, |report| {
        for (start, _) in text.match_indices("teh") {
            report.at(Span::new(start, start + 3), "misspelt");
        }
    });
    let some = written(Format::Pretty, &findings, &Options::plain());
    assert_eq!(some.matches("misspelt").count(), 5);
    assert!(some.contains("… 7 more spelling/misspelling in _posts/2024-01-01-x.md (`--all` shows them)"), "{some}");
    assert!(some.ends_with("\n12 warnings in 1 of 1 file\n"), "{some}");
    let all = written(Format::Pretty, &findings, &Options { all: true, ..Options::plain() });
    assert_eq!(all.matches("misspelt").count(), 12);
}

#[test]
fn the_summary_counts() {
    let mut findings = misspelling("a teh\n", "teh", "the");
    findings.checked = 30;
    findings.repairs = Some(Repairs { applied: 4, refused: 1, files: 2, left: None });
    let text = written(Format::Pretty, &findings, &Options::plain());
    assert!(
        text.ends_with("4 findings repaired in 2 files; 1 fix left out\n1 warning in 1 of 30 files; 1 can be repaired with `--fix`\n"),
        "{text}"
    );
    let nothing = Findings { checked: 3, ..Findings::default() };
    assert_eq!(written(Format::Pretty, &nothing, &Options::plain()), "✓ 3 files checked, nothing found\n");
}

#[test]
fn json_is_the_contract() {
    let text = "é\na teh\u{7f}\n";
    let findings = misspelling(text, "teh", "the");
    assert_eq!(
        written(Format::Json, &findings, &Options::plain()),
        concat!(
            r#"{"version":1,"summary":{"files":1,"errors":0,"warnings":1,"infos":0,"fixable":1},"diagnostics":["#,
            "\n",
            r#"{"rule":"spelling/misspelling","severity":"warning","message":"`teh` is misspelt","file":"_posts/2024-01-01-x.md","#,
            r#""line":2,"column":3,"end_line":2,"end_column":6,"start_byte":5,"end_byte":8,"#,
            r#""fix":{"title":"write `the`","safety":"safe","edits":[{"start_byte":5,"end_byte":8,"text":"the"}]}}"#,
            "]}\n"
        )
    );
    let empty = written(Format::Json, &Findings::default(), &Options::plain());
    assert_eq!(
        empty,
        "{\"version\":1,\"summary\":{\"files\":0,\"errors\":0,\"warnings\":0,\"infos\":0,\"fixable\":0},\"diagnostics\":[]}\n"
    );
}

#[test]
fn unsafe_fixes_are_in_json_and_are_not_fixable() {
    let findings = found("teh\n", |report| {
        report.at(Span::new(0, 3), "x").fix(Safety::Unsafe, "x", [Edit::delete(Span::new(0, 3))]);
    });
    let json: serde_json::Value = serde_json::from_str(&written(Format::Json, &findings, &Options::plain())).unwrap();
    assert_eq!(json["summary"]["fixable"], 0);
    assert_eq!(json["diagnostics"][0]["fix"]["safety"], "unsafe");
}

#[test]
fn concise_is_one_line_a_finding() {
    let findings = found("a\nb teh\n", |report| {
        report.at(Span::new(4, 7), "two\nlines and \u{1b}[2J");
    });
    assert_eq!(
        written(Format::Concise, &findings, &Options::plain()),
        "_posts/2024-01-01-x.md:2:3: warning spelling/misspelling two␊lines and ␛[2J\n"
    );
}

#[test]
fn statistics_count_by_rule() {
    let mut report = Report::new("style/trailing-space", Severity::Info);
    for _ in 0..3 {
        report.at(Span::new(0, 1), "x").fix(Safety::Layout, "x", [Edit::delete(Span::new(0, 1))]);
    }
    let mut findings = misspelling("teh", "teh", "the");
    findings.files[0].diagnostics.extend(report.into_diagnostics());
    assert_eq!(
        written(Format::Statistics, &findings, &Options::plain()),
        "\
findings    files  fixable  severity  rule
       3        1        3  info      style/trailing-space
       1        1        1  warning   spelling/misspelling
"
    );
}

#[test]
fn colours_and_links_only_where_asked_for() {
    let findings = misspelling("a teh\n", "teh", "the");
    assert!(!written(Format::Pretty, &findings, &Options::plain()).contains('\u{1b}'));
    let colourful = Options { style: Style { color: true, ..Style::plain() }, ..Options::plain() };
    let text = written(Format::Pretty, &findings, &colourful);
    assert!(text.contains("\u{1b}[1;33mwarning[spelling/misspelling]\u{1b}[0m"), "{text:?}");
    assert!(text.contains("a \u{1b}[1;4;31mteh\u{1b}[0m") && text.contains("a \u{1b}[1;4;32mthe\u{1b}[0m"), "{text:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text, any span, any message: no panic, and nothing that a terminal obeys.
    #[test]
    fn nothing_raw_reaches_the_terminal(
        text in "(\\PC|[\\x00-\\x1f\\x7f-\\x9f]|\n|\r\n|\t|\u{202e}|\u{200d}|👩|漢| ){0,300}",
        spans in prop::collection::vec((0usize..400, 0usize..60), 1..4),
        message in "(\\PC|[\\x00-\\x1f\\x7f-\\x9f]|\u{2066}){0,20}",
        width in 40usize..120,
    ) {
        let boundary = |offset: usize| text.floor_char_boundary(offset);
        let findings = found(&text, |report| {
            for &(start, length) in &spans {
                let span = Span::new(boundary(start), boundary(start + length));
                let found = report.at(span, message.clone());
                found.label(Span::new(boundary(length), boundary(length + start)), message.clone()).note(message.clone());
                found.fix(Safety::Safe, message.clone(), [Edit::replace(span, message.clone())]);
            }
        });
        let mut findings = findings;
        findings.files[0].path = message.clone();
        let options = Options { all: true, style: Style { width, terminal: true, ..Style::plain() }, ..Options::plain() };
        for format in [Format::Pretty, Format::Concise, Format::Json, Format::Statistics] {
            let text = written(format, &findings, &options);
            let steers = |character: char| (character.is_control() && character != '\n') || "\u{202e}\u{2066}".contains(character);
            prop_assert!(!text.contains(steers), "{:?}: {:?}", format, text);
        }
        let mut diff = Vec::new();
        report::diff::write(&message, &text, "", &options.style, &mut diff).unwrap();
        let diff = String::from_utf8(diff).unwrap();
        prop_assert!(!diff.contains(|character: char| character.is_control() && character != '\n' && character != '\t'), "{:?}", diff);
    }
}

mod diff {
    use super::*;
    use std::path::Path;
    use std::process::{Command, Stdio};

    /// Applies the diff of `old` and `new` with a program, when that is there; gives what became of the file.
    fn applied(program: &str, arguments: &[&str], name: &str, old: &str, new: &str) -> Option<String> {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(&path, old).unwrap();
        let mut diff = Vec::new();
        report::diff::write(name, old, new, &Style::plain(), &mut diff).unwrap();
        std::fs::write(folder.path().join("x.diff"), &diff).unwrap();
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&folder).stdin(std::fs::File::open(folder.path().join("x.diff")).unwrap());
        let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().ok()?;
        assert!(output.status.success(), "{program}: {output:?}\n{}", String::from_utf8_lossy(&diff));
        Some(std::fs::read_to_string(&path).unwrap())
    }

    #[track_caller]
    fn applies(name: &str, old: &str, new: &str) {
        let patch = ["-p0", "--binary", "--quiet"];
        for (program, arguments) in [("patch", &patch[..]), ("git", &["apply", "-p0", "--whitespace=nowarn"][..])] {
            if let Some(result) = applied(program, arguments, name, old, new) {
                assert_eq!(result, new, "{program} {name}");
            }
        }
    }

    #[test]
    fn programs_apply_it() {
        applies("_posts/x.md", "a\nb\nc\n", "a\nB\nc\n");
        applies("_posts/x.md", "a\nb", "a\nb\n");
        applies("_posts/x.md", "a\nb\n", "a\nb");
        applies("_posts/x.md", "a\nb", "A\nb");
        applies("_posts/x.md", "a\r\nb\r\nc", "a\r\nB\r\nc\r\n");
        applies("_posts/x.md", "a\rb\nc\r", "a\rB\nc\r");
        applies("_posts/x.md", "\u{feff}a\n", "\u{feff}b\n");
        applies("_posts/x.md", "a\n", "");
        let many: String = (0..60).map(|number| format!("{number}\n")).collect();
        applies("_posts/x.md", &many, &many.replace("5\n", "five\n"));
    }

    #[test]
    fn names_may_hold_anything() {
        for name in ["with space.md", "tab\there.md", "quo\"te.md", "漢字.md", "back\\slash.md"] {
            applies(name, "a\n", "b\n");
        }
    }

    #[test]
    fn nothing_is_written_for_equal_texts() {
        let mut out = Vec::new();
        report::diff::write("x", "a\n", "a\n", &Style::plain(), &mut out).unwrap();
        assert!(out.is_empty());
    }
}
