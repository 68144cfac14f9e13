//! The tags and categories of a post, each with its place, and how they may be misspelt.

use crate::post::Post;
use crate::post::yaml::{Node, Style};
use crate::rules::spelling::dictionary;
use crate::site::survey::Taxonomy;
use crate::site::term::Folded;
use crate::text::Span;

/// A tag or category as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub text: String,
    /// Quotes included.
    pub span: Span,
}

/// The tags or categories that the post gives itself, in the order of the file.
pub fn of(post: &Post, taxonomy: Taxonomy) -> Vec<Written> {
    let mut terms = Vec::new();
    for key in taxonomy.keys() {
        let Some(value) = post.front_matter.get(key) else { continue };
        match value.text() {
            Some(text) if key == taxonomy.singular() => terms.push(Written { text: text.to_owned(), span: value.span }),
            Some(_) => terms.extend(words(value, post)),
            None => terms.extend(value.items().iter().filter_map(|item| Some(Written { text: item.text()?.to_owned(), span: item.span }))),
        }
    }
    terms
}

/// The words of a text that Jekyll splits; nothing where their bytes cannot be told.
fn words(value: &Node, post: &Post) -> Vec<Written> {
    let quotes = match value.style {
        Style::Plain => 0,
        Style::SingleQuoted | Style::DoubleQuoted => 1,
        _ => return Vec::new(),
    };
    let source = value.span.of(post.text);
    let inner = source.get(quotes..source.len().saturating_sub(quotes)).unwrap_or_default();
    let place = |word: &str| {
        let start = value.span.start as usize + quotes + (word.as_ptr() as usize - inner.as_ptr() as usize);
        Written { text: word.to_owned(), span: Span::new(start, start + word.len()) }
    };
    inner.split_whitespace().map(place).collect()
}

/// How one term differs from another that means the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    Case,
    Hyphen,
    Plural,
    Letter,
}

/// How `term` differs from `usual`, when it is that with another spelling; `None`: it is another word.
pub fn difference(term: &Folded, usual: &Folded) -> Option<Difference> {
    if term.lower == usual.lower {
        return Some(Difference::Case);
    }
    if term.joined == usual.joined {
        return (!term.joined.is_empty()).then_some(Difference::Hyphen);
    }
    if term.singular == usual.singular {
        return Some(Difference::Plural);
    }
    is_slip(&term.joined, &usual.joined).then_some(Difference::Letter)
}

/// One letter wrong in a long word that is none. Numbers are never slips.
fn is_slip(term: &str, usual: &str) -> bool {
    let is_word = |text: &str| text.len() >= 6 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_near = term.len().abs_diff(usual.len()) <= 1;
    is_near && is_word(term) && is_word(usual) && strsim::osa_distance(term, usual) == 1 && !dictionary::is_word(term)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_term() {
        for (term, usual, expected) in [
            ("architecture", "Architecture", Some(Difference::Case)),
            ("Open-Source", "open source", Some(Difference::Hyphen)),
            ("boat", "boats", Some(Difference::Plural)),
            ("libraries", "library", Some(Difference::Plural)),
            ("arhitecture", "architecture", Some(Difference::Letter)),
            ("python2", "python3", None),
            ("testing", "resting", None),
            ("css", "cs", None),
            ("node.js", "nodes", None),
            ("c", "c++", None),
        ] {
            assert_eq!(difference(&Folded::new(term), &Folded::new(usual)), expected, "{term} {usual}");
        }
    }
}
