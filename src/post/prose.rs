//! What a reader reads: runs of text without markup, with a map back to the file's bytes.
//!
//! Code, maths, images, URLs and Liquid are one [`PLACEHOLDER`] each; attribute lists, footnote marks and comments are
//! left out; a hard break is a newline. Quotation marks, dashes and ellipses stand as they are typed, escapes are undone
//! and entities are the character that they print. Soft line ends are newlines, without the markers of quotes and items.

mod align;
mod fields;
pub mod language;
mod opaque;
pub mod sentences;
mod view;
pub mod words;

pub use language::Language;
pub use words::{Word, WordFlags};

use super::Post;
use crate::markup::NodeId;
use crate::text::{Extract, Span};
use std::ops::Range;
use words::forms::{Forms, Numbering};

/// Stands for something that is no prose but takes part in the sentence: code, an image, a formula, Liquid's output.
pub const PLACEHOLDER: char = '\u{fffc}';

/// Where a run of text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    Paragraph,
    Heading,
    Cell,
    Term,
    /// An image's alternative text.
    Alt,
    /// `title` or `description` of the front matter.
    FrontMatter,
}

/// What kind of markup covers a part of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Inline {
    Emphasis,
    Strong,
    Strikethrough,
    Link,
    Html,
    Code,
    Math,
    Image,
    Liquid,
    /// An autolink or a URL that stands as text.
    Url,
}

/// A part of a run that is covered by markup.
#[derive(Debug, Clone)]
pub struct InlineRange {
    pub kind: Inline,
    /// Bytes of the run's text.
    pub range: Range<usize>,
    pub node: NodeId,
}

/// One run of readable text: a paragraph, a heading, a cell.
#[derive(Debug, Clone)]
pub struct Run<'a> {
    pub context: Context,
    /// The block that holds it; the root for front matter.
    pub node: NodeId,
    pub text: Extract<'a>,
    /// In the order of their start; an outer one before those inside it.
    pub inlines: Vec<InlineRange>,
    /// The words of the text; none before the run belongs to a [`Prose`].
    pub words: Vec<Word>,
    /// The document's, unless the run is clearly in another one.
    pub language: Language,
}

impl Run<'_> {
    /// The run's text, without markup.
    pub fn as_str(&self) -> &str {
        self.text.text()
    }

    /// The bytes of the file that `range` (bytes of the run's text) was taken from, markup in between included.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.text.span(range)
    }

    /// The innermost markup of one of `kinds` that covers `range` (bytes of the run's text).
    pub fn inside(&self, range: Range<usize>, kinds: &[Inline]) -> Option<&InlineRange> {
        self.inlines
            .iter()
            .take_while(|inline| inline.range.start <= range.start)
            .filter(|inline| inline.range.end >= range.end && kinds.contains(&inline.kind))
            .last()
    }
}

/// The readable text of a document.
#[derive(Debug, Clone, Default)]
pub struct Prose<'a> {
    /// In the order of the file.
    pub runs: Vec<Run<'a>>,
    /// To which the forms of the words belong.
    pub numbering: Numbering,
    /// Of the document as a whole.
    pub language: Language,
}

impl<'a> Prose<'a> {
    /// Builds the view of a document that is parsed otherwise.
    pub fn new(post: &Post<'a>) -> Prose<'a> {
        let mut runs = fields::runs(post.text, &post.front_matter);
        runs.append(&mut view::runs(post.text, &post.tree));
        runs.sort_by_key(|run| run.text.source(0));
        let mut forms = Forms::of_thread();
        for run in &mut runs {
            run.words = words::read(run.text.text(), &mut forms);
        }
        let numbering = forms.numbering();
        let language = language::assign(&mut runs, numbering, language::declared(post));
        Prose { runs, numbering, language }
    }
}
