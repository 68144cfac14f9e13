use super::{internal_targets, replaced_path};
use crate::diagnostic::{Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use crate::site::page::Page;
use crate::site::target::Target;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/links/former-url.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct FormerUrl {}

impl Rule for FormerUrl {
    fn check(&self, post: &Post, report: &mut Report) {
        for (address, target) in internal_targets(post) {
            let Target::Published(found) = target else { continue };
            let Some(document) = post.site.document(&found.path).filter(|_| found.is_redirect) else { continue };
            let page = Page::of_document(post.site, document);
            let Ok(url) = page.url() else { continue };
            let found = report.at(address.span, format!("this is a former address: the page is `{url}` now"));
            if let Some(edit) = replaced_path(post, &address, url, false) {
                found.fix(Safety::Safe, format!("write `{}`", edit.text), [edit]);
            }
        }
    }
}
