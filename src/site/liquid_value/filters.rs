//! Filters that URLs are made with (liquid `standardfilters.rb`, jekyll `filters.rb`, `filters/url_filters.rb`).

use super::super::Site;
use super::super::slugify::{Mode, slugify};
use super::super::url;
use super::super::value::Value;

/// Applies a filter; `None` for those that are not known here, or with the wrong number of arguments.
pub fn apply(name: &str, input: Value, arguments: &[Value], site: &Site) -> Option<Value> {
    match (name, arguments) {
        ("relative_url", []) => return relative_url(input, site),
        ("absolute_url", []) => return absolute_url(input, site),
        ("default", [default]) => {
            let is_empty = input.is_falsy() || input.as_str() == Some("") || matches!(&input, Value::List(items) if items.is_empty());
            return Some(if is_empty { default.clone() } else { input });
        }
        ("first", []) => return Some(input.items().first().cloned().unwrap_or(Value::Null)),
        ("last", []) => return Some(input.items().last().cloned().unwrap_or(Value::Null)),
        ("join", rest @ ([] | [_])) => return join(&input, rest.first()).map(Value::String),
        ("slugify", rest @ ([] | [_])) => return slug(&input, rest.first()),
        _ => {}
    }
    let text = input.to_text()?;
    let argument = |index: usize| arguments.get(index).and_then(Value::to_text);
    let changed = match (name, arguments.len()) {
        ("append", 1) => text + &argument(0)?,
        ("prepend", 1) => argument(0)? + &text,
        ("replace", 1 | 2) => text.replace(&argument(0)?, &argument(1).unwrap_or_default()),
        ("replace_first", 1 | 2) => text.replacen(&argument(0)?, &argument(1).unwrap_or_default(), 1),
        ("remove", 1) => text.replace(&argument(0)?, ""),
        ("remove_first", 1) => text.replacen(&argument(0)?, "", 1),
        ("split", 1) => return split(&text, &argument(0)?),
        ("downcase", 0) => text.to_lowercase(),
        ("upcase", 0) => text.to_uppercase(),
        ("capitalize", 0) => capitalize(&text),
        ("strip", 0) => text.trim().to_owned(),
        ("lstrip", 0) => text.trim_start().to_owned(),
        ("rstrip", 0) => text.trim_end().to_owned(),
        ("strip_newlines", 0) => text.replace("\r\n", "").replace('\n', ""),
        ("escape" | "h" | "xml_escape", 0) => escape(&text),
        ("url_encode" | "cgi_escape", 0) => url::encode_component(&text, b"-_.*", true),
        ("uri_escape", 0) => url::encode(&text),
        ("url_decode", 0) => url::decode(&text.replace('+', " ")).into_owned(),
        ("strip_index", 0) => strip_index(&text),
        _ => return None,
    };
    Some(Value::String(changed))
}

/// `baseurl` in front, unless the URL is absolute; applied twice it doubles the base.
pub fn relative_url(input: Value, site: &Site) -> Option<Value> {
    if input.is_null() {
        return Some(Value::Null);
    }
    let text = input.to_text()?;
    if url::scheme(&text).is_some() {
        return Some(Value::String(text));
    }
    let base = site.config.baseurl.as_deref().unwrap_or_default();
    let joined = with_slash(base.strip_suffix('/').unwrap_or(base)) + &with_slash(&text);
    Some(Value::String(normalise(&joined)))
}

fn absolute_url(input: Value, site: &Site) -> Option<Value> {
    if input.is_null() {
        return Some(Value::Null);
    }
    let text = input.to_text()?;
    if url::scheme(&text).is_some() {
        return Some(Value::String(text));
    }
    let relative = relative_url(Value::String(text), site)?.to_text()?;
    let host = site.config.url.as_deref().unwrap_or_default();
    Some(Value::String(format!("{host}{relative}")))
}

fn with_slash(text: &str) -> String {
    if text.is_empty() || text.starts_with('/') { text.to_owned() } else { format!("/{text}") }
}

/// As addressable normalises a path: dot segments go, other characters are escaped.
fn normalise(path: &str) -> String {
    let bare = url::without_query(path);
    let rest = &path[bare.len()..];
    let clean =
        if bare.split('/').any(|part| part == "." || part == "..") { url::remove_dot_segments(bare).into_owned() } else { bare.to_owned() };
    url::encode(&format!("{clean}{rest}"))
}

fn join(input: &Value, glue: Option<&Value>) -> Option<String> {
    let glue = glue.map_or(Some(" ".to_owned()), Value::to_text)?;
    match input {
        Value::List(items) => Some(items.iter().map(Value::to_text).collect::<Option<Vec<_>>>()?.join(&glue)),
        scalar => scalar.to_text(),
    }
}

fn split(text: &str, by: &str) -> Option<Value> {
    if by.is_empty() || by == " " {
        return None;
    }
    let mut parts: Vec<Value> = text.split(by).map(Value::from).collect();
    // Ruby drops empty parts at the end
    while parts.last().and_then(Value::as_str) == Some("") {
        parts.pop();
    }
    Some(Value::List(parts))
}

fn slug(input: &Value, mode: Option<&Value>) -> Option<Value> {
    let text = input.to_text()?;
    let mode = match mode.map_or(Some("default".to_owned()), Value::to_text)?.as_str() {
        "default" | "" => Mode::Default,
        "pretty" => Mode::Pretty,
        "raw" => Mode::Raw,
        "ascii" => Mode::Ascii,
        _ => return None,
    };
    Some(Value::String(slugify(&text, mode, false)))
}

fn capitalize(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    first + &chars.as_str().to_lowercase()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn strip_index(text: &str) -> String {
    let stripped = text.strip_suffix("/index.html").or_else(|| text.strip_suffix("/index.htm"));
    stripped.map_or_else(|| text.to_owned(), |folder| format!("{folder}/"))
}
