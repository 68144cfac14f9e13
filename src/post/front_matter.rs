//! The block between the `---` lines, found with Jekyll's own regular expression (jekyll `document.rb`).

use super::yaml;
use crate::text::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// A map of values.
    Ok,
    /// A block without data.
    Empty,
    /// No block at all.
    Missing,
    /// No block for Jekyll, but a `---` near the start: never closed, indented, or after something.
    Unclosed,
    /// A list or a scalar instead of a map.
    NotAMap,
    /// YAML that does not parse.
    Invalid,
}

/// The front matter of a document.
#[derive(Debug, Clone)]
pub struct FrontMatter<'a> {
    pub status: Status,
    /// From the opening `---` to the end of the closing line, its line end included; empty where there is none.
    pub block: Span,
    /// What stands between the two fences.
    pub yaml: Span,
    /// The document as YAML has it; `None` where it is empty or does not parse.
    pub root: Option<yaml::Node<'a>>,
    pub error: Option<yaml::SyntaxError>,
}

impl<'a> FrontMatter<'a> {
    /// Reads the front matter of a file.
    pub fn parse(text: &'a str) -> FrontMatter<'a> {
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        FrontMatter { status: Status::Missing, block: Span::empty(start), yaml: Span::empty(start), root: None, error: None }
    }

    /// Where the body begins, in bytes.
    pub fn end(&self) -> usize {
        self.block.end as usize
    }

    /// All entries of the top level in the order of the file, duplicates included.
    pub fn entries(&self) -> &[yaml::Entry<'a>] {
        self.root.as_ref().map_or(&[], |root| root.entries())
    }

    /// The entry that counts for `key`: the last one, as in Ruby.
    pub fn entry(&self, key: &str) -> Option<&yaml::Entry<'a>> {
        self.entries().iter().rev().find(|entry| entry.key.text() == Some(key))
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&yaml::Node<'a>> {
        self.entry(key).map(|entry| &entry.value)
    }
}
