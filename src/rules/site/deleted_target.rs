use crate::diagnostic::{Report, Safety};
use crate::post::Post;
use crate::rules::images::{Source, pictures};
use crate::rules::links::{addresses_and_sources, rewrite};
use crate::rules::{Rule, links::Address};
use crate::site::comparison::Comparison;
use crate::site::page::Page;
use crate::site::target::{Target, resolve};
use crate::site::templates::Presence;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/site/deleted-target.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DeletedTarget {}

impl Rule for DeletedTarget {
    fn check(&self, post: &Post, report: &mut Report) {
        let Some(comparison) = post.site.comparison.as_ref().filter(|comparison| comparison.takes_something_away()) else { return };
        let page = Page::of_post(post);
        for address in addresses_and_sources(post) {
            check_address(post, &page, comparison, &address, report);
        }
        for picture in pictures(post).iter().filter(|picture| matches!(picture.source, Source::FrontMatter(_))) {
            let target = resolve(&page, picture.url);
            if let Target::Missing { path } = target
                && comparison.file_gone(post.site, &path).is_some()
            {
                report.at(picture.span, format!("`{path}` was deleted"));
            }
        }
        check_tags(post, &page, comparison, report);
    }

    fn is_about_change(&self) -> bool {
        true
    }
}

fn check_address(post: &Post, page: &Page, comparison: &Comparison, address: &Address, report: &mut Report) {
    let Target::Missing { path } = resolve(page, address.url) else { return };
    if comparison.file_gone(post.site, &path).is_some() {
        report.at(address.span, format!("`{path}` was deleted"));
        return;
    }
    let Some(gone) = comparison.document_gone(post.site, &path) else { return };
    match &gone.now {
        None => {
            report.at(address.span, format!("`{}`, which was at `{path}`, was deleted", gone.path));
        }
        Some(now) => {
            let found = report.at(address.span, format!("what was at `{path}` is at `{now}` now"));
            // with Liquid or a host in it only its author knows how it is to be written
            let edit = (address.url == path).then(|| rewrite(post, address, now.as_str())).flatten();
            if let Some(edit) = edit {
                found.fix(Safety::Unsafe, format!("write `{now}`"), [edit]);
            }
        }
    }
}

/// `{% post_url … %}` and `{% link … %}`.
fn check_tags(post: &Post, page: &Page, comparison: &Comparison, report: &mut Report) {
    for tag in &post.liquid.tags {
        let target = tag.markup.trim_start_matches('/');
        let is_named = |path: &str| match tag.name {
            Some("link") => post.site.source_path(path) == target,
            _ => path.rsplit_once('.').is_some_and(|(path, _)| path.ends_with(&format!("_posts/{target}"))),
        };
        let presence = match tag.name {
            Some("post_url") => post.site.has_post(tag.markup),
            Some("link") => post.site.has_linked(tag.markup, page),
            _ => continue,
        };
        let moved = comparison.touched.values().filter_map(|before| match before {
            crate::site::comparison::Before::File { path, .. } => Some(path),
            crate::site::comparison::Before::Nothing => None,
        });
        if presence == Presence::Missing
            && let Some(path) = comparison.gone.keys().chain(moved).find(|path| is_named(path))
        {
            report.at(tag.markup_span, format!("`{path}` is there no more"));
        }
    }
}
