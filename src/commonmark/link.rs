//! Where the targets of links stand; the parser itself tells only what they mean.

use crate::markup::{NodeId, Value, value};
use crate::text::Extract;
use std::collections::HashMap;
use std::ops::Range;

/// The link definitions of a document.
#[derive(Default)]
pub struct Definitions<'a> {
    /// By their label as the crate compares them.
    by_label: HashMap<String, Definition<'a>>,
    /// By their first byte in the source.
    nodes: HashMap<usize, NodeId>,
}

type Definition<'a> = (NodeId, Value<'a>, Option<Value<'a>>);

impl<'a> Definitions<'a> {
    /// Adds the definition that begins at the byte `at` of the source.
    pub fn add(&mut self, label: &str, at: usize, node: NodeId, url: Value<'a>, title: Option<Value<'a>>) {
        self.nodes.insert(at, node);
        // the first one counts
        self.by_label.entry(label.to_owned()).or_insert((node, url, title));
    }

    pub fn get(&self, label: &str) -> Option<Definition<'a>> {
        self.by_label.get(label).cloned()
    }

    /// The definition that begins at the byte `at` of the source.
    pub fn at(&self, at: usize) -> Option<NodeId> {
        self.nodes.get(&at).copied()
    }
}

/// Target and title.
pub type Destination<'a> = (Value<'a>, Option<Value<'a>>);

/// `[text](target "title")`: `inside` begins after the `[` and ends with the `)`.
pub fn destination_after<'a>(source: &Extract<'a>, inside: Range<usize>) -> Option<Destination<'a>> {
    let text = source.text().get(inside.clone())?;
    let length = text_length(text).filter(|&length| text[length..].starts_with("]("))?;
    let open = inside.start + length + 2;
    Some(destination(source, open..inside.end.saturating_sub(1).max(open)))
}

/// How long the text before `]` is: brackets balance in it, but in code and after backslashes.
pub fn text_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'`' => {
                let ticks = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
                at += closing_ticks(&bytes[at + ticks..], ticks).map_or(ticks, |length| length + ticks) - 1;
            }
            b'[' => depth += 1,
            b']' if depth > 0 => depth -= 1,
            b']' => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Code in a link's text is short; looking no further, in bytes, keeps the time linear.
const MAX_CODE: usize = 1024;

/// Where a run of just `ticks` backticks ends.
fn closing_ticks(bytes: &[u8], ticks: usize) -> Option<usize> {
    let bytes = &bytes[..bytes.len().min(MAX_CODE)];
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'`', &bytes[at..]) {
        let start = at + found;
        let length = bytes[start..].iter().take_while(|byte| **byte == b'`').count();
        if length == ticks {
            return Some(start + length);
        }
        at = start + length;
    }
    None
}

/// Target and title in `range`, in which nothing else stands (what follows `[label]:`).
pub fn destination<'a>(source: &Extract<'a>, range: Range<usize>) -> Destination<'a> {
    let text = &source.text()[range.clone()];
    let start = range.start + text.len() - text.trim_start().len();
    let end = start + text.trim().len();
    let rest = &source.text()[start..end];
    let (target, after) = match rest.strip_prefix('<').and_then(|rest| rest.find('>')) {
        Some(length) => (start + 1..start + 1 + length, start + length + 2),
        None => {
            let length = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            (start..start + length, start + length)
        }
    };
    let title = &source.text()[after..end];
    let title_start = end - title.trim_start().len();
    let title = (end - title_start >= 2).then(|| value(source, title_start + 1..end - 1));
    (value(source, target), title)
}
