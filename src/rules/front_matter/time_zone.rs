//! The rule's page is `rules/front-matter/time-zone.md`.

use super::dates::{self, PostDate, spoken};
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TimeZone {}

impl Rule for TimeZone {
    fn check(&self, post: &Post, report: &mut Report) {
        // without `timezone:` Jekyll goes by the machine's zone, which nobody knows here
        if post.kind != DocumentKind::Post || post.site.config.timezone.is_none() {
            return;
        }
        let Some(date) = PostDate::of(post) else { return };
        let parsed = date.parsed();
        let (Some(day), Some(time)) = (date.day(), parsed.time()) else { return };
        let is_meant = dates::of_file_name(post).is_none_or(|in_name| in_name == day);
        if time.date() == day || !is_meant || !date.is_utc_by_default() {
            return;
        }
        let zone = post.site.config.timezone.as_deref().unwrap_or_default();
        let written = date.value.span.of(post.text);
        report
            .at(date.value.span, format!("this time is read as UTC: in `{zone}` the post is dated {}", spoken(time.date())))
            .note("a time without a zone and without quotes is UTC; in quotes it is the site's own time")
            .fix(Safety::Unsafe, format!("write `\"{written}\"`"), [Edit::replace(date.value.span, format!("\"{written}\""))]);
    }
}
