//! The rule's page is `rules/site/impossible-date.md`.

use super::name_of;
use crate::diagnostic::Report;
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use crate::site::date::Parsed;
use crate::site::file_name::FileName;
use crate::site::value::Value;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ImpossibleDate {}

impl Rule for ImpossibleDate {
    fn check(&self, post: &Post, report: &mut Report) {
        // a date in the front matter counts instead
        if post.kind != DocumentKind::Post || post.front_matter.entry("date").is_some() {
            return;
        }
        let Some(date) = FileName::parse(post.path).date else { return };
        let name = name_of(post.path);
        match post.site.parse_date(&Value::from(date)) {
            Parsed::Invalid => {
                report.whole(format!("`{date}` in the file's name is no date")).note(format!("Jekyll stops at `{name}`: \"Invalid date\""));
            }
            Parsed::Valid { time, moved: true } => {
                report.whole(format!("the day `{date}` in the file's name does not exist: Jekyll makes it {}", time.date()));
            }
            Parsed::Valid { .. } | Parsed::Unknown => {}
        }
    }
}
