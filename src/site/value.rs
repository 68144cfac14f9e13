//! Values of `_config.yml`, `_data` and front matter, without spans.

use crate::post::yaml;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use serde::de::{self, Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use std::fmt;

/// A map with text keys, in the order of the file.
pub type Map = IndexMap<String, Value, FxBuildHasher>;

/// A value as Ruby would have it after loading YAML, JSON or TOML.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    String(String),
    /// A YAML date. Comes from front matter only: `serde_yaml` reads dates as strings.
    Date {
        year: i32,
        month: u8,
        day: u8,
    },
    /// A YAML time stamp: seconds since 1970-01-01 UTC, and the offset that is written, in seconds.
    Time {
        seconds: i64,
        nanoseconds: u32,
        offset: Option<i32>,
    },
    List(Vec<Value>),
    Map(Map),
}

impl Value {
    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value. Words that are booleans in YAML 1.1, as Ruby reads it, but strings for `serde_yaml` (`yes`,
    /// `off`) count.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(*value),
            Value::String(text) => yaml_1_1_bool(text),
            _ => None,
        }
    }

    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The items of a list; empty for anything else.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The value of `key` in a map.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_map().and_then(|map| map.get(key))
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// Whether Ruby and Liquid take it for false: `nil` or `false`.
    pub fn is_falsy(&self) -> bool {
        matches!(self, Value::Null | Value::Bool(false))
    }

    /// What Ruby's `to_s` gives for a scalar; `None` for lists, maps and times, and for floats that Ruby writes with an
    /// exponent.
    pub fn to_text(&self) -> Option<String> {
        match self {
            Value::Null => Some(String::new()),
            Value::Bool(value) => Some(value.to_string()),
            Value::Integer(value) => Some(value.to_string()),
            Value::String(text) => Some(text.clone()),
            Value::Date { year, month, day } => Some(format!("{year:04}-{month:02}-{day:02}")),
            Value::Float(number) if *number == 0.0 || (1e-4..1e16).contains(&number.abs()) => Some(format!("{number:?}")),
            Value::Float(_) | Value::Time { .. } | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// What kind of value it is, for messages: "a list".
    pub fn describe(&self) -> &'static str {
        match self {
            Value::Null => "empty",
            Value::Bool(_) => "`true` or `false`",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::String(_) => "a text",
            Value::Date { .. } | Value::Time { .. } => "a date",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::String(text.to_owned())
    }
}

/// What Psych (`scalar_scanner.rb`) makes of a plain scalar that is a boolean word.
pub fn yaml_1_1_bool(text: &str) -> Option<bool> {
    let any = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if any(&["yes", "true", "on"]) {
        Some(true)
    } else if any(&["no", "false", "off"]) {
        Some(false)
    } else {
        None
    }
}

/// Merges as Jekyll does (`Utils.deep_merge_hashes`): maps are merged, an empty value does not replace another.
pub fn deep_merge(target: &mut Map, overwrite: &Map) {
    for (key, new) in overwrite {
        match (target.get_mut(key), new) {
            (Some(_), Value::Null) => {}
            (Some(Value::Map(old)), Value::Map(new)) => deep_merge(old, new),
            (Some(old), new) => *old = new.clone(),
            (None, new) => {
                target.insert(key.clone(), new.clone());
            }
        }
    }
}

impl From<&yaml::Node<'_>> for Value {
    fn from(node: &yaml::Node) -> Value {
        Value::from(&node.data)
    }
}

impl From<&yaml::Data<'_>> for Value {
    fn from(data: &yaml::Data) -> Value {
        match data {
            yaml::Data::Null => Value::Null,
            yaml::Data::Bool(value) => Value::Bool(*value),
            yaml::Data::Integer(value) => Value::Integer(*value),
            yaml::Data::Float(value) => Value::Float(*value),
            yaml::Data::String(text) => Value::String(text.to_string()),
            yaml::Data::Date { year, month, day } => Value::Date { year: *year, month: *month, day: *day },
            yaml::Data::Time { seconds, nanoseconds, offset } => {
                Value::Time { seconds: *seconds, nanoseconds: *nanoseconds, offset: *offset }
            }
            yaml::Data::Sequence(items) => Value::List(items.iter().map(Value::from).collect()),
            yaml::Data::Mapping(entries) => {
                let mut map = Map::default();
                for entry in entries.iter().filter(|entry| entry.origin != yaml::EntryOrigin::MergeKey) {
                    if let Some(key) = Value::from(&entry.key).to_text() {
                        map.insert(key, Value::from(&entry.value));
                    }
                }
                Value::Map(map)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

/// Reads any value; of a key that stands twice the last one wins, as in Ruby, and `<<` merges.
struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Integer(value.into()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Integer(value))
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        Ok(i128::try_from(value).map_or(Value::Float(value as f64), Value::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut map = Map::default();
        while let Some((key, value)) = access.next_entry::<Value, Value>()? {
            match key.to_text() {
                Some(key) if key == "<<" => merge_key(&mut map, value),
                Some(key) => {
                    map.insert(key, value);
                }
                None => {}
            }
        }
        Ok(Value::Map(map))
    }

    /// A value with a tag of its own (`!foo x`), which Psych ignores.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (_tag, contents) = access.variant::<Value>()?;
        contents.newtype_variant()
    }
}

/// `<<: *base`, as Psych does it: the merged keys replace those that stand before, the first map of a list wins.
fn merge_key(map: &mut Map, value: Value) {
    match value {
        Value::Map(base) => map.extend(base),
        Value::List(bases) if bases.iter().all(|base| base.as_map().is_some()) => {
            for base in bases.into_iter().rev() {
                merge_key(map, base);
            }
        }
        other => {
            map.insert("<<".to_owned(), other);
        }
    }
}
