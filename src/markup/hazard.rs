//! What an engine does in silence, and its author did not mean.

use crate::text::Span;

/// Something that kramdown does in silence and that an author did not mean.
#[derive(Debug, Clone)]
pub struct Hazard {
    pub kind: HazardKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HazardKind {
    /// `{:…}` after text: prints as it stands.
    AttributeListAfterText,
    /// Nothing in the list can be read, or a part of it is dropped (`target=_blank`, curly quotes); the span is that part.
    AttributeListIgnored,
    /// A name in a list for which there is no definition.
    UndefinedAttributeListReference {
        name: String,
    },
    /// `[text][id]` without a definition for `id`.
    UndefinedLinkReference {
        id: String,
    },
    /// `[^id]` without a definition.
    UndefinedFootnote {
        name: String,
    },
    UnusedFootnote {
        name: String,
    },
    /// The first definition is at `first`.
    DuplicateDefinition {
        name: String,
        first: Span,
    },
    /// An element that is closed by the end of its surroundings.
    UnclosedHtml {
        name: String,
    },
    StrayClosingTag {
        name: String,
    },
    /// A tag that kramdown cannot read and prints (`<img src=a/b>`).
    HtmlAsText,
    /// `<div>` in the middle of text.
    BlockHtmlInText {
        name: String,
    },
    /// `{::name}` without its end, unknown, or a stray end.
    Extension,
    /// Backticks with two words of info: not a fence.
    FenceWithWords,
    /// A fence that is never closed.
    UnclosedFence,
    /// Lines of prose with `|` that became a table.
    AccidentalTable,
    /// Header rows without a body: not a table.
    TableWithoutBody,
    /// A list that starts inside a paragraph (`2019. It was…`).
    ListInParagraph,
    /// `#Heading`, or a heading that stands where none can.
    HeadingAsText,
    /// The body is nested deeper than the parser follows.
    TooDeep,
    /// The body was not read at all: the tree is empty, and says nothing about the document.
    Unread(Unread),
}

/// Why a body was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It would take too long.
    TooCostly,
    /// The parser panicked, with these words.
    Failed(String),
}
