//! A post as Jekyll reads it: front matter, Liquid, markup, prose. Parsed once; parsing never fails.

pub mod anchors;
pub mod constructs;
pub mod front_matter;
mod highlight;
pub mod liquid;
pub mod prose;
pub mod text_lines;
pub mod yaml;

use crate::markup::{Attribute, HtmlElement, Kind, LinkStyle, NodeId, Tree, Value};
use crate::rules::spelling::check::{self, Slip};
use crate::site::Site;
use crate::site::liquid_value::begin_of_liquid;
use crate::site::page::Page;
use crate::site::target::{Target, resolve};
use crate::text::{Lines, Span};
use anchors::Anchors;
use constructs::Constructs;
use front_matter::FrontMatter;
use liquid::Liquid;
use prose::Prose;
use std::sync::OnceLock;
use text_lines::TextLine;

/// What Jekyll makes of a file, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentKind {
    /// Lies in a `_posts` folder.
    Post,
    /// Lies in a `_drafts` folder.
    Draft,
    /// A document of a collection.
    Collection,
    Page,
}

/// What turns the body into a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    Kramdown,
    CommonMark,
    /// `.html`: no Markdown at all.
    Html,
    /// Another extension: Liquid only.
    Plain,
}

/// A document, read. It borrows the file's text and its site.
pub struct Post<'a> {
    /// Relative to the site's root, with `/`; without a site, relative to the current folder.
    pub path: &'a str,
    pub kind: DocumentKind,
    pub engine: Engine,
    /// The whole file.
    pub text: &'a str,
    pub lines: Lines,
    pub front_matter: FrontMatter<'a>,
    /// What follows the front matter.
    pub body: Span,
    pub liquid: Liquid<'a>,
    pub tree: Tree<'a>,
    pub site: &'a Site,
    constructs: OnceLock<Constructs>,
    text_lines: OnceLock<Vec<TextLine<'a>>>,
    prose: OnceLock<Prose<'a>>,
    slips: OnceLock<Vec<Slip>>,
    anchors: OnceLock<Anchors>,
    link_targets: OnceLock<Vec<Target>>,
}

/// `render_with_liquid: false`, in the front matter or by default (jekyll `document.rb`, `render_with_liquid?`).
fn switches_liquid_off(front_matter: &FrontMatter, path: &str, kind: DocumentKind, site: &Site) -> bool {
    const KEY: &str = "render_with_liquid";
    match front_matter.get(KEY) {
        // nothing does not override a default
        Some(value) if !value.is_null() => value.as_bool() == Some(false),
        _ => site.default(path, kind, KEY).is_some_and(|value| value.as_bool() == Some(false)),
    }
}

/// A link of the document, however it is written.
#[derive(Debug, Clone, Copy)]
pub struct LinkView<'p, 'a> {
    pub node: NodeId,
    /// The whole link, its attribute lists left out.
    pub span: Span,
    pub url: &'p Value<'a>,
    /// `None`: an HTML `<a href>`.
    pub style: Option<LinkStyle>,
}

/// An image of the document, however it is written.
#[derive(Debug, Clone, Copy)]
pub struct ImageView<'p, 'a> {
    pub node: NodeId,
    pub span: Span,
    pub url: &'p Value<'a>,
    /// `None`: an `<img>` without `alt`.
    pub alt: Option<&'p Value<'a>>,
    /// `None`: an HTML `<img>`.
    pub style: Option<LinkStyle>,
}

impl<'a> Post<'a> {
    /// Reads a document. `text` is the whole file, `path` as in [`Post::path`].
    pub fn parse(path: &'a str, kind: DocumentKind, text: &'a str, site: &'a Site) -> Post<'a> {
        let front_matter = FrontMatter::parse(text);
        let body = Span::new(front_matter.end(), text.len());
        let runs_liquid = || !switches_liquid_off(&front_matter, path, kind, site);
        let liquid = match begin_of_liquid(body.of(text)).is_some() && runs_liquid() {
            true => Liquid::parse(text, body),
            false => Liquid::none(text, body),
        };
        let engine = site.engine_of(path);
        let mut tree = match engine {
            Engine::Kramdown => crate::kramdown::parse(&liquid.rendered, &site.config.kramdown),
            Engine::CommonMark => crate::commonmark::parse(&liquid.rendered, crate::commonmark::Options::of(&site.config)),
            Engine::Html => crate::html::parse(&liquid.rendered),
            Engine::Plain => Tree::new(body),
        };
        highlight::mark(&mut tree, &liquid.highlights);
        tree.complete();
        Post {
            path,
            kind,
            engine,
            text,
            lines: Lines::new(text),
            front_matter,
            body,
            liquid,
            tree,
            site,
            constructs: OnceLock::new(),
            text_lines: OnceLock::new(),
            prose: OnceLock::new(),
            slips: OnceLock::new(),
            anchors: OnceLock::new(),
            link_targets: OnceLock::new(),
        }
    }

    /// The readable text of the document.
    pub fn prose(&self) -> &Prose<'a> {
        self.prose.get_or_init(|| Prose::new(self))
    }

    /// The lines of paragraphs that begin with plain text.
    pub fn text_lines(&self) -> &[TextLine<'a>] {
        self.text_lines.get_or_init(|| text_lines::find(self))
    }

    /// The slips of spelling in the post, for all rules about words.
    pub fn slips(&self) -> &[Slip] {
        self.slips.get_or_init(|| check::slips(self))
    }

    /// The nodes of the tree by what they are.
    pub fn constructs(&self) -> &Constructs {
        self.constructs.get_or_init(|| Constructs::of(&self.tree))
    }

    /// All elements of HTML, in document order.
    pub fn html_elements(&self) -> impl Iterator<Item = (NodeId, &HtmlElement<'a>)> + '_ {
        self.constructs().linking.iter().filter_map(|&id| match &self.tree.node(id).kind {
            Kind::Html(element) => Some((id, element.as_ref())),
            _ => None,
        })
    }

    /// The places in the document that a link can lead to.
    pub fn anchors(&self) -> &Anchors {
        self.anchors.get_or_init(|| Anchors::of(self))
    }

    /// All links with a target, in document order: Markdown and HTML.
    pub fn links(&self) -> impl Iterator<Item = LinkView<'_, 'a>> + '_ {
        self.constructs().linking.iter().filter_map(|&id| {
            let node = self.tree.node(id);
            match &node.kind {
                Kind::Link(link) => Some(LinkView { node: id, span: node.span, url: &link.url, style: Some(link.style) }),
                Kind::Html(element) if element.name == "a" => {
                    let href = self.html_attribute(id, "href")?;
                    Some(LinkView { node: id, span: node.span, url: &href.value, style: None })
                }
                _ => None,
            }
        })
    }

    /// What the links lead to, in the order of [`Post::links`].
    pub fn link_targets(&self) -> &[Target] {
        self.link_targets.get_or_init(|| {
            let page = Page::of_post(self);
            self.links().map(|link| resolve(&page, link.url.text.trim())).collect()
        })
    }

    /// All images, in document order: Markdown and HTML.
    pub fn images(&self) -> impl Iterator<Item = ImageView<'_, 'a>> + '_ {
        self.constructs().linking.iter().filter_map(|&id| {
            let node = self.tree.node(id);
            match &node.kind {
                Kind::Image(image) => {
                    Some(ImageView { node: id, span: node.span, url: &image.url, alt: Some(&image.alt), style: Some(image.style) })
                }
                Kind::Html(element) if element.name == "img" => {
                    let src = self.html_attribute(id, "src")?;
                    let alt = self.html_attribute(id, "alt").map(|attribute| &attribute.value);
                    Some(ImageView { node: id, span: node.span, url: &src.value, alt, style: None })
                }
                _ => None,
            }
        })
    }

    fn html_attribute(&self, id: NodeId, name: &str) -> Option<&Attribute<'a>> {
        self.tree.attribute(id, name)
    }

    /// The file's bytes of `span`.
    pub fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default()
    }
}
