//! The tree of a document as a stream of marks, words and values.

use super::word_places::WordPlaces;
use super::{Part, Sink};
use crate::fix::guard::{Aspects, Permits};
use crate::markup::{Attribute, Kind, NodeId, Value};
use crate::post::Post;
use crate::text::Span;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Elements in which white space is shown as it is, or means something.
const VERBATIM_ELEMENTS: &[&str] = &["pre", "textarea", "script", "style"];

/// Writes one document into a [`Sink`].
pub(super) struct Stream<'p, 'a> {
    post: &'p Post<'a>,
    permits: &'p Permits,
    sink: &'p mut Sink,
    /// The word that has begun: it may go on in the next node (`it's` is three of them).
    word: String,
    word_span: Option<Span>,
    /// White space that shows only when something follows it in the same line of the page.
    space: Option<Span>,
    /// Nothing stands yet in this line of the page.
    at_start: bool,
    /// How many verbatim elements are open.
    verbatim: usize,
    /// A node whose content is left out.
    skipped: Option<NodeId>,
    /// A stretch in which nothing may differ, both ends included.
    quiet: Span,
}

impl<'p, 'a> Stream<'p, 'a> {
    pub fn new(post: &'p Post<'a>, permits: &'p Permits, sink: &'p mut Sink) -> Stream<'p, 'a> {
        Stream {
            post,
            permits,
            sink,
            word: String::new(),
            word_span: None,
            space: None,
            at_start: true,
            verbatim: 0,
            skipped: None,
            quiet: Span::default(),
        }
    }

    /// Writes the body of the document.
    pub fn write(mut self) {
        for tag in &self.post.liquid.tags {
            if !self.may_differ(tag.span, Aspects::LIQUID) {
                self.sink.add(Part::Liquid, (tag.name, tag.markup));
            }
        }
        if self.post.tree.first_child(NodeId::ROOT).is_none() {
            self.write_plain();
        } else {
            self.write_tree();
        }
        self.end_line();
    }

    /// A body that no Markdown engine reads.
    fn write_plain(&mut self) {
        let body = self.post.body.of(self.post.text);
        self.verbatim = usize::from(body.contains("<pre"));
        self.text(body, self.post.body);
    }

    fn write_tree(&mut self) {
        let tree = &self.post.tree;
        let mut at = NodeId::ROOT;
        loop {
            self.enter(at);
            if self.skipped.is_none()
                && let Some(child) = tree.first_child(at)
            {
                at = child;
                continue;
            }
            loop {
                self.leave(at);
                if let Some(next) = tree.next(at) {
                    at = next;
                    break;
                }
                let Some(parent) = tree.parent(at) else { return };
                at = parent;
            }
        }
    }

    fn enter(&mut self, id: NodeId) {
        let node = self.post.tree.node(id);
        if is_block(&node.kind) {
            self.end_line();
            if self.is_left_out(id) {
                self.skipped = Some(id);
                return;
            }
        }
        match &node.kind {
            Kind::Document => {}
            // they leave nothing on the page
            Kind::Blank | Kind::EndOfBlock => return,
            kind if self.is_for_postlint(kind) => return,
            Kind::Text { text, .. } => return self.text(text, node.span),
            Kind::SmartQuote(quote) => return self.character(*quote, node.span),
            Kind::Entity(Some(character)) => return self.character(*character, node.span),
            Kind::TypographicSymbol(symbol) => return self.piece(symbol, node.span),
            Kind::LineBreak => {
                self.end_line();
                self.sink.add(Part::Structure, "br");
                return;
            }
            Kind::Comment { content } => {
                content.of(self.post.text).split_ascii_whitespace().for_each(|word| self.sink.add(Part::Code, word));
            }
            kind if is_block(kind) => {}
            _ => self.begin_inline(),
        }
        self.sink.add(Part::Structure, std::mem::discriminant(&node.kind));
        self.details(id);
        self.attributes(id);
    }

    fn leave(&mut self, id: NodeId) {
        if let Some(skipped) = self.skipped {
            self.skipped = (skipped != id).then_some(skipped);
            return;
        }
        let kind = &self.post.tree.node(id).kind;
        if is_block(kind) {
            self.end_line();
        }
        if let Kind::Html(element) = kind {
            self.verbatim -= usize::from(is_verbatim(&element.name));
        }
        if !is_text(kind) && !self.is_for_postlint(kind) {
            self.end_word();
            self.sink.add(Part::Structure, "end");
        }
    }

    /// A suppression is no part of the page.
    fn is_for_postlint(&self, kind: &Kind) -> bool {
        matches!(kind, Kind::Comment { content } if content.of(self.post.text).trim_start().starts_with(crate::suppress::MARK))
    }

    /// Whether a fix may change the block as a whole.
    fn is_left_out(&mut self, id: NodeId) -> bool {
        if self.permits.is_empty() {
            return false;
        }
        let node = self.post.tree.node(id);
        let is_top = self.post.tree.parent(id) == Some(NodeId::ROOT);
        if is_top && self.may_differ(node.span, Aspects::BLOCK) {
            return true;
        }
        let is_leaf = matches!(node.kind, Kind::Paragraph { .. } | Kind::Heading(_) | Kind::Term | Kind::Cell);
        let left_out = is_leaf && self.may_differ(node.span, Aspects::MARKUP);
        if left_out {
            self.sink.add(Part::Structure, "edited");
        }
        left_out
    }

    /// What a node is beyond its kind.
    fn details(&mut self, id: NodeId) {
        let node = self.post.tree.node(id);
        match &node.kind {
            Kind::Paragraph { transparent } => self.sink.add(Part::Structure, transparent),
            Kind::List { ordered } => self.sink.add(Part::Structure, ordered),
            Kind::Table => table_alignments(node.span.of(self.post.text)).for_each(|line| self.sink.add(Part::Structure, line)),
            Kind::Item { task } => self.sink.add(Part::Structure, task),
            Kind::Heading(heading) => {
                self.sink.add(Part::Structure, heading.level);
                let explicit = heading.explicit_id.as_ref().is_some_and(|id| self.may_differ(id.span, Aspects::ATTRIBUTES));
                if !explicit && !self.permits.ids {
                    self.sink.add(Part::Ids, &heading.id);
                }
            }
            Kind::CodeBlock(code) => {
                self.sink.add(Part::Code, code.lang.as_ref().map(|lang| &lang.text));
                self.verbatim_text(code.content);
            }
            Kind::Html(element) => {
                self.sink.add(Part::Structure, &element.name);
                self.verbatim += usize::from(is_verbatim(&element.name));
            }
            Kind::LinkDefinition(definition) => {
                self.sink.add(Part::Structure, &definition.id.text);
                self.value(Part::Urls, &definition.url, Aspects::URL);
                definition.title.iter().for_each(|title| self.value(Part::Text, title, Aspects::TEXT));
            }
            Kind::FootnoteDefinition { name } | Kind::FootnoteReference { name } => self.sink.add(Part::Structure, &name.text),
            Kind::AbbreviationDefinition { name, text } => {
                self.value(Part::Text, name, Aspects::TEXT);
                self.value(Part::Text, text, Aspects::TEXT);
            }
            Kind::Raw { content } | Kind::MathBlock { content } | Kind::MathSpan { content } => self.verbatim_text(*content),
            Kind::CodeSpan { content } => self.value(Part::Code, content, Aspects::NONE),
            Kind::Link(link) => {
                self.value(Part::Urls, &link.url, Aspects::URL);
                link.title.iter().for_each(|title| self.value(Part::Text, title, Aspects::TEXT));
            }
            Kind::Image(image) => {
                self.value(Part::Urls, &image.url, Aspects::URL);
                self.value(Part::Text, &image.alt, Aspects::TEXT);
                image.title.iter().for_each(|title| self.value(Part::Text, title, Aspects::TEXT));
            }
            Kind::Entity(None) => self.verbatim_text(node.span),
            Kind::Liquid | Kind::LiquidBlock if !self.may_differ(node.span, Aspects::LIQUID) => self.verbatim_text(node.span),
            _ => {}
        }
    }

    fn attributes(&mut self, id: NodeId) {
        let node = self.post.tree.node(id);
        let Some(attributes) = node.attributes.as_deref() else { return };
        let tag = if let Kind::Html(element) = &node.kind { Some(element.open_tag) } else { None };
        // only lists and tags that are edited: an edit within a value is about this value alone
        let edited = attributes.lists.iter().chain(&tag).any(|&list| self.may_differ(list, Aspects::ATTRIBUTES));
        for attribute in attributes.all.iter().filter(|_| !edited) {
            if !self.attribute_may_differ(attribute) {
                self.sink.add(Part::Attributes, (&attribute.name.text, &attribute.value.text));
            }
        }
    }

    fn attribute_may_differ(&mut self, attribute: &Attribute) -> bool {
        let whole = attribute.name.span.to(attribute.value.span);
        let any = Aspects::TEXT | Aspects::URL | Aspects::LIQUID;
        self.may_differ(whole, Aspects::ATTRIBUTES) || self.may_differ(attribute.value.span, any)
    }

    fn value(&mut self, part: Part, value: &Value, aspect: Aspects) {
        if !self.may_differ(value.span, aspect | Aspects::LIQUID) {
            self.sink.add(part, &value.text);
        }
    }

    fn verbatim_text(&mut self, span: Span) {
        let text = span.of(self.post.text);
        // a last line is the same with or without its end
        let text = text.strip_suffix('\n').unwrap_or(text);
        self.sink.add(Part::Code, text.strip_suffix('\r').unwrap_or(text));
    }

    /// Text of the page. `span` is where it comes from.
    fn text(&mut self, text: &str, span: Span) {
        if self.verbatim > 0 {
            if !self.may_differ(span, Aspects::TEXT) {
                self.sink.add(Part::Code, text);
            }
            return;
        }
        // without permits nobody asks where a word is
        let mut places = WordPlaces::new(self.post.text, span, self.permits.is_empty() || span.len() == text.len());
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < text.len() {
            let start = at;
            if is_space(bytes[at]) {
                at += bytes[at..].iter().take_while(|&&byte| is_space(byte)).count();
                self.end_word();
                let space = places.take(start, &text[start..at]);
                self.space = Some(self.space.map_or(space, |before| before.to(space)));
            } else {
                at += bytes[at..].iter().take_while(|&&byte| !is_space(byte)).count();
                let word = &text[start..at];
                let place = places.take(start, word);
                self.piece(word, place);
            }
        }
    }

    fn character(&mut self, character: char, span: Span) {
        self.piece(character.encode_utf8(&mut [0; 4]), span);
    }

    /// A part of a word.
    fn piece(&mut self, text: &str, span: Span) {
        self.show_space();
        self.at_start = false;
        self.word.push_str(text);
        self.word_span = Some(self.word_span.map_or(span, |before| before.to(span)));
    }

    fn end_word(&mut self) {
        if let Some(span) = self.word_span.take() {
            if !self.may_differ(span, Aspects::TEXT) {
                let mut hasher = FxHasher::default();
                hasher.write(self.word.as_bytes());
                self.sink.add_hash(Part::Text, hasher.finish());
            }
            self.word.clear();
        }
    }

    fn show_space(&mut self) {
        if let Some(span) = self.space.take()
            && !self.at_start
            && !self.may_differ(span, Aspects::TEXT)
        {
            self.sink.add_hash(Part::Text, u64::from(b' '));
        }
    }

    fn begin_inline(&mut self) {
        self.end_word();
        self.show_space();
        self.at_start = false;
    }

    /// White space before the end of a line of the page is not shown.
    fn end_line(&mut self) {
        self.end_word();
        self.space = None;
        self.at_start = true;
    }

    fn may_differ(&mut self, span: Span, aspects: Aspects) -> bool {
        if self.permits.is_empty() || (self.quiet.start <= span.start && span.end <= self.quiet.end) {
            return false;
        }
        if let Some(quiet) = self.permits.quiet_around(span) {
            self.quiet = quiet;
            return false;
        }
        self.permits.at(span).intersects(aspects)
    }
}

/// The lines of a table that align its columns, without what means nothing in them.
fn table_alignments(table: &str) -> impl Iterator<Item = String> + '_ {
    let lines = table.lines().map(|line| line.trim_start_matches(['>', ' ', '\t']));
    let aligning = lines.filter(|line| line.contains('-') && line.bytes().all(|byte| b"|:+- \t\r".contains(&byte)));
    aligning.map(|line| {
        let mut columns: Vec<char> = line.chars().filter(|character| !character.is_whitespace()).collect();
        columns.dedup_by(|next, before| *next == '-' && *before == '-');
        columns.into_iter().collect()
    })
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

fn is_verbatim(element: &str) -> bool {
    VERBATIM_ELEMENTS.contains(&element)
}

fn is_text(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Blank
            | Kind::EndOfBlock
            | Kind::Text { .. }
            | Kind::SmartQuote(_)
            | Kind::Entity(Some(_))
            | Kind::TypographicSymbol(_)
            | Kind::LineBreak
    )
}

fn is_block(kind: &Kind) -> bool {
    match kind {
        Kind::Html(element) => element.block,
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
        | Kind::Liquid => false,
        _ => true,
    }
}
