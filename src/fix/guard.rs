//! Whether a repaired document is still the same document, but for what its fixes are about.
//!
//! Both versions are walked in the order of the page and turned into one fingerprint each. What a fix may change is
//! left out of both, and only where the fix changes it; soft line breaks and the width of white space are in neither.

mod fingerprint;
mod places;

pub use fingerprint::{Fingerprint, Part};
pub use places::{Aspects, Places};

use super::apply::Change;
use crate::diagnostic::{Fix, Safety, Scope};
use crate::post::Post;
use crate::post::front_matter::Status;
use crate::text::Span;

/// Where a document may differ from its other version, and in what.
#[derive(Debug, Clone, Default)]
pub struct Permits {
    /// In the order of the file.
    regions: Vec<(Span, Aspects)>,
    /// Ids of headings may differ everywhere: a heading that changes renumbers its namesakes.
    ids: bool,
    /// There were no values in the front matter that could be kept.
    front_matter: bool,
}

impl Permits {
    /// What `changes` may change, in the old version of the document and in the new one.
    pub fn new(old: &Post, places: &Places, fixes: &[&Fix], changes: &[Change]) -> (Permits, Permits) {
        let (mut before, mut after) = (Permits::default(), Permits::default());
        for change in changes {
            let Some(fix) = fixes.get(change.fix) else { continue };
            let aspects = match (fix.safety, fix.scope) {
                (Safety::Layout, _) => Aspects::NONE,
                (Safety::Safe, Scope::Place) => places.of_change(change, fix),
                (Safety::Safe, Scope::Markup) => places.of_change(change, fix) | Aspects::MARKUP,
                (Safety::Safe, Scope::Block) => Aspects::BODY,
                (Safety::Unsafe, _) => Aspects::ALL,
            };
            if aspects != Aspects::NONE {
                before.regions.push((change.old, aspects));
                after.regions.push((change.new, aspects));
            }
        }
        let any_unsafe = fixes.iter().any(|fix| fix.safety == Safety::Unsafe);
        (before.ids, after.ids) = (any_unsafe, any_unsafe);
        let in_front_matter = before.regions.iter().any(|(_, aspects)| aspects.intersects(Aspects::FRONT_MATTER));
        let nothing_to_keep = old.front_matter.status == Status::Invalid && in_front_matter;
        (before.front_matter, after.front_matter) = (nothing_to_keep, nothing_to_keep);
        (before, after)
    }

    fn is_empty(&self) -> bool {
        self.regions.is_empty()
    }

    /// All that may differ in what touches `span`.
    fn at(&self, span: Span) -> Aspects {
        let first = self.regions.partition_point(|(region, _)| region.end < span.start);
        self.regions[first..]
            .iter()
            .take_while(|(region, _)| region.start <= span.end)
            .fold(Aspects::NONE, |all, &(_, aspects)| all | aspects)
    }

    /// Like [`Permits::at`], without what ends where `span` begins: the line before an entry is none of its business.
    fn in_entry(&self, span: Span) -> Aspects {
        self.at(Span { start: span.start + 1, end: span.end.max(span.start + 1) })
    }

    /// The stretch around `span` in which nothing may differ, when there is one. Both in bytes, `end` inclusive.
    fn quiet_around(&self, span: Span) -> Option<Span> {
        let next = self.regions.partition_point(|(region, _)| region.end < span.start);
        let start = next.checked_sub(1).map_or(0, |before| self.regions[before].0.end + 1);
        let end = self.regions.get(next).map_or(u32::MAX, |(region, _)| region.start.saturating_sub(1));
        (start <= span.start && span.end <= end).then_some(Span { start, end })
    }
}

/// What differs between the two versions although no fix is about it; `None` where all is well.
pub fn difference(old: &Post, new: &Post, places: &Places, fixes: &[&Fix], changes: &[Change]) -> Option<Part> {
    let (before, after) = Permits::new(old, places, fixes, changes);
    if mends_front_matter(old, new, fixes, changes) {
        return None;
    }
    Fingerprint::of(old, &before).difference(&Fingerprint::of(new, &after))
}

/// Front matter that was none becomes one: everything else follows from that. Only unsafe fixes may do so.
fn mends_front_matter(old: &Post, new: &Post, fixes: &[&Fix], changes: &[Change]) -> bool {
    let broken = !matches!(old.front_matter.status, Status::Ok | Status::Empty);
    let is_unsafe = |change: &Change| fixes.get(change.fix).is_some_and(|fix| fix.safety == Safety::Unsafe);
    broken && new.front_matter.status == Status::Ok && changes.iter().any(is_unsafe)
}
