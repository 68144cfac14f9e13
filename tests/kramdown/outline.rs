//! The canonical outline of a tree, the same that `regenerate.rb` prints of kramdown's.

use postlint::markup::{Attribute, CodeStyle, Kind, NodeId, Tree};
use postlint::text::{Lines, Span};
use std::collections::BTreeMap;

pub struct Outline<'t, 'a> {
    tree: &'t Tree<'a>,
    file: &'a str,
    lines: Lines,
    out: Vec<String>,
    in_table: bool,
}

/// The outline of `tree`, which was read from the whole of `file`.
pub fn outline(tree: &Tree, file: &str) -> String {
    let mut outline = Outline { tree, file, lines: Lines::new(file), out: Vec::new(), in_table: false };
    outline.children(NodeId::ROOT, 0);
    outline.definitions();
    outline.out.join("\n")
}

fn quote(text: &str) -> String {
    let text = text.replace('\r', "").replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t").replace('"', "\\\"");
    format!("\"{text}\"")
}

impl<'t> Outline<'t, '_> {
    fn line(&mut self, depth: usize, text: String) {
        self.out.push(format!("{}{text}", "  ".repeat(depth)));
    }

    fn children(&mut self, parent: NodeId, depth: usize) {
        let tree = self.tree;
        let mut text = String::new();
        let mut last_is_blank = false;
        for id in tree.children(parent) {
            match &tree.node(id).kind {
                Kind::Text { text: part, .. } => {
                    text.push_str(part);
                    continue;
                }
                Kind::EndOfBlock | Kind::LinkDefinition(_) | Kind::FootnoteDefinition { .. } | Kind::AbbreviationDefinition { .. } => {
                    continue;
                }
                _ => {}
            }
            if !text.is_empty() {
                self.line(depth, format!("text {}", quote(&text)));
                text.clear();
            }
            let is_blank = matches!(tree.node(id).kind, Kind::Blank);
            if !(is_blank && last_is_blank) {
                self.node(id, depth);
            }
            last_is_blank = is_blank;
        }
        let text = text.trim_end_matches([' ', '\t', '\n', '\r']);
        if !text.is_empty() {
            self.line(depth, format!("text {}", quote(text)));
        }
    }

    fn content(&self, span: Span) -> String {
        quote(span.of(self.file))
    }

    fn node(&mut self, id: NodeId, depth: usize) {
        let node = self.tree.node(id);
        let mut has_line = true;
        let mut skipped_attribute = "";
        let details = match &node.kind {
            Kind::Blank => {
                has_line = false;
                "blank".to_owned()
            }
            Kind::Paragraph { transparent } => if *transparent { "p transparent" } else { "p" }.to_owned(),
            Kind::Heading(heading) => {
                skipped_attribute = "id";
                let id = heading.id.as_ref().map(|id| format!(" id={}", quote(id))).unwrap_or_default();
                format!("header {}{id}", heading.level)
            }
            Kind::BlockQuote => "blockquote".to_owned(),
            Kind::CodeBlock(code) => {
                let style = if code.style == CodeStyle::Fenced { "fenced" } else { "indented" };
                let lang = code.lang.as_ref().map(|lang| format!(" lang={}", quote(&lang.text))).unwrap_or_default();
                let lines = code.content.of(self.file).matches('\n').count();
                let lines = if code.style == CodeStyle::Fenced { format!(" lines={lines}") } else { String::new() };
                format!("codeblock {style}{lang}{lines}")
            }
            Kind::List { ordered } => if *ordered { "ol" } else { "ul" }.to_owned(),
            Kind::HorizontalRule => "hr".to_owned(),
            Kind::Table => "table".to_owned(),
            Kind::DefinitionList => "dl".to_owned(),
            Kind::Html(element) => {
                format!("html_element {} {}", element.name, if element.block { "block" } else { "span" })
            }
            Kind::MathBlock { content } => format!("math block {}", self.content(*content)),
            Kind::Link(link) => {
                let title = link.title.as_ref().map(|title| format!(" title={}", quote(&title.text))).unwrap_or_default();
                format!("link href={}{title}", quote(&link.url.text))
            }
            Kind::Image(image) => {
                let title = image.title.as_ref().map(|title| format!(" title={}", quote(&title.text))).unwrap_or_default();
                format!("image src={} alt={}{title}", quote(&image.url.text), quote(&image.alt.text))
            }
            Kind::MathSpan { content } => format!("math span {}", self.content(*content)),
            other => {
                has_line = false;
                self.plain(other, node.span)
            }
        };
        let attributes = self.attributes(id, skipped_attribute);
        let line = if has_line && !self.in_table { format!(" @{}", self.lines.line_of(node.span.start)) } else { String::new() };
        self.line(depth, format!("{details}{attributes}{line}"));
        if matches!(node.kind, Kind::Abbreviation) {
            return;
        }
        let is_table = matches!(node.kind, Kind::Table);
        self.in_table |= is_table;
        self.children(id, depth + 1);
        self.in_table &= !is_table;
    }

    /// Elements that are printed without a line.
    fn plain(&self, kind: &Kind, span: Span) -> String {
        match kind {
            Kind::Item { task: None } => "li".to_owned(),
            Kind::Item { task: Some(done) } => if *done { "li done" } else { "li open" }.to_owned(),
            Kind::Term => "dt".to_owned(),
            Kind::Definition => "dd".to_owned(),
            Kind::TableHead => "thead".to_owned(),
            Kind::TableBody => "tbody".to_owned(),
            Kind::TableFoot => "tfoot".to_owned(),
            Kind::Row => "tr".to_owned(),
            Kind::Cell => "td".to_owned(),
            Kind::Comment { .. } => "comment".to_owned(),
            Kind::Raw { .. } => "raw".to_owned(),
            Kind::CodeSpan { content } => format!("codespan {}", quote(&content.text)),
            Kind::Emphasis => "em".to_owned(),
            Kind::Strong => "strong".to_owned(),
            Kind::Strikethrough => "del".to_owned(),
            Kind::FootnoteReference { name } => format!("footnote {}", quote(&name.text)),
            Kind::LineBreak => "br".to_owned(),
            Kind::Entity(char) => format!("entity {}", quote(&char.map(String::from).unwrap_or_default())),
            Kind::SmartQuote(quote_char) => format!("smart_quote {}", quote(&quote_char.to_string())),
            Kind::TypographicSymbol(symbol) => format!("typographic_sym {}", quote(symbol)),
            Kind::Abbreviation => format!("abbreviation {}", self.content(span)),
            other => format!("{other:?}"),
        }
    }

    fn attributes(&self, id: NodeId, skipped: &str) -> String {
        let print = |attribute: &Attribute| format!(" {}={}", attribute.name.text, quote(&attribute.value.text));
        let own = ["href", "src", "alt", "title"];
        if matches!(self.tree.node(id).kind, Kind::FootnoteReference { .. }) {
            return String::new();
        }
        let is_link = matches!(self.tree.node(id).kind, Kind::Link(_) | Kind::Image(_));
        self.tree
            .attributes(id)
            .iter()
            .filter(|attribute| attribute.name.text != skipped && !(is_link && own.contains(&attribute.name.text.as_ref())))
            .map(print)
            .collect()
    }

    /// A footnote within one of its own name was defined before that one.
    fn is_inside_same_name(&self, id: NodeId, own: &str) -> bool {
        self.tree.ancestors(id).any(|above| matches!(&self.tree.node(above).kind, Kind::FootnoteDefinition { name } if name.text == own))
    }

    /// Definitions leave nothing at their place; the last one of a name counts.
    fn definitions(&mut self) {
        let tree = self.tree;
        let mut footnotes = BTreeMap::new();
        let mut links = BTreeMap::new();
        let mut abbreviations = BTreeMap::new();
        for id in tree.walk() {
            match &tree.node(id).kind {
                Kind::FootnoteDefinition { name } if !self.is_inside_same_name(id, &name.text) => {
                    footnotes.insert(name.text.to_string(), id);
                }
                Kind::LinkDefinition(link) => {
                    let id = link.id.text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
                    links.insert(id, (link.url.text.clone(), link.title.clone()));
                }
                Kind::AbbreviationDefinition { name, text } => {
                    abbreviations.insert(name.text.to_string(), text.text.to_string());
                }
                _ => {}
            }
        }
        for (name, id) in footnotes {
            self.line(0, format!("footnote_definition {name:?}"));
            self.children(id, 1);
        }
        for (id, (url, title)) in links {
            let title = title.map(|title| format!(" title={}", quote(&title.text))).unwrap_or_default();
            self.line(0, format!("link_definition {} url={}{title}", quote(&id), quote(&url)));
        }
        for (name, text) in abbreviations {
            self.line(0, format!("abbreviation_definition {} {}", quote(&name), quote(&text)));
        }
    }
}
