//! Text as a YAML scalar: plain where YAML reads it back as the same text, else in quotes.

use crate::post::yaml::{self, Data, Node};
use crate::text::Span;

/// `text` as a value after `key: `, in quotes.
pub fn value(text: &str) -> String {
    if text.contains('"') || text.contains('\\') { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// `text` as an item of `[a, b]`: in quotes where it must be.
pub fn flow_item(text: &str) -> String {
    let file = format!("[{text}]");
    let is_same = |root: &Node| matches!(root.items(), [item] if matches!(&item.data, Data::String(read) if read == text));
    match yaml::load(&file, Span::new(0, file.len())) {
        Ok(Some(root)) if is_same(&root) => text.to_owned(),
        _ => value(text),
    }
}
