//! `textDocument/completion`: keys and values of the front matter, pictures, links, and names in Liquid tags.
//!
//! What stands before the cursor decides, and not the tree: a text is hardly ever whole while it is typed.

mod front_matter;
mod liquid;
mod place;
mod url;

use super::open_texts::OpenText;
use super::position::Positions;
use crate::lint::{Document, Session};
use crate::text::Span;
use lsp_types::{CompletionItem, CompletionItemKind, CompletionList, CompletionResponse, CompletionTextEdit, TextEdit};
use place::Place;

/// More candidates than this are not sent; the editor asks again when more is typed.
const MOST: usize = 400;

/// Something that may stand at the cursor.
#[derive(Debug, Default)]
pub struct Candidate {
    /// What is shown.
    label: String,
    /// What is written, if that is not the label.
    text: Option<String>,
    /// Where it comes from, or how often it is used.
    detail: Option<String>,
    /// What else is looked through for what was typed, such as a title.
    also: Option<String>,
    kind: Option<CompletionItemKind>,
}

impl Candidate {
    fn new(label: impl Into<String>, kind: CompletionItemKind) -> Candidate {
        Candidate { label: label.into(), kind: Some(kind), ..Candidate::default() }
    }

    fn detail(self, detail: impl Into<String>) -> Candidate {
        Candidate { detail: Some(detail.into()), ..self }
    }

    fn matches(&self, typed: &str) -> bool {
        let holds = |text: &str| text.to_lowercase().contains(typed);
        holds(&self.label) || self.also.as_deref().is_some_and(holds)
    }
}

/// Candidates, the best first, and the bytes that they replace.
#[derive(Debug, Default)]
pub struct Offer {
    candidates: Vec<Candidate>,
    typed: Span,
}

/// What may stand at the byte `offset` of `text`.
pub fn complete(session: &Session, document: &Document, text: &OpenText, positions: &Positions, offset: usize) -> CompletionResponse {
    let place = Place::new(&text.text, offset);
    let site = session.site();
    let offer = match place.is_in_front_matter() {
        true => front_matter::offer(&place, site, document),
        false => liquid::offer(&place, site).or_else(|| url::offer(&place, session, document, &text.text)),
    };
    list(offer.unwrap_or_default(), &text.text, positions)
}

fn list(offer: Offer, text: &str, positions: &Positions) -> CompletionResponse {
    let typed = offer.typed.of(text).to_lowercase();
    let mut wanted: Vec<Candidate> = offer.candidates.into_iter().filter(|candidate| candidate.matches(&typed)).collect();
    let is_incomplete = wanted.len() > MOST;
    wanted.truncate(MOST);
    let range = positions.range(offer.typed);
    let items = wanted.into_iter().enumerate().map(|(rank, candidate)| {
        let new_text = candidate.text.unwrap_or_else(|| candidate.label.clone());
        CompletionItem {
            filter_text: Some(candidate.also.map_or_else(|| candidate.label.clone(), |also| format!("{} {also}", candidate.label))),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
            label: candidate.label,
            detail: candidate.detail,
            kind: candidate.kind,
            sort_text: Some(format!("{rank:05}")),
            ..CompletionItem::default()
        }
    });
    CompletionResponse::List(CompletionList { is_incomplete, items: items.collect() })
}
