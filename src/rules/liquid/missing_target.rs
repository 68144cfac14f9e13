use super::STOPS;
use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use crate::site::page::Page;
use crate::site::templates::Presence;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/liquid/missing-target.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MissingTarget {}

impl Rule for MissingTarget {
    fn check(&self, post: &Post, report: &mut Report) {
        let page = Page::of_post(post);
        for tag in &post.liquid.tags {
            let target = tag.markup;
            let (presence, what) = match tag.name {
                Some("post_url") => (post.site.has_post(target), "post"),
                Some("link") => (post.site.has_linked(target, &page), "file"),
                _ => continue,
            };
            if presence == Presence::Missing {
                report.at(tag.markup_span, format!("there is no {what} `{target}` in the site")).note(STOPS);
            }
        }
    }
}
