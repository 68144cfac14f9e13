use crate::diagnostic::Report;
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use crate::site::page::Page;
use crate::site::value::Value;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/site/backdated-post.md.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct BackdatedPost {
    /// Days between the date of a new post and the day of the run that are fine.
    max_age: u32,
}

impl Default for BackdatedPost {
    fn default() -> BackdatedPost {
        BackdatedPost { max_age: 7 }
    }
}

impl Rule for BackdatedPost {
    fn check(&self, post: &Post, report: &mut Report) {
        let Some(comparison) = &post.site.comparison else { return };
        if post.kind != DocumentKind::Post || !comparison.is_newly_published(post.site, post.path) {
            return;
        }
        let page = Page::of_post(post);
        let written = page.header().get("date").cloned();
        let date = written.or_else(|| page.document().file_name().date.map(Value::from));
        let Some(date) = date.and_then(|date| Some(post.site.parse_date(&date).time()?.date())) else { return };
        let Ok(age) = comparison.today.since(date) else { return };
        let age = age.get_days();
        if age > 0 && age.unsigned_abs() > self.max_age {
            let message = format!("this new post is dated {date}, {age} days ago");
            match post.front_matter.entry("date") {
                Some(entry) => report.at(entry.value.span, message),
                None => report.whole(message),
            }
            .note("readers find it below what is there already, and feeds may leave it out");
        }
    }

    fn is_about_change(&self) -> bool {
        true
    }
}
