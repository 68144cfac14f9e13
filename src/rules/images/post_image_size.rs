use super::{Picture, Source, Trusted, targets};
use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::habit::{Habit, Pin};
use crate::rules::{Places, Rule};
use crate::site::target::Target;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// The share of posts, in percent, from which on a size or a ratio is expected of the others.
const THRESHOLD: u8 = 90;
/// What is less wide, in pixels, is an icon.
const LEAST_WIDTH: usize = 100;
/// How far a ratio may be off, in thousandths.
const TOLERANCE: usize = 15;

/// The rule's page is rules/images/post-image-size.md.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct PostImageSize {
    /// The key of the front matter that names the picture.
    key: String,
    /// Width and height in pixels: `500x293`. Without it: what the newest posts have.
    size: Option<String>,
    /// Width to height: `16:9`. Without it: what the newest posts have.
    ratio: Option<String>,
    #[serde(skip)]
    learned: Option<Demand>,
    #[serde(skip)]
    trusted: Trusted,
}

/// Pixels, or their ratio alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Demand {
    Size(usize, usize),
    Ratio(usize, usize),
}

impl Default for PostImageSize {
    fn default() -> PostImageSize {
        PostImageSize { key: "image".to_owned(), size: None, ratio: None, learned: None, trusted: Trusted::default() }
    }
}

impl Rule for PostImageSize {
    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        self.trusted = Trusted::learn(newest);
        if self.size.is_some() || self.ratio.is_some() {
            return Vec::new();
        }
        let sizes: Vec<(&str, (usize, usize))> =
            newest.iter().filter_map(|post| Some((post.path, self.pictures(post).into_iter().next()?.1))).collect();
        let Some(usual) = most_frequent(sizes.iter().map(|(_, size)| *size)).filter(|(width, _)| *width >= LEAST_WIDTH) else {
            return Vec::new();
        };
        let by_size = habit(&sizes, Demand::Size(usual.0, usual.1));
        let ratio = most_frequent(sizes.iter().map(|(_, size)| lowest_terms(*size))).unwrap_or(usual);
        let by_ratio = habit(&sizes, Demand::Ratio(ratio.0, ratio.1));
        let (demand, habit) =
            if by_size.holds() { (Demand::Size(usual.0, usual.1), by_size) } else { (Demand::Ratio(ratio.0, ratio.1), by_ratio) };
        self.learned = habit.holds().then_some(demand);
        vec![habit]
    }

    fn places(&self, post: &Post) -> Places {
        let Some(demand) = self.demand() else { return Places::default() };
        let pictures = self.pictures(post);
        Places { kept: pictures.iter().filter(|(_, size)| demand.is_met(*size)).count(), of: pictures.len() }
    }

    fn check(&self, post: &Post, report: &mut Report) {
        let Some(demand) = self.demand() else { return };
        for (picture, (width, height)) in self.pictures(post) {
            if !demand.is_met((width, height)) {
                report.at(picture.span, format!("this picture has {width}x{height} pixels, not {demand}"));
            }
        }
    }
}

impl PostImageSize {
    fn demand(&self) -> Option<Demand> {
        let pinned_size = || self.size.as_deref().and_then(|size| pair(size, 'x')).map(|(width, height)| Demand::Size(width, height));
        let pinned_ratio = || self.ratio.as_deref().and_then(|ratio| pair(ratio, ':')).map(|(width, height)| Demand::Ratio(width, height));
        pinned_size().or_else(pinned_ratio).or(self.learned)
    }

    /// The pictures that the key names, with their size.
    fn pictures<'p>(&'p self, post: &'p Post<'_>) -> Vec<(Picture<'p>, (usize, usize))> {
        targets(post, &self.trusted)
            .filter(|(picture, _)| picture.source == Source::FrontMatter(&self.key))
            .filter_map(|(picture, target)| match target {
                Target::Published(found) => Some((picture, post.site.picture_facts(&found.path)?.size?)),
                _ => None,
            })
            .collect()
    }
}

impl Demand {
    fn is_met(self, (width, height): (usize, usize)) -> bool {
        match self {
            Demand::Size(wanted_width, wanted_height) => (width, height) == (wanted_width, wanted_height),
            Demand::Ratio(wanted_width, wanted_height) => {
                let (has, wanted) = (width.saturating_mul(wanted_height), wanted_width.saturating_mul(height));
                has.abs_diff(wanted).saturating_mul(1000) <= wanted.saturating_mul(TOLERANCE)
            }
        }
    }
}

impl std::fmt::Display for Demand {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Demand::Size(width, height) => write!(f, "{width}x{height}"),
            Demand::Ratio(width, height) => write!(f, "the ratio {width}:{height}"),
        }
    }
}

fn habit(sizes: &[(&str, (usize, usize))], demand: Demand) -> Habit {
    let pin = match demand {
        Demand::Size(width, height) => Pin::Value("size", format!("{width}x{height}")),
        Demand::Ratio(width, height) => Pin::Value("ratio", format!("{width}:{height}")),
    };
    let mut habit = Habit::new(format!("post images of {demand}"), THRESHOLD, pin);
    sizes.iter().for_each(|(path, size)| habit.count(path, demand.is_met(*size)));
    habit
}

/// The value that stands there most often; among equals the first.
fn most_frequent(values: impl Iterator<Item = (usize, usize)>) -> Option<(usize, usize)> {
    let mut counts: FxHashMap<(usize, usize), (usize, usize)> = FxHashMap::default();
    for (place, value) in values.enumerate() {
        counts.entry(value).or_insert((0, usize::MAX - place)).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, rank)| *rank).map(|(value, _)| value)
}

fn lowest_terms((width, height): (usize, usize)) -> (usize, usize) {
    let (mut a, mut b) = (width, height);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    (width / a.max(1), height / a.max(1))
}

fn pair(text: &str, separator: char) -> Option<(usize, usize)> {
    let (width, height) = text.split_once(separator)?;
    Some((width.trim().parse().ok()?, height.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_have_some_play() {
        assert!(Demand::Ratio(16, 9).is_met((1200, 675)));
        assert!(Demand::Ratio(16, 9).is_met((1200, 673)));
        assert!(!Demand::Ratio(16, 9).is_met((1200, 800)));
        assert_eq!(lowest_terms((1200, 675)), (16, 9));
        assert_eq!(most_frequent([(1, 1), (2, 1), (2, 1)].into_iter()), Some((2, 1)));
    }
}
