use super::external::{Place, places};
use super::rewrite_place;
use crate::diagnostic::{Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use crate::web::Verdict;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/links/moved.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Moved {}

impl Rule for Moved {
    fn check(&self, post: &Post, report: &mut Report) {
        if post.site.verdicts().is_empty() {
            return;
        }
        for place in places(post) {
            let Some(Verdict::Moved { status, to }) = post.site.verdicts().get(&place.url) else { continue };
            let new = as_short(&place, to);
            let found = report.at(place.span, format!("this page has moved ({status}) to `{new}`"));
            if let Some(edit) = rewrite_place(post, &place, new) {
                found.fix(Safety::Unsafe, format!("write `{new}`"), [edit]);
            }
        }
    }
}

/// A home page without the slash that the link does not have either.
fn as_short<'t>(place: &Place, to: &'t str) -> &'t str {
    match to.strip_suffix('/') {
        Some(short) if !place.text.ends_with('/') && short.matches('/').count() == 2 => short,
        _ => to,
    }
}
