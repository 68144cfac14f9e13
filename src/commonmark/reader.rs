//! From the parser's events to the tree.

use super::link::{Definitions, destination, destination_after};
use super::{Options, autolink, code};
use crate::html::Builder;
use crate::markup::{Heading, HeadingStyle, Image, Kind, Link, LinkDefinition, LinkStyle, NodeId, Tree, Value, value};
use crate::text::{Extract, ExtractBuilder, Span};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

pub fn read<'a>(source: &Extract<'a>, options: Options) -> Tree<'a> {
    let parser = Parser::new_ext(source.text(), parser_options(options));
    let mut reader = Reader {
        source,
        options,
        builder: Builder::new(source.span(0..source.text().len())),
        definitions: Definitions::default(),
        texts: Vec::new(),
        contexts: Vec::new(),
        html: None,
        code: None,
        image: None,
        links: 0,
        table_body: false,
    };
    let definitions = parser.reference_definitions().iter();
    let mut definitions: Vec<_> = definitions.map(|(label, definition)| (label.to_owned(), definition.span.clone())).collect();
    definitions.sort_by_key(|(_, range)| range.start);
    reader.define(definitions);
    for (event, range) in parser.into_offset_iter() {
        reader.event(event, range);
    }
    reader.flush_texts();
    let Reader { builder, definitions, .. } = reader;
    let mut tree = builder.finish();
    definitions.hang_into(&mut tree);
    tree
}

fn parser_options(options: Options) -> pulldown_cmark::Options {
    use pulldown_cmark::Options as Set;
    let mut set = Set::empty();
    set.set(Set::ENABLE_TABLES, options.tables);
    set.set(Set::ENABLE_STRIKETHROUGH, options.strikethrough);
    set.set(Set::ENABLE_TASKLISTS, options.task_lists);
    set.set(Set::ENABLE_FOOTNOTES, options.footnotes);
    set
}

/// What a construct is, as far as its content depends on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Other,
    Item,
    /// The text of a tight list item, which has no events of its own.
    TightText,
}

/// Something whose parts come as events of their own, in bytes of the source.
struct Pending {
    whole: Range<usize>,
    /// The parts so far.
    parts: Vec<Range<usize>>,
    lang: bool,
}

/// An image whose alternative text is being read.
struct PendingImage<'a> {
    range: Range<usize>,
    link: Link<'a>,
    alt: String,
    content: Option<Range<usize>>,
    /// Images and links inside.
    depth: usize,
}

struct Reader<'s, 'a> {
    source: &'s Extract<'a>,
    options: Options,
    builder: Builder<'a>,
    definitions: Definitions<'a>,
    /// Text events that follow each other: what is written, and what it means.
    texts: Vec<(Range<usize>, String)>,
    contexts: Vec<Context>,
    html: Option<Pending>,
    code: Option<Pending>,
    image: Option<PendingImage<'a>>,
    /// How many links are open.
    links: usize,
    table_body: bool,
}

impl<'a> Reader<'_, 'a> {
    fn define(&mut self, definitions: Vec<(String, Range<usize>)>) {
        for (label, range) in definitions {
            let text = &self.source.text()[range.clone()];
            let Some(close) = text.find("]:") else { continue };
            let (url, title) = destination(self.source, range.start + close + 2..range.end);
            let id = value(self.source, range.start + 1..range.start + close);
            let span = self.source.span(range.clone());
            let kind = Kind::LinkDefinition(Box::new(LinkDefinition { id, url: url.clone(), title: title.clone() }));
            let node = self.builder.tree().add(kind, span);
            self.definitions.add(&label, node, url, title);
        }
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        if self.image.is_some() {
            return self.in_image(event, range);
        }
        if let Event::Text(text) = &event
            && self.code.is_none()
        {
            self.begin_tight_text(&range);
            self.texts.push((range, text.to_string()));
            return;
        }
        self.flush_texts();
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(_) => self.code.iter_mut().for_each(|code| code.parts.push(range.clone())),
            Event::Html(_) => self.html.iter_mut().for_each(|html| html.parts.push(range.clone())),
            Event::TaskListMarker(checked) => self.task(checked),
            Event::Rule => {
                self.end_tight_text();
                self.leaf(Kind::HorizontalRule, range);
            }
            inline => {
                self.begin_tight_text(&range);
                self.inline(inline, range);
            }
        }
    }

    fn leaf(&mut self, kind: Kind<'a>, range: Range<usize>) {
        self.builder.leaf(kind, self.source.span(range));
    }

    fn inline(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Code(_) => {
                let content = value(self.source, code::span_content(self.source.text(), range.clone()));
                self.leaf(Kind::CodeSpan { content }, range);
            }
            Event::InlineHtml(_) => self.builder.html(self.source, range),
            Event::FootnoteReference(name) => {
                let name = Value { text: Cow::Owned(name.to_string()), span: self.source.span(range.clone()) };
                self.leaf(Kind::FootnoteReference { name }, range);
            }
            Event::SoftBreak => self.leaf(Kind::Text { text: Cow::Borrowed("\n"), escaped: false }, range),
            Event::HardBreak => self.leaf(Kind::LineBreak, range),
            _ => {}
        }
    }

    /// The text of a tight item hangs in a paragraph that is not printed, as in kramdown.
    fn begin_tight_text(&mut self, range: &Range<usize>) {
        if self.contexts.last() == Some(&Context::Item) {
            self.enter(Kind::Paragraph { transparent: true }, range.clone(), Context::TightText);
        }
    }

    fn end_tight_text(&mut self) {
        if self.contexts.last() == Some(&Context::TightText) {
            let paragraph = self.builder.parent();
            let tree = self.builder.tree();
            let end = tree.last_child(paragraph).map(|last| tree.node(last).span.end);
            let node = tree.node_mut(paragraph);
            node.span.end = end.unwrap_or(node.span.end).max(node.span.end);
            self.leave();
        }
    }

    fn enter(&mut self, kind: Kind<'a>, range: Range<usize>, context: Context) {
        self.builder.enter(kind, self.source.span(trimmed(self.source.text(), range)));
        self.contexts.push(context);
    }

    fn leave(&mut self) {
        self.builder.leave();
        self.contexts.pop();
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        let is_inline = matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. });
        if is_inline {
            self.begin_tight_text(&range);
        } else {
            self.end_tight_text();
        }
        let kind = match tag {
            Tag::CodeBlock(kind) => {
                let lang = matches!(&kind, CodeBlockKind::Fenced(info) if !info.is_empty());
                self.code = Some(Pending { whole: range, parts: Vec::new(), lang });
                return;
            }
            Tag::HtmlBlock => {
                self.html = Some(Pending { whole: range, parts: Vec::new(), lang: false });
                return;
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                let link = self.link(link_type, &dest_url, &id, range.start + 2..range.end);
                let range = with_empty_brackets(self.source.text(), link_type, range);
                self.image = Some(PendingImage { range, link, alt: String::new(), content: None, depth: 0 });
                return;
            }
            Tag::Link { link_type, dest_url, id, .. } => {
                self.links += 1;
                let range = with_empty_brackets(self.source.text(), link_type, range.clone());
                let kind = Kind::Link(Box::new(self.link(link_type, &dest_url, &id, range.start + 1..range.end)));
                return self.enter(kind, range, Context::Other);
            }
            Tag::Heading { level, .. } => {
                let style =
                    if self.source.text()[range.clone()].trim_start().starts_with('#') { HeadingStyle::Atx } else { HeadingStyle::Setext };
                let content = self.source.span(range.start..range.start);
                Kind::Heading(Box::new(Heading { level: level as u8, style, id: None, explicit_id: None, content }))
            }
            Tag::Paragraph => Kind::Paragraph { transparent: false },
            Tag::BlockQuote(_) => Kind::BlockQuote,
            Tag::List(first) => Kind::List { ordered: first.is_some() },
            Tag::Item => return self.enter(Kind::Item { task: None }, range, Context::Item),
            Tag::FootnoteDefinition(name) => {
                let name = Value { text: Cow::Owned(name.to_string()), span: self.source.span(range.start..range.start) };
                Kind::FootnoteDefinition { name }
            }
            Tag::Table(_) => {
                self.table_body = false;
                Kind::Table
            }
            Tag::TableHead => {
                self.enter(Kind::TableHead, range.clone(), Context::Other);
                Kind::Row
            }
            Tag::TableRow => {
                if !self.table_body {
                    self.table_body = true;
                    self.enter(Kind::TableBody, range.clone(), Context::Other);
                }
                Kind::Row
            }
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strikethrough,
            // extensions that are not asked for
            _ => Kind::BlockQuote,
        };
        self.enter(kind, range, Context::Other);
    }

    fn end(&mut self, tag: TagEnd) {
        if !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) {
            self.end_tight_text();
        }
        match tag {
            TagEnd::CodeBlock => return self.end_code(),
            TagEnd::HtmlBlock => return self.end_html(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Link => {
                self.links = self.links.saturating_sub(1);
                self.end_link();
            }
            TagEnd::TableHead => self.leave(),
            TagEnd::Table if self.table_body => {
                let body = self.builder.parent();
                let tree = self.builder.tree();
                if let Some(last) = tree.last_child(body) {
                    tree.node_mut(body).span.end = tree.node(last).span.end;
                }
                self.leave();
            }
            _ => {}
        }
        self.leave();
    }

    fn end_code(&mut self) {
        if let Some(Pending { whole, parts, lang }) = self.code.take() {
            let block = code::block(self.source, whole.clone(), &parts, lang);
            self.leaf(Kind::CodeBlock(Box::new(block)), trimmed(self.source.text(), whole));
        }
    }

    /// The lines of an HTML block, without the markers of the quotes that it stands in.
    fn end_html(&mut self) {
        let Some(Pending { whole, parts, .. }) = self.html.take() else { return };
        let length: usize = parts.iter().map(ExactSizeIterator::len).sum();
        if length == whole.len() {
            self.builder.html(self.source, whole);
            return;
        }
        let mut lines = ExtractBuilder::new(self.source.file());
        for part in parts {
            lines.extract(self.source, part);
        }
        let lines = lines.finish();
        self.builder.html(&lines, 0..lines.text().len());
    }

    fn children_span(&mut self, node: NodeId) -> Option<Span> {
        let tree = self.builder.tree();
        let (first, last) = (tree.first_child(node)?, tree.last_child(node)?);
        Some(tree.node(first).span.to(tree.node(last).span))
    }

    fn end_heading(&mut self) {
        let node = self.builder.parent();
        if let Some(span) = self.children_span(node)
            && let Kind::Heading(heading) = &mut self.builder.tree().node_mut(node).kind
        {
            heading.content = span;
        }
    }

    fn end_link(&mut self) {
        let node = self.builder.parent();
        let content = self.children_span(node);
        if let Kind::Link(link) = &mut self.builder.tree().node_mut(node).kind
            && let Some(span) = content
        {
            link.content = span;
        }
    }

    fn task(&mut self, checked: bool) {
        let node = self.builder.parent();
        if let Kind::Item { task } = &mut self.builder.tree().node_mut(node).kind {
            *task = Some(checked);
        }
    }

    /// `inside`: what follows the opening bracket, up to the end of the link.
    fn link(&mut self, kind: LinkType, target: &str, id: &str, inside: Range<usize>) -> Link<'a> {
        let content = self.source.span(inside.start..inside.start);
        let unknown = |text: String| Value { text: Cow::Owned(text), span: content };
        match kind {
            LinkType::Inline => {
                let (url, title) = destination_after(self.source, inside).unwrap_or_else(|| (unknown(target.to_owned()), None));
                Link { style: LinkStyle::Inline, url, title, content, definition: None }
            }
            LinkType::Autolink | LinkType::Email => {
                let mut url = value(self.source, inside.start..inside.end.saturating_sub(1).max(inside.start));
                if kind == LinkType::Email {
                    url.text = Cow::Owned(format!("mailto:{}", url.text));
                }
                Link { style: LinkStyle::Autolink, url, title: None, content, definition: None }
            }
            _ => {
                let (definition, url, title) = match self.definitions.get(id) {
                    Some((node, url, title)) => (Some(node), url, title),
                    None => (None, unknown(target.to_owned()), None),
                };
                Link { style: LinkStyle::Reference, url, title, content, definition }
            }
        }
    }

    /// Inside an image all is alternative text.
    fn in_image(&mut self, event: Event, range: Range<usize>) {
        let Some(image) = &mut self.image else { return };
        match &event {
            Event::Start(_) => image.depth += 1,
            Event::End(_) if image.depth > 0 => image.depth -= 1,
            Event::End(_) => return self.end_image(),
            Event::Text(text) | Event::Code(text) => image.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => image.alt.push('\n'),
            _ => {}
        }
        let start = image.content.as_ref().map_or(range.start, |content| content.start);
        image.content = Some(start..range.end.max(start));
    }

    fn end_image(&mut self) {
        let Some(PendingImage { range, link, alt, content, .. }) = self.image.take() else { return };
        let content = content.unwrap_or(range.start + 2..range.start + 2);
        let mut alt = Value { text: Cow::Owned(alt), span: self.source.span(content.clone()) };
        if self.source.has_opaque(content.clone()) {
            alt.text = self.source.value(content);
        }
        let Link { style, url, title, definition, .. } = link;
        self.leaf(Kind::Image(Box::new(Image { style, url, title, alt, definition })), range);
    }

    /// Writes the text events that were held back: URLs may span several of them.
    fn flush_texts(&mut self) {
        let texts = std::mem::take(&mut self.texts);
        let mut start = 0;
        for index in 0..texts.len() {
            let is_joined = texts.get(index + 1).is_some_and(|(range, _)| range.start == texts[index].0.end);
            if !is_joined {
                self.run(&texts[start..=index]);
                start = index + 1;
            }
        }
    }

    /// Text events that touch each other in the source.
    fn run(&mut self, texts: &[(Range<usize>, String)]) {
        let (Some((first, _)), Some((last, _))) = (texts.first(), texts.last()) else { return };
        let text = self.source.text();
        let urls = if self.options.autolinks && self.links == 0 { autolink::find(text, first.start..last.end) } else { Vec::new() };
        let mut urls = urls.into_iter().peekable();
        let mut written = first.start;
        for (range, meaning) in texts {
            while let Some(url) = urls.next_if(|url| url.start < range.end) {
                if written < url.start {
                    self.text(written..url.start, None);
                }
                self.bare_url(url.clone());
                written = url.end;
            }
            if written < range.end {
                let whole = (written <= range.start).then_some(meaning.as_str());
                self.text(written.max(range.start)..range.end, whole);
                written = range.end;
            }
        }
    }

    /// `range` as text; `meaning` is what the parser makes of it.
    fn text(&mut self, range: Range<usize>, meaning: Option<&str>) {
        let source = self.source;
        let written = &source.text()[range.clone()];
        let is_escaped = range.start > 0
            && source.text().as_bytes()[range.start - 1] == b'\\'
            && written.starts_with(|c: char| c.is_ascii_punctuation())
            && !self.ends_with_backslash(source.span(range.clone()).start);
        match meaning {
            Some(meaning) if meaning != written => {
                let mut chars = meaning.chars();
                let kind = match (chars.next(), chars.next()) {
                    (Some(only), None) => Kind::Entity(Some(only)),
                    _ => Kind::Text { text: Cow::Owned(meaning.to_owned()), escaped: true },
                };
                self.leaf(kind, range);
            }
            _ if is_escaped => {
                let span = source.span(range.start - 1..range.start + 1);
                let text = source.value(range.start..range.start + 1);
                self.builder.leaf(Kind::Text { text, escaped: true }, span);
                self.builder.text(source, range.start + 1..range.end);
            }
            _ => self.builder.text(source, range),
        }
    }

    /// Whether the text before the byte `at` of the file was written up to there: its backslash is text then.
    fn ends_with_backslash(&mut self, at: u32) -> bool {
        let parent = self.builder.parent();
        let tree = self.builder.tree();
        tree.last_child(parent).is_some_and(|last| tree.node(last).span.end == at)
    }

    fn bare_url(&mut self, range: Range<usize>) {
        let mut url = value(self.source, range.clone());
        if url.text.starts_with("www.") {
            url.text = Cow::Owned(format!("http://{}", url.text));
        }
        let content = self.source.span(range.clone());
        let link = Link { style: LinkStyle::Autolink, url, title: None, content, definition: None };
        self.builder.enter(Kind::Link(Box::new(link)), content);
        self.builder.text(self.source, range);
        self.builder.leave();
    }
}

/// `[text][]` whole: the parser leaves the empty brackets out.
fn with_empty_brackets(text: &str, kind: LinkType, range: Range<usize>) -> Range<usize> {
    let is_collapsed = matches!(kind, LinkType::Collapsed | LinkType::CollapsedUnknown);
    let has_brackets = is_collapsed && text[range.end..].starts_with("[]");
    range.start..if has_brackets { range.end + 2 } else { range.end }
}

/// `range` without the line ends at its end.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let length = text[range.clone()].trim_end_matches(['\r', '\n']).len();
    range.start..range.start + length
}
