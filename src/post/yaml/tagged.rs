//! What Psych makes of nodes with tags (psych `visitors/to_ruby.rb`), where only plain classes are permitted, as Jekyll asks.

use super::scalar::{Refusal, forced_float, resolve, unspecified_class};
use super::{Data, Entry, Node};
use std::borrow::Cow;

/// The class that a tag such as `!ruby/object:Foo` names.
fn class_of<'t>(tag: &'t str, prefix: &str) -> Option<&'t str> {
    tag.strip_prefix(prefix).map(|rest| rest.strip_prefix(':').unwrap_or(rest))
}

/// Tags that make text of a scalar, with the class they may name.
fn text_class(tag: &str) -> Option<&str> {
    if tag == "tag:yaml.org,2002:str" {
        return Some("");
    }
    ["!str", "!ruby/string"].iter().find_map(|prefix| {
        let rest = tag.strip_prefix(prefix)?;
        if rest.is_empty() { Some("") } else { rest.strip_prefix(':') }
    })
}

/// What becomes of a scalar that is not quoted.
///
/// # Errors
/// Classes that are not permitted, and what Ruby's own conversion does not take.
pub fn scalar<'a>(tag: Option<&str>, value: Cow<'a, str>) -> Result<Data<'a>, Refusal> {
    let Some(tag) = tag else {
        return resolve(value);
    };
    if let Some(class) = text_class(tag) {
        return if class.is_empty() { Ok(Data::String(value)) } else { Err(unspecified_class(class)) };
    }
    match tag {
        "!binary" | "tag:yaml.org,2002:binary" => Ok(Data::String(Cow::Owned(base64(&value)))),
        "!float" | "tag:yaml.org,2002:float" => forced_float(value),
        "!ruby/object:BigDecimal" => Err(unspecified_class("BigDecimal")),
        "!ruby/object:DateTime" => Err(unspecified_class("DateTime")),
        "!ruby/object:Complex" => Err(unspecified_class("Complex")),
        "!ruby/object:Rational" => Err(unspecified_class("Rational")),
        "!ruby/regexp" => Err(unspecified_class("Regexp")),
        "!ruby/range" => Err(unspecified_class("Range")),
        "!ruby/class" | "!ruby/module" if value.is_empty() => Ok(Data::Null),
        "!ruby/class" | "!ruby/module" => Err(unspecified_class(&value)),
        _ if tag.starts_with("!ruby/sym") => Err(unspecified_class("Symbol")),
        _ => resolve(value),
    }
}

/// What becomes of a sequence.
///
/// # Errors
/// Classes that are not permitted.
pub fn sequence<'a>(tag: Option<&str>, items: Vec<Node<'a>>) -> Result<Data<'a>, Refusal> {
    match tag {
        Some("!omap" | "tag:yaml.org,2002:omap") => {
            Ok(Data::Mapping(items.into_iter().filter_map(|item| item.entries().first().cloned()).collect()))
        }
        Some(tag) => match ["!seq:", "!ruby/array:"].iter().find_map(|prefix| tag.strip_prefix(prefix)) {
            Some(class) => Err(class_or_nothing(class)),
            None => Ok(Data::Sequence(items)),
        },
        None => Ok(Data::Sequence(items)),
    }
}

fn class_or_nothing(class: &str) -> Refusal {
    if class.is_empty() { "undefined method `allocate' for nil:NilClass".into() } else { unspecified_class(class) }
}

/// What becomes of a mapping.
///
/// # Errors
/// Classes that are not permitted.
pub fn mapping<'a>(tag: Option<&str>, entries: Vec<Entry<'a>>) -> Result<Data<'a>, Refusal> {
    let Some(tag) = tag else {
        return Ok(Data::Mapping(entries));
    };
    if let Some(class) = text_class(tag) {
        return match class {
            "" => Ok(entries.into_iter().rev().find(|entry| entry.key.text() == Some("str")).map_or(Data::Null, |entry| entry.value.data)),
            class => Err(unspecified_class(class)),
        };
    }
    match tag {
        "!set" | "tag:yaml.org,2002:set" => return Err(unspecified_class("Psych::Set")),
        "!omap" | "tag:yaml.org,2002:omap" => return Err(unspecified_class("Psych::Omap")),
        "!ruby/range" => return Err(unspecified_class("Range")),
        _ => {}
    }
    if let Some(class) = ["!map:", "!ruby/hash:", "!ruby/array:", "!ruby/marshalable:"].iter().find_map(|prefix| tag.strip_prefix(prefix)) {
        return Err(class_or_nothing(class));
    }
    for (prefix, fallback) in [("!ruby/struct", "Struct"), ("!ruby/exception", "Exception"), ("!ruby/object", "Object")] {
        match class_of(tag, prefix) {
            Some("") => return Err(unspecified_class(fallback)),
            Some("Hash") if prefix == "!ruby/object" => return Ok(Data::Mapping(entries)),
            Some(class) => return Err(unspecified_class(class)),
            None => {}
        }
    }
    Ok(Data::Mapping(entries))
}

/// Ruby's `unpack('m')`: whatever is no base 64 digit is passed over. Bytes that are no text become U+FFFD.
fn base64(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes().take_while(|byte| *byte != b'=') {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
