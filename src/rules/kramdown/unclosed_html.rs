use super::hazards;
use crate::diagnostic::{Edit, Report, Safety};
use crate::kramdown::is_element;
use crate::markup::HazardKind;
use crate::post::Post;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/unclosed-html.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnclosedHtml {}

/// Elements of HTML and SVG that kramdown has on no list.
const OTHER_ELEMENTS: [&str; 24] = [
    "audio", "blink", "canvas", "center", "circle", "dialog", "font", "frame", "frameset", "g", "image", "line", "main", "marquee", "nobr",
    "path", "picture", "rect", "slot", "svg", "template", "text", "tt", "video",
];

impl Rule for UnclosedHtml {
    fn check(&self, post: &Post, report: &mut Report) {
        let unclosed = hazards(post, |kind| match kind {
            HazardKind::UnclosedHtml { name } => Some(name.as_str()),
            _ => None,
        });
        for (span, name) in unclosed {
            if is_html(&name.to_lowercase()) {
                let found = report.at(span, format!("`<{name}>` is never closed: what follows is all inside of it"));
                found.note(format!("it lacks a `</{name}>`"));
            } else {
                let found = report.at(span, format!("`<{name}>` is not shown: kramdown takes it for an HTML element"));
                // a backslash would be shown inside of raw HTML
                let bracket = Span { start: span.start, end: span.start + 1 };
                found.fix(Safety::Safe, format!("write `&lt;{name}>`"), [Edit::replace(bracket, "&lt;")]).changes_block();
            }
        }
    }
}

fn is_html(name: &str) -> bool {
    is_element(name) || OTHER_ELEMENTS.contains(&name)
}
