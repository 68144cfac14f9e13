use super::{Address, internal_targets};
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::rules::habit::{Habit, Pin};
use crate::rules::{Places, Rule};
use crate::site::target::Target;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/links/missing-baseurl.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MissingBaseurl {}

/// The share of posts, in percent, from which on the `baseurl` is expected of the others.
const THRESHOLD: u8 = 90;

impl Rule for MissingBaseurl {
    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        let habit = Habit::new("links with baseurl", THRESHOLD, Pin::Severity);
        let posts = newest.iter().filter(|post| base(post).is_some());
        habit.of_places(posts.map(|post| (post.path, self.places(post))))
    }

    fn places(&self, post: &Post) -> Places {
        let mut places = Places::default();
        for (_, target) in internal_targets(post) {
            match target {
                target if lacks_base(target) => places.of += 1,
                Target::Published(_) => {
                    places.of += 1;
                    places.kept += 1;
                }
                _ => {}
            }
        }
        places
    }

    fn check(&self, post: &Post, report: &mut Report) {
        let Some(base) = base(post) else { return };
        for (address, _) in internal_targets(post).filter(|(_, target)| lacks_base(target)) {
            let found = report.at(address.span, format!("this link lacks the site's `baseurl`, `{base}`"));
            found.note("on the web it leads out of the site");
            if let Some(start) = path_start(post, &address).filter(|_| post.liquid.region_at(address.span.start).is_none()) {
                found.fix(Safety::Unsafe, "put `{{ site.baseurl }}` before it", [Edit::insert(start, "{{ site.baseurl }}")]);
            }
        }
    }

    fn check_always(&self, post: &Post, report: &mut Report) {
        let Some(base) = base(post) else { return };
        for (address, _) in internal_targets(post).filter(|(_, target)| has_it_twice(target, &base)) {
            let found = report.at(address.span, format!("this link has the site's `baseurl`, `{base}`, twice"));
            if let Some(edit) = without_second(post, &address, &base) {
                found.fix(Safety::Safe, "write it once", [edit]);
            }
        }
    }
}

/// The site's `baseurl` with a slash in front; `None` without one, or where a domain of its own stands in doubt of it.
fn base(post: &Post) -> Option<String> {
    let base = post.site.config.baseurl.as_deref()?.trim_matches('/');
    (!base.is_empty() && !post.site.files().has_file("CNAME")).then(|| format!("/{base}"))
}

/// Whether what the link means is there, with `baseurl` before it.
fn lacks_base(target: &Target) -> bool {
    matches!(target, Target::WithoutBaseurl(target) if matches!(target.as_ref(), Target::Published(_)))
}

fn has_it_twice(target: &Target, base: &str) -> bool {
    matches!(target, Target::Missing { path } if is_doubled(path, base))
}

fn is_doubled(path: &str, base: &str) -> bool {
    path.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Where the path begins, if nothing but a path is written.
fn path_start(post: &Post, address: &Address) -> Option<u32> {
    (address.span.of(post.text).starts_with('/') && !address.url.contains("{")).then_some(address.span.start)
}

/// The edit that takes away a `baseurl` that is written out behind one that Liquid prints.
fn without_second(post: &Post, address: &Address, base: &str) -> Option<Edit> {
    let written = address.span.of(post.text);
    let end = written.rfind("}}")? + 2;
    let is_second = is_doubled(written.get(end..)?, base);
    let start = address.span.start as usize + end;
    is_second.then(|| Edit::delete(Span::new(start, start + base.len())))
}
