//! The rule's page is `rules/front-matter/date-mismatch.md`.

use super::dates::{self, PostDate};
use crate::diagnostic::Report;
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DateMismatch {}

impl Rule for DateMismatch {
    fn check(&self, post: &Post, report: &mut Report) {
        if post.kind != DocumentKind::Post {
            return;
        }
        let (Some(date), Some(in_name)) = (PostDate::of(post), dates::of_file_name(post)) else { return };
        let Some(day) = date.day().filter(|day| *day != in_name) else { return };
        let found = report.at(date.value.span, format!("the date is {day}, the file's name says {in_name}"));
        if (day.month(), day.day()) == (in_name.day(), in_name.month()) && day.year() == in_name.year() {
            found.note("Jekyll reads the day before the month; write year-month-day");
        } else {
            found.note("Jekyll goes by the date here: in the URL too");
        }
    }
}
