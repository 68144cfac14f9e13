use super::line_start;
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/table-as-text.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TableAsText {}

impl Rule for TableAsText {
    fn check(&self, post: &Post, report: &mut Report) {
        for line in post.text_lines().iter().filter(|line| memchr::memchr(b'|', line.text.as_bytes()).is_some()) {
            let rest = &post.text[line.span.start as usize..];
            let Some((_, after)) = rest.split_once('\n') else { continue };
            if !is_separator(after.lines().next().unwrap_or_default()) {
                continue;
            }
            let width = rest.lines().next().unwrap_or_default().trim_end().len();
            let span = Span::new(line.span.start as usize, line.span.start as usize + width);
            let found = report.at(span, "this table is printed as text");
            let end = line_start(post, line.span.start);
            let written = end.of(post.text);
            let line_end = written.trim_end_matches([' ', '\t']);
            if has_body(after) && !line_end.is_empty() {
                found.note("kramdown wants a blank line before a table");
                found.fix(Safety::Safe, "put a blank line before it", [Edit::replace(end, format!("{line_end}{written}"))]).changes_block();
            } else {
                found.note("kramdown wants a blank line before a table, and a row below the dashes");
            }
        }
    }
}

/// `|---|:--:|`: a bar, dashes, and nothing else.
fn is_separator(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
    let is_of_table = line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t' | b'+'));
    is_of_table && line.contains('|') && line.contains("--")
}

/// Whether a row follows the line of dashes that `after` begins with.
fn has_body(after: &str) -> bool {
    after.lines().nth(1).is_some_and(|row| row.contains('|'))
}
