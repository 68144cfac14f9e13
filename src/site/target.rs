//! Where a link or an image of a document leads: outside, to a file, to nothing.

use super::Site;
use super::files::{EntryKind, Lookup, join};
use super::liquid_value::{Evaluated, begin_of_liquid, evaluate};
use super::outputs::is_binary;
use super::page::Page;
use super::plugins::Generated;
use super::url;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

/// What is behind a URL. Unknown beats wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Leaves the site: another host, or a scheme such as `mailto:`. The URL as evaluated.
    External(String),
    /// Stays on the page: `#anchor`, `?query`, or nothing at all.
    SamePage,
    /// Is published.
    Published(Found),
    /// Is published under the same path in other letter case, which most web servers tell apart. `url` is the right
    /// path, without `baseurl`.
    OtherCase { found: Found, url: String },
    /// Is on disk, but Jekyll leaves it out; `why` is the end of a sentence.
    NotPublished { path: String, why: String },
    /// A plugin makes it.
    Generated { by: String },
    /// There is nothing at this path (decoded, without `baseurl`, a slash in front).
    Missing { path: String },
    /// A path from the root that lacks the site's `baseurl`; what there would be with it. On the web it leads out of
    /// the site.
    WithoutBaseurl(Box<Target>),
    /// Cannot be judged; why.
    Unknown(String),
}

/// What is at the paths that were asked for, by path (decoded, without `baseurl`).
pub(super) type Targets = Mutex<FxHashMap<String, Target>>;

/// A source that is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Relative to the site's root.
    pub path: String,
    /// A document or page, as against a file that is copied.
    pub is_rendered: bool,
    /// Only a redirection leads there (`redirect_from`).
    pub is_redirect: bool,
}

fn unknown(why: impl Into<String>) -> Target {
    Target::Unknown(why.into())
}

/// Where `text`, a URL as it is written in the document (Liquid and `&amp;` included), leads.
pub fn resolve(page: &Page, text: &str) -> Target {
    let site = page.site;
    if site.root.is_none() {
        return resolve_without_site(text);
    }
    let evaluated = evaluate(text, page);
    let url = match &evaluated {
        Evaluated::Known(url) if url.contains('&') => Cow::Owned(url.trim().replace("&amp;", "&")),
        Evaluated::Known(url) => Cow::Borrowed(url.trim()),
        Evaluated::Unknown if site.is_on_another_host(text) => return Target::External(text.trim().to_owned()),
        Evaluated::Unknown => return unknown("it depends on Liquid"),
    };
    if url.is_empty() || url.starts_with(['#', '?']) {
        return Target::SamePage;
    }
    let scheme = url::scheme(&url);
    let is_web_scheme = |scheme: &str| scheme.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"));
    let is_absolute = url.starts_with("//") || scheme.is_some();
    if !site.config.known && (url.starts_with("//") || scheme.is_none_or(is_web_scheme)) {
        return unknown("the site's configuration cannot be read");
    }
    if is_absolute && let Some(path) = site.own_path(&url) {
        return match site.under_root(path, true) {
            Target::Missing { path } if site.has_pages_beside(&path) && site.near_url(&path).is_some() => Target::Missing { path },
            // other projects may be served from the same host
            Target::Missing { .. } | Target::WithoutBaseurl(_) => unknown("the host may serve it from elsewhere"),
            target => target,
        };
    }
    if is_absolute {
        return Target::External(url.into_owned());
    }
    let path = url::without_query(&url);
    if path.starts_with('/') { site.under_root(path, true) } else { beside_page(page, path) }
}

/// Without a site only what leads outside is known.
fn resolve_without_site(text: &str) -> Target {
    let url = text.trim();
    if url.contains("{{") || url.contains("{%") {
        unknown("it depends on Liquid")
    } else if url.is_empty() || url.starts_with(['#', '?']) {
        Target::SamePage
    } else if url::scheme(url).is_some() || url.starts_with("//") {
        Target::External(url.to_owned())
    } else {
        unknown("there is no site around the file")
    }
}

/// A path relative to the URL of its page.
fn beside_page(page: &Page, path: &str) -> Target {
    if let Some(target) = markdown_file(page, path) {
        return target;
    }
    let Ok(own) = page.url() else { return unknown("the URL of the page itself is not known") };
    let folder = own.rfind('/').and_then(|at| own.get(..=at)).unwrap_or("/");
    let joined = format!("{}{path}", url::decode(folder));
    // the page's own URL has no baseurl yet
    page.site.under_root(&url::remove_dot_segments(&joined), false)
}

/// A relative link to a Markdown file beside the document: GitHub Pages resolves it (jekyll-relative-links).
fn markdown_file(page: &Page, path: &str) -> Option<Target> {
    let ext = url::extname(path).strip_prefix('.')?;
    if !page.site.config.is_markdown_extension(ext) {
        return None;
    }
    let source_path = page.document().source_path();
    let folder = source_path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let joined = format!("/{}", join(folder, &url::decode(path)));
    let file = url::remove_dot_segments(&joined);
    let file = file.trim_start_matches('/');
    page.site.files().has_file(file).then(|| unknown("jekyll-relative-links, which GitHub Pages uses, makes a URL of it"))
}

impl Site {
    /// The path of an absolute URL (`https://…` or `//…`) on the site's own host and below its `baseurl`.
    fn own_path<'u>(&self, url: &'u str) -> Option<&'u str> {
        let own = self.config.url.as_deref().filter(|own| !own.is_empty())?;
        let (host, rest) = url::host_and_rest(url)?;
        if !host.eq_ignore_ascii_case(url::host_and_rest(own)?.0) {
            return None;
        }
        let path = url::without_query(rest);
        let path = if path.is_empty() { "/" } else { path };
        self.below_base(path).map(|_| path)
    }

    /// Whether a URL with Liquid in it names another host before the Liquid begins: `https://example.org/{{ x }}`.
    fn is_on_another_host(&self, text: &str) -> bool {
        let text = text.trim();
        let plain = begin_of_liquid(text).map_or(text, |at| &text[..at]);
        let is_web = plain.starts_with("https://") || plain.starts_with("http://");
        is_web && plain.splitn(4, '/').count() == 4 && self.own_path(plain).is_none()
    }

    /// What follows `baseurl` in a path that begins with it, or the path where there is none.
    fn below_base<'p>(&self, path: &'p str) -> Option<&'p str> {
        let base = self.config.baseurl.as_deref().unwrap_or_default().trim_matches('/');
        if base.is_empty() {
            return Some(path);
        }
        path.strip_prefix('/')?.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// What is at a path that begins with a slash, still encoded; `with_base`: it should begin with `baseurl`.
    fn under_root(&self, path: &str, with_base: bool) -> Target {
        let path = url::decode(path);
        if !with_base {
            return self.at_path(&path);
        }
        match self.below_base(&path) {
            Some(rest) => self.at_path(rest),
            None => Target::WithoutBaseurl(Box::new(self.at_path(&path))),
        }
    }

    /// What is at a decoded path without `baseurl`. Many posts lead to the same places.
    fn at_path(&self, path: &str) -> Target {
        let known = || self.targets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(target) = known().get(path) {
            return target.clone();
        }
        let target = self.look_up(path);
        known().insert(path.to_owned(), target.clone());
        target
    }

    fn look_up(&self, path: &str) -> Target {
        let path = collapse_slashes(path);
        let clean = url::remove_dot_segments(&path);
        let source_path = clean.trim_start_matches('/');
        let is_picture = is_binary(source_path);
        let lookup = self.files().lookup(source_path.trim_end_matches('/'));
        if is_picture && let Some(target) = self.as_file(&clean, source_path, &lookup) {
            return target;
        }
        if let Some(output) = self.outputs().find(&clean) {
            let found = Found { path: output.path.clone(), is_rendered: output.is_rendered, is_redirect: output.is_redirect };
            return match &output.exclusion {
                None => Target::Published(found),
                Some(why) => Target::NotPublished { path: found.path, why: why.to_string() },
            };
        }
        if let Some(target) = self.as_file(&clean, source_path, &lookup) {
            return target;
        }
        self.absent(&clean, source_path, &lookup)
    }

    /// A file that is copied as it is, or would be.
    fn as_file(&self, path: &str, source_path: &str, lookup: &Lookup) -> Option<Target> {
        let published = |source_path: &str| Found { path: join(&self.config.source, source_path), is_rendered: false, is_redirect: false };
        match lookup {
            Lookup::Exact(entry) if entry.kind == EntryKind::File => match entry.exclusion {
                Some(why) => Some(Target::NotPublished { path: join(&self.config.source, source_path), why: why.to_string() }),
                // Markdown with front matter has another URL
                None if self.is_rendered(source_path) => None,
                None if path.ends_with('/') => None,
                None => Some(Target::Published(published(source_path))),
            },
            Lookup::Exact(_) => {
                let index = join(source_path.trim_end_matches('/'), "index.html");
                (self.files().has_file(&index) && !self.is_rendered(&index)).then(|| Target::Published(published(&index)))
            }
            Lookup::OtherCase { path: actual, entry } if entry.kind == EntryKind::File && !path.ends_with('/') => match entry.exclusion {
                None if self.is_rendered(actual) => None,
                None => Some(Target::OtherCase { found: published(actual), url: format!("/{actual}") }),
                Some(_) => None,
            },
            Lookup::Unknown { folder } => Some(unknown(format!("what is in `{folder}` cannot be read"))),
            Lookup::Unread { folder, why } => self.unread(source_path, folder, why.map(ToString::to_string)),
            _ => {
                let page = format!("{}.html", source_path.trim_end_matches('/'));
                let is_page = !path.ends_with('/') && self.files().has_file(&page) && !self.is_rendered(&page);
                is_page.then(|| Target::Published(published(&page)))
            }
        }
    }

    /// In a folder that the walk left out: the disk says whether there is anything.
    fn unread(&self, source_path: &str, folder: &str, why: Option<String>) -> Option<Target> {
        let path = join(&self.config.source, source_path);
        let exists = self.root.as_deref().is_some_and(|root| root.join(&path).symlink_metadata().is_ok());
        exists.then(|| Target::NotPublished { path, why: why.unwrap_or_else(|| format!("Jekyll does not read `{folder}`")) })
    }

    fn is_rendered(&self, source_path: &str) -> bool {
        let path = join(&self.config.source, source_path);
        let on_disk = || self.root.as_deref().is_some_and(|root| super::header::has_header(&root.join(&path)));
        !is_binary(source_path) && on_disk()
    }

    /// Nothing was found: something else may make it, or it is missing.
    fn absent(&self, path: &str, source_path: &str, lookup: &Lookup) -> Target {
        let source_path = source_path.trim_end_matches('/');
        if let Some((url, output)) = self.outputs().find_other_case(path)
            && output.exclusion.is_none()
        {
            let found = Found { path: output.path.clone(), is_rendered: output.is_rendered, is_redirect: output.is_redirect };
            return Target::OtherCase { found, url: url.to_owned() };
        }
        if let Some(by) = self.generator_of(source_path) {
            return Target::Generated { by: by.to_owned() };
        }
        if self.is_pagination(source_path) {
            return Target::Generated { by: "jekyll-paginate".to_owned() };
        }
        if let Lookup::OtherCase { path: actual, entry } = lookup
            && let (EntryKind::File, Some(why)) = (entry.kind, entry.exclusion)
        {
            return Target::NotPublished { path: join(&self.config.source, actual), why: why.to_string() };
        }
        match self.may_come_from_elsewhere(source_path) {
            Some(why) => Target::Unknown(why),
            None => Target::Missing { path: path.to_owned() },
        }
    }

    /// Why a path that is not in the site may exist all the same.
    fn may_come_from_elsewhere(&self, source_path: &str) -> Option<String> {
        if self.config.theme.is_some() && source_path.starts_with("assets/") {
            return Some("the theme may bring it".to_owned());
        }
        if source_path.ends_with(".css.map") {
            return Some("the Sass converter writes such files".to_owned());
        }
        let kept = self.config.values.get("keep_files").map(super::value::Value::items).unwrap_or_default();
        if kept.iter().filter_map(super::value::Value::as_str).any(|kept| source_path.starts_with(kept)) {
            return Some("`keep_files` keeps it where Jekyll writes".to_owned());
        }
        let is_page = !is_binary(source_path);
        // plugins make archives, authors, tags: no second address beside that of a post
        let is_of_post = || {
            let path = format!("/{source_path}");
            before_date(&path).is_some_and(|before| self.near_url(&path).is_some_and(|near| before_date(&near) == Some(before)))
        };
        match self.generated() {
            Generated::Nothing => {}
            _ if is_page && is_of_post() => {}
            Generated::Anything { by } if is_page => return Some(format!("`{by}` may make it")),
            Generated::Pages { by } if is_page && matches!(url::extname(source_path), "" | ".html" | ".xml") => {
                return Some(format!("`{by}` may make it"));
            }
            _ => {}
        }
        if self.may_be_redirected(&format!("/{source_path}")) {
            return Some("the host may redirect it".to_owned());
        }
        if is_page && let Some(file) = self.unrendered_markdown(source_path) {
            return Some(format!("`{file}` has no front matter, but GitHub Pages makes a page of it"));
        }
        let name = source_path.rsplit('/').next().unwrap_or_default().trim_end_matches(".html");
        let hidden = self.outputs().unknown().iter().find(|path| is_page && !name.is_empty() && path.contains(name));
        hidden.map(|path| format!("the URL of `{path}` is not known"))
    }

    /// A Markdown file without front matter that would be behind the path (jekyll-optional-front-matter,
    /// jekyll-readme-index).
    fn unrendered_markdown(&self, source_path: &str) -> Option<String> {
        let stem = source_path.trim_end_matches(".html");
        let stem = stem.strip_suffix("index").unwrap_or(stem).trim_end_matches('/');
        // of most such paths not even the folder is there
        let is_folder = |folder: &str| self.files().folder(folder).is_some();
        let (has_siblings, has_content) = (is_folder(stem.rsplit_once('/').map_or("", |(folder, _)| folder)), is_folder(stem));
        let extensions = || self.config.markdown_ext.iter();
        let of_page = extensions().filter(|_| has_siblings).map(|ext| format!("{stem}.{ext}"));
        let names = |ext: &String| ["README", "readme", "index"].map(|name| join(stem, &format!("{name}.{ext}")));
        let of_folder = extensions().filter(|_| has_content).flat_map(names);
        of_page.chain(of_folder).find(|file| self.files().has_file(file))
    }
}

/// What stands before the year in a path that has a year and a name behind: `/blog/`.
fn before_date(path: &str) -> Option<&str> {
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let has_date = |rest: &str| {
        let mut parts = rest.trim_end_matches('/').split('/');
        parts.next().is_some_and(is_year) && parts.next_back().is_some_and(|name| name.len() > 3)
    };
    let mut starts = path.match_indices('/').map(|(at, _)| at + 1);
    starts.find(|&start| path.get(start..).is_some_and(has_date)).and_then(|start| path.get(..start))
}

fn collapse_slashes(path: &str) -> Cow<'_, str> {
    if !path.contains("//") {
        return Cow::Borrowed(path);
    }
    let mut collapsed = String::with_capacity(path.len());
    for c in path.chars() {
        if c != '/' || !collapsed.ends_with('/') {
            collapsed.push(c);
        }
    }
    Cow::Owned(collapsed)
}

#[cfg(test)]
mod tests {
    use super::before_date;

    #[test]
    fn dates_in_paths() {
        assert_eq!(before_date("/blog/2015/08/15/spring-tides/"), Some("/blog/"));
        assert_eq!(before_date("/2015/08/spring-tides.html"), Some("/"));
        assert_eq!(before_date("/2015/spring-tides/"), Some("/"));
        for other in ["/blog/2015/08/", "/2015/08/15/", "/blog/spring-tides/", "/2015/"] {
            assert_eq!(before_date(other), None, "{other}");
        }
    }
}
