//! The nodes of spans that are more than a mark and a content: links, images, elements, footnotes, extensions.

use super::attribute_list;
use super::escaped_character::unescape;
use super::html_span::html_context;
use super::html_tag;
use super::link::{LinkTarget, LinkToken};
use super::span_token::{Context, Extension, HtmlBody, HtmlToken};
use super::spans::SpanReader;
use crate::markup::{HazardKind, HtmlElement, Image, Kind, Link, LinkStyle, NodeId, Origin, Value};
use std::borrow::Cow;
use std::ops::Range;

impl SpanReader<'_, '_, '_> {
    /// What is struck through is read as a text of its own.
    pub(super) fn build_strikethrough(&mut self, node: NodeId, content: Range<usize>) {
        let mut inner = SpanReader::new(self.parser, self.source, content.clone());
        inner.depth = self.depth;
        inner.build_content(node, content, Context::default());
    }

    pub(super) fn build_autolink(&mut self, parent: NodeId, whole: Range<usize>, content: Range<usize>, mail: bool) -> NodeId {
        let mut url = self.value(content.clone());
        if mail {
            url.text = Cow::Owned(format!("mailto:{}", url.text));
        }
        let mut text = content.clone();
        if self.text.get(content.clone()).is_some_and(|content| content.starts_with("mailto:")) {
            text.start += "mailto:".len();
        }
        let link = Link { style: LinkStyle::Autolink, url, title: None, content: self.span(content), definition: None };
        let node = self.push(parent, Kind::Link(Box::new(link)), whole);
        self.parser.push_text(node, self.source, text);
        node
    }

    pub(super) fn build_footnote(&mut self, parent: NodeId, whole: Range<usize>, name: Range<usize>) -> NodeId {
        if let Some(footnote) = self.text.get(name.clone()).and_then(|name| self.parser.footnotes.get_mut(name)) {
            footnote.referenced = true;
        }
        let name = self.value(name);
        self.push(parent, Kind::FootnoteReference { name }, whole)
    }

    pub(super) fn build_html(&mut self, parent: NodeId, html: &HtmlToken, whole: Range<usize>, context: Context) -> NodeId {
        let tag = &html.tag;
        let name = html_tag::element_name(self.source, tag);
        let mut attributes = html_tag::tag_attributes(self.source, tag);
        attributes.all.retain(|attribute| attribute.name.text != "markdown");
        for attribute in &mut attributes.all {
            html_tag::join_lines(&mut attribute.value);
        }
        let (content, close_tag) = match &html.body {
            HtmlBody::None => (None, None),
            HtmlBody::Closed { close } => (Some(tag.end..close.start), Some(self.span(close.clone()))),
            HtmlBody::Unclosed { end } => (Some(tag.end..*end), None),
        };
        let open_tag = self.span(whole.start..tag.end);
        if matches!(html.body, HtmlBody::Unclosed { .. }) {
            self.parser.hazard(HazardKind::UnclosedHtml { name: name.to_string() }, open_tag);
        }
        let element = HtmlElement { name, block: false, open_tag, close_tag, void: content.is_none() };
        let node = self.push(parent, Kind::Html(Box::new(element)), whole);
        if !attributes.all.is_empty() {
            self.parser.tree.node_mut(node).attributes = Some(Box::new(attributes));
        }
        if !html.parsed {
            self.parser.raw_html.insert(node);
        }
        if let Some(content) = content {
            self.build_content(node, content, html_context(context, html.parsed));
        }
        node
    }

    pub(super) fn build_link(&mut self, parent: NodeId, link: LinkToken, whole: Range<usize>, context: Context) -> NodeId {
        let LinkToken { image, content, target, .. } = link;
        let (style, url, title, definition) = match target {
            LinkTarget::Inline { url, title } => (LinkStyle::Inline, self.value(url), title.map(|title| self.value(title)), None),
            LinkTarget::Reference(id) => match self.parser.link_definitions.get(&id) {
                Some(target) => (LinkStyle::Reference, target.url.clone(), target.title.clone(), target.node),
                None => (LinkStyle::Reference, Value::default(), None, None),
            },
        };
        let node = if image {
            let mut alt = self.value(content);
            alt.text = unescape(alt.text);
            self.push(parent, Kind::Image(Box::new(Image { style, url, title, alt, definition })), whole)
        } else {
            let link = Link { style, url, title, content: self.span(content.clone()), definition };
            let node = self.push(parent, Kind::Link(Box::new(link)), whole);
            self.build_content(node, content, context.inside(Context::LINK));
            node
        };
        if let Some(lists) = definition.and_then(|definition| self.parser.block_lists.get(&definition)) {
            let lists = lists.clone();
            self.parser.apply_lists(node, &lists, Origin::LinkDefinition);
        }
        node
    }

    pub(super) fn build_extension(&mut self, parent: NodeId, extension: Extension, whole: Range<usize>) -> Option<NodeId> {
        match extension {
            Extension::Comment { content, .. } => {
                let content = self.span(content);
                Some(self.push(parent, Kind::Comment { content }, whole))
            }
            Extension::Raw { content, .. } => {
                let content = self.span(content);
                Some(self.push(parent, Kind::Raw { content }, whole))
            }
            Extension::Options { list, .. } => {
                let list = attribute_list::parse(self.source, list, &mut self.parser.tree.hazards);
                self.parser.change_options(&list);
                None
            }
            Extension::Nothing { .. } => None,
        }
    }
}
