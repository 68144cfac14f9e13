//! Liquid, which runs before Markdown: its tags, its regions, and what it leaves for the Markdown engine.

use crate::text::{Extract, Span};

/// A `{% tag %}` or `{{ variable }}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Braces included.
    pub span: Span,
    /// The tag's name; `None` for a variable.
    pub name: Option<&'a str>,
    /// What follows the name, or the expression of the variable; trimmed.
    pub markup: &'a str,
    pub markup_span: Span,
}

/// The Liquid of a body.
#[derive(Debug, Clone)]
pub struct Liquid<'a> {
    /// Tags and variables that Liquid runs, in order. What stands in `raw` and `comment` is not among them.
    pub tags: Vec<Tag<'a>>,
    /// What the Markdown engine reads: tags that print nothing are gone, the output of others is
    /// [`crate::text::extract::OPAQUE`].
    pub rendered: Extract<'a>,
}

impl<'a> Liquid<'a> {
    /// Finds the Liquid in `body` of the file `text`.
    pub fn parse(text: &'a str, body: Span) -> Liquid<'a> {
        Liquid { tags: Vec::new(), rendered: Extract::verbatim(text, body) }
    }
}
