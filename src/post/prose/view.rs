//! Builds the runs of a document from its tree.

use super::align::add_text;
use super::{Context, Inline, InlineRange, Language, PLACEHOLDER, Run, opaque};
use crate::kramdown::is_span_element;
use crate::markup::{Kind, LinkStyle, NodeId, Tree, Value};
use crate::text::{ExtractBuilder, Span};

/// The runs of the tree, in no particular order.
pub fn runs<'a>(file: &'a str, tree: &Tree<'a>) -> Vec<Run<'a>> {
    let mut view = View { file, tree, runs: Vec::new() };
    view.blocks(NodeId::ROOT);
    view.runs
}

struct View<'a, 't> {
    file: &'a str,
    tree: &'t Tree<'a>,
    runs: Vec<Run<'a>>,
}

impl<'a, 't> View<'a, 't> {
    /// Finds the runs below `parent`.
    fn blocks(&mut self, parent: NodeId) {
        let mut child = self.tree.first_child(parent);
        while let Some(id) = child {
            child = self.tree.next(id);
            match &self.tree.node(id).kind {
                Kind::Paragraph { .. } => self.run(Context::Paragraph, id),
                Kind::Heading(_) => self.run(Context::Heading, id),
                Kind::Cell => self.run(Context::Cell, id),
                Kind::Term => self.run(Context::Term, id),
                kind if is_span(kind) => child = self.loose_text(parent, id),
                Kind::Html(element) if is_opaque_element(&element.name) => {}
                Kind::Html(_) => self.blocks(id),
                Kind::Document
                | Kind::BlockQuote
                | Kind::List { .. }
                | Kind::Item { .. }
                | Kind::DefinitionList
                | Kind::Definition
                | Kind::Table
                | Kind::TableHead
                | Kind::TableBody
                | Kind::TableFoot
                | Kind::Row
                | Kind::FootnoteDefinition { .. } => self.blocks(id),
                _ => {}
            }
        }
    }

    /// A run of the children of `node`.
    fn run(&mut self, context: Context, node: NodeId) {
        let mut line = Line::new(self.file);
        self.spans(&mut line, self.tree.first_child(node), None);
        self.finish(context, node, line);
    }

    /// Text that stands in an HTML block without a paragraph of its own: a run from `first` up to the next block.
    fn loose_text(&mut self, parent: NodeId, first: NodeId) -> Option<NodeId> {
        let mut end = Some(first);
        while let Some(id) = end.filter(|&id| is_span(&self.tree.node(id).kind)) {
            end = self.tree.next(id);
        }
        let mut line = Line::new(self.file);
        self.spans(&mut line, Some(first), end);
        self.finish(Context::Paragraph, parent, line);
        end
    }

    fn finish(&mut self, context: Context, node: NodeId, line: Line<'a>) {
        if line.text.text().trim_start().is_empty() {
            return;
        }
        let run = Run { context, node, text: line.text.finish(), inlines: line.inlines, words: Vec::new(), language: Language::UNKNOWN };
        self.runs.push(opaque::hide(run));
    }

    /// Adds the siblings from `first` up to `end` to the line.
    fn spans(&mut self, line: &mut Line<'a>, first: Option<NodeId>, end: Option<NodeId>) {
        let mut next = first;
        while let Some(id) = next.filter(|_| next != end) {
            self.span(line, id);
            next = self.tree.next(id);
        }
    }

    fn span(&mut self, line: &mut Line<'a>, id: NodeId) {
        let node = self.tree.node(id);
        match &node.kind {
            Kind::Text { text, escaped: true } => {
                let start = (node.span.end as usize).saturating_sub(text.len()).max(node.span.start as usize);
                add_text(&mut line.text, self.file, text, Span::new(start, node.span.end as usize));
            }
            Kind::Text { text, .. } => {
                add_text(&mut line.text, self.file, text, node.span);
            }
            Kind::CodeSpan { .. } => line.placeholder(Inline::Code, id, node.span),
            Kind::MathSpan { .. } => line.placeholder(Inline::Math, id, node.span),
            Kind::Liquid | Kind::LiquidBlock => line.placeholder(Inline::Liquid, id, node.span),
            Kind::Raw { .. } => line.placeholder(Inline::Html, id, node.span),
            Kind::Link(link) if link.style == LinkStyle::Autolink => line.placeholder(Inline::Url, id, node.span),
            Kind::Link(_) => self.covered(line, Inline::Link, id),
            Kind::Emphasis => self.covered(line, Inline::Emphasis, id),
            Kind::Strong => self.covered(line, Inline::Strong, id),
            Kind::Strikethrough => self.covered(line, Inline::Strikethrough, id),
            Kind::Image(image) => {
                line.placeholder(Inline::Image, id, node.span);
                self.alt(id, &image.alt);
            }
            Kind::LineBreak => line.line_break(node.span),
            Kind::Entity(Some(character)) => line.text.synthetic(character.encode_utf8(&mut [0; 4]), node.span),
            Kind::Entity(None) => line.text.synthetic(PLACEHOLDER.encode_utf8(&mut [0; 4]), node.span),
            Kind::SmartQuote(_) | Kind::TypographicSymbol(_) => line.text.verbatim(node.span),
            Kind::Abbreviation if self.tree.first_child(id).is_none() => line.text.verbatim(node.span),
            Kind::Abbreviation => self.spans(line, self.tree.first_child(id), None),
            Kind::Html(element) => self.html(line, id, &element.name),
            _ => {}
        }
    }

    fn covered(&mut self, line: &mut Line<'a>, kind: Inline, id: NodeId) {
        let index = line.inlines.len();
        let start = line.text.len();
        line.inlines.push(InlineRange { kind, range: start..start, node: id });
        self.spans(line, self.tree.first_child(id), None);
        line.inlines[index].range.end = line.text.len();
    }

    fn html(&mut self, line: &mut Line<'a>, id: NodeId, name: &str) {
        let span = self.tree.node(id).span;
        match name {
            "br" => line.text.synthetic("\n", span),
            "img" => {
                line.placeholder(Inline::Image, id, span);
                if let Some(alt) = self.tree.attribute(id, "alt") {
                    self.alt(id, &alt.value);
                }
            }
            "code" | "kbd" | "samp" | "tt" | "var" => line.placeholder(Inline::Code, id, span),
            name if is_opaque_element(name) => line.placeholder(Inline::Html, id, span),
            _ => self.covered(line, Inline::Html, id),
        }
    }

    /// An image's alternative text is a run of its own.
    fn alt(&mut self, node: NodeId, alt: &Value<'a>) {
        if alt.text.trim().is_empty() {
            return;
        }
        let mut line = Line::new(self.file);
        if add_text(&mut line.text, self.file, &alt.text, alt.span) {
            self.finish(Context::Alt, node, line);
        }
    }
}

/// A run in the making.
struct Line<'a> {
    file: &'a str,
    text: ExtractBuilder<'a>,
    inlines: Vec<InlineRange>,
}

impl<'a> Line<'a> {
    fn new(file: &'a str) -> Line<'a> {
        Line { file, text: ExtractBuilder::new(file), inlines: Vec::new() }
    }

    fn placeholder(&mut self, kind: Inline, node: NodeId, span: Span) {
        let start = self.text.len();
        self.text.synthetic(PLACEHOLDER.encode_utf8(&mut [0; 4]), span);
        self.inlines.push(InlineRange { kind, range: start..self.text.len(), node });
    }

    /// The newline itself may belong to the break or to the text that follows.
    fn line_break(&mut self, span: Span) {
        if let Some(newline) = span.of(self.file).find('\n') {
            let newline = span.start as usize + newline;
            self.text.verbatim(Span::new(newline, newline + 1));
        }
    }
}

fn is_span(kind: &Kind) -> bool {
    match kind {
        // in raw HTML everything is a block to kramdown, but not to a reader
        Kind::Html(element) => !element.block || is_span_element(&element.name),
        Kind::Text { .. }
        | Kind::CodeSpan { .. }
        | Kind::Emphasis
        | Kind::Strong
        | Kind::Strikethrough
        | Kind::Link(_)
        | Kind::Image(_)
        | Kind::FootnoteReference { .. }
        | Kind::MathSpan { .. }
        | Kind::LineBreak
        | Kind::Entity(_)
        | Kind::SmartQuote(_)
        | Kind::TypographicSymbol(_)
        | Kind::Abbreviation
        | Kind::Liquid => true,
        _ => false,
    }
}

/// Elements whose content is not prose.
fn is_opaque_element(name: &str) -> bool {
    const NAMES: [&str; 22] = [
        "applet", "audio", "canvas", "code", "embed", "iframe", "kbd", "listing", "math", "noscript", "object", "pre", "script", "select",
        "style", "svg", "template", "textarea", "title", "video", "xmp", "head",
    ];
    NAMES.contains(&name)
}
