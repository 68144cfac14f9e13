//! The readable strings of the front matter as runs.

use super::align::add_text;
use super::{Context, Language, Run};
use crate::markup::NodeId;
use crate::post::front_matter::FrontMatter;
use crate::post::yaml::{Node, Style};
use crate::text::{ExtractBuilder, Span};

/// Keys whose values are prose.
const KEYS: [&str; 12] =
    ["title", "subtitle", "description", "excerpt", "summary", "abstract", "intro", "lead", "tagline", "teaser", "headline", "caption"];

/// The runs of the front matter, in the order of the file. Values whose bytes cannot be told (escapes of YAML) are left out.
pub fn runs<'a>(file: &'a str, front_matter: &FrontMatter<'a>) -> Vec<Run<'a>> {
    let entries = front_matter.entries().iter();
    let prose = entries.filter(|entry| entry.key.text().is_some_and(|key| KEYS.contains(&key)));
    prose.filter_map(|entry| run(file, &entry.value)).collect()
}

fn run<'a>(file: &'a str, value: &Node<'a>) -> Option<Run<'a>> {
    let text = value.text().filter(|text| !text.trim().is_empty())?;
    let mut builder = ExtractBuilder::new(file);
    if !add_text(&mut builder, file, text, content_of(file, value)?) {
        return None;
    }
    Some(Run {
        context: Context::FrontMatter,
        node: NodeId::ROOT,
        text: builder.finish(),
        inlines: Vec::new(),
        words: Vec::new(),
        language: Language::UNKNOWN,
    })
}

/// The bytes of a scalar without its quotes or its block header.
fn content_of(file: &str, value: &Node) -> Option<Span> {
    let span = value.span;
    let (start, end) = (span.start as usize, span.end as usize);
    match value.style {
        Style::Plain => Some(span),
        Style::SingleQuoted | Style::DoubleQuoted if span.len() >= 2 => Some(Span::new(start + 1, end - 1)),
        Style::Literal | Style::Folded => {
            let header = span.of(file).find('\n')?;
            Some(Span::new(start + header + 1, end))
        }
        _ => None,
    }
}
