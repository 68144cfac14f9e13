//! `eg.`, `e.g`, `ie.`: abbreviations without their dots.

use super::Finding;
use super::lexicon::Traits;
use super::matcher::Line;

/// Wrong, right.
const FORMS: [(&str, &str); 4] = [("eg", "e.g."), ("ie", "i.e."), ("Eg", "E.g."), ("Ie", "I.e.")];

/// Whether `word` is an abbreviation that lacks its dots.
pub fn is_form(word: &str) -> bool {
    right_form(word).is_some()
}

fn right_form(word: &str) -> Option<&'static str> {
    FORMS.iter().find(|(wrong, _)| *wrong == word).map(|(_, right)| *right)
}

/// Finds abbreviations that lack a dot.
pub fn check(line: Line, findings: &mut Vec<Finding>) {
    for (at, token) in line.tokens.iter().enumerate() {
        if !token.traits.any(Traits::ABBREVIATION) || !token.is_word() {
            // the letters of `e.g` and `i.e` are parts of one token
            continue;
        }
        let Some(right) = right_form(line.word(at)) else { continue };
        let rest = &line.text[token.range.end..];
        let dotted = rest.starts_with('.');
        let follows = rest[usize::from(dotted)..].starts_with([' ', ',', ':', '\n']);
        if follows && (dotted || rest.starts_with([',', ':'])) {
            let range = token.range.start..token.range.end + usize::from(dotted);
            let message = format!("the abbreviation is written `{right}`");
            findings.push(Finding { rule: "spelling/abbreviation", range, message, right: Some(right.to_owned()), certain: true });
        }
    }
}
