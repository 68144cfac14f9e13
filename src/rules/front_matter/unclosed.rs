use crate::diagnostic::Report;
use crate::post::Post;
use crate::post::front_matter::Status;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/front-matter/unclosed.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Unclosed {}

impl Rule for Unclosed {
    fn check(&self, post: &Post, report: &mut Report) {
        if post.front_matter.status != Status::Unclosed {
            return;
        }
        let text = post.text;
        let Some(dashes) = text.find("---") else { return };
        let run = text[dashes..].bytes().take_while(|&byte| byte == b'-').count();
        let span = Span::new(dashes, dashes + run);
        let before = text[..dashes].trim_start_matches('\u{feff}');
        let message = if !before.is_empty() {
            "Jekyll sees no front matter: the file must begin with `---`, and something stands before it"
        } else if run > 3 {
            "Jekyll sees no front matter: it opens with exactly three dashes"
        } else {
            "Jekyll sees no front matter: this `---` is never closed by a line that is just `---`"
        };
        report.at(span, message).note("the keys become visible text, and the page has no layout");
    }
}
