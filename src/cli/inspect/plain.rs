//! The plain text of a node: code in backticks, quotes and dashes as typed, images left out.

use crate::markup::{Kind, NodeId};
use crate::post::{Engine, Post};
use crate::text::Span;

/// Plain text, and whether there is more in it than Liquid.
pub struct Plain {
    pub text: String,
    pub is_visible: bool,
}

/// The plain text of `node` and all below it.
pub fn plain(post: &Post, node: NodeId) -> Plain {
    let mut writer = Writer { post, text: String::new(), is_visible: false, last_tag: None };
    writer.node(node);
    Plain { text: writer.text, is_visible: writer.is_visible }
}

struct Writer<'p, 'a> {
    post: &'p Post<'a>,
    text: String,
    is_visible: bool,
    /// The last Liquid tag, and how much text there was after it.
    last_tag: Option<(Span, usize)>,
}

/// Private-use characters stand for Liquid where documents are compared.
fn is_private(c: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&c)
}

impl Writer<'_, '_> {
    fn push(&mut self, text: &str) {
        self.is_visible |= text.chars().any(|c| !matches!(c, ' ' | '\t'..='\r') && !is_private(c));
        self.text.push_str(text);
    }

    fn tag(&mut self, span: Span) {
        // a tag that spans lines is one node a line
        if let Some((tag, length)) = self.last_tag
            && tag == span
            && self.text.get(length..).is_some_and(|since| since.trim().is_empty())
        {
            self.text.truncate(length);
            return;
        }
        self.text.push_str(self.post.slice(span));
        self.last_tag = Some((span, self.text.len()));
    }

    fn node(&mut self, id: NodeId) {
        let node = self.post.tree.node(id);
        match &node.kind {
            Kind::Text { text, .. } => self.push(text),
            Kind::CodeSpan { content } => {
                self.push("`");
                self.push(&content.text);
                self.push("`");
            }
            Kind::Entity(c) => self.push(c.map(String::from).unwrap_or_default().as_str()),
            Kind::SmartQuote(quote) => self.push(if matches!(quote, '“' | '”' | '"') { "\"" } else { "'" }),
            Kind::TypographicSymbol(symbol) => self.push(typed(symbol)),
            Kind::LineBreak => self.push("\n"),
            Kind::MathSpan { content } | Kind::MathBlock { content } => {
                self.push("$$");
                self.push(self.post.slice(*content));
                self.push("$$");
            }
            Kind::Liquid | Kind::LiquidBlock => self.tag(node.span),
            Kind::Image(_) | Kind::Raw { .. } | Kind::Comment { .. } | Kind::FootnoteReference { .. } | Kind::Blank => {}
            // in HTML documents this is what a code span is in Markdown
            Kind::Html(element) if element.name == "code" && self.post.engine == Engine::Html => {
                self.push("`");
                self.children(id);
                self.push("`");
            }
            _ => self.children(id),
        }
    }

    fn children(&mut self, id: NodeId) {
        let post = self.post;
        for child in post.tree.children(id) {
            self.node(child);
        }
    }
}

/// What an author types for a typographic symbol.
fn typed(symbol: &str) -> &str {
    match symbol.trim_matches('\u{a0}') {
        "—" => "---",
        "–" => "--",
        "…" => "...",
        "«" if symbol.ends_with('\u{a0}') => "<< ",
        "«" => "<<",
        "»" if symbol.starts_with('\u{a0}') => " >>",
        "»" => ">>",
        other => other,
    }
}
