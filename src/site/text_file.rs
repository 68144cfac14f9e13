//! Text files of the site and the formats they are written in.

use super::value::Value;
use serde::Deserialize;
use std::fs;
use std::io;
use std::path::Path;

/// Files of the site that are read whole (configuration, data) may be this long, in bytes.
const MAX_LENGTH: u64 = 16 * 1024 * 1024;

/// Why a text could not be read; the line is 1-based.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    pub line: Option<usize>,
    pub message: String,
}

impl Fault {
    pub fn new(line: Option<usize>, message: impl Into<String>) -> Fault {
        Fault { line, message: message.into() }
    }
}

/// Reads a UTF-8 file; a byte order mark is left out.
///
/// # Errors
/// Where it is no regular file, cannot be opened, is longer than 16 MiB, or is not UTF-8.
pub fn read(path: &Path) -> Result<String, Fault> {
    let metadata = fs::metadata(path).map_err(|error| Fault::new(None, why(&error)))?;
    if !metadata.is_file() {
        return Err(Fault::new(None, "it is not a regular file"));
    }
    if metadata.len() > MAX_LENGTH {
        return Err(Fault::new(None, "it is larger than 16 MiB"));
    }
    let bytes = fs::read(path).map_err(|error| Fault::new(None, why(&error)))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = memchr::memchr_iter(b'\n', &error.as_bytes()[..good]).count() + 1;
        Fault::new(Some(line), "it is not UTF-8; save it in that encoding")
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// What the operating system says, in plain words.
pub fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read (permission denied)".to_owned(),
        _ => error.to_string(),
    }
}

/// Reads the first document of a YAML text, or JSON (which Jekyll reads as YAML too). Empty text is null.
///
/// # Errors
/// Where it does not parse.
pub fn parse_yaml(text: &str) -> Result<Value, Fault> {
    let Some(document) = serde_yaml::Deserializer::from_str(text).next() else {
        return Ok(Value::Null);
    };
    Value::deserialize(document).map_err(|error| {
        let line = error.location().map(|location| location.line());
        Fault::new(line, format!("the YAML does not parse: {error}"))
    })
}

/// Reads a TOML text.
///
/// # Errors
/// Where it does not parse.
pub fn parse_toml(text: &str) -> Result<Value, Fault> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
        Fault::new(line, format!("the TOML does not parse: {}", error.message()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::value::Map;

    fn map(text: &str) -> Map {
        match parse_yaml(text) {
            Ok(Value::Map(map)) => map,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn yaml_reads_like_psych_where_it_matters() {
        let map = map("a: 1\na: 2\nb: &b {x: 1, y: 1}\nc: {y: 0, <<: *b}\nd: yes\ne: !foo [1]\n3: x\n");
        assert_eq!(map["a"], Value::Integer(2), "the last of two keys wins");
        assert_eq!(map["c"].get("y"), Some(&Value::Integer(1)), "`<<` replaces what stands before it");
        assert_eq!(map["d"].as_bool(), Some(true));
        assert_eq!(map["e"].items(), [Value::Integer(1)], "an unknown tag is ignored");
        assert_eq!(map["3"], Value::from("x"));
    }

    #[test]
    fn only_the_first_document_counts() {
        assert_eq!(parse_yaml("a\n---\n: [").ok(), Some(Value::from("a")));
        assert_eq!(parse_yaml("").ok(), Some(Value::Null));
    }

    #[test]
    fn errors_name_the_line() {
        assert_eq!(parse_yaml("a: 1\nb: [\n").err().and_then(|fault| fault.line), Some(3));
        assert_eq!(parse_toml("a = 1\nb = =\n").err().and_then(|fault| fault.line), Some(2));
    }
}
