use super::line_start;
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::post::text_lines::TextLine;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/list-as-text.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ListAsText {}

impl Rule for ListAsText {
    fn check(&self, post: &Post, report: &mut Report) {
        let options = &post.site.config.kramdown;
        // elsewhere a list ends the paragraph before it
        let wants_blank_line = !(options.gfm && options.paragraph_end);
        let mut items: Vec<(TextLine, Marker)> = Vec::new();
        for line in post.text_lines() {
            let Some(marker) = marker(line.text).filter(|marker| marker.is_parenthesis || (wants_blank_line && !line.is_first)) else {
                continue;
            };
            if items.last().is_some_and(|(last, _)| last.paragraph != line.paragraph) {
                say(report, post, &std::mem::take(&mut items));
            }
            items.push((*line, marker));
        }
        say(report, post, &items);
    }
}

/// The mark of an item, in bytes.
#[derive(Debug, Clone, Copy)]
struct Marker {
    number: Option<u32>,
    is_parenthesis: bool,
    length: u32,
}

fn marker(line: &str) -> Option<Marker> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = line[digits..].chars();
    let mark = rest.next()?;
    let is_marker = if digits > 0 { digits < 3 && matches!(mark, '.' | ')') } else { matches!(mark, '-' | '*' | '+') };
    (is_marker && rest.next() == Some(' ')).then(|| Marker {
        number: line[..digits].parse().ok(),
        is_parenthesis: mark == ')',
        length: digits as u32 + 1,
    })
}

/// Reports the items of one paragraph, if they are a list: two at least, numbers in their order.
fn say(report: &mut Report, post: &Post, items: &[(TextLine, Marker)]) {
    let [(first, mark), (_, second), ..] = items else { return };
    let follows = mark.number.zip(second.number).map_or(mark.number.is_none() && second.number.is_none(), |(one, two)| two == one + 1);
    if !follows {
        return;
    }
    let span = Span { start: first.span.start, end: first.span.start + mark.length };
    if mark.is_parenthesis {
        let found = report.at(span, "these items run together in one paragraph: kramdown knows no lists with `1)`");
        let marks = items.iter().filter(|(_, marker)| marker.is_parenthesis);
        let edits: Vec<Edit> = marks.map(|(line, marker)| dotted(post, line, marker)).collect();
        found.fix(Safety::Safe, "write `1.`", edits).changes_block();
        return;
    }
    let found = report.at(span, "these items run together in one paragraph: a list wants a blank line before it");
    let end = line_start(post, first.span.start);
    let written = end.of(post.text);
    let line_end = written.trim_end_matches([' ', '\t']);
    if !line_end.is_empty() {
        found.fix(Safety::Safe, "put a blank line before it", [Edit::replace(end, format!("{line_end}{written}"))]).changes_block();
    }
}

/// `1.` for `1)`, with the line end before it: what stands there becomes a paragraph of its own.
fn dotted(post: &Post, line: &TextLine, marker: &Marker) -> Edit {
    let span = line_start(post, line.span.start);
    let span = Span { start: span.start, end: line.span.start + marker.length };
    let written = span.of(post.text);
    Edit::replace(span, format!("{}.", written.strip_suffix(')').unwrap_or(written)))
}
