//! The rule's page is `rules/style/blank-lines.md`.

use super::{touches, verbatim_parts};
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct BlankLines {}

impl Rule for BlankLines {
    fn check(&self, post: &Post, report: &mut Report) {
        let mut verbatim: Option<Vec<Span>> = None;
        for (count, more) in runs_of_blank_lines(post) {
            if touches(verbatim.get_or_insert_with(|| verbatim_parts(post)), more) {
                continue;
            }
            let fix = [Edit::delete(more)];
            report.at(more, format!("{count} blank lines instead of one")).fix(Safety::Layout, "leave one", fix);
        }
    }
}

/// Where two or more blank lines follow each other in the body: how many, and all but the first.
fn runs_of_blank_lines(post: &Post) -> Vec<(usize, Span)> {
    // the lines after the front matter belong to it for Jekyll, and to the body for everyone else
    let start = match post.front_matter.terminator.end {
        0 => post.body.start,
        fence => fence,
    };
    let mut runs = Vec::new();
    let (mut count, mut rest) = (0, Span::default());
    // the rest of the line of the fence is no line
    let first = post.lines.line_of(start.saturating_sub(1)) + usize::from(start > 0);
    for line in first..=post.lines.count() {
        let span = post.lines.span(line, post.text);
        if is_blank(post, span) {
            count += 1;
            rest = if count > 2 { rest.to(span) } else { span };
        } else {
            if count > 1 {
                runs.push((count, rest));
            }
            count = 0;
        }
    }
    runs
}

/// Whether there is nothing but white space in a line, and its end.
fn is_blank(post: &Post, line: Span) -> bool {
    let bytes = post.text.as_bytes().get(line.range()).unwrap_or_default();
    bytes.ends_with(b"\n") && bytes.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}
