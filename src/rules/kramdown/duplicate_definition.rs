use super::hazards;
use crate::diagnostic::Report;
use crate::markup::HazardKind;
use crate::post::Post;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/duplicate-definition.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DuplicateDefinition {}

impl Rule for DuplicateDefinition {
    fn check(&self, post: &Post, report: &mut Report) {
        let duplicates = hazards(post, |kind| match kind {
            HazardKind::DuplicateDefinition { name, first } => Some((name, *first)),
            _ => None,
        });
        for (span, (name, first)) in duplicates {
            if defined(post, span) != defined(post, first) {
                let found = report.at(first_line(post, span), format!("`{name}` is defined twice, and this definition counts"));
                found.label(first_line(post, first), "the other definition, which nothing uses");
            }
        }
    }
}

/// What a definition says, as far as it matters.
fn defined<'a>(post: &Post<'a>, definition: Span) -> &'a str {
    let written = definition.of(post.text);
    let value = written.split_once("]:").map_or(written, |(_, value)| value).trim();
    value.trim_matches(['<', '>']).trim_end_matches('/')
}

fn first_line(post: &Post, span: Span) -> Span {
    let line = span.of(post.text).lines().next().unwrap_or_default();
    Span::new(span.start as usize, span.start as usize + line.trim_end().len())
}
