//! Which values of the front matter and of includes are paths of pictures from the site's root.

use super::{Picture, Source, pictures};
use crate::post::Post;
use crate::rules::habit::Habit;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// The share of values, in percent, that must lead to a file for the others to be expected to.
const THRESHOLD: usize = 95;

/// Places whose values are paths from the root, by their names: `image` of the front matter, `image.html:img` of an include.
#[derive(Debug, Default, Clone)]
pub struct Trusted {
    places: FxHashSet<String>,
}

impl Trusted {
    /// What the newest posts show: where nearly all values are files of the site, they are paths from its root.
    pub fn learn(newest: &[Post]) -> Trusted {
        let mut counts: FxHashMap<String, (usize, usize)> = FxHashMap::default();
        for post in newest {
            for picture in pictures(post) {
                let Some(place) = place(&picture.source) else { continue };
                if is_elsewhere(picture.url) {
                    continue;
                }
                let path = picture.url.trim().trim_start_matches('/');
                let (there, of) = counts.entry(place).or_default();
                *there += usize::from(post.site.files().has_file(path));
                *of += 1;
            }
        }
        let is_trusted = |&(there, of): &(usize, usize)| of >= Habit::FEWEST && there * 100 >= of * THRESHOLD;
        Trusted { places: counts.into_iter().filter(|(_, counts)| is_trusted(counts)).map(|(place, _)| place).collect() }
    }

    /// Adds what the configuration says: the parameter of an include.
    pub fn add_include(&mut self, include: &str, parameter: &str) {
        self.places.insert(format!("{include}:{parameter}"));
    }

    /// The URL of a picture; `None` where it is not known what is put before its value.
    pub(super) fn path<'p>(&self, picture: &Picture<'p>) -> Option<Cow<'p, str>> {
        let url = picture.url;
        let Some(place) = place(&picture.source) else { return Some(Cow::Borrowed(url)) };
        if is_elsewhere(url) {
            return None;
        }
        if self.places.contains(&place) {
            return Some(if url.trim().starts_with('/') { Cow::Borrowed(url) } else { Cow::Owned(format!("/{}", url.trim())) });
        }
        (matches!(picture.source, Source::FrontMatter(_)) && looks_like_a_path(url.trim())).then_some(Cow::Borrowed(url))
    }
}

fn place(source: &Source) -> Option<String> {
    match source {
        Source::Body => None,
        Source::FrontMatter(key) => Some((*key).to_owned()),
        Source::Include(include, parameter) => Some(format!("{include}:{parameter}")),
    }
}

/// Another host, or what Liquid prints.
fn is_elsewhere(url: &str) -> bool {
    url.contains("//")
        || url.contains(['{', '}'])
        || url.starts_with("data:")
        || !super::ends_like_a_picture(url.trim()) && !looks_like_a_path(url.trim())
}

/// Whether a value of the front matter is a path from the site's root and no name, colour or address that a theme completes.
fn looks_like_a_path(value: &str) -> bool {
    value.starts_with('/') && !value.starts_with("//") && value.rsplit('/').next().is_some_and(|name| name.contains('.'))
}
