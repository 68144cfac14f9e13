use super::line_start;
use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::Kind;
use crate::post::Post;
use crate::post::text_lines::TextLine;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/heading-as-text.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct HeadingAsText {}

impl Rule for HeadingAsText {
    fn check(&self, post: &Post, report: &mut Report) {
        for line in post.text_lines().iter().filter(|line| line.text.starts_with('#')) {
            let marks = line.text.bytes().take_while(|&byte| byte == b'#').count();
            let title = &line.text[marks..];
            if !is_heading(post, line, marks, title) {
                continue;
            }
            let indent = indent_of(post, line.span);
            let lacks_space = !title.starts_with([' ', '\t']);
            let why = match (lacks_space, indent.is_empty()) {
                (true, _) => "there is no space after its `#`",
                (_, false) => "it is indented",
                _ => "there is no blank line before it",
            };
            let found = report.at(line.span, format!("this heading is printed as text: {why}"));
            let options = &post.site.config.kramdown;
            if options.gfm && options.paragraph_end {
                let edit = as_heading(post, line, marks, title);
                found.fix(Safety::Safe, "make it a heading", [edit]).changes_block();
            }
        }
    }
}

/// The line as a heading, with the line ends around it: the lines before and after it become paragraphs of their own.
fn as_heading(post: &Post, line: &TextLine, marks: usize, title: &str) -> Edit {
    let before = line_start(post, line.span.start);
    let line_end = before.of(post.text).trim_end_matches([' ', '\t']);
    let (hashes, title) = (&line.text[..marks], title.trim_start());
    Edit::replace(before.to(line.span), format!("{line_end}{hashes} {title}"))
}

/// Whether a line was meant as a heading: `##Heading`, `# Heading` where it is none; but no `#hashtag`, no `#1234`.
fn is_heading(post: &Post, line: &TextLine, marks: usize, title: &str) -> bool {
    if marks > 6 || title.trim_matches(['#', ' ', '\t']).is_empty() {
        return false;
    }
    if title.starts_with([' ', '\t']) {
        return true;
    }
    let first = title.chars().next().unwrap_or_default();
    if marks > 1 {
        return first.is_alphanumeric();
    }
    let stands_alone = line.is_first && !post.tree.node(line.paragraph).span.of(post.text).contains('\n');
    let in_item = post.tree.ancestors(line.paragraph).any(|id| matches!(post.tree.node(id).kind, Kind::Item { .. }));
    stands_alone
        && !in_item
        && first.is_uppercase()
        && title.contains(' ')
        && !title.contains('#')
        && !title.ends_with(['.', ',', '!', '?'])
}

/// The blanks before the line.
fn indent_of(post: &Post, line: Span) -> Span {
    let before = &post.text[..line.start as usize];
    Span::new(before.trim_end_matches([' ', '\t']).len(), before.len())
}
