//! URLs of the site that are nearly what a link says.

use super::Site;
use super::outputs::{Output, Outputs};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{Mutex, OnceLock, PoisonError};

/// What pages are looked for by; made when the first link leads nowhere.
#[derive(Debug, Default)]
pub(super) struct NearUrls {
    pages: OnceLock<Pages>,
    /// First parts of paths below which something is published.
    folders: OnceLock<FxHashSet<String>>,
    /// Links to the same missing page are many.
    asked: Mutex<FxHashMap<String, Option<String>>>,
}

/// The published pages.
#[derive(Debug)]
struct Pages {
    /// Sorted by URL.
    urls: Vec<Known>,
    by_name: FxHashMap<String, Vec<u32>>,
}

#[derive(Debug)]
struct Known {
    url: String,
    /// In characters.
    length: usize,
    marks: Marks,
}

impl Known {
    fn new(url: &str) -> Known {
        Known { url: url.to_owned(), length: url.chars().count(), marks: Marks::of(url) }
    }

    /// Whether `path`, which has so many characters and these marks, is at most `limit` edits off.
    fn is_near(&self, path: &str, length: usize, marks: &Marks, limit: usize) -> bool {
        self.length.abs_diff(length) <= limit
            && marks.difference(&self.marks) <= 2 * limit
            && strsim::damerau_levenshtein(&self.url, path) <= limit
    }
}

/// How often each mark stands in a text: texts that are `n` edits apart differ in at most `2 n` of them.
#[derive(Debug, PartialEq)]
struct Marks([u8; 32]);

impl Marks {
    fn of(text: &str) -> Marks {
        let mut marks = [0u8; 32];
        for c in text.chars() {
            let mark = &mut marks[c as usize % 32];
            *mark = mark.saturating_add(1);
        }
        Marks(marks)
    }

    fn difference(&self, other: &Marks) -> usize {
        usize::from(self.0.iter().zip(&other.0).map(|(a, b)| u16::from(a.abs_diff(*b))).sum::<u16>())
    }
}

impl Pages {
    fn new(outputs: &Outputs) -> Pages {
        let mut urls: Vec<Known> = outputs.iter().filter(|(_, output)| is_page(output)).map(|(url, _)| Known::new(url)).collect();
        urls.sort_by(|a, b| a.url.cmp(&b.url));
        let mut by_name: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (index, known) in urls.iter().enumerate() {
            by_name.entry(last_part(&known.url).to_owned()).or_default().push(index as u32);
        }
        Pages { urls, by_name }
    }

    /// The only page with the same last part, or the only one that is a letter or two off.
    fn near(&self, path: &str) -> Option<&str> {
        let name = last_part(path);
        if name.chars().count() >= 8
            && let Some([only]) = self.by_name.get(name).map(Vec::as_slice)
        {
            return self.urls.get(*only as usize).map(|known| known.url.as_str());
        }
        let length = path.chars().count();
        let (limit, marks) = (1 + length / 16, Marks::of(path));
        let mut near = self.urls.iter().filter(|known| known.url.len() > 2 && known.is_near(path, length, &marks, limit));
        let first = near.next()?;
        near.next().is_none().then_some(first.url.as_str())
    }
}

impl Site {
    /// The URL of a published page that `path` (decoded, with a slash in front) was most likely meant to be: the only one
    /// with the same last part, or the only one that is a letter or two off; else the only file with nearly its name.
    pub fn near_url(&self, path: &str) -> Option<String> {
        let asked = || self.near_urls.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = asked().get(path) {
            return known.clone();
        }
        let near = self.pages().near(path).map(str::to_owned).or_else(|| match self.near_names(path.trim_matches('/')).as_slice() {
            [near] if path.rsplit('/').next().is_some_and(|name| name.contains('.')) => Some(format!("/{near}")),
            _ => None,
        });
        asked().insert(path.to_owned(), near.clone());
        near
    }

    /// Whether the site has pages or files below the first part of `path`, so that nothing else is likely to be served
    /// there; a path of one part with an extension names a file of the site.
    pub fn has_pages_beside(&self, path: &str) -> bool {
        match first_part(path) {
            None => super::url::extname(path).len() > 1,
            Some(first) => self.files().has_folder(first) || self.published_folders().contains(first),
        }
    }

    fn published_folders(&self) -> &FxHashSet<String> {
        self.near_urls.folders.get_or_init(|| {
            let mut folders = FxHashSet::default();
            let published = self.outputs().iter().filter(|(_, output)| output.exclusion.is_none());
            for first in published.filter_map(|(url, _)| first_part(url)) {
                // few folders hold many pages
                if !folders.contains(first) {
                    folders.insert(first.to_owned());
                }
            }
            folders
        })
    }

    fn pages(&self) -> &Pages {
        self.near_urls.pages.get_or_init(|| Pages::new(self.outputs()))
    }
}

fn is_page(output: &Output) -> bool {
    output.exclusion.is_none() && output.is_rendered && !output.is_redirect
}

/// The first part of a path below which there is more.
fn first_part(path: &str) -> Option<&str> {
    path.trim_start_matches('/').split_once('/').filter(|(_, rest)| !rest.is_empty()).map(|(first, _)| first)
}

/// The last part of a path without its slash and extension.
fn last_part(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".html").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(urls: &[&str]) -> Pages {
        let urls: Vec<Known> = urls.iter().map(|url| Known::new(url)).collect();
        let mut by_name: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (index, known) in urls.iter().enumerate() {
            by_name.entry(last_part(&known.url).to_owned()).or_default().push(index as u32);
        }
        Pages { urls, by_name }
    }

    #[test]
    fn one_page_is_meant_or_none() {
        let pages = pages(&["/2023/spring-tides/", "/2024/cranes/", "/2024/crates/", "/about.html"]);
        assert_eq!(pages.near("/2024/spring-tides"), Some("/2023/spring-tides/"));
        assert_eq!(pages.near("/abuot.html"), Some("/about.html"));
        assert_eq!(pages.near("/2024/craxes/"), None, "two are as near");
        assert_eq!(pages.near("/2020/harbour-masters/"), None);
    }
}
