//! Typed access to the values of `_config.yml`: what has the wrong type is a problem, and the default is used.

use super::super::problem::Problem;
use super::super::value::{Map, Value};
use super::{Collection, DefaultSet};

/// The values of a configuration with the place where problems are told.
pub struct Fields<'a> {
    values: &'a Map,
    defaults: &'a Map,
    file: &'a str,
    text: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Fields<'a> {
    /// `values` are the merged ones, `defaults` Jekyll's own; `text` is the configuration file, for line numbers.
    pub fn new(values: &'a Map, defaults: &'a Map, file: &'a str, text: &'a str, problems: &'a mut Vec<Problem>) -> Fields<'a> {
        Fields { values, defaults, file, text, problems }
    }

    pub fn get(&self, key: &str) -> Option<&'a Value> {
        self.values.get(key)
    }

    pub fn note(&mut self, key: &str, message: String) {
        let line = self.line_of(key);
        self.problems.push(Problem::note(self.file, line, message));
    }

    pub fn problem(&mut self, key: &str, message: String) {
        let line = self.line_of(key);
        self.problems.push(Problem::unreadable(self.file, line, message));
    }

    fn wrong_type(&mut self, key: &str, wanted: &str, value: &Value) {
        self.problem(key, format!("`{key}` must be {wanted}, but it is {}; Jekyll's default is used instead", value.describe()));
    }

    /// The 1-based line of a key of the top level: the last one, which is the one that counts.
    fn line_of(&self, key: &str) -> Option<usize> {
        let is_key = |line: &str| {
            let rest = line.strip_prefix(key).or_else(|| line.strip_prefix(&format!("\"{key}\"")));
            rest.is_some_and(|rest| rest.trim_start().starts_with([':', '=']))
        };
        self.text.lines().enumerate().filter(|(_, line)| is_key(line)).last().map(|(index, _)| index + 1)
    }

    /// A text; numbers and the like count as the text they are.
    pub fn string(&mut self, key: &str) -> String {
        let default = || self.defaults.get(key).and_then(Value::to_text).unwrap_or_default();
        match self.get(key) {
            None | Some(Value::Null) => default(),
            Some(value) => match value.to_text() {
                Some(text) => text,
                None => {
                    let default = default();
                    self.wrong_type(key, "a text", value);
                    default
                }
            },
        }
    }

    /// A text that may be missing or empty (`null`, `false`).
    pub fn optional(&mut self, key: &str) -> Option<String> {
        let value = self.get(key).filter(|value| !value.is_falsy())?;
        let text = value.to_text();
        if text.is_none() {
            self.wrong_type(key, "a text", value);
        }
        text
    }

    pub fn boolean(&mut self, key: &str) -> bool {
        let default = self.defaults.get(key).and_then(Value::as_bool).unwrap_or(false);
        match self.get(key) {
            None | Some(Value::Null) => default,
            Some(value) => value.as_bool().unwrap_or_else(|| {
                self.wrong_type(key, "`true` or `false`", value);
                default
            }),
        }
    }

    /// A list of texts; entries of other kinds, which Jekyll ignores, are left out.
    pub fn strings(&mut self, key: &str) -> Vec<String> {
        let texts = |value: &Value| value.items().iter().filter_map(|item| item.as_str().map(str::to_owned)).collect();
        match self.get(key) {
            None | Some(Value::Null) => self.defaults.get(key).map(texts).unwrap_or_default(),
            Some(value @ Value::List(_)) => texts(value),
            Some(value) => {
                self.wrong_type(key, "a list", value);
                self.defaults.get(key).map(texts).unwrap_or_default()
            }
        }
    }

    /// `collections:`, a list of labels or a map (jekyll `collection.rb`); `posts` first.
    pub fn collections(&mut self) -> Vec<Collection> {
        let mut posts = Collection { label: "posts".to_owned(), output: true, permalink: None };
        let mut others = Vec::new();
        let entries: Vec<(String, Option<&Value>)> = match self.get("collections") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::List(items)) => items.iter().filter_map(|item| item.to_text().map(|label| (label, None))).collect(),
            Some(Value::Map(map)) => map.iter().map(|(label, settings)| (label.clone(), Some(settings))).collect(),
            Some(value) => {
                self.wrong_type("collections", "a list of names or a map", value);
                Vec::new()
            }
        };
        for (name, settings) in entries {
            let permalink = settings.and_then(|settings| settings.get("permalink")).and_then(Value::as_str).map(str::to_owned);
            if name == "posts" {
                posts.permalink = permalink;
                continue;
            }
            let label = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')).collect();
            let output =
                settings.and_then(|settings| settings.get("output")).is_some_and(|output| output.as_bool().unwrap_or(!output.is_null()));
            others.push(Collection { label, output, permalink });
        }
        let mut collections = vec![posts];
        collections.extend(others);
        collections
    }

    /// `defaults:`; a set without a map of `values` is a problem (jekyll `frontmatter_defaults.rb`).
    pub fn default_sets(&mut self) -> Vec<DefaultSet> {
        let sets = match self.get("defaults") {
            Some(Value::List(sets)) => sets.as_slice(),
            None | Some(Value::Null) => &[],
            Some(value) => {
                self.wrong_type("defaults", "a list", value);
                &[]
            }
        };
        let mut valid = Vec::with_capacity(sets.len());
        for (index, set) in sets.iter().enumerate() {
            let Some(Value::Map(values)) = set.get("values") else {
                self.problem("defaults", format!("entry {} of `defaults` has no map of `values`; Jekyll leaves it out", index + 1));
                continue;
            };
            let scope = set.get("scope");
            let text = |key| scope.and_then(|scope| scope.get(key)).and_then(Value::as_str).map(str::to_owned);
            let kind = text("type").map(|kind| match kind.as_str() {
                "page" | "post" | "draft" => format!("{kind}s"),
                _ => kind.trim_start_matches(':').to_owned(),
            });
            valid.push(DefaultSet {
                scoped: set.as_map().is_some_and(|set| set.contains_key("scope")),
                path: text("path"),
                kind,
                values: values.clone(),
            });
        }
        valid
    }
}
