use super::names::{Meaning, Names};
use super::{code_of, tags_in};
use crate::diagnostic::{Diagnostic, Edit, Report, Safety};
use crate::markup::{CodeStyle, Kind, NodeId};
use crate::post::Post;
use crate::post::liquid::Tag;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/liquid/in-code.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct InCode {}

impl Rule for InCode {
    fn check(&self, post: &Post, report: &mut Report) {
        if post.liquid.tags.is_empty() {
            return;
        }
        let names = Names::of(post);
        // `<pre><code>` is one piece of code
        let mut end = 0;
        for id in post.tree.walk() {
            let Some(content) = code_of(post.tree.node(id)).filter(|content| content.start >= end) else { continue };
            end = content.end;
            let tags = tags_in(post, content);
            let Some(tag) = tags.iter().find(|tag| names.meaning(tag, post) == Meaning::Foreign) else { continue };
            let written = tag.span.of(post.text);
            let found = report.at(tag.span, format!("`{written}` in code is not shown: Jekyll runs it as Liquid"));
            if tags.iter().all(|tag| names.meaning(tag, post) != Meaning::Own) {
                offer_raw(found, post, id, tags);
            } else {
                found.note("put `{% raw %}` and `{% endraw %}` around it");
            }
        }
    }
}

/// Offers `raw` around a fenced block, or around the tags in other code.
fn offer_raw(found: &mut Diagnostic, post: &Post, code: NodeId, tags: &[Tag]) {
    let node = post.tree.node(code);
    let is_fenced = matches!(&node.kind, Kind::CodeBlock(code) if code.style == CodeStyle::Fenced);
    let edit = match indent_of(post, node.span) {
        Some(indent) if is_fenced => {
            let block = node.span.of(post.text);
            let line_end = if post.text.contains("\r\n") { "\r\n" } else { "\n" };
            let ends_line = block.ends_with('\n');
            let before = format!("{{% raw %}}{line_end}{indent}");
            let after = if ends_line { format!("{indent}{{% endraw %}}{line_end}") } else { format!("{line_end}{indent}{{% endraw %}}") };
            Edit::replace(node.span, format!("{before}{block}{after}"))
        }
        _ => {
            let [first, .., last] = tags else {
                let [tag] = tags else { return };
                found.fix(Safety::Safe, "put `raw` around it", [raw_around(post, tag.span)]).changes_block();
                return;
            };
            raw_around(post, first.span.to(last.span))
        }
    };
    found.fix(Safety::Safe, "put `raw` around the code", [edit]).changes_block();
}

fn raw_around(post: &Post, span: Span) -> Edit {
    Edit::replace(span, format!("{{% raw %}}{}{{% endraw %}}", span.of(post.text)))
}

/// The blanks before a block that begins its line.
fn indent_of<'a>(post: &Post<'a>, block: Span) -> Option<&'a str> {
    let before = &post.text[..block.start as usize];
    let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t')).then_some(line)
}
