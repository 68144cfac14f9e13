//! Edits as editors take them.

use super::client::Client;
use super::open_texts::OpenText;
use super::position::Positions;
use crate::diagnostic::Edit;
use crate::text::Span;
use lsp_types::{DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;

pub fn of(edits: &[Edit], positions: &Positions) -> Vec<TextEdit> {
    edits.iter().map(|edit| TextEdit { range: positions.range(edit.span), new_text: edit.text.clone() }).collect()
}

/// The edits of one text; those of another version are refused by editors that know versions.
// the map is the protocol's: nothing in a URI changes
#[allow(clippy::mutable_key_type)]
pub fn workspace_edit(uri: &Uri, text: &OpenText, edits: &[Edit], client: &Client) -> WorkspaceEdit {
    let edits = of(edits, &text.positions(client.encoding));
    if client.versioned_edits {
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: Some(text.version) };
        let edits = edits.into_iter().map(OneOf::Left).collect();
        let document_changes = Some(DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]));
        return WorkspaceEdit { document_changes, ..WorkspaceEdit::default() };
    }
    WorkspaceEdit { changes: Some(HashMap::from([(uri.clone(), edits)])), ..WorkspaceEdit::default() }
}

/// Edits that make `new` of `old`, by lines.
pub fn between(old: &str, new: &str) -> Vec<Edit> {
    let (before, after): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let mut edits = Vec::new();
    let mut at = 0;
    for operation in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let length = |range: std::ops::Range<usize>| before.get(range).unwrap_or_default().iter().map(|line| line.len()).sum::<usize>();
        let end = at + length(operation.old_range());
        if !matches!(operation, DiffOp::Equal { .. }) {
            edits.push(Edit::replace(Span::new(at, end), after.get(operation.new_range()).unwrap_or_default().concat()));
        }
        at = end;
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_edits_of_whole_lines() {
        let edits = between("a\r\nb\r\nc", "a\r\nB\r\nc\r\nd\r\n");
        let shown: Vec<(u32, u32, &str)> = edits.iter().map(|edit| (edit.span.start, edit.span.end, edit.text.as_str())).collect();
        assert_eq!(shown, [(3, 7, "B\r\nc\r\nd\r\n")]);
        assert!(between("same\n", "same\n").is_empty());
    }
}
