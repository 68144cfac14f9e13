//! The JSON Schema of `.postlint.yml`: what `postlint schema` prints, and what the file is held against.

use super::{Include, Level, Spelling};
use crate::rules::RULES;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use serde_yaml::Mapping;
use std::borrow::Cow;

/// The file as it is written.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(title = "postlint", description = "Configuration of postlint, at the root of a Jekyll site")]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct File {
    /// Which documents are linted without being named: without it posts, drafts and collections.
    pub include: Vec<Include>,
    /// Patterns of paths, relative to this file, that are not linted without being named: `_posts/imported/**`.
    pub exclude: Vec<String>,
    /// Severity or options by rule.
    pub rules: Rules,
    /// Other settings for some documents; the later ones win.
    pub overrides: Vec<OverrideInFile>,
    /// What all rules about words share.
    pub spelling: Spelling,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OverrideInFile {
    /// Patterns of paths, relative to this file: `_drafts/**`.
    pub files: Patterns,
    /// Severity or options by rule.
    #[serde(default)]
    pub rules: Rules,
    /// A JSON Schema for the front matter of these documents: a file, relative to this one.
    #[serde(default)]
    pub schema: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Patterns {
    One(String),
    Several(Vec<String>),
}

/// Rule names with a [`Level`], or a map of `severity` and the rule's options.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Rules(pub Mapping);

impl JsonSchema for Rules {
    fn schema_name() -> Cow<'static, str> {
        "Rules".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = generator.subschema_for::<Level>();
        let mut rules = Map::new();
        for rule in RULES {
            let mut options = rule.schema(generator);
            let options = options.ensure_object();
            options.remove("title");
            options.remove("description");
            options.insert("type".into(), json!("object"));
            let properties = options.entry("properties").or_insert_with(|| json!({}));
            if let Some(properties) = properties.as_object_mut() {
                properties.insert("severity".into(), level.clone().into());
            }
            let options = Value::Object(std::mem::take(options));
            let summary = rule.page().summary;
            rules.insert(rule.name.into(), json!({ "description": summary, "anyOf": [level, options] }));
        }
        json_schema!({ "type": "object", "properties": rules, "additionalProperties": false })
    }
}

/// The schema, with the options of all rules.
pub fn schema() -> Schema {
    schemars::schema_for!(File)
}
