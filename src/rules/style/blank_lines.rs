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
        0 => post.body.start as usize,
        fence => fence as usize,
    };
    let mut runs = Vec::new();
    let (mut count, mut second) = (0, start);
    let mut at = start;
    for line in post.text.get(start..).unwrap_or_default().split_inclusive('\n') {
        // the rest of the line of the fence is no line
        let is_rest = at == start && start > 0 && post.text.as_bytes().get(start - 1) != Some(&b'\n');
        if line.ends_with('\n') && line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')) && !is_rest {
            count += 1;
            if count == 2 {
                second = at;
            }
        } else {
            if count > 1 {
                runs.push((count, Span::new(second, at)));
            }
            count = 0;
        }
        at += line.len();
    }
    if count > 1 {
        runs.push((count, Span::new(second, at)));
    }
    runs
}
