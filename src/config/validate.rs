//! Holds a YAML value against a JSON Schema, and says what is wrong in a sentence.
//!
//! Only what [`super::schema`] makes is understood; anything else in a schema is let through, and serde finds it.

use crate::suggest::{did_you_mean, nearest};
use serde_json::Value as Json;
use serde_yaml::Value;

/// The way from the top of the document to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Key(String),
    Item(usize),
}

/// Something that the schema does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    pub path: Vec<Step>,
    /// The fault is the key, not its value.
    pub at_key: bool,
    pub message: String,
}

/// All that is wrong with `value`.
pub fn violations(value: &Value, schema: &Json) -> Vec<Violation> {
    let mut validator = Validator { root: schema, path: Vec::new(), violations: Vec::new() };
    validator.check(value, schema);
    validator.violations
}

struct Validator<'s> {
    root: &'s Json,
    path: Vec<Step>,
    violations: Vec<Violation>,
}

impl<'s> Validator<'s> {
    fn check(&mut self, value: &Value, schema: &'s Json) {
        let schema = self.resolve(schema);
        if let Some(branches) = branches(schema) {
            let fitting: Vec<&Json> = branches.iter().filter(|branch| self.fits(value, branch)).collect();
            match fitting.as_slice() {
                [only] => self.check(value, only),
                several if several.iter().any(|branch| self.allows(value, branch)) => {}
                _ => self.refuse(value, schema),
            }
            return;
        }
        if !self.fits(value, schema) || !allowed(value, schema) {
            self.refuse(value, schema);
            return;
        }
        match value {
            Value::Mapping(map) => self.check_map(map, schema),
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    if let Some(items) = schema.get("items") {
                        self.below(Step::Item(index), |validator| validator.check(item, items));
                    }
                }
            }
            Value::Number(number) => self.check_range(number, schema),
            _ => {}
        }
    }

    fn check_map(&mut self, map: &serde_yaml::Mapping, schema: &'s Json) {
        let properties = schema.get("properties").and_then(Json::as_object);
        let names = || properties.into_iter().flat_map(|map| map.keys().map(String::as_str));
        for (key, value) in map {
            let Some(name) = key.as_str() else {
                self.violation(false, format!("the key {} is no text", shown(key)));
                continue;
            };
            let step = Step::Key(name.to_owned());
            match (properties.and_then(|map| map.get(name)), schema.get("additionalProperties")) {
                (Some(schema), _) => self.below(step, |validator| validator.check(value, schema)),
                (None, Some(Json::Bool(false))) => {
                    let message = self.unknown_key(name, names());
                    self.below(step, |validator| validator.violation(true, message));
                }
                (None, Some(schema)) => self.below(step, |validator| validator.check(value, schema)),
                (None, None) => {}
            }
        }
        for required in schema.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str) {
            if !map.contains_key(required) {
                self.violation(false, format!("`{required}` is missing"));
            }
        }
    }

    fn unknown_key<'n>(&self, name: &str, names: impl Iterator<Item = &'n str>) -> String {
        match self.path.last() {
            Some(Step::Key(parent)) if parent == "rules" => match crate::rules::name::rule(name) {
                Err(unknown) => unknown.to_string(),
                Ok(_) => String::new(),
            },
            Some(Step::Key(rule)) if crate::rules::name::find(rule).is_some() => {
                format!("`{rule}` has no option `{name}`{}", did_you_mean(nearest(name, names)))
            }
            _ => format!("there is no key `{name}` here{}", did_you_mean(nearest(name, names))),
        }
    }

    fn check_range(&mut self, number: &serde_yaml::Number, schema: &Json) {
        let Some(value) = number.as_f64() else { return };
        let bound = |name: &str| schema.get(name).and_then(Json::as_f64);
        if bound("minimum").is_some_and(|least| value < least) {
            self.violation(false, format!("{number} is too small: at least {}", schema["minimum"]));
        } else if bound("maximum").is_some_and(|most| value > most) {
            self.violation(false, format!("{number} is too large: at most {}", schema["maximum"]));
        }
    }

    fn refuse(&mut self, value: &Value, schema: &'s Json) {
        let mut words = Vec::new();
        let mut kinds = Vec::new();
        self.expectations(schema, &mut words, &mut kinds);
        let suggestion = value.as_str().and_then(|text| nearest(text, words.iter().copied()));
        let mut expected: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        expected.extend(kinds.into_iter().map(String::from));
        let expected = match expected.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
            None => "something else".into(),
        };
        self.violation(false, format!("{} instead of {expected}{}", shown(value), did_you_mean(suggestion)));
    }

    /// The fixed words and the kinds of values that a schema takes.
    fn expectations(&self, schema: &'s Json, words: &mut Vec<&'s str>, kinds: &mut Vec<&'static str>) {
        let schema = self.resolve(schema);
        for branch in branches(schema).into_iter().flatten() {
            self.expectations(branch, words, kinds);
        }
        let listed = schema.get("enum").and_then(Json::as_array).into_iter().flatten();
        let before = words.len();
        words.extend(listed.chain(schema.get("const")).filter_map(Json::as_str));
        if words.len() > before {
            return;
        }
        for kind in types(schema) {
            kinds.push(match kind {
                "string" => "text",
                "integer" => "a whole number",
                "number" => "a number",
                "boolean" => "`true` or `false`",
                "array" => "a list",
                "object" => "a map",
                _ => continue,
            });
        }
    }

    /// Whether the value is of a type that the schema takes, and, where the schema has fixed words, a text.
    fn fits(&self, value: &Value, schema: &'s Json) -> bool {
        let schema = self.resolve(schema);
        if let Some(branches) = branches(schema) {
            return branches.iter().any(|branch| self.fits(value, branch));
        }
        let mut types = types(schema).peekable();
        types.peek().is_none() || types.any(|kind| is_of(value, kind))
    }

    fn allows(&self, value: &Value, schema: &'s Json) -> bool {
        let mut trial = Validator { root: self.root, path: self.path.clone(), violations: Vec::new() };
        trial.check(value, schema);
        trial.violations.is_empty()
    }

    fn resolve(&self, schema: &'s Json) -> &'s Json {
        let mut schema = schema;
        // a schema that refers to itself and nothing else does not come from a type
        for _ in 0..8 {
            let Some(pointer) = schema.get("$ref").and_then(Json::as_str).and_then(|at| at.strip_prefix('#')) else { break };
            let Some(target) = self.root.pointer(pointer) else { break };
            schema = target;
        }
        schema
    }

    fn below(&mut self, step: Step, check: impl FnOnce(&mut Self)) {
        self.path.push(step);
        check(self);
        self.path.pop();
    }

    fn violation(&mut self, at_key: bool, message: String) {
        self.violations.push(Violation { path: self.path.clone(), at_key, message });
    }
}

/// The choices of a schema.
fn branches(schema: &Json) -> Option<&Vec<Json>> {
    schema.get("anyOf").or_else(|| schema.get("oneOf"))?.as_array()
}

fn types(schema: &Json) -> impl Iterator<Item = &str> {
    let kind = schema.get("type");
    let several = kind.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
    kind.and_then(Json::as_str).into_iter().chain(several)
}

/// Whether the value is among the fixed ones of the schema, if it has some.
fn allowed(value: &Value, schema: &Json) -> bool {
    let is = |word: &Json| word.as_str().is_none_or(|word| value.as_str() == Some(word));
    match (schema.get("const"), schema.get("enum").and_then(Json::as_array)) {
        (Some(word), _) => is(word),
        (None, Some(words)) => words.iter().any(is),
        (None, None) => true,
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match value {
        Value::Null => kind == "null",
        Value::Bool(_) => kind == "boolean",
        Value::Number(number) => kind == "number" || kind == "integer" && (number.is_i64() || number.is_u64()),
        Value::String(_) => kind == "string",
        Value::Sequence(_) => kind == "array",
        Value::Mapping(_) => kind == "object",
        Value::Tagged(_) => true,
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() <= 40 => format!("`{text}`"),
        Value::String(_) => "text".into(),
        Value::Sequence(_) => "a list".into(),
        Value::Mapping(_) => "a map".into(),
        Value::Tagged(_) => "a tagged value".into(),
    }
}
