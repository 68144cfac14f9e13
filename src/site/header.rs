//! The front matter of the site's other documents: only that block of a file is read, and values keep no spans.

use super::value::{Map, Value};
use crate::post::front_matter::{self, FrontMatter, Status};
use crate::post::yaml::read_simple;
use crate::text::Span;
use rustc_hash::FxBuildHasher;
use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Front matter may be this long, in bytes.
const MAX_LENGTH: usize = 1024 * 1024;

/// What is read first: most blocks are shorter.
const FIRST_READ: usize = 4096;

/// A byte order mark and a fence: what front matter begins with.
const LONGEST_START: usize = 6;

/// The front matter of a document, without spans.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    pub status: Status,
    /// Empty unless the status is [`Status::Ok`].
    pub values: Map,
    /// Whether Jekyll renders the file at all when it is a page: its first line is `---`.
    pub is_rendered: bool,
    /// `false`: the file could not be read, or its front matter does not parse; what depends on it is unknown.
    pub known: bool,
}

impl Header {
    fn without_data(status: Status, is_rendered: bool, known: bool) -> Header {
        Header { status, values: Map::default(), is_rendered, known }
    }

    /// From a front matter that is read already.
    pub fn of(front_matter: &FrontMatter, is_rendered: bool) -> Header {
        let values = match front_matter.root.as_ref().map(Value::from) {
            Some(Value::Map(map)) => map,
            _ => Map::default(),
        };
        let known = !matches!(front_matter.status, Status::Invalid | Status::NotAMap);
        Header { status: front_matter.status, values, is_rendered, known }
    }

    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }
}

/// Whether the first line of the file is `---` and nothing but white space (jekyll `utils.rb`, `has_yaml_header?`).
pub fn has_header(path: &Path) -> bool {
    let mut start = [0; 64];
    let Ok(mut file) = File::open(path) else { return false };
    let mut length = 0;
    while let Ok(count @ 1..) = file.read(&mut start[length..]) {
        length += count;
    }
    starts_with_header(&start[..length])
}

fn starts_with_header(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"---") else { return false };
    let blank = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | 0x0b | 0x0c)).count();
    rest.get(blank) == Some(&b'\n')
}

/// Reads the front matter of the file. A file that cannot be read has none, and is not known.
pub fn read(path: &Path) -> Header {
    read_keys(path, |_| true)
}

/// As [`read`], but keys that are not `wanted` may be left out of the values.
pub fn read_keys(path: &Path, wanted: fn(&str) -> bool) -> Header {
    thread_local! {
        static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    let header = BUFFER.with_borrow_mut(|buffer| read_file(path, wanted, buffer));
    header.unwrap_or_else(|_| Header::without_data(Status::Missing, false, false))
}

/// `buffer` is scratch space: what is in it stays there until it is written over.
fn read_file(path: &Path, wanted: fn(&str) -> bool, buffer: &mut Vec<u8>) -> io::Result<Header> {
    let mut file = File::open(path)?;
    let (mut length, mut limit) = (0, FIRST_READ);
    loop {
        buffer.resize(limit.max(buffer.len()), 0);
        let count = file.read(&mut buffer[length..limit])?;
        length += count;
        // a file may give less than is asked for before its end
        let at_end = count == 0;
        let bytes = &buffer[..length];
        if length >= LONGEST_START && !starts_with_fence(bytes) {
            return Ok(Header::without_data(Status::Missing, starts_with_header(bytes), true));
        }
        // white space behind the block is part of it, and may go on
        let found = front_matter::find(bytes).filter(|(block, _)| at_end || (block.end as usize) < length);
        if found.is_some() || at_end || length >= MAX_LENGTH {
            return Ok(found.and_then(|(_, yaml)| simple_header(bytes, yaml, wanted)).unwrap_or_else(|| parse(bytes, at_end)));
        }
        if length == limit {
            limit *= 4;
        }
    }
}

fn starts_with_fence(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).starts_with(b"---")
}

/// Reads front matter that takes no YAML parser.
fn simple_header(bytes: &[u8], yaml: Span, wanted: fn(&str) -> bool) -> Option<Header> {
    let text = std::str::from_utf8(bytes.get(..yaml.end as usize)?).ok()?;
    let root = read_simple(text, yaml)?;
    let mut values = Map::with_capacity_and_hasher(root.entries().len(), FxBuildHasher);
    for entry in root.entries() {
        if let Some(key) = entry.key.text().filter(|key| wanted(key)) {
            values.insert(key.to_owned(), Value::from(&entry.value));
        }
    }
    Some(Header { status: Status::Ok, values, is_rendered: starts_with_header(bytes), known: true })
}

fn parse(bytes: &[u8], at_end: bool) -> Header {
    let is_rendered = starts_with_header(bytes);
    match readable(bytes, at_end) {
        Some(text) => Header::of(&FrontMatter::parse(text), is_rendered),
        None => Header::without_data(Status::Invalid, is_rendered, false),
    }
}

/// The text of `bytes`, where a character may be cut at the end; `None`: not UTF-8.
fn readable(bytes: &[u8], at_end: bool) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if !at_end && error.error_len().is_none() => std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok(),
        Err(error) => {
            // a broken character in the body does not matter here
            let text = std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?;
            let front_matter = FrontMatter::parse(text);
            (front_matter.status == Status::Ok && front_matter.end() < text.len()).then_some(text)
        }
    }
}
