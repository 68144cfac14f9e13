//! Where the targets of links stand; the parser itself tells only what they mean.

use crate::markup::{Kind, NodeId, Tree, Value, value};
use crate::text::Extract;
use std::collections::HashMap;
use std::ops::Range;

/// The link definitions of a document, by their label as the parser compares them.
#[derive(Default)]
pub struct Definitions<'a> {
    by_label: HashMap<String, Definition<'a>>,
    nodes: Vec<NodeId>,
}

type Definition<'a> = (NodeId, Value<'a>, Option<Value<'a>>);

/// A label with its white space collapsed, without regard to case.
fn normal(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl<'a> Definitions<'a> {
    pub fn add(&mut self, label: &str, node: NodeId, url: Value<'a>, title: Option<Value<'a>>) {
        self.nodes.push(node);
        // the first one counts
        self.by_label.entry(normal(label)).or_insert((node, url, title));
    }

    pub fn get(&self, label: &str) -> Option<Definition<'a>> {
        self.by_label.get(&normal(label)).cloned()
    }

    /// Gives the definitions their places among the blocks of the document.
    pub fn hang_into(self, tree: &mut Tree<'a>) {
        let mut next = tree.first_child(NodeId::ROOT);
        for node in self.nodes {
            let start = tree.node(node).span.start;
            while let Some(block) = next.filter(|block| tree.node(*block).span.start <= start) {
                next = tree.next(block);
            }
            match next {
                Some(block) => tree.insert_before(block, node),
                None => tree.append(NodeId::ROOT, node),
            }
            debug_assert!(matches!(tree.node(node).kind, Kind::LinkDefinition(_)));
        }
    }
}

/// Target and title.
pub type Destination<'a> = (Value<'a>, Option<Value<'a>>);

/// `[text](target "title")`: `inside` begins after the `[` and ends with the `)`.
pub fn destination_after<'a>(source: &Extract<'a>, inside: Range<usize>) -> Option<Destination<'a>> {
    let text = source.text().get(inside.clone())?;
    let open = inside.start + text_length(text)? + 2;
    Some(destination(source, open..inside.end.saturating_sub(1).max(open)))
}

/// How long the text before `](` is: brackets balance in it, but in code and after backslashes.
fn text_length(text: &str) -> Option<usize> {
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
            b']' => return (bytes.get(at + 1) == Some(&b'(')).then_some(at),
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
