use super::{Address, Authority, internal_targets};
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::rules::habit::{Habit, Pin};
use crate::rules::{Places, Rule};
use crate::site::target::Target;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/links/absolute-internal.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct AbsoluteInternal {}

/// The share of posts, in percent, from which on links without the site's own host are expected of the others.
const THRESHOLD: u8 = 90;

impl Rule for AbsoluteInternal {
    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        let habit = Habit::new("internal links without the host", THRESHOLD, Pin::Severity);
        habit.of_places(newest.iter().map(|post| (post.path, self.places(post))))
    }

    fn places(&self, post: &Post) -> Places {
        let mut places = Places::default();
        for (address, target) in internal_targets(post) {
            if matches!(target, Target::Published(_)) {
                places.of += 1;
                places.kept += usize::from(Authority::of(address.url).is_none());
            }
        }
        places
    }

    fn check(&self, post: &Post, report: &mut Report) {
        for (address, target) in internal_targets(post) {
            if !matches!(target, Target::Published(_)) || Authority::of(address.url).is_none() {
                continue;
            }
            let found = report.at(address.span, "this link within the site names the site's own host");
            if let Some(edit) = without_host(post, &address) {
                found.fix(Safety::Unsafe, "leave the host out", [edit]);
            }
        }
    }
}

/// The edit that leaves the path, if the host is written out and something follows it.
fn without_host(post: &Post, address: &Address) -> Option<Edit> {
    let written = address.span.of(post.text);
    let host = written.find("//")? + 2;
    let path = host + written.get(host..)?.find('/')?;
    let start = address.span.start as usize;
    // a page that shows its address is meant to show it
    let is_shown = super::shows_its_target(post, address);
    (!written.contains("{") && !is_shown).then(|| Edit::delete(Span::new(start, start + path)))
}
