//! Which values of the front matter and of includes are paths of pictures from the site's root.

use super::{Picture, Source, pictures};
use crate::post::Post;
use crate::rules::habit::Habit;
use crate::site::pictures::is_picture;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// The share of values, in percent, that must lead to a file for the others to be expected to.
const THRESHOLD: usize = 95;

/// Places whose values are paths from the root, by their names: `image` of the front matter, `image.html:img` of an include.
#[derive(Debug, Default, Clone)]
pub struct Trusted {
    places: FxHashSet<String>,
    /// Places of whose values less than half are there: something is put before them, or makes them.
    doubtful: FxHashSet<String>,
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
                let (there, of) = counts.entry(place).or_default();
                *there += usize::from(is_there(post, picture.url.trim()));
                *of += 1;
            }
        }
        let enough = counts.into_iter().filter(|(_, (_, of))| *of >= Habit::FEWEST);
        let mut trusted = Trusted::default();
        for (place, (there, of)) in enough {
            if there * 100 >= of * THRESHOLD {
                trusted.places.insert(place);
            } else if there * 2 < of {
                trusted.doubtful.insert(place);
            }
        }
        trusted
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
        let is_path = matches!(picture.source, Source::FrontMatter(_)) && looks_like_a_path(url.trim()) && !self.doubtful.contains(&place);
        is_path.then_some(Cow::Borrowed(url))
    }
}

/// Whether a path from the root, with or without `baseurl`, is a file of the site.
fn is_there(post: &Post, path: &str) -> bool {
    let has = |path: &str| post.site.files().has_file(path.trim_start_matches('/'));
    let base = post.site.config.baseurl.as_deref().unwrap_or_default().trim_matches('/');
    let below_base = || path.trim_start_matches('/').strip_prefix(base).filter(|rest| rest.starts_with('/'));
    has(path) || (!base.is_empty() && below_base().is_some_and(has))
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
    url.contains("//") || url.contains(['{', '}']) || url.starts_with("data:") || !is_picture(url.trim()) && !looks_like_a_path(url.trim())
}

/// Whether a value of the front matter is a path from the site's root and no name, colour or address that a theme completes.
fn looks_like_a_path(value: &str) -> bool {
    value.starts_with('/') && !value.starts_with("//") && value.rsplit('/').next().is_some_and(|name| name.contains('.'))
}
