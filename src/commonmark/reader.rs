//! From the crate's tree to ours: the blocks, and what holds everything together.

use super::link::Definitions;
use super::{Options, code, lines, rows, text};
use crate::html::Builder;
use crate::markup::{CodeStyle, Heading, HeadingStyle, Kind, LinkDefinition, NodeId, Tree, Value, value};
use crate::text::Extract;
use markdown::mdast::{self, Node};
use markdown::{Constructs, ParseOptions};
use std::ops::Range;

/// Reads `source`; recurses as deep as the document nests.
///
/// # Errors
/// What the crate says when it gives up; it never does without MDX.
pub fn read<'a>(source: &Extract<'a>, options: Options) -> Result<Tree<'a>, String> {
    let mended = if options.tables { rows::mended(source) } else { None };
    let source = mended.as_ref().unwrap_or(source);
    let document = markdown::to_mdast(source.text(), &parse_options(options)).map_err(|message| message.to_string())?;
    let builder = Builder::new(source.span(0..source.text().len()));
    let mut reader = Reader { source, builder, definitions: Definitions::default(), quotes: 0, in_link: false };
    reader.define(&document);
    reader.children(&document);
    Ok(reader.builder.finish())
}

fn parse_options(options: Options) -> ParseOptions {
    let constructs = Constructs {
        gfm_autolink_literal: options.autolinks,
        gfm_footnote_definition: options.footnotes,
        gfm_label_start_footnote: options.footnotes,
        gfm_strikethrough: options.strikethrough,
        gfm_table: options.tables,
        gfm_task_list_item: options.task_lists,
        ..Constructs::default()
    };
    ParseOptions { constructs, ..ParseOptions::default() }
}

/// The bytes of the source that the crate read `node` from.
pub(super) fn range(node: &Node) -> Range<usize> {
    node.position().map_or(0..0, |position| position.start.offset..position.end.offset.max(position.start.offset))
}

/// The children of `node`, if it is one that has any.
pub(super) fn children(node: &Node) -> &[Node] {
    node.children().map_or(&[], Vec::as_slice)
}

pub(super) struct Reader<'s, 'a> {
    pub source: &'s Extract<'a>,
    pub builder: Builder<'a>,
    pub definitions: Definitions<'a>,
    /// How many quotes are open: lines may begin with as many marks.
    pub quotes: usize,
    /// The text of a link is being read.
    pub in_link: bool,
}

impl<'a> Reader<'_, 'a> {
    /// Reads all definitions of links below `node`: they may be used before.
    fn define(&mut self, node: &Node) {
        for child in children(node) {
            match child {
                Node::Definition(definition) => self.definition(definition, range(child)),
                Node::Root(_) | Node::Blockquote(_) | Node::List(_) | Node::ListItem(_) | Node::FootnoteDefinition(_) => self.define(child),
                _ => {}
            }
        }
    }

    fn definition(&mut self, definition: &mdast::Definition, range: Range<usize>) {
        let Some(close) = self.source.text()[range.clone()].find("]:") else { return };
        let (url, title) = super::link::destination(self.source, range.start + close + 2..range.end);
        let id = value(self.source, range.start + 1..range.start + close);
        let kind = Kind::LinkDefinition(Box::new(LinkDefinition { id, url: url.clone(), title: title.clone() }));
        let node = self.builder.tree().add(kind, self.source.span(range.clone()));
        self.definitions.add(&definition.identifier, range.start, node, url, title);
    }

    pub fn children(&mut self, node: &Node) {
        for child in children(node) {
            self.node(child);
        }
    }

    pub fn node(&mut self, node: &Node) {
        let range = self.block(node);
        match node {
            Node::Paragraph(_) => self.parent(Kind::Paragraph { transparent: false }, node),
            Node::Heading(heading) => self.heading(heading, node),
            Node::Blockquote(_) => {
                self.quotes += 1;
                self.parent(Kind::BlockQuote, node);
                self.quotes -= 1;
            }
            Node::List(list) => self.list(list, node),
            Node::Table(table) => self.table(table, range),
            Node::FootnoteDefinition(_) => {
                let name = self.footnote_name(range);
                self.parent(Kind::FootnoteDefinition { name }, node);
            }
            Node::Code(code) => self.code(code, range),
            Node::Html(html) => self.html(&html.value, range),
            Node::ThematicBreak(_) => self.leaf(Kind::HorizontalRule, range),
            Node::Definition(_) => {
                if let Some(definition) = self.definitions.at(range.start) {
                    let parent = self.builder.parent();
                    self.builder.tree().append(parent, definition);
                }
            }
            _ => self.inline(node),
        }
    }

    /// The bytes of a block, without white space around it.
    pub fn block(&self, node: &Node) -> Range<usize> {
        let range = range(node);
        let text = &self.source.text()[range.clone()];
        let end = range.start + text.trim_ascii_end().len();
        end.min(range.end - text.trim_ascii_start().len())..end
    }

    pub fn leaf(&mut self, kind: Kind<'a>, range: Range<usize>) {
        self.builder.leaf(kind, self.source.span(range));
    }

    pub fn enter(&mut self, kind: Kind<'a>, range: Range<usize>) -> NodeId {
        self.builder.enter(kind, self.source.span(range))
    }

    /// `node` with all below it.
    pub fn parent(&mut self, kind: Kind<'a>, node: &Node) {
        self.enter(kind, self.block(node));
        self.children(node);
        self.builder.leave();
    }

    fn heading(&mut self, heading: &mdast::Heading, node: &Node) {
        let range = self.block(node);
        let is_atx = self.source.text()[range.clone()].starts_with('#');
        let style = if is_atx { HeadingStyle::Atx } else { HeadingStyle::Setext };
        let content = self.content(node).unwrap_or(range.start..range.start);
        let content = self.source.span(content);
        self.parent(Kind::Heading(Box::new(Heading { level: heading.depth, style, id: None, explicit_id: None, content })), node);
    }

    fn code(&mut self, code: &mdast::Code, range: Range<usize>) {
        let block = code::block(self.source, range.clone(), code);
        let mut span = self.source.span(range);
        if block.style == CodeStyle::Indented {
            span.start = block.content.start;
        }
        self.builder.leaf(Kind::CodeBlock(Box::new(block)), span);
    }

    /// From the first to the last child of `node`.
    pub fn content(&self, node: &Node) -> Option<Range<usize>> {
        let (first, last) = (children(node).first()?, children(node).last()?);
        let start = text::start(self.source.text(), first);
        Some(start..range(last).end.max(start))
    }

    /// The name in `[^name]` or `[^name]: …`.
    pub fn footnote_name(&self, range: Range<usize>) -> Value<'a> {
        let length = self.source.text()[range.clone()].find(']').unwrap_or(range.len());
        value(self.source, range.start + 2..range.start + length.max(2))
    }

    /// HTML, a block or a tag in a text, without what its lines have from the containers around.
    fn html(&mut self, html: &str, range: Range<usize>) {
        match lines::without_prefixes(self.source, range.clone(), html) {
            Some(lines) => self.builder.html(&lines, 0..lines.text().len()),
            None => self.builder.html(self.source, range),
        }
    }
}
