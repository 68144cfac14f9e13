//! `textDocument/hover`: the page of the rule that found something here, or that is named here.

use crate::diagnostic::{Diagnostic, Safety};
use crate::rules::{Definition, name, page};
use crate::text::Span;

/// Pages of more rules than this are not shown at once.
const MOST_PAGES: usize = 3;

/// What there is to say about the byte `offset`: Markdown, and the bytes that it is about.
pub fn hover(text: &str, findings: &[Diagnostic], offset: usize) -> Option<(String, Span)> {
    let word = word_at(text, offset);
    if let Some(rule) = name::find(word.of(text)) {
        return Some((text_of(rule), word));
    }
    let here = |span: Span| span.start as usize <= offset && offset <= span.end as usize;
    let mut found: Vec<&Diagnostic> = findings.iter().filter(|finding| here(finding.span)).collect();
    found.sort_by_key(|finding| (finding.span.len(), finding.span));
    let mut rules: Vec<&Definition> = found.iter().filter_map(|finding| name::find(finding.rule)).collect();
    rules.dedup_by_key(|rule| rule.name);
    let pages: Vec<String> = rules.into_iter().take(MOST_PAGES).map(text_of).collect();
    found.first().map(|first| (pages.join("\n\n---\n\n"), first.span))
}

/// The name of a rule, as far as its characters go, around `offset`.
fn word_at(text: &str, offset: usize) -> Span {
    let bytes = text.as_bytes();
    let is_part = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'/');
    let before = bytes.get(..offset).unwrap_or_default().iter().rev().take_while(|byte| is_part(byte)).count();
    let after = bytes.get(offset..).unwrap_or_default().iter().take_while(|byte| is_part(byte)).count();
    Span::new(offset - before, offset + after)
}

fn text_of(rule: &'static Definition) -> String {
    let page = rule.page();
    let fix = match page.fix {
        None => "no fix",
        Some(Safety::Layout) => "its fix leaves the page as it is",
        Some(Safety::Safe) => "its fix changes nothing else",
        Some(Safety::Unsafe) => "its fix wants to be looked at",
    };
    let link = page::url(rule.name).map_or_else(String::new, |url| format!(" · [on the web]({url})"));
    format!("{}\n\n*{} · {fix}*{link}", page.body.trim(), page.severity.name())
}
