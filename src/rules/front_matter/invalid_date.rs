//! The rule's page is `rules/front-matter/invalid-date.md`.

use super::dates::{PostDate, spoken};
use crate::diagnostic::Report;
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use crate::site::date::Parsed;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct InvalidDate {}

impl Rule for InvalidDate {
    fn check(&self, post: &Post, report: &mut Report) {
        if post.kind == DocumentKind::Page {
            return;
        }
        let Some(date) = PostDate::of(post) else { return };
        let written = date.value.span.of(post.text);
        let does_not_exist = || date.written().is_some_and(|day| day.day().is_none());
        match date.parsed() {
            Parsed::Invalid => {
                report
                    .at(date.value.span, format!("`{written}` is no date that Jekyll can read"))
                    .note("the build stops here: \"Invalid date\"");
            }
            Parsed::Valid { time, moved } if moved || does_not_exist() => {
                report.at(date.value.span, format!("the day `{written}` does not exist: Jekyll makes it {}", spoken(time.date())));
            }
            Parsed::Valid { .. } | Parsed::Unknown => {}
        }
    }
}
