use super::hazards;
use crate::diagnostic::{Diagnostic, Edit, Report, Safety};
use crate::markup::HazardKind;
use crate::post::Post;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/html-as-text.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct HtmlAsText {}

impl Rule for HtmlAsText {
    fn check(&self, post: &Post, report: &mut Report) {
        // `a <div>b</div>` is one finding
        let mut opened: Option<&str> = None;
        for (span, kind) in hazards(post, Some) {
            let written = span.of(post.text);
            match kind {
                HazardKind::HtmlAsText => {
                    let found = report.at(span, "this tag is printed as text: kramdown cannot read its attributes");
                    quote_values(found, written, span);
                }
                HazardKind::BlockHtmlInText { name } => {
                    opened = Some(name);
                    report
                        .at(span, format!("`<{name}>` in the middle of text is printed as text"))
                        .note("it must begin its line, after a blank line");
                }
                HazardKind::StrayClosingTag { name } => {
                    if opened.take_if(|opened| *opened == name).is_some() {
                        continue;
                    }
                    let is_whole = post.text[span.end as usize..].starts_with('>') && !written.ends_with('>');
                    let span = Span { end: span.end + u32::from(is_whole), ..span };
                    let found = report.at(span, format!("`</{name}>` closes nothing: it is printed as text"));
                    if matches!(name.as_str(), "br" | "hr") && span.of(post.text) == format!("</{name}>") {
                        found.fix(Safety::Safe, format!("write `<{name}>`"), [Edit::replace(span, format!("<{name}>"))]).changes_block();
                    }
                }
                _ => {}
            }
        }
    }
}

/// Offers quotes around the values of `tag` that have none, or says what is needed.
fn quote_values(found: &mut Diagnostic, tag: &str, span: Span) {
    let edits = unquoted(tag).into_iter().map(|(start, end)| {
        let quote = |at: usize| Edit::insert(span.start + at as u32, "\"");
        [quote(start), quote(end)]
    });
    let edits: Vec<Edit> = edits.into_iter().flatten().collect();
    if edits.is_empty() {
        found.note("attributes are written `name=\"value\"`, with a space between them");
    } else {
        found.fix(Safety::Safe, "put the values in quotes", edits).changes_block();
    }
}

/// The values of `tag` without quotes, as places in it; none where the rest of the tag cannot be read.
fn unquoted(tag: &str) -> Vec<(usize, usize)> {
    let mut values = Vec::new();
    let mut at = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
    while let Some(equals) = tag[at..].find('=').map(|found| at + found) {
        let start = equals + 1;
        match tag[start..].chars().next() {
            Some(quote @ ('"' | '\'')) => match tag[start + 1..].find(quote) {
                Some(length) => at = start + 1 + length + 1,
                None => return Vec::new(),
            },
            _ => {
                let length = tag[start..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '"' | '\'')).unwrap_or(0);
                if length == 0 || tag[start + length..].starts_with(['"', '\'']) {
                    return Vec::new();
                }
                let length = tag[start..start + length].strip_suffix('/').map_or(length, str::len);
                values.push((start, start + length));
                at = start + length;
            }
        }
    }
    values
}
