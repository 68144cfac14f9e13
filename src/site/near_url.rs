//! URLs of the site that are nearly what a link says.

use super::Site;
use super::outputs::Output;

impl Site {
    /// The URL of a published page that `path` (decoded, with a slash in front) was most likely meant to be: the only one
    /// with the same last part, or the only one that is a letter or two off; else the only file with nearly its name.
    pub fn near_url(&self, path: &str) -> Option<String> {
        let published = || self.outputs().iter().filter(|(_, output)| is_page(output)).map(|(url, _)| url);
        let name = last_part(path);
        let same_name = only(published().filter(|url| name.chars().count() >= 8 && last_part(url) == name));
        let limit = 1 + path.chars().count() / 16;
        let slip = || {
            let length = path.len();
            let near = published().filter(|url| url.len().abs_diff(length) <= limit * 4 && strsim::damerau_levenshtein(url, path) <= limit);
            only(near.filter(|url| url.len() > 2))
        };
        same_name.or_else(slip).map(str::to_owned).or_else(|| match self.near_names(path.trim_matches('/')).as_slice() {
            [near] if path.rsplit('/').next().is_some_and(|name| name.contains('.')) => Some(format!("/{near}")),
            _ => None,
        })
    }

    /// Whether the site has pages or files below the first part of `path`, so that nothing else is likely to be served
    /// there; a path of one part with an extension names a file of the site.
    pub fn has_pages_beside(&self, path: &str) -> bool {
        let path = path.trim_start_matches('/');
        let Some((first, _)) = path.split_once('/').filter(|(_, rest)| !rest.is_empty()) else {
            return super::url::extname(path).len() > 1;
        };
        let prefix = format!("/{first}/");
        self.files().has_folder(first) || self.outputs().iter().any(|(url, output)| output.exclusion.is_none() && url.starts_with(&prefix))
    }
}

fn is_page(output: &Output) -> bool {
    output.exclusion.is_none() && output.is_rendered && !output.is_redirect
}

/// The last part of a path without its slash and extension.
fn last_part(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".html").unwrap_or(name)
}

fn only<'u>(mut urls: impl Iterator<Item = &'u str>) -> Option<&'u str> {
    let first = urls.next()?;
    urls.next().is_none().then_some(first)
}
