//! What Jekyll and kramdown make of a document, as data.

use super::plain::plain;
use crate::markup::{CodeStyle, Kind, NodeId};
use crate::post::yaml::{Node, Style};
use crate::post::{DocumentKind, Engine, Post};
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::{Map, Value};

/// One document. Lists are in the order of kramdown's tree: a footnote's contents stand at its marker.
#[derive(Debug, Serialize)]
pub struct Facts {
    pub file: String,
    pub kind: &'static str,
    pub engine: &'static str,
    pub front_matter: FrontMatterFacts,
    pub links: Vec<LinkFact>,
    pub images: Vec<ImageFact>,
    pub headings: Vec<HeadingFact>,
    pub code: Vec<CodeFact>,
    pub paragraphs: Vec<ParagraphFact>,
}

#[derive(Debug, Default, Serialize)]
pub struct FrontMatterFacts {
    pub status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
    /// Name, file line, style of the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keys: Option<Vec<(String, usize, &'static str)>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terminator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct LinkFact {
    pub href: String,
    pub text: String,
    /// File line, 1-based.
    pub line: usize,
    pub attrs: Map<String, Value>,
    /// `md`, `autolink` or `html`.
    pub via: &'static str,
    #[serde(rename = "in")]
    pub context: Vec<String>,
    /// Bytes of the file.
    pub span: (u32, u32),
}

#[derive(Debug, Serialize)]
pub struct ImageFact {
    pub src: String,
    /// `None`: an `<img>` without one.
    pub alt: Option<String>,
    pub line: usize,
    pub attrs: Map<String, Value>,
    pub via: &'static str,
    #[serde(rename = "in")]
    pub context: Vec<String>,
    pub span: (u32, u32),
}

#[derive(Debug, Serialize)]
pub struct HeadingFact {
    pub level: u8,
    pub id: Option<String>,
    pub text: String,
    pub line: usize,
    pub via: &'static str,
}

#[derive(Debug, Serialize)]
pub struct CodeFact {
    pub lang: Option<String>,
    pub line: usize,
    /// `fenced`, `indented` or `liquid`.
    pub kind: &'static str,
}

#[derive(Debug, Serialize)]
pub struct ParagraphFact {
    pub text: String,
    pub line: usize,
    #[serde(rename = "in")]
    pub context: Vec<String>,
}

impl Facts {
    /// Gathers the facts of `post`.
    pub fn of(post: &Post) -> Facts {
        let mut facts = Facts {
            file: post.path.to_owned(),
            kind: kind_name(post.kind),
            engine: engine_name(post.engine),
            front_matter: front_matter(post),
            links: Vec::new(),
            images: Vec::new(),
            headings: Vec::new(),
            code: Vec::new(),
            paragraphs: Vec::new(),
        };
        Walker::new(post, &mut facts).node(NodeId::ROOT);
        facts.code.extend(post.liquid.highlights.iter().map(|highlight| CodeFact {
            lang: highlight.lang.map(str::to_owned),
            line: post.lines.line_of(highlight.span.start),
            kind: "liquid",
        }));
        facts.code.sort_by_key(|code| code.line);
        facts
    }
}

fn kind_name(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Post => "post",
        DocumentKind::Draft => "draft",
        DocumentKind::Collection => "collection",
        DocumentKind::Page => "page",
    }
}

fn engine_name(engine: Engine) -> &'static str {
    match engine {
        Engine::Kramdown => "kramdown",
        Engine::CommonMark => "commonmark",
        Engine::Html => "html",
        Engine::Plain => "plain",
    }
}

fn front_matter(post: &Post) -> FrontMatterFacts {
    let front_matter = &post.front_matter;
    let mut facts = FrontMatterFacts { status: front_matter.status.name(), ..FrontMatterFacts::default() };
    if !front_matter.is_present() {
        return facts;
    }
    let line_ends = memchr::memchr_iter(b'\n', front_matter.block.of(post.text).as_bytes()).count();
    facts.end_line = Some(line_ends);
    facts.terminator = Some(front_matter.terminator.of(post.text).to_owned());
    facts.error = front_matter.error.as_ref().map(ToString::to_string);
    facts.data = front_matter.root.as_ref().map(Node::to_json);
    if front_matter.error.is_none() {
        facts.keys = Some(keys(post));
    }
    facts
}

fn keys(post: &Post) -> Vec<(String, usize, &'static str)> {
    let own = post.front_matter.entries().iter().filter(|entry| entry.origin != crate::post::yaml::EntryOrigin::Merged);
    own.map(|entry| {
        let name = match entry.key.text() {
            Some(text) => text.to_owned(),
            None => post.slice(entry.key.span).to_owned(),
        };
        (name, post.lines.line_of(entry.key.span.start), style_name(&entry.value))
    })
    .collect()
}

fn style_name(value: &Node) -> &'static str {
    use crate::post::yaml::Data;
    match (value.style, &value.data) {
        (Style::Plain, _) => "plain",
        (Style::SingleQuoted, _) => "single",
        (Style::DoubleQuoted, _) => "double",
        (Style::Literal, _) => "literal",
        (Style::Folded, _) => "folded",
        (Style::Alias, _) => "alias",
        (Style::Block, Data::Sequence(_)) => "block-seq",
        (Style::Block, _) => "block-map",
        (Style::Flow, Data::Sequence(_)) => "flow-seq",
        (Style::Flow, _) => "flow-map",
    }
}

struct Walker<'p, 'a, 'f> {
    post: &'p Post<'a>,
    facts: &'f mut Facts,
    /// What encloses the node, the outermost first.
    context: Vec<String>,
    footnotes: FxHashMap<&'p str, NodeId>,
    /// Footnotes that are being walked: one may mention itself.
    open_footnotes: Vec<NodeId>,
    /// How many terms of definitions enclose the node.
    terms: usize,
    /// How many items that begin with an empty line enclose the node.
    empty_starts: usize,
}

impl<'p, 'a, 'f> Walker<'p, 'a, 'f> {
    fn new(post: &'p Post<'a>, facts: &'f mut Facts) -> Walker<'p, 'a, 'f> {
        let footnotes = post.tree.walk().filter_map(|id| match &post.tree.node(id).kind {
            Kind::FootnoteDefinition { name } => Some((name.text.as_ref(), id)),
            _ => None,
        });
        let footnotes = footnotes.collect();
        Walker { post, facts, context: Vec::new(), footnotes, open_footnotes: Vec::new(), terms: 0, empty_starts: 0 }
    }

    fn node(&mut self, id: NodeId) {
        self.record(id);
        let depth = self.context.len();
        self.context.extend(self.name_as_context(id));
        let is_term = matches!(self.post.tree.node(id).kind, Kind::Term);
        let is_empty_start = self.begins_with_empty_line(id);
        self.terms += usize::from(is_term);
        self.empty_starts += usize::from(is_empty_start);
        self.children(id);
        self.terms -= usize::from(is_term);
        self.empty_starts -= usize::from(is_empty_start);
        self.context.truncate(depth);
        if let Kind::FootnoteReference { name } = &self.post.tree.node(id).kind {
            self.footnote(name.text.as_ref());
        }
    }

    fn children(&mut self, id: NodeId) {
        let post = self.post;
        for child in post.tree.children(id) {
            if !matches!(post.tree.node(child).kind, Kind::FootnoteDefinition { .. }) {
                self.node(child);
            }
        }
    }

    fn footnote(&mut self, name: &str) {
        let Some(&definition) = self.footnotes.get(name) else { return };
        if self.open_footnotes.contains(&definition) {
            return;
        }
        self.open_footnotes.push(definition);
        self.context.push("footnote".to_owned());
        self.children(definition);
        self.context.pop();
        self.open_footnotes.pop();
    }

    fn name_as_context(&self, id: NodeId) -> Option<String> {
        match &self.post.tree.node(id).kind {
            Kind::Heading(_) => Some("header".to_owned()),
            Kind::Item { .. } => Some("li".to_owned()),
            Kind::BlockQuote => Some("blockquote".to_owned()),
            Kind::Table => Some("table".to_owned()),
            Kind::Html(element) if element.block => Some(format!("html:{}", element.name)),
            _ => None,
        }
    }

    /// Whether a list item has nothing on the line of its marker.
    fn begins_with_empty_line(&self, id: NodeId) -> bool {
        let node = self.post.tree.node(id);
        let line = self.post.slice(node.span).lines().next().unwrap_or_default();
        let marker = |c: char| c.is_ascii_digit() || matches!(c, '.' | '*' | '+' | '-');
        matches!(node.kind, Kind::Item { .. }) && line.trim_start().trim_start_matches(marker).trim().is_empty()
    }

    /// The file line of a node, as kramdown has it (kramdown `parser/kramdown/list.rb`): what stands in the term of a
    /// definition is where the `:` is, and an empty first line of a list item does not count.
    fn line(&self, id: NodeId) -> usize {
        let tree = &self.post.tree;
        let is = |id: &NodeId, term: bool| match tree.node(*id).kind {
            Kind::Term => term,
            Kind::Definition => !term,
            _ => false,
        };
        let term = if self.terms > 0 { tree.ancestors(id).find(|above| is(above, true)) } else { None };
        let definition = term.and_then(|term| std::iter::successors(tree.next(term), |next| tree.next(*next)).find(|next| is(next, false)));
        self.post.lines.line_of(tree.node(definition.unwrap_or(id)).span.start).saturating_sub(self.empty_starts)
    }

    fn span(&self, id: NodeId) -> (u32, u32) {
        let span = self.post.tree.node(id).span;
        (span.start, span.end)
    }

    /// All attributes but those in `without`.
    fn attributes(&self, id: NodeId, title: Option<&str>, without: &[&str]) -> Map<String, Value> {
        let title = title.map(|title| ("title".to_owned(), Value::from(title)));
        let attributes = self.post.tree.attributes(id).iter();
        let attributes = attributes.filter(|attribute| !without.contains(&attribute.name.text.as_ref()));
        let attributes = attributes.map(|attribute| (attribute.name.text.to_string(), Value::from(attribute.value.text.as_ref())));
        title.into_iter().chain(attributes).collect()
    }

    fn attribute(&self, id: NodeId, name: &str) -> Option<String> {
        self.post.tree.attribute(id, name).map(|attribute| attribute.value.text.to_string())
    }

    fn record(&mut self, id: NodeId) {
        let post = self.post;
        match &post.tree.node(id).kind {
            Kind::Link(link) => {
                let href = self.attribute(id, "href").unwrap_or_else(|| link.url.text.to_string());
                let text = plain(post, id).text;
                let is_autolink = href == text || href.strip_prefix("mailto:") == Some(text.as_str());
                let title = link.title.as_ref().map(|title| title.text.as_ref());
                self.facts.links.push(LinkFact {
                    href,
                    text,
                    line: self.line(id),
                    attrs: self.attributes(id, title, &["href"]),
                    via: if is_autolink { "autolink" } else { "md" },
                    context: self.context.clone(),
                    span: self.span(id),
                });
            }
            Kind::Image(image) => {
                let title = image.title.as_ref().map(|title| title.text.as_ref());
                self.facts.images.push(ImageFact {
                    src: self.attribute(id, "src").unwrap_or_else(|| image.url.text.to_string()),
                    alt: Some(self.attribute(id, "alt").unwrap_or_else(|| image.alt.text.to_string())),
                    line: self.line(id),
                    attrs: self.attributes(id, title, &["src", "alt"]),
                    via: "md",
                    context: self.context.clone(),
                    span: self.span(id),
                });
            }
            Kind::Html(element) => self.html(id, &element.name),
            Kind::Heading(heading) => {
                let id_on_page = self.attribute(id, "id").or_else(|| heading.id.as_ref().map(ToString::to_string));
                self.facts.headings.push(HeadingFact {
                    level: heading.level,
                    id: id_on_page,
                    text: plain(post, id).text,
                    line: self.line(id),
                    via: "md",
                });
            }
            Kind::CodeBlock(code) if code.style != CodeStyle::Liquid => self.facts.code.push(CodeFact {
                lang: code.lang.as_ref().map(|lang| lang.text.to_string()),
                line: self.line(id),
                kind: if code.style == CodeStyle::Fenced { "fenced" } else { "indented" },
            }),
            Kind::Paragraph { .. } => {
                let plain = plain(post, id);
                if plain.is_visible {
                    self.facts.paragraphs.push(ParagraphFact { text: plain.text, line: self.line(id), context: self.context.clone() });
                }
            }
            _ => {}
        }
    }

    fn html(&mut self, id: NodeId, name: &str) {
        match name.as_bytes() {
            b"a" => {
                if let Some(href) = self.attribute(id, "href") {
                    self.facts.links.push(LinkFact {
                        href,
                        text: plain(self.post, id).text,
                        line: self.line(id),
                        attrs: self.attributes(id, None, &["href"]),
                        via: "html",
                        context: self.context.clone(),
                        span: self.span(id),
                    });
                }
            }
            b"img" => self.facts.images.push(ImageFact {
                src: self.attribute(id, "src").unwrap_or_default(),
                alt: self.attribute(id, "alt"),
                line: self.line(id),
                attrs: self.attributes(id, None, &["src", "alt"]),
                via: "html",
                context: self.context.clone(),
                span: self.span(id),
            }),
            [b'h', level @ b'1'..=b'6'] => self.facts.headings.push(HeadingFact {
                level: level - b'0',
                id: self.attribute(id, "id"),
                text: plain(self.post, id).text,
                line: self.line(id),
                via: "html",
            }),
            _ => {}
        }
    }
}
