//! The rule's page is `rules/style/invisible-character.md`.

use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::Kind;
use crate::post::Post;
use crate::rules::Rule;
use crate::rules::invisible::{self, Found};
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// What `tree` draws; it puts no-break spaces between.
const BOXES: std::ops::RangeInclusive<char> = '\u{2500}'..='\u{257f}';

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct InvisibleCharacter {}

impl Rule for InvisibleCharacter {
    fn check(&self, post: &Post, report: &mut Report) {
        let body = post.body.of(post.text);
        let mut code: Option<Vec<Span>> = None;
        // those of one line are one finding
        let mut lines: Vec<(usize, Vec<(Span, Found)>)> = Vec::new();
        for found in invisible::find(body) {
            let start = post.body.start as usize + found.at;
            let line = post.lines.line_of(start as u32);
            if post.lines.content(line, post.text).of(post.text).contains(|c| BOXES.contains(&c)) {
                continue;
            }
            let one = (Span::new(start, start + found.character.len_utf8()), found);
            match lines.last_mut() {
                Some((last, all)) if *last == line => all.push(one),
                _ => lines.push((line, vec![one])),
            }
        }
        for (_, all) in lines {
            let Some((span, first)) = all.first() else { continue };
            let in_code = code.get_or_insert_with(|| code_of(post)).iter().any(|code| code.overlaps(*span));
            let more = match all.len() {
                1 => String::new(),
                count => format!(", and {} more such characters in this line", count - 1),
            };
            let place = if in_code { " in code" } else { "" };
            let found = report.at(*span, format!("{} (U+{:04X}){place}{more}", first.what.name, u32::from(first.character)));
            let edits: Vec<Edit> = all.iter().map(|(span, found)| Edit::replace(*span, found.what.replacement)).collect();
            let title = if first.what.is_space { "write a space" } else { "take it away" };
            // code stays as it is unless somebody looks
            let safety = if in_code { Safety::Unsafe } else { Safety::Safe };
            found.fix(safety, title, edits).changes_markup();
        }
    }
}

fn code_of(post: &Post) -> Vec<Span> {
    let nodes = post.constructs().verbatim.iter().map(|&node| post.tree.node(node));
    nodes.filter(|node| matches!(node.kind, Kind::CodeBlock(_) | Kind::CodeSpan { .. })).map(|node| node.span).collect()
}
