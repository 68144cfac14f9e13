//! A tag or category in use, and how it is spelt.

use std::sync::OnceLock;

/// A tag or category in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// How many posts have it.
    pub posts: usize,
    /// Index of the last of them by path.
    pub(super) last: usize,
    pub folded: Folded,
    /// Another spelling of it that the site prefers; found out once.
    pub preferred: OnceLock<Option<String>>,
}

impl Term {
    /// A term that no post has yet.
    pub(super) fn new(text: &str) -> Term {
        Term { posts: 0, last: 0, folded: Folded::new(text), preferred: OnceLock::new() }
    }
}

/// A term in the forms by which it is compared with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    pub lower: String,
    /// Without what joins its parts.
    pub joined: String,
    /// Of an English word, as far as its end tells.
    pub singular: String,
}

impl Folded {
    pub fn new(term: &str) -> Folded {
        let lower = term.to_lowercase();
        let joined: String = lower.chars().filter(|c| !matches!(c, '-' | '_' | ' ' | '.' | '\'')).collect();
        let singular = singular(&joined);
        Folded { lower, joined, singular }
    }
}

fn singular(word: &str) -> String {
    // `learnings` are not `learning`
    if word.len() < 4 || !word.is_ascii() || word.ends_with("ings") {
        return word.to_owned();
    }
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').filter(|stem| !stem.ends_with(['s', 'u', 'i', 'o', 'j'])).unwrap_or(word).to_owned(),
    }
}
