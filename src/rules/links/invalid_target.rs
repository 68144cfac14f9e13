use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// The words that browsers know (HTML standard, "valid navigable target name or keyword").
const KEYWORDS: [&str; 5] = ["_blank", "_self", "_parent", "_top", "_unfencedTop"];

/// The rule's page is rules/links/invalid-target.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct InvalidTarget {}

impl Rule for InvalidTarget {
    fn check(&self, post: &Post, report: &mut Report) {
        for link in post.links() {
            let Some(target) = post.tree.attribute(link.node, "target") else { continue };
            let Some(meant) = meant(&target.value.text) else { continue };
            let span = target.value.span;
            let found = report.at(span, format!("the target `{}` is no keyword: `{meant}` opens a new tab", target.value.text));
            found.note("a browser takes it for the name of a window, which all such links then share");
            if span.of(post.text) == target.value.text.as_ref() {
                found.fix(Safety::Safe, format!("write `{meant}`"), [Edit::replace(span, meant)]);
            }
        }
    }
}

/// The keyword that a target was meant to be.
fn meant(target: &str) -> Option<&'static str> {
    if KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(target)) {
        return None;
    }
    let word = target.trim().trim_start_matches(['\\', '_', '-', '“', '”']).trim_end_matches(['_', '“', '”']);
    let is_blank = ["blank", "new", "blanc", "balnk"].iter().any(|slip| word.eq_ignore_ascii_case(slip));
    is_blank.then_some("_blank")
}
