//! Runs the rule pages: their structure, their examples, and what their front matter says of the rule.
//! The form of a page is described in `.github/CONTRIBUTING.md`.

#[path = "pages/example.rs"]
mod example;
#[path = "pages/run.rs"]
mod run;

use example::{Example, Verdict};
use postlint::rules::{Definition, RULES};
use serde_yaml::Value;

/// Rules that no example can show, and why.
const WITHOUT_EXAMPLES: &[(&str, &str)] = &[("file/unreadable", "what cannot be read cannot be shown; tests/cli has it")];

fn page_text(rule: &Definition) -> String {
    let path = format!("{}/rules/{}.md", env!("CARGO_MANIFEST_DIR"), rule.name);
    std::fs::read_to_string(path).expect("the page is part of the program")
}

fn header(rule: &Definition) -> Value {
    let text = page_text(rule);
    let header = text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n")).expect("front matter").0;
    serde_yaml::from_str(header).unwrap_or_else(|error| panic!("{}: {error}", rule.name))
}

fn strings<'a>(keys: impl Iterator<Item = &'a Value>) -> Vec<String> {
    let mut keys: Vec<String> = keys.filter_map(|key| key.as_str().map(String::from)).collect();
    keys.sort();
    keys
}

fn option_names(rule: &Definition) -> Vec<String> {
    let schema = rule.schema(&mut schemars::SchemaGenerator::default());
    let properties = schema.get("properties").and_then(serde_json::Value::as_object);
    let mut names: Vec<String> = properties.into_iter().flatten().map(|(name, _)| name.clone()).collect();
    names.sort();
    names
}

#[test]
fn front_matter_of_pages_is_yaml_with_known_values() {
    for rule in RULES {
        let header = header(rule);
        let keys = strings(header.as_mapping().expect("a map").keys());
        let known = ["fix", "on", "options", "severity", "summary"];
        assert!(keys.iter().all(|key| known.contains(&key.as_str())), "{}: {keys:?}", rule.name);
        let page = rule.page();
        let field = |name: &str| header.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        assert_eq!(page.summary, field("summary"), "{}: keep the summary on one line", rule.name);
        assert!(!page.summary.is_empty() && !page.summary.ends_with('.'), "{}: a summary without a final dot", rule.name);
        assert_eq!(page.severity.name(), field("severity"), "{}", rule.name);
        assert_eq!(page.on.name(), field("on"), "{}", rule.name);
        assert_eq!(page.fix.map_or("none", |safety| safety.name()), field("fix"), "{}", rule.name);
    }
}

#[test]
fn pages_have_their_sections() {
    for rule in RULES {
        let page = rule.page();
        let headings: Vec<String> = example::headings(page.body).filter(|heading| !heading.starts_with("###")).collect();
        let mut expected = vec![format!("# {}", rule.name)];
        expected.extend(["## What it does", "## Why", "## Examples"].map(String::from));
        if !option_names(rule).is_empty() {
            expected.push("## Options".into());
        }
        assert_eq!(headings, expected, "{}", rule.name);
    }
}

#[test]
fn pages_name_all_options() {
    for rule in RULES {
        let described = header(rule).get("options").and_then(Value::as_mapping).map(|map| strings(map.keys()));
        let names = option_names(rule);
        assert_eq!(described.unwrap_or_default(), names, "{}: `options:` of the page and the fields of the rule", rule.name);
        let body = rule.page().body;
        let section = body.split_once("\n## Options\n").map(|(_, section)| section).unwrap_or_default();
        for name in names {
            assert!(section.contains(&format!("`{name}`")), "{}: `{name}` is not in the section Options", rule.name);
        }
    }
}

#[test]
fn every_rule_has_a_bad_and_a_good_example() {
    for rule in RULES {
        let examples = example::parse(rule.name, rule.page().body);
        let without = WITHOUT_EXAMPLES.iter().any(|(name, why)| *name == rule.name && !why.is_empty());
        assert_eq!(examples.iter().any(|example| example.verdict == Verdict::Bad), !without, "{}: Bad", rule.name);
        assert_eq!(examples.iter().any(|example| example.verdict == Verdict::Good), !without, "{}: Good", rule.name);
    }
}

#[test]
fn bad_examples_are_found_where_the_carets_stand() {
    let mut failures = Vec::new();
    for_each_example(Verdict::Bad, |rule, example, _| {
        assert!(!example.marks.is_empty(), "{}: no carets in the Bad example of line {}", rule.name, example.line);
        let found = run::check(rule, example);
        let expected = example.marks.clone();
        if found.len() != expected.len() || !found.iter().zip(&expected).all(|(found, expected)| found.matches(expected)) {
            failures.push(format!(
                "rules/{}.md, example {}:\n  expected {}\n  found    {}",
                rule.name,
                example.line,
                list(&expected),
                list(&found)
            ));
        }
    });
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn good_examples_are_clean() {
    let mut failures = Vec::new();
    for_each_example(Verdict::Good, |rule, example, _| {
        let found = run::check(rule, example);
        if !found.is_empty() {
            failures.push(format!("rules/{}.md, example {}: found {}", rule.name, example.line, list(&found)));
        }
    });
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn fixed_bad_examples_are_the_good_ones() {
    let mut failures = Vec::new();
    for_each_example(Verdict::Bad, |rule, example, good| {
        let fixed = run::fix(rule, example);
        let wanted = match good {
            Some(good) if rule.page().fix.is_some() && !example.no_fix => &good.document,
            _ => &example.document,
        };
        if fixed != *wanted {
            let (fixed, wanted) = (String::from_utf8_lossy(&fixed), String::from_utf8_lossy(wanted));
            failures.push(format!("rules/{}.md, example {}:\n  fixed  {fixed:?}\n  wanted {wanted:?}", rule.name, example.line));
        }
    });
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// Calls `run` with each example of the kind, and the first Good example after it.
fn for_each_example(verdict: Verdict, mut run: impl FnMut(&'static Definition, &Example, Option<&Example>)) {
    for rule in RULES {
        let examples = example::parse(rule.name, rule.page().body);
        for (index, example) in examples.iter().enumerate().filter(|(_, example)| example.verdict == verdict) {
            let good = examples[index..].iter().find(|example| example.verdict == Verdict::Good);
            run(rule, example, good);
        }
    }
}

fn list(marks: &[example::Mark]) -> String {
    let marks: Vec<String> = marks.iter().map(|mark| format!("{mark}")).collect();
    marks.join("\n           ")
}
