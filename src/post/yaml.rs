//! YAML as Ruby's Psych loads it, with spans: the events of `libyaml-safer` and a port of Psych's scalar rules.

use crate::text::Span;
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
    /// Quotes and brackets included; of an empty plain scalar, the empty span where it would stand.
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

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'a> {
    pub key: Node<'a>,
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    /// The text of a string.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    /// The entries of a map in the order of the file, duplicates included; empty for anything else.
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

    /// The value of `key` in a map: the last one, as in Ruby.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entries().iter().rev().find(|entry| entry.key.text() == Some(key)).map(|entry| &entry.value)
    }
}

/// Why a YAML document does not load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// libyaml's own words.
    pub message: String,
    /// Where libyaml stopped.
    pub span: Span,
    /// What it was reading ("while parsing a block mapping") and where that began.
    pub context: Option<(String, Span)>,
}
