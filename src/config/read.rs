//! Reads `.postlint.yml`. Values come from serde_yaml, their places from libyaml's events.

use super::schema::{self, Patterns, Rules};
use super::validate::{self, Step};
use super::{Config, Level, Override, Setting, Settings, glob::Glob};
use crate::lint::read::reason;
use crate::post::yaml;
use crate::rules::name;
use crate::rules::spelling::Vocabulary;
use crate::text::{Lines, Position, Span};
use serde_yaml::{Mapping, Value};
use std::fmt;
use std::path::{Path, PathBuf};

/// One thing that is wrong in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub message: String,
    /// `None`: the file as a whole.
    pub position: Option<Position>,
}

/// A configuration that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    pub file: PathBuf,
    /// In the order of the file, at least one.
    pub problems: Vec<Problem>,
}

impl fmt::Display for ConfigError {
    /// One line a problem: `path:line:column: message`.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let line = if index == 0 { "" } else { "\n" };
            write!(f, "{line}{}", self.file.display())?;
            if let Some(Position { line, column }) = problem.position {
                write!(f, ":{line}:{column}")?;
            }
            write!(f, ": {}", problem.message)?;
        }
        Ok(())
    }
}

/// Reads the configuration in `file`.
///
/// # Errors
/// The file cannot be read, is no YAML, or says something that the schema does not know: all problems at once.
pub fn read(file: &Path) -> Result<Config, ConfigError> {
    let fail = |problems| ConfigError { file: file.to_owned(), problems };
    let text = std::fs::read_to_string(file).map_err(|error| fail(vec![Problem { message: reason(&error), position: None }]))?;
    let mut config = parse(&text).map_err(fail)?;
    config.file = Some(file.to_owned());
    config.text = text.into();
    let problems = add_schemas(&mut config);
    if problems.is_empty() { Ok(config) } else { Err(fail(problems)) }
}

/// Makes options of a rule of the schemas that overrides name; returns what is wrong with them.
fn add_schemas(config: &mut Config) -> Vec<Problem> {
    let folder = config.folder().unwrap_or(Path::new("")).to_owned();
    let lines = Lines::new(&config.text);
    let mut problems = Vec::new();
    for one in &mut config.overrides {
        let (Some((path, span)), Some(rule)) = (&one.schema, name::find("front-matter/schema")) else { continue };
        let loaded = std::fs::read_to_string(folder.join(path)).map_err(|error| reason(&error)).and_then(|text| {
            let schema: Value = serde_yaml::from_str(&text).map_err(|error| error.to_string())?;
            let options = Mapping::from_iter([(Value::from("schema"), schema)]);
            rule.build(options.clone()).map_err(|error| error.to_string())?;
            Ok(options)
        });
        match loaded {
            Ok(options) => one.rules.push((rule, Setting { level: None, options, span: *span })),
            Err(why) => {
                let position = Some(lines.position(span.start, &config.text));
                problems.push(Problem { message: format!("`{path}`: {why}"), position });
            }
        }
    }
    problems
}

/// Reads the configuration from its text.
///
/// # Errors
/// As [`read`].
pub fn parse(text: &str) -> Result<Config, Vec<Problem>> {
    let places = Places::new(text);
    let duplicates = places.duplicates();
    if !duplicates.is_empty() {
        return Err(duplicates);
    }
    let value: Value = serde_yaml::from_str(text).map_err(|error| vec![syntax_problem(&error)])?;
    if value.is_null() {
        return Ok(Config::default());
    }
    let schema = schema::schema().to_value();
    let violations = validate::violations(&value, &schema);
    if !violations.is_empty() {
        let mut problems: Vec<Problem> =
            violations.into_iter().map(|violation| places.problem(&violation.path, violation.at_key, violation.message)).collect();
        problems.sort_by_key(|problem| problem.position);
        return Err(problems);
    }
    let file: schema::File = serde_yaml::from_value(value).map_err(|error| vec![Problem { message: error.to_string(), position: None }])?;

    let mut problems = Vec::new();
    let key = |name: &str| Step::Key(name.to_owned());
    let rules = settings(&file.rules, &[key("rules")], &places, &mut problems);
    let mut overrides = Vec::new();
    for (index, one) in file.overrides.iter().enumerate() {
        let at = [key("overrides"), Step::Item(index)];
        let patterns = match &one.files {
            Patterns::One(pattern) => std::slice::from_ref(pattern),
            Patterns::Several(patterns) => patterns.as_slice(),
        };
        let mut files = Vec::new();
        for pattern in patterns {
            match Glob::new(pattern) {
                Ok(glob) => files.push(glob),
                Err(message) => problems.push(places.problem(&[&at[..], &[key("files")]].concat(), false, message)),
            }
        }
        let rules = settings(&one.rules, &[&at[..], &[key("rules")]].concat(), &places, &mut problems);
        let schema = one.schema.clone().map(|path| (path, places.entry(&[&at[..], &[key("schema")]].concat())));
        overrides.push(Override { files, rules, schema });
    }
    let mut exclude = Vec::new();
    for (index, pattern) in file.exclude.iter().enumerate() {
        match Glob::new(pattern) {
            Ok(glob) => exclude.push(glob),
            Err(message) => problems.push(places.problem(&[key("exclude"), Step::Item(index)], false, message)),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Config { include: file.include, exclude, rules, overrides, spelling: file.spelling, ..Config::default() })
}

/// What the configuration says about words: those it accepts, and the rules in the files that it names.
///
/// # Errors
/// A file of word rules cannot be read or used.
pub fn vocabulary(config: &Config) -> Result<Vocabulary, ConfigError> {
    let mut vocabulary = Vocabulary::new(config.spelling.accept.iter().map(String::as_str));
    for path in &config.spelling.rules {
        let file = config.folder().unwrap_or(Path::new("")).join(path);
        let fail = |message, position| ConfigError { file: file.clone(), problems: vec![Problem { message, position }] };
        let text = std::fs::read_to_string(&file).map_err(|error| fail(error.to_string(), None))?;
        vocabulary.add_rules(&text).map_err(|error| fail(error.message, error.position))?;
    }
    Ok(vocabulary)
}

fn settings(rules: &Rules, at: &[Step], places: &Places, problems: &mut Vec<Problem>) -> Settings {
    let mut settings = Settings::new();
    for (key, value) in &rules.0 {
        let Some(rule) = key.as_str().and_then(name::find) else { continue };
        let path = [at, &[Step::Key(rule.name.to_owned())]].concat();
        let (level, options) = match value {
            Value::Mapping(map) => {
                let mut options = map.clone();
                (options.remove("severity").as_ref().and_then(level), options)
            }
            value => (level(value), Mapping::new()),
        };
        if let Err(error) = rule.build(options.clone()) {
            problems.push(places.problem(&path, false, error.to_string()));
        }
        settings.push((rule, Setting { level, options, span: places.entry(&path) }));
    }
    settings
}

fn level(value: &Value) -> Option<Level> {
    serde_yaml::from_value(value.clone()).ok()
}

/// serde_yaml writes the place into its message.
fn syntax_problem(error: &serde_yaml::Error) -> Problem {
    let position = error.location().map(|at| Position { line: at.line(), column: at.column() });
    let place = position.map_or(String::new(), |at| format!(" at line {} column {}", at.line, at.column));
    Problem { message: error.to_string().replace(&place, ""), position }
}

/// Where keys and values stand in the file.
struct Places<'t> {
    text: &'t str,
    lines: Lines,
    root: Option<yaml::Node<'t>>,
}

impl<'t> Places<'t> {
    fn new(text: &'t str) -> Places<'t> {
        let root = yaml::load(text, Span::new(0, text.len())).ok().flatten();
        Places { text, lines: Lines::new(text), root }
    }

    /// Keys that stand twice in a map, of which one would be lost.
    fn duplicates(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut open: Vec<&yaml::Node> = self.root.iter().collect();
        while let Some(node) = open.pop() {
            let entries = node.entries();
            for (index, entry) in entries.iter().enumerate() {
                let first = entries.iter().take(index).find(|first| first.key.data == entry.key.data);
                if let Some(first) = first {
                    let line = self.lines.line_of(first.key.span.start);
                    let message = format!("`{}` is already in line {line}", entry.key.span.of(self.text));
                    let position = Some(self.lines.position(entry.key.span.start, self.text));
                    problems.push(Problem { message, position });
                }
                open.push(&entry.value);
            }
            open.extend(node.items());
        }
        problems.sort_by_key(|problem| problem.position);
        problems
    }

    /// The spans of key and value at the end of `path`, or of the last step that is there.
    fn find(&self, path: &[Step]) -> (Span, Span) {
        let Some(mut node) = self.root.as_ref() else { return Default::default() };
        let mut found = (node.span, node.span);
        for step in path {
            let next = match step {
                Step::Key(key) => node.entries().iter().find(|entry| entry.key.span.of(self.text).trim_matches(['"', '\'']) == key),
                Step::Item(index) => {
                    let Some(item) = node.items().get(*index) else { break };
                    (node, found) = (item, (item.span, item.span));
                    continue;
                }
            };
            let Some(entry) = next else { break };
            (node, found) = (&entry.value, (entry.key.span, entry.value.span));
        }
        found
    }

    fn entry(&self, path: &[Step]) -> Span {
        let (key, value) = self.find(path);
        key.to(value)
    }

    fn problem(&self, path: &[Step], at_key: bool, message: String) -> Problem {
        let (key, value) = self.find(path);
        let span = if at_key { key } else { value };
        Problem { message, position: Some(self.lines.position(span.start, self.text)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    fn problems(text: &str) -> Vec<String> {
        let problems = parse(text).err().unwrap_or_default();
        let at = |problem: &Problem| problem.position.map_or(String::new(), |at| format!("{}:{} ", at.line, at.column));
        problems.iter().map(|problem| format!("{}{}", at(problem), problem.message)).collect()
    }

    #[test]
    fn severities_and_options() {
        let config = parse("rules:\n  style/final-newline: off\n  file/too-large: { severity: warning, limit: 5 }\n").unwrap_or_default();
        let levels: Vec<_> = config.rules.iter().map(|(rule, setting)| (rule.name, setting.level)).collect();
        assert_eq!(levels, [("style/final-newline", Some(Level::Off)), ("file/too-large", Some(Level::Warning))]);
        assert_eq!(config.rules[1].1.level.and_then(Level::severity), Some(Severity::Warning));
        assert_eq!(config.rules[1].1.options.len(), 1);
    }

    #[test]
    fn the_place_of_a_setting_is_its_entry() {
        let text = "rules:\n  style/final-newline: off\n";
        let config = parse(text).unwrap_or_default();
        assert_eq!(config.rules[0].1.span.of(text), "style/final-newline: off");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place_and_what_was_meant() {
        for (text, message) in [
            ("rule: {}\n", "1:1 there is no key `rule` here; did you mean `rules`?"),
            ("rules:\n  style/final-newlin: off\n", "2:3 there is no rule `style/final-newlin`; did you mean `style/final-newline`?"),
            (
                "rules:\n  style/final-newline: of\n",
                "2:24 `of` instead of `off`, `info`, `warning`, `error` or `auto`; did you mean `off`?",
            ),
            ("rules:\n  file/too-large: { limt: 5 }\n", "2:21 `file/too-large` has no option `limt`; did you mean `limit`?"),
            ("rules:\n  file/too-large: { limit: big }\n", "2:28 `big` instead of a whole number"),
            ("rules:\n  file/too-large: { limit: 0 }\n", "2:28 0 is too small: at least 1"),
            ("include: [post]\n", "1:11 `post` instead of `posts`, `drafts`, `pages` or `collections`; did you mean `posts`?"),
            ("overrides:\n  - rules: {}\n", "2:5 `files` is missing"),
            ("exclude: [\"[a\"]\n", "1:11 `[a` is no pattern: invalid range pattern"),
            ("overrides:\n  - files: \"[a\"\n", "2:12 `[a` is no pattern: invalid range pattern"),
            ("spelling: [a]\n", "1:11 a list instead of a map"),
            ("rules: {a: off\n", "2:1 did not find expected ',' or '}', while parsing a flow mapping at line 1 column 8"),
            ("include: []\ninclude: []\n", "2:1 `include` is already in line 1"),
            ("- a\n", "1:1 a list instead of a map"),
        ] {
            assert_eq!(problems(text), [message], "{text}");
        }
    }

    #[test]
    fn nothing_at_all_is_a_configuration() {
        assert!(parse("").is_ok_and(|config| config.rules.is_empty()));
        assert!(parse("# nothing yet\n").is_ok());
    }
}
