//! The front matter of the site's other documents: only that block of a file is read, and values keep no spans.

mod simple;

use super::value::{Map, Value};
use crate::post::front_matter::{self, FrontMatter, Status};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Front matter may be this long, in bytes.
const MAX_LENGTH: usize = 1024 * 1024;

/// What is read first: most blocks are shorter.
const FIRST_READ: usize = 4096;

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
    let Ok(mut file) = File::open(path) else { return Header::without_data(Status::Missing, false, false) };
    let mut bytes = Vec::with_capacity(FIRST_READ);
    let mut limit = FIRST_READ;
    loop {
        let wanted = (limit - bytes.len()) as u64;
        let Ok(count) = Read::by_ref(&mut file).take(wanted).read_to_end(&mut bytes) else {
            return Header::without_data(Status::Missing, false, false);
        };
        let at_end = (count as u64) < wanted;
        let is_rendered = starts_with_header(&bytes);
        if !bytes.starts_with(b"---") && !bytes.starts_with(b"\xef\xbb\xbf---") {
            return Header::without_data(Status::Missing, is_rendered, true);
        }
        let Some(text) = readable(&bytes, at_end) else { return Header::without_data(Status::Invalid, is_rendered, false) };
        let (header, end) = parse(text, is_rendered);
        let is_found = !matches!(header.status, Status::Missing | Status::Unclosed);
        if at_end || bytes.len() >= MAX_LENGTH || (is_found && end < text.len()) {
            return header;
        }
        limit *= 4;
    }
}

/// The front matter of a text, and where its block ends.
fn parse(text: &str, is_rendered: bool) -> (Header, usize) {
    let simple = || {
        let (block, yaml) = front_matter::find(text)?;
        let values = simple::read(yaml.of(text))?;
        Some((Header { status: Status::Ok, values, is_rendered, known: true }, block.end as usize))
    };
    simple().unwrap_or_else(|| {
        let front_matter = FrontMatter::parse(text);
        (Header::of(&front_matter, is_rendered), front_matter.end())
    })
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
