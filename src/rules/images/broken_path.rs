use super::targets;
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use crate::site::target::Target;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/images/broken-path.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct BrokenPath {
    /// Paths from the site's root that something else makes (`/assets/generated/`); what begins with one is not looked for.
    ignore: Vec<String>,
}

impl Rule for BrokenPath {
    fn check(&self, post: &Post, report: &mut Report) {
        for (picture, target) in targets(post) {
            let Target::Missing { path } = target else { continue };
            if self.ignore.iter().any(|ignored| path.starts_with(ignored.as_str())) {
                continue;
            }
            let found = report.at(picture.span, format!("there is no picture `{path}` in the site"));
            let near_names = post.site.near_names(path.trim_start_matches('/'));
            // among several nobody knows which is meant
            let [near] = near_names.as_slice() else { continue };
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
