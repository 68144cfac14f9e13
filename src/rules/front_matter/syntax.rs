use super::repair;
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::post::front_matter::Status;
use crate::post::yaml::ErrorKind;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/front-matter/syntax.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Syntax {}

impl Rule for Syntax {
    fn check(&self, post: &Post, report: &mut Report) {
        let front_matter = &post.front_matter;
        if let (Status::Invalid, Some(error)) = (front_matter.status, &front_matter.error) {
            let found = report.at(error.span, format!("the front matter is no valid YAML: {}", error.message));
            if let Some((context, span)) = &error.context {
                found.label(*span, context.clone());
            }
            found.note("Jekyll publishes the post without its title, layout, date and tags");
            if let Some(end) = repair::missing_end(post) {
                found.label(end, "the closing `---` seems to be missing here: what follows is no front matter");
                found.fix(Safety::Unsafe, "close the front matter here", [Edit::insert(end.start, "---\n")]);
            } else if error.kind != ErrorKind::Limit
                && let Some(edits) = repair::quoting(post)
            {
                found.fix(Safety::Safe, "put the value in quotes", edits);
            }
        }
        if let (Status::NotAMap, Some(root)) = (front_matter.status, &front_matter.root) {
            let what = if root.items().is_empty() { "a single value" } else { "a list" };
            report
                .at(root.span, format!("the front matter is {what}, where Jekyll wants `key: value` lines"))
                .note("Jekyll publishes the post without its title, layout, date and tags");
        }
    }
}
