//! What Liquid leaves for the Markdown engine, as far as that is known before the site is built.

use super::tokens::{Piece, Tokens};
use super::{Highlight, RegionKind};
use crate::text::extract::OPAQUE;
use crate::text::{Extract, ExtractBuilder, Span};

/// Tags that print nothing: alone on its line, each leaves a blank line.
const SILENT: [&str; 18] = [
    "if",
    "elsif",
    "else",
    "endif",
    "unless",
    "endunless",
    "case",
    "when",
    "endcase",
    "for",
    "endfor",
    "break",
    "continue",
    "assign",
    "capture",
    "endcapture",
    "ifchanged",
    "endifchanged",
];

/// What `{% highlight %}` begins and ends with in Jekyll (jekyll `tags/highlight.rb`): raw HTML on lines of its own.
const FIGURE_OPEN: &str = "\n<figure class=\"highlight\">";
const FIGURE_CLOSE: &str = "</figure>\n";

pub fn render<'a>(text: &'a str, body: Span, tokens: &Tokens<'a>) -> (Extract<'a>, Vec<Highlight<'a>>) {
    let mut printer = Printer { text, builder: ExtractBuilder::new(text), at: body.start as usize, highlights: Vec::new() };
    let mut highlights = tokens.highlights.iter().peekable();
    let mut pieces = tokens.pieces.iter().enumerate();
    while let Some((index, piece)) = pieces.next() {
        match *piece {
            Piece::UnclosedRaw(tag) => printer.silent(tokens.tags[tag].span),
            Piece::Region(region) => {
                let region = tokens.regions[region];
                match region.kind {
                    RegionKind::Comment => printer.silent(region.span),
                    RegionKind::Raw => {
                        printer.silent(Span { start: region.span.start, end: region.content.start });
                        printer.text_up_to(region.content.end);
                        printer.silent(Span { start: region.content.end, end: region.span.end });
                    }
                }
            }
            Piece::Tag(tag) => {
                let tag = &tokens.tags[tag];
                match tag.name {
                    Some("highlight") => match highlights.next_if(|(open, _)| *open == index) {
                        Some(&(_, end)) => {
                            printer.highlight(tag, piece_span(tokens, end));
                            pieces.nth(end - index - 1);
                        }
                        None => printer.opaque(tag.span),
                    },
                    Some(name) if name == "#" || SILENT.contains(&name) => printer.silent(tag.span),
                    _ => printer.opaque(tag.span),
                }
            }
        }
    }
    printer.text_up_to(body.end);
    (printer.builder.finish(), printer.highlights)
}

fn piece_span(tokens: &Tokens, index: usize) -> Span {
    match tokens.pieces[index] {
        Piece::Tag(tag) | Piece::UnclosedRaw(tag) => tokens.tags[tag].span,
        Piece::Region(region) => tokens.regions[region].span,
    }
}

struct Printer<'a> {
    text: &'a str,
    builder: ExtractBuilder<'a>,
    /// What stands before this byte of the file is printed.
    at: usize,
    highlights: Vec<Highlight<'a>>,
}

impl<'a> Printer<'a> {
    fn text_up_to(&mut self, end: u32) {
        let end = end as usize;
        if self.at < end {
            self.builder.verbatim(Span::new(self.at, end));
            self.at = end;
        }
    }

    /// Prints nothing for `span` but its line ends.
    fn silent(&mut self, span: Span) {
        self.text_up_to(span.start);
        let start = span.start as usize;
        for at in memchr::memchr2_iter(b'\r', b'\n', self.text[span.range()].as_bytes()) {
            self.builder.verbatim(Span::new(start + at, start + at + 1));
        }
        self.at = span.end as usize;
    }

    /// Prints something unknown for `span`: on as many lines.
    fn opaque(&mut self, span: Span) {
        self.text_up_to(span.start);
        let mut unknown = [0; 4];
        let unknown = &*OPAQUE.encode_utf8(&mut unknown);
        for (index, line) in self.text[span.range()].split('\n').enumerate() {
            if index > 0 {
                self.builder.synthetic("\n", span);
            }
            if !line.trim_end_matches('\r').is_empty() {
                self.builder.synthetic(unknown, span);
            }
        }
        self.at = span.end as usize;
    }

    fn highlight(&mut self, open: &super::Tag<'a>, close: Span) {
        let span = open.span.to(close);
        self.text_up_to(span.start);
        self.builder.synthetic(FIGURE_OPEN, span);
        self.opaque(span);
        self.builder.synthetic(FIGURE_CLOSE, span);
        let lang = open.markup.split([' ', '\t', '\n', '\r', '%']).next().filter(|lang| !lang.is_empty());
        let start = open.markup_span.start as usize;
        self.highlights.push(Highlight {
            lang,
            lang_span: Span::new(start, start + lang.map_or(0, str::len)),
            span,
            content: Span { start: open.span.end, end: close.start },
        });
    }
}
