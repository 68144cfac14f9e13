use super::line_start;
use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::{Kind, NodeId};
use crate::post::Post;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/accidental-list.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct AccidentalList {}

/// From here on a number is a year, or an amount.
const NO_ITEM: u64 = 1000;

impl Rule for AccidentalList {
    fn check(&self, post: &Post, report: &mut Report) {
        for &id in &post.constructs().lists {
            if !matches!(post.tree.node(id).kind, Kind::List { ordered: true }) {
                continue;
            }
            let Some(number) = number_of(post, id) else { continue };
            let value: u64 = number.of(post.text).parse().unwrap_or(u64::MAX);
            if value >= NO_ITEM || (value > 1 && post.tree.children(id).count() == 1 && goes_on(post, id)) {
                let found = report.at(number, "this number begins a list, and is printed as `1.`");
                // the line goes on with the paragraph before it
                let span = line_start(post, number.start).to(number);
                let edit = Edit::replace(span, format!("{}\\", span.of(post.text)));
                found.fix(Safety::Safe, "put a backslash before the dot", [edit]).changes_block();
            }
        }
    }
}

/// Whether the list goes on with a sentence of the paragraph before it.
fn goes_on(post: &Post, list: NodeId) -> bool {
    let Some(before) = post.tree.previous(list).map(|before| post.tree.node(before)) else { return false };
    let is_open = |text: &str| text.trim_end().ends_with(|last: char| last.is_alphanumeric() || last == ',');
    matches!(before.kind, Kind::Paragraph { .. }) && is_open(before.span.of(post.text))
}

/// The digits that begin the first item.
fn number_of(post: &Post, list: NodeId) -> Option<Span> {
    let item = post.tree.first_child(list)?;
    let start = post.tree.node(item).span.start as usize;
    let digits = post.text.get(start..)?.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| Span::new(start, start + digits))
}
