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

impl Status {
    /// The word that `postlint inspect` prints.
    pub fn name(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Empty => "empty",
            Status::Missing => "none",
            Status::Unclosed => "unclosed_or_misplaced",
            Status::NotAMap => "not_hash",
            Status::Invalid => "yaml_error",
        }
    }
}

/// The front matter of a document.
#[derive(Debug, Clone)]
pub struct FrontMatter<'a> {
    pub status: Status,
    /// From the opening `---` to where the body begins: the closing line and all blank lines after it are part of it,
    /// as in Jekyll. Empty where there is no front matter.
    pub block: Span,
    /// The lines between the two fences.
    pub yaml: Span,
    /// The `---` or `...` that closes it.
    pub terminator: Span,
    /// The document as YAML has it; `None` where it is empty or does not parse.
    pub root: Option<yaml::Node<'a>>,
    pub error: Option<yaml::SyntaxError>,
}

/// Where Jekyll finds a block at the start of a file: the whole block, and its lines between the two fences.
pub fn find(bytes: &[u8]) -> Option<(Span, Span)> {
    let fences = Fences::find(bytes, start_of(bytes))?;
    Some((fences.block, fences.yaml))
}

/// Behind the byte order mark.
fn start_of(bytes: &[u8]) -> usize {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    if bytes.starts_with(MARK) { MARK.len() } else { 0 }
}

impl<'a> FrontMatter<'a> {
    /// Reads the front matter of a file.
    pub fn parse(text: &'a str) -> FrontMatter<'a> {
        let start = start_of(text.as_bytes());
        let Some(fences) = Fences::find(text.as_bytes(), start) else {
            let status = if is_misplaced(&text[start..]) { Status::Unclosed } else { Status::Missing };
            let nothing = Span::empty(start);
            return FrontMatter { status, block: nothing, yaml: nothing, terminator: nothing, root: None, error: None };
        };
        // the opening line is part of what YAML reads, so lines count from the file's first
        let document = Span::new(start, fences.yaml.end as usize);
        let loaded = yaml::read_simple(text, fences.yaml).map_or_else(|| yaml::load(text, document), |root| Ok(Some(root)));
        let (status, root, error) = match loaded {
            Err(error) => (Status::Invalid, None, Some(error)),
            Ok(None) => (Status::Empty, None, None),
            Ok(Some(root)) => match root.data {
                yaml::Data::Mapping(_) => (Status::Ok, Some(root), None),
                yaml::Data::Null | yaml::Data::Bool(false) => (Status::Empty, None, None),
                _ => (Status::NotAMap, Some(root), None),
            },
        };
        let Fences { block, yaml, terminator } = fences;
        FrontMatter { status, block, yaml, terminator, root, error }
    }

    /// Where the body begins, in bytes.
    pub fn end(&self) -> usize {
        self.block.end as usize
    }

    /// Whether Jekyll finds a block here, whatever is in it.
    pub fn is_present(&self) -> bool {
        !self.block.is_empty()
    }

    /// All entries of the top level in the order of the file, duplicates included.
    pub fn entries(&self) -> &[yaml::Entry<'a>] {
        self.root.as_ref().map_or(&[], |root| root.entries())
    }

    /// The entry that counts for `key`: the last one, as in Ruby.
    pub fn entry(&self, key: &str) -> Option<&yaml::Entry<'a>> {
        self.root.as_ref()?.entry(key)
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&yaml::Node<'a>> {
        self.entry(key).map(|entry| &entry.value)
    }
}

/// Where Jekyll's regular expression matches: `\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)`.
struct Fences {
    block: Span,
    yaml: Span,
    terminator: Span,
}

impl Fences {
    fn find(bytes: &[u8], start: usize) -> Option<Fences> {
        if !bytes[start..].starts_with(b"---") {
            return None;
        }
        let opened = after_last_newline(bytes, start + 3)?;
        let first_line = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at + 1);
        let mut line = opened;
        while line < bytes.len() {
            if (bytes[line..].starts_with(b"---") || bytes[line..].starts_with(b"..."))
                && let Some(end) = closing_end(bytes, line + 3)
            {
                return Some(Fences {
                    block: Span::new(start, end),
                    yaml: Span::new(first_line.min(line), line),
                    terminator: Span::new(line, line + 3),
                });
            }
            line = memchr::memchr(b'\n', &bytes[line..]).map_or(bytes.len(), |at| line + at + 1);
        }
        None
    }
}

/// White space as Ruby's `\s`.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Where the white space at `at` ends.
fn after_spaces(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|byte| is_space(**byte)).count()
}

/// After the last newline of the white space at `at`; `None` when there is none in it.
fn after_last_newline(bytes: &[u8], at: usize) -> Option<usize> {
    memchr::memrchr(b'\n', &bytes[at..after_spaces(bytes, at)]).map(|newline| at + newline + 1)
}

/// Where the block ends whose closing fence ends at `at`; `None` where something else stands on that line.
fn closing_end(bytes: &[u8], at: usize) -> Option<usize> {
    if after_spaces(bytes, at) == bytes.len() { Some(bytes.len()) } else { after_last_newline(bytes, at) }
}

/// Whether somebody meant to write front matter: `---` after blank space, or within the first characters.
fn is_misplaced(text: &str) -> bool {
    let blank = |c: char| c == '\0' || (c.is_ascii() && is_space(c as u8));
    if text.trim_start_matches(blank).starts_with("---") {
        return true;
    }
    let line = text.split('\n').next().unwrap_or_default();
    (0..=3).any(|skipped| line.char_indices().nth(skipped).is_some_and(|(at, _)| line[at..].starts_with("---")))
}
