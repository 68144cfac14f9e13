use crate::diagnostic::Report;
use crate::markup::Kind;
use crate::post::{ImageView, Post};
use crate::rules::habit::{Habit, Pin};
use crate::rules::{Places, Rule};
use schemars::JsonSchema;
use serde::Deserialize;

/// The share of posts, in percent, from which on alternative texts are expected of the others.
const THRESHOLD: u8 = 90;

/// The rule's page is rules/images/missing-alt.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MissingAlt {}

impl Rule for MissingAlt {
    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        let habit = Habit::new("alt texts", THRESHOLD, Pin::Severity);
        habit.of_places(newest.iter().map(|post| (post.path, self.places(post))))
    }

    fn places(&self, post: &Post) -> Places {
        let mut places = Places::default();
        for image in post.images() {
            places.of += 1;
            places.kept += usize::from(!lacks_alt(post, &image));
        }
        places
    }

    fn check(&self, post: &Post, report: &mut Report) {
        for image in post.images().filter(|image| lacks_alt(post, image)) {
            let place = match &post.tree.node(image.node).kind {
                Kind::Html(element) => element.open_tag,
                _ => image.span,
            };
            report
                .at(place, "this picture has no alternative text")
                .note("say what it shows, for those who cannot see it and for when it does not load");
        }
    }
}

/// Whether an image says nothing to those who cannot see it. An HTML `alt=""` says that it is mere decoration.
fn lacks_alt(post: &Post, image: &ImageView) -> bool {
    let is_hidden = || {
        post.tree.attribute(image.node, "aria-hidden").is_some_and(|hidden| hidden.value.text == "true")
            || post.tree.attribute(image.node, "role").is_some_and(|role| matches!(role.value.text.as_ref(), "presentation" | "none"))
    };
    match (image.style, image.alt) {
        (None, alt) => alt.is_none() && !is_hidden(),
        (Some(_), alt) => alt.is_none_or(|alt| alt.text.trim().is_empty()) && !is_hidden(),
    }
}
