use super::{Trusted, targets};
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use crate::rules::habit::Habit;
use crate::site::target::Target;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The rule's page is rules/images/broken-path.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct BrokenPath {
    /// Paths from the site's root that something else makes (`/assets/generated/`); what begins with one is not looked for.
    ignore: Vec<String>,
    /// Includes with the parameters of theirs that are paths of pictures from the site's root: `image.html: [img]`.
    includes: BTreeMap<String, Vec<String>>,
    #[serde(skip)]
    trusted: Trusted,
}

impl Rule for BrokenPath {
    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        self.trusted = Trusted::learn(newest);
        Vec::new()
    }

    fn check(&self, post: &Post, report: &mut Report) {
        let mut trusted = self.trusted.clone();
        for (include, parameters) in &self.includes {
            parameters.iter().for_each(|parameter| trusted.add_include(include, parameter));
        }
        for (picture, target) in targets(post, &trusted) {
            let Target::Missing { path } = target else { continue };
            if self.ignore.iter().any(|ignored| path.starts_with(ignored.as_str())) {
                continue;
            }
            let found = report.at(picture.span, format!("there is no picture `{path}` in the site"));
            let near_names = post.site.near_names(path.trim_start_matches('/'));
            // among several nobody knows which is meant
            let [near] = near_names.as_slice() else {
                if let Some(namesake) =
                    post.site.only_picture_named(path.rsplit('/').next().unwrap_or_default()).filter(|_| near_names.is_empty())
                {
                    found.note(format!("there is `{namesake}`"));
                }
                continue;
            };
            let near_name = near.rsplit('/').next().unwrap_or(near);
            found.note(format!("there is `/{near}`"));
            let name = path.rsplit('/').next().unwrap_or(&path);
            if let Some(at) = picture.span.of(post.text).rfind(name).filter(|_| !name.is_empty()) {
                let start = picture.span.start as usize + at;
                let span = Span::new(start, start + name.len());
                found.fix(Safety::Unsafe, format!("write `{near_name}`"), [Edit::replace(span, near_name)]);
            }
        }
    }
}
