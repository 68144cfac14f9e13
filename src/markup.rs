//! The one tree that both Markdown engines build.
//!
//! Nodes lie in one arena in document order and are linked by index. Every node has the span of the bytes that it was
//! read from; names are kramdown's own.

mod hazard;
mod tree;

pub use hazard::{Hazard, HazardKind, Unread};
pub use tree::{Node, NodeId, Tree};

use crate::text::{Extract, Span};
use std::borrow::Cow;

/// A text value with the bytes it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Value<'a> {
    /// As kramdown keeps it: source text, not decoded. What Liquid prints stands as the tag that prints it.
    pub text: Cow<'a, str>,
    pub span: Span,
}

/// What a node is. Blocks first, then spans.
#[derive(Debug, Clone)]
pub enum Kind<'a> {
    Document,
    /// One or more blank lines.
    Blank,
    /// `^`, or a definition that leaves nothing on the page but ends what was before it.
    EndOfBlock,
    /// `transparent`: printed without `<p>` (the text of a tight list item).
    Paragraph {
        transparent: bool,
    },
    Heading(Box<Heading<'a>>),
    BlockQuote,
    CodeBlock(Box<CodeBlock<'a>>),
    List {
        ordered: bool,
    },
    /// `task`: `[ ]` is `Some(false)`, `[x]` is `Some(true)`.
    Item {
        task: Option<bool>,
    },
    DefinitionList,
    Term,
    Definition,
    Table,
    TableHead,
    TableBody,
    TableFoot,
    Row,
    Cell,
    HorizontalRule,
    /// An HTML element, block or span. Its attributes are the node's; its content are the children.
    Html(Box<HtmlElement<'a>>),
    /// An HTML comment, or `{::comment}`; `content` is what stands between the marks.
    Comment {
        content: Span,
    },
    /// Printed as it is: `{::nomarkdown}`, processing instructions, doctypes, CDATA.
    Raw {
        content: Span,
    },
    LinkDefinition(Box<LinkDefinition<'a>>),
    FootnoteDefinition {
        name: Value<'a>,
    },
    AbbreviationDefinition {
        name: Value<'a>,
        text: Value<'a>,
    },
    /// `$$ … $$` between block boundaries.
    MathBlock {
        content: Span,
    },
    /// What Liquid prints as a block of its own (`{% highlight %}` is a [`Kind::CodeBlock`]).
    LiquidBlock,

    /// Readable text. Escapes (`\*`) are already undone: `escaped` is then true and the span
    /// covers the backslash.
    Text {
        text: Cow<'a, str>,
        escaped: bool,
    },
    CodeSpan {
        content: Value<'a>,
    },
    Emphasis,
    Strong,
    Strikethrough,
    Link(Box<Link<'a>>),
    Image(Box<Image<'a>>),
    FootnoteReference {
        name: Value<'a>,
    },
    MathSpan {
        content: Span,
    },
    /// A hard line break (`<br />`).
    LineBreak,
    /// `&amp;` and the like; `None` when the code is not a character.
    Entity(Option<char>),
    /// `'` or `"` that becomes a typographic quote, here the quote that is printed.
    SmartQuote(char),
    /// `--`, `---`, `...`, `<<`, `>>`: here what is printed.
    TypographicSymbol(&'static str),
    Abbreviation,
    /// What a Liquid tag or variable prints: unknown. The span is the tag's.
    Liquid,
}

impl Kind<'_> {
    /// Whether an attribute list right behind the element goes to it (kramdown `parser/kramdown/extensions.rb`).
    pub fn takes_attribute_list(&self) -> bool {
        use Kind::*;
        match self {
            CodeSpan { .. } | Emphasis | Strong | Strikethrough | Link(_) | Image(_) | MathSpan { .. } => true,
            Html(element) => !element.block,
            _ => false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadingStyle {
    Atx,
    Setext,
}

#[derive(Debug, Clone)]
pub struct Heading<'a> {
    /// 1 to 6.
    pub level: u8,
    pub style: HeadingStyle,
    /// The id on the page: explicit, or made from the text; `None` when there is none.
    pub id: Option<Cow<'a, str>>,
    /// The `{#id}` that gives an explicit id. An id from an attribute list is in the attributes.
    pub explicit_id: Option<Value<'a>>,
    /// The text between the markers.
    pub content: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeStyle {
    Fenced,
    Indented,
    /// `{% highlight %}`.
    Liquid,
}

#[derive(Debug, Clone)]
pub struct CodeBlock<'a> {
    pub style: CodeStyle,
    pub lang: Option<Value<'a>>,
    /// The code without fences or tags.
    pub content: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkStyle {
    /// `[text](url)`
    Inline,
    /// `[text][id]`, `[text][]`, `[text]`
    Reference,
    /// `<https://example.org>`
    Autolink,
}

/// A link; its text are the node's children.
#[derive(Debug, Clone)]
pub struct Link<'a> {
    pub style: LinkStyle,
    pub url: Value<'a>,
    pub title: Option<Value<'a>>,
    /// The link text between the brackets.
    pub content: Span,
    /// The definition that a reference uses.
    pub definition: Option<NodeId>,
}

/// An image.
#[derive(Debug, Clone)]
pub struct Image<'a> {
    pub style: LinkStyle,
    pub url: Value<'a>,
    pub title: Option<Value<'a>>,
    pub alt: Value<'a>,
    pub definition: Option<NodeId>,
}

/// `[id]: url "title"`. An attribute list of its own is in the node's attributes, and in those of each link that uses it.
#[derive(Debug, Clone)]
pub struct LinkDefinition<'a> {
    pub id: Value<'a>,
    pub url: Value<'a>,
    pub title: Option<Value<'a>>,
}

#[derive(Debug, Clone)]
pub struct HtmlElement<'a> {
    /// Lower case where kramdown makes it so.
    pub name: Cow<'a, str>,
    pub block: bool,
    /// `<name …>`.
    pub open_tag: Span,
    /// `</name>`; `None` for void elements, `<x/>`, and where kramdown closes it by itself.
    pub close_tag: Option<Span>,
    /// Has no content by its nature or by `/>`.
    pub void: bool,
}

/// Where an attribute comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The element's own HTML tag.
    Html,
    /// An attribute list at the element, `{: …}`.
    List,
    /// An attribute list definition that a list at the element refers to, `{:name: …}`.
    Definition,
    /// The attribute list of the link definition that a reference link uses.
    LinkDefinition,
}

#[derive(Debug, Clone)]
pub struct Attribute<'a> {
    pub name: Value<'a>,
    /// Without quotes. Of HTML attributes without a value: an empty text at the end of the name.
    pub value: Value<'a>,
    pub origin: Origin,
}

/// The attributes of a node, as they end up on the page: one a name, in the order of first mention.
#[derive(Debug, Clone, Default)]
pub struct Attributes<'a> {
    pub all: Vec<Attribute<'a>>,
    /// The attribute lists `{: … }` at the element, braces included, in the order of the file.
    pub lists: Vec<Span>,
}

impl<'a> Attributes<'a> {
    pub fn get(&self, name: &str) -> Option<&Attribute<'a>> {
        self.all.iter().find(|attribute| attribute.name.text == name)
    }
}

/// The value of `range` (bytes of `extract`) with its span.
pub fn value<'a>(extract: &Extract<'a>, range: std::ops::Range<usize>) -> Value<'a> {
    Value { text: extract.value(range.clone()), span: extract.span(range) }
}
