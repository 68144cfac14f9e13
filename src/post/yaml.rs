//! YAML as Ruby's Psych loads it, with spans: the events of `libyaml-safer` (for the usual forms a short way that gives the
//! same, [`simple`]) and a port of Psych's scalar rules.
//!
//! Jekyll calls `Psych.safe_load(text, permitted_classes: [Date, Time], aliases: true)` (jekyll `utils.rb`); what that
//! refuses is refused here.

mod convert;
mod loader;
mod scalar;
mod simple;
mod tagged;
mod time;

use crate::text::{Position, Span};
use std::borrow::Cow;

/// How a node is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
    Block,
    Flow,
    Alias,
}

/// A node of a YAML document.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    pub data: Data<'a>,
    /// Quotes and brackets included, anchor and tag not; of an empty plain scalar, the empty span where it would stand;
    /// of an alias, the `*name` (what it stands for keeps the spans inside the anchored node).
    pub span: Span,
    pub style: Style,
}

/// What Psych makes of a node.
#[derive(Debug, Clone, PartialEq)]
pub enum Data<'a> {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    String(Cow<'a, str>),
    /// `2023-05-01`.
    Date {
        year: i32,
        month: u8,
        day: u8,
    },
    /// A time stamp, in seconds since 1970-01-01 UTC; `offset` of the zone that is written, in seconds (`None`: none is written, UTC is meant).
    Time {
        seconds: i64,
        nanoseconds: u32,
        offset: Option<i32>,
    },
    Sequence(Vec<Node<'a>>),
    Mapping(Vec<Entry<'a>>),
}

/// Where an entry of a map comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryOrigin {
    /// A key with its value, as written.
    Own,
    /// The merge key itself (`<<: *defaults`); it is not in the map that Ruby gets.
    MergeKey,
    /// Came in through the merge key before it; key and value stand elsewhere in the file.
    Merged,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'a> {
    pub key: Node<'a>,
    pub value: Node<'a>,
    pub origin: EntryOrigin,
}

impl<'a> Node<'a> {
    /// The text of a string.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    /// `true`, `yes`, `on` and their contraries; `None` for anything else.
    pub fn as_bool(&self) -> Option<bool> {
        match self.data {
            Data::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The number of an integer.
    pub fn as_integer(&self) -> Option<i128> {
        match self.data {
            Data::Integer(number) => Some(number),
            _ => None,
        }
    }

    pub fn is_null(&self) -> bool {
        self.data == Data::Null
    }

    /// Whether Ruby takes it for true: anything but nothing and `false`.
    pub fn is_truthy(&self) -> bool {
        !matches!(self.data, Data::Null | Data::Bool(false))
    }

    /// The entries of a map in the order of the file, duplicates and merged ones included; empty for anything else.
    pub fn entries(&self) -> &[Entry<'a>] {
        match &self.data {
            Data::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; empty for anything else.
    pub fn items(&self) -> &[Node<'a>] {
        match &self.data {
            Data::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The entry that counts for `key` in a map: the last one, as in Ruby.
    pub fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.entries().iter().rev().find(|entry| entry.origin != EntryOrigin::MergeKey && entry.key.text() == Some(key))
    }

    /// The value of `key` in a map: the last one, as in Ruby.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// What people call a value of this kind, with its article: "a list", "a date", "text".
    pub fn kind_name(&self) -> &'static str {
        match self.data {
            Data::Null => "nothing",
            Data::Bool(_) => "true or false",
            Data::Integer(_) | Data::Float(_) => "a number",
            Data::String(_) => "text",
            Data::Date { .. } => "a date",
            Data::Time { .. } => "a date with a time",
            Data::Sequence(_) => "a list",
            Data::Mapping(_) => "a map",
        }
    }
}

/// Why a YAML document does not load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    pub kind: ErrorKind,
    /// libyaml's own words, or Psych's.
    pub message: String,
    /// Where libyaml stopped: one character, or empty at the end of a line.
    pub span: Span,
    /// What it was reading ("while parsing a block mapping") and where that began.
    pub context: Option<(String, Span)>,
    /// The place that Jekyll prints (Psych: that of the context), from the start of the document; the byte order mark
    /// does not count. `None` where Jekyll prints none.
    pub reported: Option<Position>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// No YAML.
    Syntax,
    /// YAML with a value that Psych refuses: a symbol, an unknown alias, an object.
    Refused,
    /// Larger or deeper than is read here; Jekyll may read it.
    Limit,
}

impl std::fmt::Display for SyntaxError {
    /// As Jekyll prints it: `did not find expected key while parsing a block mapping at line 3 column 1`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        if let Some((context, _)) = &self.context {
            write!(f, " {context}")?;
        }
        if let Some(Position { line, column }) = self.reported {
            write!(f, " at line {line} column {column}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SyntaxError {}

/// The largest document that is read, in bytes.
pub const MAX_SIZE: usize = 1 << 20;

/// How deep lists and maps may be nested.
pub const MAX_DEPTH: usize = 100;

/// Reads the bytes `span` of `file` (whole lines) if they hold a map of the simplest form; `None`: [`load`] has to read them.
pub fn read_simple(file: &str, span: Span) -> Option<Node<'_>> {
    simple::read(file, span)
}

/// Loads the first document of the bytes `span` of `file`. `Ok(None)`: there is nothing but comments.
///
/// # Errors
///
/// What libyaml or Psych refuses, and what is larger than [`MAX_SIZE`] or deeper than [`MAX_DEPTH`].
pub fn load(file: &str, span: Span) -> Result<Option<Node<'_>>, SyntaxError> {
    loader::load(file, span)
}
