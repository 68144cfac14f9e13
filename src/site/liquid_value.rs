//! A small evaluator for the Liquid in URLs and values: `{{ '/img/x.png' | prepend: site.baseurl }}`.
//!
//! What it does not know for certain (other tags, variables of loops and includes, filters of plugins) is
//! [`Evaluated::Unknown`]. Facts from liquid `variable.rb`, `standardfilters.rb` and jekyll `filters/`.

mod expression;
mod filters;
mod tags;

use super::page::Page;
use super::value::Value;
use expression::{Access, Expression, Operand};
use std::borrow::Cow;

/// What a text with Liquid in it prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evaluated<'t> {
    Known(Cow<'t, str>),
    Unknown,
}

/// Variables of `site` that are not in the configuration, and depend on more than names.
const UNKNOWN_OF_SITE: [&str; 11] =
    ["time", "pages", "posts", "related_posts", "static_files", "html_pages", "collections", "documents", "tags", "categories", "github"];

/// Evaluates all `{{ … }}`, and `{% link … %}` and `{% post_url … %}`, of `text`.
pub fn evaluate<'t>(text: &'t str, page: &Page) -> Evaluated<'t> {
    if begin_of_liquid(text).is_none() {
        return Evaluated::Known(Cow::Borrowed(text));
    }
    let mut printed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = begin_of_liquid(rest) {
        printed.push_str(&rest[..open]);
        let is_tag = rest[open..].starts_with("{%");
        let inner = &rest[open + 2..];
        let Some(end) = inner.find(if is_tag { "%}" } else { "}}" }) else { return Evaluated::Unknown };
        let markup = &inner[..end];
        if markup.starts_with('-') || markup.ends_with('-') {
            return Evaluated::Unknown;
        }
        let value = if is_tag { tags::evaluate(markup.trim(), page) } else { variable(markup, page) };
        let Some(value) = value else { return Evaluated::Unknown };
        printed.push_str(&value);
        rest = &inner[end + 2..];
    }
    printed.push_str(rest);
    Evaluated::Known(Cow::Owned(printed))
}

/// Where the first tag or variable begins (jekyll `utils.rb`, `has_liquid_construct?`).
pub fn begin_of_liquid(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'{', bytes).find(|at| matches!(bytes.get(at + 1), Some(b'{' | b'%')))
}

/// What `{{ markup }}` prints.
fn variable(markup: &str, page: &Page) -> Option<String> {
    let expression = Expression::parse(markup)?;
    print(&value_of(&expression, page)?)
}

fn value_of(expression: &Expression, page: &Page) -> Option<Value> {
    let mut value = operand(&expression.operand, page)?;
    for filter in &expression.filters {
        let arguments: Option<Vec<Value>> = filter.arguments.iter().map(|argument| operand(argument, page)).collect();
        value = filters::apply(&filter.name, value, &arguments?, page.site)?;
    }
    Some(value)
}

fn operand(operand: &Operand, page: &Page) -> Option<Value> {
    let (name, path) = match operand {
        Operand::Literal(value) => return Some(value.clone()),
        Operand::Variable(name, path) => (name, path),
    };
    let (first, rest) = path.split_first()?;
    let key = access_key(first, page)?;
    let value = match name.as_str() {
        "site" => site_value(&key, rest, page)?,
        "page" => (page.value(&key)?, rest),
        _ => return None,
    };
    let (value, rest) = value;
    rest.iter().try_fold(value, |value, access| step(value, access, page))
}

/// The value of `site.key` and what is left of the path.
fn site_value<'p>(key: &str, rest: &'p [Access], page: &Page) -> Option<(Value, &'p [Access])> {
    let site = page.site;
    if !site.config.known || UNKNOWN_OF_SITE.contains(&key) || site.config.collection(key).is_some() {
        return None;
    }
    if key == "data" && !site.config.values.contains_key("data") {
        return data_value(rest, page);
    }
    match site.config.values.get(key) {
        Some(value) => Some((value.clone(), rest)),
        // a theme may bring a configuration, a plugin may set anything
        None if matches!(key, "url" | "baseurl") || !site.has_foreign_parts() => Some((Value::Null, rest)),
        None => None,
    }
}

/// `site.data.folder.file`: through folders to a file, which is read then.
fn data_value<'p>(path: &'p [Access], page: &Page) -> Option<(Value, &'p [Access])> {
    let mut folder = page.site.data().root();
    let mut rest = path;
    loop {
        let (first, after) = rest.split_first()?;
        rest = after;
        match folder.get(&access_key(first, page)?) {
            Some(super::data::DataNode::Folder(inner)) => folder = inner,
            Some(super::data::DataNode::File(file)) => return Some((file.value().ok()?.clone(), rest)),
            None => return None,
        }
    }
}

/// The key of `.name`, `["name"]` or `[page.name]`.
fn access_key(access: &Access, page: &Page) -> Option<String> {
    match access {
        Access::Name(name) => Some(name.clone()),
        Access::Index(inner) => operand(inner, page)?.to_text(),
    }
}

/// One step into a value: a key of a map, a place in a list, `first`, `last`, `size`.
fn step(value: Value, access: &Access, page: &Page) -> Option<Value> {
    let key = access_key(access, page)?;
    match value {
        Value::Map(mut map) => match map.swap_remove(&key) {
            Some(value) => Some(value),
            None if matches!(key.as_str(), "first" | "last" | "size") => None,
            None => Some(Value::Null),
        },
        Value::List(items) => {
            let length = items.len() as i128;
            let index = match key.as_str() {
                "first" => 0,
                "last" => length - 1,
                "size" => return Some(Value::Integer(length)),
                number => number.parse::<i128>().ok().map(|index| if index < 0 { index + length } else { index })?,
            };
            Some(usize::try_from(index).ok().and_then(|index| items.into_iter().nth(index)).unwrap_or(Value::Null))
        }
        Value::Null => Some(Value::Null),
        Value::String(text) if key == "size" => Some(Value::Integer(text.chars().count() as i128)),
        _ => None,
    }
}

/// What Liquid prints for a value: lists are joined without anything between.
fn print(value: &Value) -> Option<String> {
    match value {
        Value::List(items) => items.iter().map(print).collect::<Option<Vec<_>>>().map(|items| items.concat()),
        // `serde_yaml` leaves as text what Ruby reads as something else
        Value::String(text) if super::value::yaml_1_1_bool(text).is_some() => None,
        scalar => scalar.to_text(),
    }
}

#[cfg(test)]
mod tests;
