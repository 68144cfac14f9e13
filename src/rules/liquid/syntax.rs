use super::STOPS;
use crate::diagnostic::Report;
use crate::post::Post;
use crate::post::liquid::ProblemKind;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/liquid/syntax.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Syntax {}

impl Rule for Syntax {
    fn check(&self, post: &Post, report: &mut Report) {
        // blocks that overlap are one finding
        let mut awaited = None;
        for problem in &post.liquid.problems {
            match &problem.kind {
                ProblemKind::WrongEnd { expected, .. } => awaited = Some(expected),
                ProblemKind::StrayTag { name } if awaited.take_if(|awaited| *awaited == name).is_some() => continue,
                _ => {}
            }
            let message = match &problem.kind {
                ProblemKind::UnterminatedTag => "this tag is never closed with `%}`".to_owned(),
                ProblemKind::UnterminatedVariable => "this variable is not closed with `}}`".to_owned(),
                ProblemKind::UnreadableTag => "this tag has no name".to_owned(),
                ProblemKind::UnclosedBlock { name } => format!("this `{name}` has no `end{name}`"),
                ProblemKind::StrayTag { name } => format!("this `{name}` stands in no block that it could belong to"),
                ProblemKind::WrongEnd { name, expected, .. } => format!("`{name}` stands where `{expected}` must come first"),
                ProblemKind::TrimmedEndraw => "Liquid does not take `{%-` for the start of `endraw`".to_owned(),
            };
            let found = report.at(problem.span, message);
            found.note(STOPS);
            match &problem.kind {
                ProblemKind::WrongEnd { open, .. } => {
                    found.label(*open, "the block that is still open");
                }
                ProblemKind::UnterminatedTag | ProblemKind::UnterminatedVariable | ProblemKind::UnreadableTag => {
                    found.note("text that is not for Liquid stands between `{% raw %}` and `{% endraw %}`");
                }
                _ => {}
            }
        }
    }
}
