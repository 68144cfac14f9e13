//! Liquid, which runs before Markdown: its tags, its regions, and what it leaves for the Markdown engine.
//!
//! Tags are found by the rules of Liquid 5.4 (liquid `tokenizer.rb`, `block_body.rb`, `tags/raw.rb`); nothing is run.
//! White-space control (`{%-`) is not applied.

mod blocks;
mod render;
mod tokens;

use crate::text::{Extract, Span};
pub use blocks::{Block, Problem, ProblemKind};

/// A `{% tag %}` or `{{ variable }}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Braces included.
    pub span: Span,
    /// The tag's name, `#` for an inline comment, empty where none can be read; `None` for a variable.
    pub name: Option<&'a str>,
    /// What follows the name, or the expression of the variable; trimmed.
    pub markup: &'a str,
    pub markup_span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegionKind {
    /// `{% raw %}`: Liquid prints its content as it stands.
    Raw,
    /// `{% comment %}`: nothing of it is printed.
    Comment,
}

/// A part of the body that Liquid does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    pub kind: RegionKind,
    /// Both tags included.
    pub span: Span,
    pub content: Span,
}

/// A `{% highlight %}` block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Highlight<'a> {
    pub lang: Option<&'a str>,
    /// Empty, at the end of the tag's name, when there is no language.
    pub lang_span: Span,
    /// Both tags included.
    pub span: Span,
    pub content: Span,
}

/// The Liquid of a body.
#[derive(Debug, Clone)]
pub struct Liquid<'a> {
    /// Tags and variables that Liquid runs, in order. What stands in `raw` and `comment` is not among them, their own
    /// tags are.
    pub tags: Vec<Tag<'a>>,
    /// In order; they do not overlap.
    pub regions: Vec<Region>,
    /// In order.
    pub highlights: Vec<Highlight<'a>>,
    /// Which tag opens what, in the order of the opening tags.
    pub blocks: Vec<Block>,
    /// What stops Jekyll, in the order of the file.
    pub problems: Vec<Problem>,
    /// What the Markdown engine reads: tags that print nothing are gone, the output of others is
    /// [`crate::text::extract::OPAQUE`].
    pub rendered: Extract<'a>,
}

impl<'a> Liquid<'a> {
    /// Finds the Liquid in `body` of the file `text`.
    pub fn parse(text: &'a str, body: Span) -> Liquid<'a> {
        let tokens = tokens::scan(text, body);
        if tokens.pieces.is_empty() && tokens.problems.is_empty() {
            return Liquid::none(text, body);
        }
        let (rendered, highlights) = render::render(text, body, &tokens);
        let (blocks, mut problems) = blocks::structure(&tokens.tags);
        problems.extend(tokens.problems);
        problems.sort_by_key(|problem| problem.span);
        Liquid { tags: tokens.tags, regions: tokens.regions, highlights, blocks, problems, rendered }
    }

    /// A body that Liquid leaves alone (`render_with_liquid: false`, or without a tag).
    pub fn none(text: &'a str, body: Span) -> Liquid<'a> {
        Liquid {
            tags: Vec::new(),
            regions: Vec::new(),
            highlights: Vec::new(),
            blocks: Vec::new(),
            problems: Vec::new(),
            rendered: Extract::verbatim(text, body),
        }
    }

    /// The `raw` or `comment` region that the byte `offset` of the file lies in, its tags included.
    pub fn region_at(&self, offset: u32) -> Option<&Region> {
        let index = self.regions.partition_point(|region| region.span.end <= offset);
        self.regions.get(index).filter(|region| region.span.contains(offset))
    }

    /// The tag or variable that the byte `offset` of the file lies in.
    pub fn tag_at(&self, offset: u32) -> Option<&Tag<'a>> {
        let index = self.tags.partition_point(|tag| tag.span.end <= offset);
        self.tags.get(index).filter(|tag| tag.span.contains(offset))
    }
}
