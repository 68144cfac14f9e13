//! The texts that are open in the editor: they count, whatever is on disk.

use super::position::{Encoding, LineStarts, Positions};
use lsp_types::TextDocumentContentChangeEvent;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A text that is open in the editor.
#[derive(Debug, Clone)]
pub struct OpenText {
    /// Where it is, or will be, on disk; `None` for what the editor keeps elsewhere (`untitled:`).
    pub file: Option<PathBuf>,
    /// The editor's number of this state of the text.
    pub version: i32,
    pub text: String,
    lines: LineStarts,
}

impl OpenText {
    pub fn new(file: Option<PathBuf>, version: i32, text: String) -> OpenText {
        OpenText { file, version, lines: LineStarts::new(&text), text }
    }

    pub fn positions(&self, encoding: Encoding) -> Positions<'_> {
        self.lines.positions(&self.text, encoding)
    }

    /// Makes the changes, one after another. Each one's places are those of the text before it.
    pub fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            match change.range {
                Some(range) => {
                    let span = self.positions(encoding).span(range);
                    self.text.replace_range(span.range(), &change.text);
                }
                None => self.text = change.text,
            }
            self.lines = LineStarts::new(&self.text);
        }
        self.version = version;
    }
}

/// All open texts, by their URI as the editor writes it.
pub type OpenTexts = BTreeMap<String, OpenText>;

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_types::{Position, Range};

    fn change(at: Option<(u32, u32, u32, u32)>, text: &str) -> TextDocumentContentChangeEvent {
        let range = at.map(|(line, start, end_line, end)| Range::new(Position::new(line, start), Position::new(end_line, end)));
        TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }
    }

    #[test]
    fn changes_are_made_one_after_another() {
        let mut text = OpenText::new(None, 1, "one 😀 two\nthree\n".into());
        let changes = vec![change(Some((0, 4, 0, 6)), "中"), change(Some((0, 6, 0, 9)), "2\nx"), change(Some((2, 0, 3, 0)), "")];
        text.change(2, changes, Encoding::Utf16);
        assert_eq!((text.text.as_str(), text.version), ("one 中 2\nx\n", 2));
        text.change(3, vec![change(None, "all")], Encoding::Utf16);
        assert_eq!(text.text, "all");
    }

    #[test]
    fn ranges_that_lie_are_bent_to_the_text() {
        let mut text = OpenText::new(None, 1, "é😀\n".into());
        text.change(
            2,
            vec![change(Some((0, 2, 0, 2)), "x"), change(Some((7, 7, 9, 9)), "end"), change(Some((1, 9, 0, 0)), "")],
            Encoding::Utf16,
        );
        assert_eq!(text.text, "");
    }
}
