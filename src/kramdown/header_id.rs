//! The ids of headings: made from the text, with a counter where they repeat.
//!
//! `generate_gfm_header_id` of the GFM parser, `generate_id` of kramdown's `converter/base.rb`.

use super::characters::is_word;
use crate::markup::{Kind, NodeId, Tree};
use rustc_hash::FxHashMap;

/// The ids that a document has given away. The two ways of making them count apart.
#[derive(Debug, Default)]
pub(super) struct HeaderIds {
    gfm: FxHashMap<String, usize>,
    plain: FxHashMap<String, usize>,
}

impl HeaderIds {
    /// The id that the GFM parser makes from a heading's `text` (see [`heading_text`]); `None` where nothing is left of it.
    pub(super) fn generate_gfm(&mut self, text: &str, prefix: &str) -> Option<String> {
        let mut base = String::with_capacity(text.len());
        let mut push = |char: char| {
            if matches!(char, ' ' | '\t') {
                base.push('-');
            } else if char == '-' || is_word(char) {
                base.push(char);
            }
        };
        match text.is_ascii() {
            true => text.bytes().for_each(|byte| push(char::from(byte.to_ascii_lowercase()))),
            false => text.chars().flat_map(char::to_lowercase).for_each(push),
        }
        let id = format!("{prefix}{}", numbered(&mut self.gfm, base));
        (!id.is_empty()).then_some(id)
    }

    /// The id that kramdown's converter makes from `raw`, the source of a heading.
    pub(super) fn generate_plain(&mut self, raw: &str, prefix: &str) -> String {
        let mut base = String::with_capacity(raw.len());
        for line in raw.split_inclusive('\n') {
            for char in line.trim_start_matches(|char: char| !char.is_ascii_alphabetic()).chars() {
                match char {
                    ' ' => base.push('-'),
                    '-' | '0'..='9' | 'a'..='z' | 'A'..='Z' => base.push(char.to_ascii_lowercase()),
                    _ => {}
                }
            }
        }
        if base.is_empty() {
            base.push_str("section");
        }
        format!("{prefix}{}", numbered(&mut self.plain, base))
    }
}

fn numbered(used: &mut FxHashMap<String, usize>, base: String) -> String {
    match used.get_mut(&base) {
        Some(count) => {
            *count += 1;
            format!("{base}-{count}")
        }
        None => {
            used.insert(base.clone(), 0);
            base
        }
    }
}

/// The text of a heading that its GFM id is made from: text, code and maths, quotes and dashes as they are printed.
pub(super) fn heading_text(tree: &Tree, heading: NodeId, file: &str) -> String {
    let mut text = String::new();
    for id in tree.descendants(heading) {
        match &tree.node(id).kind {
            Kind::Text { text: part, .. } => text.push_str(part),
            Kind::CodeSpan { content } => text.push_str(&content.text),
            Kind::MathSpan { content } => text.push_str(content.of(file)),
            Kind::Entity(Some(char)) | Kind::SmartQuote(char) => text.push(*char),
            Kind::TypographicSymbol(symbol) => text.push_str(symbol),
            _ => {}
        }
    }
    text
}

/// The text of a heading as plain kramdown's `auto_id_stripping` has it: text alone.
pub(super) fn stripped_text(tree: &Tree, heading: NodeId) -> String {
    let texts = tree.descendants(heading).filter_map(|id| match &tree.node(id).kind {
        Kind::Text { text, .. } => Some(text.as_ref()),
        _ => None,
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_counted_by_their_base() {
        let mut ids = HeaderIds::default();
        assert_eq!(ids.generate_gfm("A & B", ""), Some("a--b".to_owned()));
        assert_eq!(ids.generate_gfm("a  b", ""), Some("a--b-1".to_owned()));
        assert_eq!(ids.generate_gfm("…", ""), None);
        assert_eq!(ids.generate_gfm("!", ""), Some("-1".to_owned()));
        assert_eq!(ids.generate_gfm("Héllo Wörld", "x-"), Some("x-héllo-wörld".to_owned()));
        assert_eq!(ids.generate_plain("1. Héllo Wörld", ""), "hllo-wrld");
        assert_eq!(ids.generate_plain("你好", ""), "section");
        assert_eq!(ids.generate_plain("你好", ""), "section-1");
    }
}
