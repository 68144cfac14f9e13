//! URLs of the site that are nearly what a link says.

use super::Site;
use super::outputs::{Output, Outputs};
use rustc_hash::FxHashMap;

/// The URLs of published pages, to be searched for what is nearly one of them.
#[derive(Debug, Default)]
pub struct PageUrls {
    all: Vec<PageUrl>,
    /// By the last part; `None` where several pages have it.
    by_last_part: FxHashMap<String, Option<usize>>,
}

#[derive(Debug)]
struct PageUrl {
    url: String,
    characters: usize,
    letters: Letters,
}

/// Which ASCII characters a text has, without letter case; all others are one more.
#[derive(Debug, Clone, Copy)]
struct Letters(u64);

impl Letters {
    fn of(text: &str) -> Letters {
        let bit = |byte: u8| match byte.to_ascii_lowercase() {
            byte @ 0x20..=0x40 => byte - 0x20,
            byte @ b'['..=b'~' => byte - b'[' + 0x21,
            _ => 63,
        };
        Letters(text.bytes().fold(0, |letters, byte| letters | 1 << bit(byte).min(63)))
    }

    /// How many edits it takes at least to make a text of the one from a text of the other: each takes one character away
    /// and brings another.
    fn least_edits(self, other: Letters) -> usize {
        let gone = (self.0 & !other.0).count_ones();
        let new = (other.0 & !self.0).count_ones();
        gone.max(new) as usize
    }
}

impl PageUrls {
    pub(super) fn of(outputs: &Outputs) -> PageUrls {
        let mut urls = PageUrls::default();
        for (url, _) in outputs.iter().filter(|(_, output)| is_page(output)) {
            let index = urls.all.len();
            urls.by_last_part.entry(last_part(url).to_owned()).and_modify(|known| *known = None).or_insert(Some(index));
            urls.all.push(PageUrl { url: url.to_owned(), characters: url.chars().count(), letters: Letters::of(url) });
        }
        urls
    }

    /// The only page whose URL has this last part.
    fn named(&self, name: &str) -> Option<&str> {
        self.by_last_part.get(name).copied().flatten().and_then(|index| self.all.get(index)).map(|page| page.url.as_str())
    }

    /// The only page whose URL is at most so many edits away.
    fn within(&self, path: &str, edits: usize) -> Option<&str> {
        let (characters, letters) = (path.chars().count(), Letters::of(path));
        let may_be = |page: &&PageUrl| {
            page.url.len() > 2 && page.characters.abs_diff(characters) <= edits && page.letters.least_edits(letters) <= edits
        };
        let near = self.all.iter().filter(may_be).map(|page| page.url.as_str());
        only(near.filter(|url| strsim::damerau_levenshtein(url, path) <= edits))
    }
}

impl Site {
    /// The URL of a published page that `path` (decoded, with a slash in front) was most likely meant to be: the only one
    /// with the same last part, or the only one that is a letter or two off; else the only file with nearly its name.
    pub fn near_url(&self, path: &str) -> Option<String> {
        let urls = self.page_urls.get_or_init(|| PageUrls::of(self.outputs()));
        let name = last_part(path);
        let same_name = urls.named(name).filter(|_| name.chars().count() >= 8);
        let slip = || urls.within(path, 1 + path.chars().count() / 16);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_never_rule_out_what_is_near() {
        let texts =
            ["/2024/harbour-lights/", "/2024/harbor-lights/", "/2024/HARBOUR/", "/hafen/größe/", "/a|b~{}", "/2024/lights-harbour/"];
        for (one, other) in texts.iter().flat_map(|one| texts.iter().map(move |other| (one, other))) {
            assert!(Letters::of(one).least_edits(Letters::of(other)) <= strsim::damerau_levenshtein(one, other), "{one} {other}");
        }
    }
}
