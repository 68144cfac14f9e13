use super::{hazards, may_define_elsewhere};
use crate::diagnostic::{Edit, Report, Safety};
use crate::markup::{HazardKind, Kind};
use crate::post::Post;
use crate::rules::Rule;
use crate::suggest::nearest;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/kramdown/undefined-reference.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UndefinedReference {}

impl Rule for UndefinedReference {
    fn check(&self, post: &Post, report: &mut Report) {
        let references = hazards(post, |kind| match kind {
            HazardKind::UndefinedLinkReference { id } => Some(id.as_str()),
            _ => None,
        });
        let references: Vec<_> = references.into_iter().filter(|(span, _)| is_meant(post, *span)).collect();
        if references.is_empty() || may_define_elsewhere(post) {
            return;
        }
        let known = defined(post);
        for (span, id) in references {
            let found = report.at(span, format!("there is no link definition `{id}`: the brackets are printed"));
            let written = span.of(post.text);
            if let Some(near) = nearest(id, known.iter().copied())
                && let Some(end) = written.strip_suffix(']').and_then(|written| written.strip_suffix(id)).filter(|rest| rest.ends_with('['))
            {
                let start = span.start as usize + end.len();
                let edit = Edit::replace(Span::new(start, start + id.len()), near);
                found.fix(Safety::Unsafe, format!("write `{near}`"), [edit]);
            } else {
                found.note(format!("a definition stands on a line of its own: `[{id}]: https://…`"));
            }
        }
    }
}

/// Whether brackets are a reference for sure: no index into an array (`a[i][j]`), no marks of one letter.
fn is_meant(post: &Post, span: Span) -> bool {
    let before = post.text[..span.start as usize].chars().next_back();
    let is_index = before.is_some_and(|before| before.is_alphanumeric() || matches!(before, '_' | ']' | ')' | '}' | '[' | '$'));
    let written = span.of(post.text);
    let (text, id) = written.rsplit_once('[').unwrap_or((written, ""));
    !is_index && text.len() + id.len() > "[a][b]".len()
}

/// The names of all link definitions.
fn defined<'p>(post: &'p Post) -> Vec<&'p str> {
    let names = post.tree.walk().filter_map(|id| match &post.tree.node(id).kind {
        Kind::LinkDefinition(definition) => Some(definition.id.text.as_ref()),
        _ => None,
    });
    names.collect()
}
