use super::{Address, empty_url, internal_targets, is_for_a_script, replaced_path};
use crate::diagnostic::{Report, Safety, Severity};
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use crate::site::target::Target;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/links/broken-internal.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct BrokenInternal {
    /// Paths from the site's root that something else serves (`/shop/`); what begins with one is not looked for.
    ignore: Vec<String>,
}

impl Rule for BrokenInternal {
    fn check(&self, post: &Post, report: &mut Report) {
        for (address, target) in internal_targets(post) {
            if empty_url::is_placeholder(address.url) || is_for_a_script(post, address.node) {
                continue;
            }
            match target {
                Target::Missing { path } if !self.ignores(path) => missing(post, &address, path, report),
                Target::OtherCase { url, .. } => {
                    let found = report.at(address.span, format!("the page is `{url}`: letter case counts on a web server"));
                    if let Some(edit) = replaced_path(post, &address, url, true) {
                        found.fix(Safety::Safe, format!("write `{}`", edit.text), [edit]);
                    }
                }
                // drafts are written in any order
                Target::NotPublished { path, why } if post.kind != DocumentKind::Draft => {
                    report.at(address.span, format!("Jekyll does not publish `{path}`: {why}"));
                }
                _ => {}
            }
        }
    }
}

impl BrokenInternal {
    fn ignores(&self, path: &str) -> bool {
        self.ignore.iter().any(|ignored| path.starts_with(ignored.as_str()))
    }
}

fn missing(post: &Post, address: &Address, path: &str, report: &mut Report) {
    let near = post.site.near_url(path);
    let found = report.at(address.span, format!("there is no page or file `{path}` in the site"));
    match near {
        Some(near) => {
            found.note(format!("there is `{near}`"));
            if let Some(edit) = replaced_path(post, address, &near, false) {
                found.fix(Safety::Unsafe, format!("write `{}`", edit.text), [edit]);
            }
        }
        // another repository, or the host itself, may serve what no part of this site is near to
        None if !post.site.has_pages_beside(path) => {
            found.note("unless something else is served there").severity(Severity::Info);
        }
        None => {}
    }
}
