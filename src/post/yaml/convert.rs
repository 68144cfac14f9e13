//! YAML values as JSON and as Ruby's `to_s` writes them.

use super::time::civil;
use super::{Data, EntryOrigin, Node};
use serde_json::{Map, Number, Value, json};

impl Node<'_> {
    /// As JSON: dates are `{"$date": "2023-05-01"}`, times `{"$time": "2023-05-01 10:00:00 +0200"}`, keys are what Ruby's
    /// `to_s` makes of them, infinite numbers are text.
    pub fn to_json(&self) -> Value {
        match &self.data {
            Data::Null => Value::Null,
            Data::Bool(value) => Value::Bool(*value),
            Data::Integer(number) => i64::try_from(*number)
                .map(Number::from)
                .or_else(|_| u64::try_from(*number).map(Number::from))
                .map_or_else(|_| json!(*number as f64), Value::Number),
            Data::Float(number) if number.is_finite() => json!(number),
            Data::Float(_) => Value::String(self.to_ruby_string()),
            Data::String(text) => Value::String(text.to_string()),
            Data::Date { .. } => json!({ "$date": self.to_ruby_string() }),
            Data::Time { .. } => json!({ "$time": self.to_ruby_string() }),
            Data::Sequence(items) => items.iter().map(Node::to_json).collect(),
            Data::Mapping(entries) => {
                let entries = entries.iter().filter(|entry| entry.origin != EntryOrigin::MergeKey);
                Value::Object(entries.map(|entry| (entry.key.to_ruby_string(), entry.value.to_json())).collect::<Map<_, _>>())
            }
        }
    }

    /// What Ruby's `to_s` makes of the value: nothing is empty, a time stamp without a zone is in UTC.
    pub fn to_ruby_string(&self) -> String {
        match &self.data {
            Data::Null => String::new(),
            Data::Bool(value) => value.to_string(),
            Data::Integer(number) => number.to_string(),
            Data::Float(number) => float(*number),
            Data::String(text) => text.to_string(),
            Data::Date { year, month, day } => format!("{year:04}-{month:02}-{day:02}"),
            Data::Time { seconds, offset, .. } => time(*seconds, *offset),
            Data::Sequence(_) | Data::Mapping(_) => self.inspect(),
        }
    }

    /// What Ruby's `inspect` makes of the value: `{"a"=>[1, nil]}`.
    fn inspect(&self) -> String {
        match &self.data {
            Data::Null => "nil".to_owned(),
            Data::String(text) => quoted(text),
            Data::Sequence(items) => {
                let items: Vec<String> = items.iter().map(Node::inspect).collect();
                format!("[{}]", items.join(", "))
            }
            Data::Mapping(entries) => {
                let entries = entries.iter().filter(|entry| entry.origin != EntryOrigin::MergeKey);
                let entries: Vec<String> = entries.map(|entry| format!("{}=>{}", entry.key.inspect(), entry.value.inspect())).collect();
                format!("{{{}}}", entries.join(", "))
            }
            _ => self.to_ruby_string(),
        }
    }
}

/// A string as Ruby's `inspect` writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn float(number: f64) -> String {
    if number.is_nan() {
        "NaN".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
    } else {
        format!("{number:?}")
    }
}

fn time(seconds: i64, offset: Option<i32>) -> String {
    let local = seconds + i64::from(offset.unwrap_or(0));
    let (year, month, day) = civil(local.div_euclid(86_400));
    let second = local.rem_euclid(86_400);
    let zone = match offset {
        None | Some(0) => "UTC".to_owned(),
        Some(offset) => {
            let sign = if offset < 0 { '-' } else { '+' };
            format!("{sign}{:02}{:02}", offset.abs() / 3600, offset.abs() / 60 % 60)
        }
    };
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02} {zone}", second / 3600, second / 60 % 60, second % 60)
}
