use crate::diagnostic::{Edit, Report, Safety};
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use crate::site::header::Header;
use crate::site::page::Page;
use crate::site::target::{Target, resolve};
use crate::site::url::decode;
use crate::site::value::Value;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The keys that a URL is made of.
const KEYS: [&str; 6] = ["permalink", "slug", "date", "categories", "category", "title"];
const PLUGIN: &str = "jekyll-redirect-from";

/// The rule's page is rules/site/changed-url.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ChangedUrl {}

impl Rule for ChangedUrl {
    fn check(&self, post: &Post, report: &mut Report) {
        let Some(comparison) = &post.site.comparison else { return };
        let page = Page::of_post(post);
        let is_published = post.kind != DocumentKind::Draft && !page.header().get("published").is_some_and(Value::is_falsy);
        let (Some((old, header)), Ok(new), true) = (comparison.url_before(post.site, post.path), page.url(), is_published) else { return };
        if decode(&old) == decode(new) || redirects(&page, &old) {
            return;
        }
        let message = format!("the URL was `{old}` and is `{new}` now, and nothing leads on from the old one");
        let found = match cause(post, &header) {
            Some(span) => report.at(span, message),
            None => report.whole(message),
        };
        if !post.site.config.has_plugin(PLUGIN) {
            found.note(format!("with the plugin {PLUGIN}, `redirect_from: {old}` in the front matter keeps old links alive"));
        } else if post.front_matter.entry("redirect_from").is_none() && post.front_matter.is_present() {
            let edit = Edit::insert(post.front_matter.yaml.end, format!("redirect_from: {old}\n"));
            found.fix(Safety::Unsafe, format!("add `redirect_from: {old}`"), [edit]);
        }
    }

    fn is_about_change(&self) -> bool {
        true
    }
}

/// Whether the old URL still leads somewhere: to this post by its `redirect_from`, or to anything else.
fn redirects(page: &Page, old: &str) -> bool {
    let from = page.header().get("redirect_from");
    let urls = from.into_iter().chain(from.map(Value::items).unwrap_or_default()).filter_map(Value::as_str);
    let plain = |url: &str| decode(url).trim_matches('/').trim_end_matches(".html").to_owned();
    if urls.into_iter().any(|url| plain(url) == plain(old)) {
        return true;
    }
    let base = page.site.config.baseurl.as_deref().unwrap_or_default().trim_end_matches('/');
    !matches!(resolve(page, &format!("{base}{old}")), Target::Missing { .. })
}

/// The first entry of the front matter that changed and that URLs are made of.
fn cause(post: &Post, before: &Header) -> Option<Span> {
    let changed = KEYS.iter().filter_map(|key| Some((key, post.front_matter.entry(key)?)));
    let mut changed = changed.filter(|(key, entry)| before.get(key) != Some(&Value::from(&entry.value)));
    changed.next().map(|(_, entry)| entry.key.span.to(entry.value.span))
}
