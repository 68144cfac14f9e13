//! The rule's page is `rules/front-matter/unknown-layout.md`.

use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::post::yaml::Node;
use crate::rules::Rule;
use crate::site::templates::Presence;
use crate::suggest::{did_you_mean, nearest};
use schemars::JsonSchema;
use serde::Deserialize;

/// Words by which people say that there is to be no layout. Jekyll knows just the first of them, but the page comes out
/// the same.
const NO_LAYOUT: [&str; 5] = ["none", "nil", "null", "false", ""];

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnknownLayout {}

impl Rule for UnknownLayout {
    fn check(&self, post: &Post, report: &mut Report) {
        let Some(value) = post.front_matter.get("layout") else { return };
        let Some(layout) = value.text().map(str::trim).filter(|layout| !NO_LAYOUT.contains(layout)) else { return };
        // a site without any layout takes them from somewhere
        let layouts = post.site.layouts();
        if layouts.is_empty() || post.site.has_layout(layout) != Presence::Missing {
            return;
        }
        let meant = nearest(layout, layouts.iter().map(String::as_str));
        let folder = &post.site.config.layouts_dir;
        let found = report.at(value.span, format!("there is no layout `{layout}` in `{folder}`{}", did_you_mean(meant)));
        found.note("Jekyll warns, and publishes the bare text without a page around it");
        if let Some(meant) = meant {
            found.fix(Safety::Unsafe, format!("write `{meant}`"), [Edit::replace(inner(value, post), meant)]);
        }
    }
}

/// The text of a value without its quotes.
fn inner(value: &Node, post: &Post) -> crate::text::Span {
    let written = value.span.of(post.text);
    let quotes = usize::from(written.starts_with(['"', '\'']));
    let (start, end) = (value.span.start as usize, value.span.end as usize);
    crate::text::Span::new((start + quotes).min(end), end.saturating_sub(quotes).max((start + quotes).min(end)))
}
