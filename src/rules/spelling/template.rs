//! What a word rule writes in the place of the marked words.

use super::verbs::{Form, Verbs};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use thiserror::Error;

/// A text with places for the marked words: `{1}` is the first of them, `{2:participle}` a form of the second, a verb.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Part {
    Text(String),
    /// 0-based index of the marked word.
    Word(usize, Option<Form>),
}

/// Why a template cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TemplateError {
    #[error("`{{` is never closed")]
    Unclosed,
    #[error("`{{{0}}}` is no number of a marked word (the first is `{{1}}`)")]
    Number(String),
    #[error("`{0}` is no form of a verb: base, third, past, participle, gerund")]
    Form(String),
}

impl FromStr for Template {
    type Err = TemplateError;

    fn from_str(source: &str) -> Result<Template, TemplateError> {
        let mut parts = Vec::new();
        let mut rest = source;
        while let Some((before, after)) = rest.split_once('{') {
            let (place, after) = after.split_once('}').ok_or(TemplateError::Unclosed)?;
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            let (number, form) = match place.split_once(':') {
                Some((number, form)) => (number, Some(Form::named(form).ok_or_else(|| TemplateError::Form(form.to_owned()))?)),
                None => (place, None),
            };
            let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            parts.push(Part::Word(index.ok_or_else(|| TemplateError::Number(place.to_owned()))?, form));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Template(parts))
    }
}

impl Template {
    /// The text for `marked`, the words as the post has them; `None` where a verb has no known form.
    pub fn fill(&self, marked: &[&str], verbs: &Verbs) -> Option<String> {
        let mut filled = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Word(index, None) => filled.push_str(marked.get(*index)?),
                Part::Word(index, Some(form)) => filled.push_str(&verbs.form(marked.get(*index)?, *form)?),
            }
        }
        Some(filled)
    }
}
