//! The rule's page is `rules/front-matter/schema.md`.

use super::opening;
use crate::diagnostic::Report;
use crate::post::Post;
use crate::post::front_matter::Status;
use crate::post::yaml::{Data, EntryOrigin, Node};
use crate::rules::Rule;
use crate::text::Span;
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use jsonschema::paths::LocationSegment;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value};

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Schema {
    /// A JSON Schema that the front matter must fit.
    #[schemars(with = "Option<Map<String, Value>>")]
    schema: Option<Compiled>,
}

/// A schema, ready for use. What it refers to must be inside of it: nothing is fetched.
struct Compiled(Validator);

impl<'de> Deserialize<'de> for Compiled {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Compiled, D::Error> {
        let schema = Value::deserialize(deserializer)?;
        let options = jsonschema::options().should_validate_formats(true);
        options.build(&schema).map(Compiled).map_err(|error| de::Error::custom(format!("this is no JSON Schema: {}", error.masked())))
    }
}

impl Rule for Schema {
    fn check(&self, post: &Post, report: &mut Report) {
        let (Some(Compiled(validator)), Some(root)) = (&self.schema, &post.front_matter.root) else { return };
        if post.front_matter.status != Status::Ok {
            return;
        }
        let instance = json(root, post.text);
        for error in validator.iter_errors(&instance) {
            let path: Vec<LocationSegment> = error.instance_path().iter().collect();
            let (node, key) = follow(root, &path);
            let at_key = key.unwrap_or_else(|| opening(post));
            let span = match error.kind() {
                // what is not there stands at what should hold it
                ValidationErrorKind::Required { .. } => at_key,
                ValidationErrorKind::AdditionalProperties { unexpected } | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                    unexpected.iter().find_map(|name| Some(node.entry(name)?.key.span)).unwrap_or(at_key)
                }
                _ if path.is_empty() => at_key,
                _ => node.span,
            };
            let subject = path.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
            let subject = if subject.is_empty() { "the front matter".to_owned() } else { format!("`{subject}`") };
            report.at(span, error.masked_with(subject).to_string());
        }
    }
}

/// The node at the end of the path, and the key before it.
fn follow<'n, 'a>(root: &'n Node<'a>, path: &[LocationSegment]) -> (&'n Node<'a>, Option<Span>) {
    let mut at = (root, None);
    for step in path {
        let next = match step {
            LocationSegment::Property(name) => at.0.entry(name).map(|entry| (&entry.value, Some(entry.key.span))),
            LocationSegment::Index(index) => at.0.items().get(*index).map(|item| (item, Some(item.span))),
        };
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

/// A value as JSON has it: dates and times are the text that is written.
fn json(node: &Node, file: &str) -> Value {
    match &node.data {
        Data::Null => Value::Null,
        Data::Bool(value) => Value::Bool(*value),
        Data::Integer(number) => i64::try_from(*number).map_or_else(|_| Value::from(*number as f64), Value::from),
        Data::Float(number) => Value::from(*number),
        Data::String(text) => Value::from(text.as_ref()),
        Data::Date { .. } | Data::Time { .. } => Value::from(node.span.of(file)),
        Data::Sequence(items) => items.iter().map(|item| json(item, file)).collect(),
        Data::Mapping(entries) => {
            let entries = entries.iter().filter(|entry| entry.origin != EntryOrigin::MergeKey);
            let map =
                entries.map(|entry| (entry.key.text().unwrap_or_else(|| entry.key.span.of(file)).to_owned(), json(&entry.value, file)));
            Value::Object(map.collect())
        }
    }
}
