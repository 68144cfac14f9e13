use super::hazards;
use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::HazardKind;
use crate::post::Post;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/fence-as-text.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct FenceAsText {}

impl Rule for FenceAsText {
    fn check(&self, post: &Post, report: &mut Report) {
        // after a fence that is none, its end is taken for a start
        let mut is_out_of_step = false;
        for (span, has_words) in hazards(post, |kind| match kind {
            HazardKind::FenceWithWords => Some(true),
            HazardKind::UnclosedFence => Some(false),
            _ => None,
        }) {
            if !is_fence(span.of(post.text)) {
                continue;
            }
            if has_words {
                is_out_of_step = true;
                let found = report.at(span, "this begins no code block: kramdown takes one word after the fence");
                if let Some((meant, rest)) = one_word(span.of(post.text), span) {
                    found.fix(Safety::Unsafe, format!("write `{meant}`"), [Edit::delete(rest)]);
                }
            } else if !is_out_of_step {
                report.at(span, "this fence is never closed, so it begins no code block");
            }
        }
    }
}

/// Marks of one kind: kramdown would take `` `~` `` too, but nobody writes it for a fence.
fn is_fence(text: &str) -> bool {
    let marks = text.trim_start().bytes().take_while(|byte| matches!(byte, b'`' | b'~'));
    let mut kinds = marks.collect::<Vec<u8>>();
    kinds.dedup();
    kinds.len() == 1
}

/// The fence with its first word, and what is too much.
fn one_word(fence: &str, span: Span) -> Option<(&str, Span)> {
    let marks = fence.len() - fence.trim_start_matches(['`', '~']).len();
    let word = marks + fence[marks..].len() - fence[marks..].trim_start().len();
    let end = word + fence[word..].find(|c: char| c.is_whitespace())?;
    Some((&fence[..end], Span::new(span.start as usize + end, span.end as usize)))
}
