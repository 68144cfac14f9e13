use super::hazards;
use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::{HazardKind, Kind, NodeId};
use crate::post::Post;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/accidental-table.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct AccidentalTable {}

impl Rule for AccidentalTable {
    fn check(&self, post: &Post, report: &mut Report) {
        let tables = hazards(post, |kind| matches!(kind, HazardKind::AccidentalTable).then_some(()));
        for (span, ()) in tables {
            let written = span.of(post.text);
            let what = if written.trim_end().contains('\n') { "these lines become" } else { "this line becomes" };
            let found = report.at(span, format!("{what} a table, because of the `|`"));
            match escapes(post, span) {
                Some(edits) => {
                    found.fix(Safety::Safe, "write `\\|`", edits).changes_block();
                }
                None => {
                    found.note("a `\\|` is printed as it is");
                }
            }
        }
    }
}

/// A backslash before each bar of the table at `span`; `None` where one is not plain text.
fn escapes(post: &Post, span: Span) -> Option<Vec<Edit>> {
    let written = span.of(post.text);
    let table = post.tree.walk().find(|&id| matches!(post.tree.node(id).kind, Kind::Table) && post.tree.node(id).span == span)?;
    if written.contains("](") && has_bar_in_target(written) || !post.tree.descendants(table).all(|id| is_plain(post, id)) {
        return None;
    }
    let bars = memchr::memchr_iter(b'|', written.as_bytes()).filter(|&at| !written[..at].ends_with('\\'));
    Some(bars.map(|at| Edit::insert(span.start + at as u32, "\\")).collect())
}

fn is_plain(post: &Post, id: NodeId) -> bool {
    !matches!(post.tree.node(id).kind, Kind::CodeSpan { .. } | Kind::Html(_) | Kind::MathSpan { .. } | Kind::Liquid)
}

fn has_bar_in_target(text: &str) -> bool {
    text.split("](").skip(1).any(|after| after.split(')').next().is_some_and(|target| target.contains('|')))
}
