//! The rule's page is `rules/front-matter/future-date.md`.

use super::dates::PostDate;
use crate::diagnostic::Report;
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use crate::site::file_name::FileName;
use crate::site::value::Value;
use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;

/// Where the machine that builds the site has another zone, a post may be due so much earlier.
const DOUBT: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct FutureDate {}

impl Rule for FutureDate {
    fn check(&self, post: &Post, report: &mut Report) {
        if post.kind != DocumentKind::Post || post.site.config.future {
            return;
        }
        let date = PostDate::of(post);
        let span = date.as_ref().map(|date| date.value.span);
        let parsed = match (date, FileName::parse(post.path).date) {
            (Some(date), _) => date.parsed(),
            (None, Some(in_name)) => post.site.parse_date(&Value::from(in_name)),
            (None, None) => return,
        };
        let Some(time) = parsed.time() else { return };
        if time.timestamp().duration_since(post.site.now) <= DOUBT {
            return;
        }
        let message = format!("the post is dated {}: until then Jekyll leaves it out", time.date());
        match span {
            Some(span) => report.at(span, message),
            None => report.whole(message),
        };
    }
}
