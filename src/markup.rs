//! The one tree that both Markdown engines build.
//!
//! Nodes lie in one arena in document order and are linked by index. Every node has the span of the bytes that it was
//! read from; names are kramdown's own.

use crate::text::{Extract, Span};
use std::borrow::Cow;

/// A node of a [`Tree`], by its place in the arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

const NONE: u32 = u32::MAX;

impl NodeId {
    /// The document itself.
    pub const ROOT: NodeId = NodeId(0);

    pub fn index(self) -> usize {
        self.0 as usize
    }

    fn some(raw: u32) -> Option<NodeId> {
        (raw != NONE).then_some(NodeId(raw))
    }
}

/// A text value with the bytes it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Value<'a> {
    /// As kramdown keeps it: source text, not decoded. What Liquid prints stands as the tag that prints it.
    pub text: Cow<'a, str>,
    pub span: Span,
}

/// One node of the tree.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    pub kind: Kind<'a>,
    /// All bytes of the construct: markers, and the attribute lists after a span element, are not part of it.
    pub span: Span,
    pub attributes: Option<Box<Attributes<'a>>>,
    parent: u32,
    first_child: u32,
    last_child: u32,
    previous: u32,
    next: u32,
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

/// A document as its Markdown engine reads it.
#[derive(Debug, Clone)]
pub struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    /// In the order in which the parser met them.
    pub hazards: Vec<Hazard>,
}

impl<'a> Tree<'a> {
    /// A tree that holds the document node alone.
    pub fn new(span: Span) -> Tree<'a> {
        let root = Node {
            kind: Kind::Document,
            span,
            attributes: None,
            parent: NONE,
            first_child: NONE,
            last_child: NONE,
            previous: NONE,
            next: NONE,
        };
        Tree { nodes: vec![root], hazards: Vec::new() }
    }

    /// The tree of a document that was not read.
    pub fn unread(span: Span, why: Unread) -> Tree<'a> {
        let hazard = Hazard { kind: HazardKind::Unread(why), span };
        Tree { hazards: vec![hazard], ..Tree::new(span) }
    }

    /// Why the document was not read, where it was not.
    pub fn why_unread(&self) -> Option<&Unread> {
        self.hazards.iter().find_map(|hazard| match &hazard.kind {
            HazardKind::Unread(why) => Some(why),
            _ => None,
        })
    }

    /// Adds a node that hangs nowhere yet.
    pub fn add(&mut self, kind: Kind<'a>, span: Span) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node {
            kind,
            span,
            attributes: None,
            parent: NONE,
            first_child: NONE,
            last_child: NONE,
            previous: NONE,
            next: NONE,
        });
        id
    }

    /// Makes `child`, which hangs nowhere, the last child of `parent`.
    pub fn append(&mut self, parent: NodeId, child: NodeId) {
        let last = self.nodes[parent.index()].last_child;
        let node = &mut self.nodes[child.index()];
        node.parent = parent.0;
        node.previous = last;
        node.next = NONE;
        match NodeId::some(last) {
            Some(last) => self.nodes[last.index()].next = child.0,
            None => self.nodes[parent.index()].first_child = child.0,
        }
        self.nodes[parent.index()].last_child = child.0;
    }

    /// Adds a node as the last child of `parent`.
    pub fn push(&mut self, parent: NodeId, kind: Kind<'a>, span: Span) -> NodeId {
        let id = self.add(kind, span);
        self.append(parent, id);
        id
    }

    /// Takes `node` with all below it out of its place; it can be appended elsewhere.
    pub fn detach(&mut self, node: NodeId) {
        let Node { parent, previous, next, .. } = self.nodes[node.index()];
        match NodeId::some(previous) {
            Some(previous) => self.nodes[previous.index()].next = next,
            None => {
                if let Some(parent) = NodeId::some(parent) {
                    self.nodes[parent.index()].first_child = next;
                }
            }
        }
        match NodeId::some(next) {
            Some(next) => self.nodes[next.index()].previous = previous,
            None => {
                if let Some(parent) = NodeId::some(parent) {
                    self.nodes[parent.index()].last_child = previous;
                }
            }
        }
        let node = &mut self.nodes[node.index()];
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
    }

    /// Puts `node`, which hangs nowhere, before `sibling`.
    pub fn insert_before(&mut self, sibling: NodeId, node: NodeId) {
        let Node { parent, previous, .. } = self.nodes[sibling.index()];
        {
            let node = &mut self.nodes[node.index()];
            (node.parent, node.previous, node.next) = (parent, previous, sibling.0);
        }
        match NodeId::some(previous) {
            Some(previous) => self.nodes[previous.index()].next = node.0,
            None => {
                if let Some(parent) = NodeId::some(parent) {
                    self.nodes[parent.index()].first_child = node.0;
                }
            }
        }
        self.nodes[sibling.index()].previous = node.0;
    }

    pub fn node(&self, id: NodeId) -> &Node<'a> {
        &self.nodes[id.index()]
    }

    pub fn node_mut(&mut self, id: NodeId) -> &mut Node<'a> {
        &mut self.nodes[id.index()]
    }

    /// How many nodes were made (those that hang nowhere included).
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is nothing but the document node.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() == 1
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        NodeId::some(self.node(id).parent)
    }

    pub fn first_child(&self, id: NodeId) -> Option<NodeId> {
        NodeId::some(self.node(id).first_child)
    }

    pub fn last_child(&self, id: NodeId) -> Option<NodeId> {
        NodeId::some(self.node(id).last_child)
    }

    pub fn next(&self, id: NodeId) -> Option<NodeId> {
        NodeId::some(self.node(id).next)
    }

    pub fn previous(&self, id: NodeId) -> Option<NodeId> {
        NodeId::some(self.node(id).previous)
    }

    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.first_child(id), |&child| self.next(child))
    }

    /// The nodes above `id`, the nearest first.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |&node| self.parent(node))
    }

    /// `root` and all nodes below it, parents before children, in document order.
    pub fn descendants(&self, root: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut at = Some(root);
        std::iter::from_fn(move || {
            let current = at?;
            at = self.first_child(current).or_else(|| {
                let mut node = current;
                loop {
                    if node == root {
                        return None;
                    }
                    if let Some(next) = self.next(node) {
                        return Some(next);
                    }
                    node = self.parent(node)?;
                }
            });
            Some(current)
        })
    }

    /// All nodes of the document, parents before children, in document order.
    pub fn walk(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.descendants(NodeId::ROOT)
    }

    /// The attributes of a node, as they end up on the page.
    pub fn attributes(&self, id: NodeId) -> &[Attribute<'a>] {
        self.node(id).attributes.as_deref().map_or(&[], |attributes| &attributes.all)
    }

    /// The value of the attribute `name` of a node.
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&Attribute<'a>> {
        self.node(id).attributes.as_deref().and_then(|attributes| attributes.get(name))
    }
}

/// The value of `range` (bytes of `extract`) with its span.
pub fn value<'a>(extract: &Extract<'a>, range: std::ops::Range<usize>) -> Value<'a> {
    Value { text: extract.value(range.clone()), span: extract.span(range) }
}
