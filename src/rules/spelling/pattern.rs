//! The language in which a word rule says what it looks for.
//!
//! A pattern is a row of elements with white space between them, one for each word of the text:
//!
//! | element | stands for |
//! |---|---|
//! | `word` | that word, in any case, with `'` or `’` |
//! | `a\|b` | one of the alternatives |
//! | `<class>` | a word of the class |
//! | `*ing`, `un*`, `*` | a word with that end, with that start, any word |
//! | `,` `.` `-` … | that mark |
//! | `^`, `$` | the start of a sentence, the end of a clause; take no word |
//! | `!a\|b` | a word that is none of these, or no word at all |
//! | `a?` | the word, or nothing |
//! | `[ … ]` | around elements: what is wrong, and replaced |
//! | `a=b` | inside the brackets: the word, and what to write for it (`_` for a space) |

use thiserror::Error;

/// Why a pattern cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PatternError {
    #[error("the pattern is empty")]
    Empty,
    #[error("`{0}` has an alternative without a word")]
    EmptyAlternative(String),
    #[error("`[` is never closed")]
    Unclosed,
    #[error("`]` without a `[` before it")]
    Unopened,
    #[error("a pattern has one pair of brackets; `{0}` opens a second one")]
    SecondBracket(String),
    #[error("`{0}` is a class without its closing `>`")]
    UnclosedClass(String),
    #[error("`*` stands at the start or at the end of a word: `{0}`")]
    Star(String),
    #[error("the pattern has no word that is always there and could be looked up (only `*`, `!…`, `…?` and marks)")]
    NoAnchor,
}

/// One way to match a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Lower case, with straight apostrophes.
    Word(String),
    Class(String),
    Suffix(String),
    Prefix(String),
    Any,
    Mark(char),
}

/// One way to match a word, and what to write in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    pub test: Test,
    pub replacement: Option<String>,
}

/// What an element takes from the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    pub alternatives: Vec<Alternative>,
    pub negated: bool,
    pub optional: bool,
    /// One of the alternatives is `^` or `$`: no word, where the sentence starts (before the anchor) or the clause ends
    /// (after it).
    pub edge: bool,
}

/// A row of elements; `marked` are the indices of those between the brackets (all of them where there are none).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    pub elements: Vec<Element>,
    pub marked: std::ops::Range<usize>,
}

impl Pattern {
    /// Reads a pattern with its brackets.
    pub fn parse(source: &str) -> Result<Pattern, PatternError> {
        let mut elements = Vec::new();
        let mut open: Option<usize> = None;
        let mut marked = None;
        for piece in source.split_whitespace() {
            let mut piece = piece;
            if let Some(rest) = piece.strip_prefix('[') {
                if open.is_some() || marked.is_some() {
                    return Err(PatternError::SecondBracket(piece.to_owned()));
                }
                open = Some(elements.len());
                piece = rest;
            }
            let closes = piece.ends_with(']');
            let optional_outside = piece.ends_with("]?");
            let body = if optional_outside { &piece[..piece.len() - 2] } else { piece.strip_suffix(']').unwrap_or(piece) };
            if !body.is_empty() {
                elements.push(Element::parse(body)?);
            }
            if closes || optional_outside {
                let start = open.take().ok_or(PatternError::Unopened)?;
                marked = Some(start..elements.len());
            }
        }
        if open.is_some() {
            return Err(PatternError::Unclosed);
        }
        if elements.is_empty() {
            return Err(PatternError::Empty);
        }
        let marked = marked.unwrap_or(0..elements.len());
        if !elements.iter().any(Element::can_anchor) {
            return Err(PatternError::NoAnchor);
        }
        Ok(Pattern { elements, marked })
    }

    /// Reads a row of elements that has no brackets and needs no word of its own: what stands beside a match.
    pub fn parse_context(source: &str) -> Result<Vec<Element>, PatternError> {
        let elements: Vec<Element> = source.split_whitespace().map(Element::parse).collect::<Result<_, _>>()?;
        if elements.is_empty() { Err(PatternError::Empty) } else { Ok(elements) }
    }
}

impl std::str::FromStr for Pattern {
    type Err = PatternError;

    fn from_str(source: &str) -> Result<Pattern, PatternError> {
        Pattern::parse(source)
    }
}

impl Element {
    fn parse(source: &str) -> Result<Element, PatternError> {
        let (source, optional) = match source.strip_suffix('?') {
            Some(rest) if !rest.is_empty() && !rest.ends_with('|') => (rest, true),
            _ => (source, false),
        };
        let (source, negated) = match source.strip_prefix('!') {
            Some(rest) if !rest.is_empty() && !rest.starts_with('|') => (rest, true),
            _ => (source, false),
        };
        let mut edge = false;
        let mut alternatives = Vec::new();
        for alternative in source.split('|') {
            if matches!(alternative, "^" | "$") {
                edge = true;
            } else {
                alternatives.push(Alternative::parse(alternative, source)?);
            }
        }
        Ok(Element { alternatives, negated, optional, edge })
    }

    /// Whether the element is always there and is made of words that can be looked up.
    pub fn can_anchor(&self) -> bool {
        let is_word = |alternative: &Alternative| matches!(alternative.test, Test::Word(_) | Test::Class(_));
        !self.negated && !self.optional && !self.edge && self.alternatives.iter().all(is_word)
    }
}

impl Alternative {
    fn parse(source: &str, element: &str) -> Result<Alternative, PatternError> {
        let (test, replacement) = match source.split_once('=') {
            Some((test, replacement)) if !test.is_empty() => (test, Some(replacement.replace('_', " "))),
            _ => (source, None),
        };
        let test = if test.is_empty() {
            return Err(PatternError::EmptyAlternative(element.to_owned()));
        } else if let Some(class) = test.strip_prefix('<') {
            Test::Class(class.strip_suffix('>').ok_or_else(|| PatternError::UnclosedClass(test.to_owned()))?.to_owned())
        } else if test == "*" {
            Test::Any
        } else if let Some(suffix) = test.strip_prefix('*') {
            if suffix.contains('*') {
                return Err(PatternError::Star(test.to_owned()));
            }
            Test::Suffix(suffix.to_owned())
        } else if let Some(prefix) = test.strip_suffix('*') {
            if prefix.contains('*') {
                return Err(PatternError::Star(test.to_owned()));
            }
            Test::Prefix(prefix.to_owned())
        } else {
            let mut characters = test.chars();
            match (characters.next(), characters.next()) {
                (Some(mark), None) if !mark.is_alphanumeric() => Test::Mark(mark),
                _ if test.contains('*') => return Err(PatternError::Star(test.to_owned())),
                _ => Test::Word(fold(test)),
            }
        };
        Ok(Alternative { test, replacement })
    }
}

/// A word as rules compare it: lower case, straight apostrophes.
pub fn fold(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_mark_what_is_wrong() {
        let pattern = Pattern::parse("to|<modal> not? [proof=prove|setup=set_up] that").expect("a good pattern");
        assert_eq!(pattern.elements.len(), 4);
        assert_eq!(pattern.marked, 2..3);
        assert_eq!(pattern.elements[2].alternatives[1].replacement.as_deref(), Some("set up"));
    }

    #[test]
    fn what_is_wrong_with_a_pattern_is_said() {
        assert_eq!(Pattern::parse("a [b c"), Err(PatternError::Unclosed));
        assert_eq!(Pattern::parse("a b]"), Err(PatternError::Unopened));
        assert_eq!(Pattern::parse("[a] [b]"), Err(PatternError::SecondBracket("[b]".into())));
        assert_eq!(Pattern::parse("a <b"), Err(PatternError::UnclosedClass("<b".into())));
        assert_eq!(Pattern::parse("*ing !a b? ,"), Err(PatternError::NoAnchor));
        assert_eq!(Pattern::parse("a||b"), Err(PatternError::EmptyAlternative("a||b".into())));
        assert_eq!(Pattern::parse(" "), Err(PatternError::Empty));
    }
}
