//! White space on the wrong side of a mark, marks that stand twice, and a missing space.

use super::Finding;
use super::matcher::Line;
use super::tokens::{Kind, Token};
use std::ops::Range;

pub const SPACE_BEFORE: &str = "spelling/space-before-punctuation";
const MISSING_SPACE: &str = "spelling/missing-space";
const REPEATED: &str = "spelling/repeated-punctuation";

/// Finds what is wrong around marks.
pub fn check(line: Line, english: bool, french: bool, findings: &mut Vec<Finding>) {
    for (at, token) in line.tokens.iter().enumerate() {
        let Kind::Mark(mark) = token.kind else { continue };
        if !is_unusual(line.text, mark, &token.range) {
            continue;
        }
        match mark {
            ',' => {
                comma_after_sentence(line, at, findings);
                repeated(line, at, findings);
                space_before(line, at, ',', findings);
                if english {
                    missing_space_after_comma(line, at, findings);
                }
            }
            '.' => {
                if !enumeration_end(line, at, findings) {
                    space_before(line, at, '.', findings);
                }
                two_dots(line, at, findings);
                if english {
                    missing_space_after_dot(line, at, findings);
                }
            }
            '?' | '!' if english && !french => space_before(line, at, mark, findings),
            _ => {}
        }
    }
}

/// Whether something may be wrong around a mark, which stands in the bytes `range` of `text`: nothing is where it follows a
/// letter, and the text ends or goes on with a space and another letter.
pub fn is_unusual(text: &str, mark: char, range: &Range<usize>) -> bool {
    if !matches!(mark, ',' | '.' | '?' | '!') {
        return false;
    }
    let bytes = text.as_bytes();
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let follows_letter = range.start.checked_sub(1).is_some_and(is_letter);
    let goes_on = || bytes.get(range.end) == Some(&b' ') && is_letter(range.end + 1);
    !follows_letter || range.end != bytes.len() && !goes_on()
}

fn before<'r>(line: Line<'r>, at: usize) -> Option<&'r Token> {
    line.tokens.get(at.checked_sub(1)?)
}

fn gap<'r>(line: Line<'r>, left: &Token, right: &Token) -> &'r str {
    line.text.get(left.range.end..right.range.start).unwrap_or_default()
}

fn finding(rule: &'static str, range: Range<usize>, message: &str, right: String, certain: bool) -> Finding {
    Finding { rule, range, message: message.to_owned(), right: Some(right), certain }
}

/// Commands that take the folder `.`, as in `git add .`
const COMMANDS: [&str; 16] =
    ["add", "build", "cd", "cp", "find", "code", "ls", "mv", "open", "serve", "install", "run", "check", "test", "lint", "init"];

/// Words that a sentence goes on after: a sign follows.
const ENDS_NO_SENTENCE: [&str; 16] =
    ["a", "an", "the", "with", "where", "and", "or", "of", "by", "as", "from", "use", "using", "trailing", "leading", "missing"];

/// ` ,x` and `word .`
fn space_before(line: Line, at: usize, mark: char, findings: &mut Vec<Finding>) {
    let token = &line.tokens[at];
    let Some(left) = before(line, at) else { return };
    let space = gap(line, left, token);
    let after_word = matches!(left.kind, Kind::Word | Kind::Number | Kind::Technical | Kind::Opaque | Kind::Mark(')' | '"' | '”'));
    if space.is_empty() || !after_word || (mark != ',' && space.contains('\n')) {
        return;
    }
    let rest = &line.text[token.range.end..];
    let next = rest.chars().next();
    let sticks = next.is_some_and(|next| !next.is_whitespace());
    if mark == ',' {
        // `( , )`, `,,` and `,5` are no prose; a line that begins with a comma is SQL or a poem
        if space.contains('\n') && sticks || next.is_some_and(|next| !next.is_alphabetic() && !next.is_whitespace()) {
            return;
        }
    } else if sticks || rest.trim_start().starts_with(mark) {
        // `. . .` is an ellipsis
        return;
    } else if mark == '.' && (COMMANDS.contains(&line.word(at - 1)) || at >= 2 && line.tokens[at - 2].is_mark('-')) {
        return;
    } else if mark != '.' && rest.trim_start().starts_with(char::is_lowercase) {
        // `using ! on a type`
        return;
    }
    // `with . replaced by _`, `"x" . $y`, `-print , -quit`: signs, not punctuation
    let goes_on = rest.trim_start().chars().next();
    let ends_no_sentence = ENDS_NO_SENTENCE.contains(&line.word(at - 1));
    let is_number = left.kind == Kind::Number && goes_on.is_some_and(|next| next.is_ascii_digit());
    let is_sign = ends_no_sentence && mark != ',' || matches!(line.word(at - 1), "trailing" | "leading" | "missing");
    let is_sign = is_sign
        || match mark {
            '.' => is_number || goes_on.is_some_and(|next| next.is_lowercase() || matches!(next, '$' | '\'' | '-' | '=' | '_')),
            ',' => goes_on == Some('-'),
            _ => goes_on.is_some_and(|next| matches!(next, '"' | '\'' | '$' | '-' | '=' | ':')),
        };
    if is_sign {
        return;
    }
    let missing = if sticks { " " } else { "" };
    let range = left.range.end..token.range.end;
    let message = if sticks { format!("the space belongs after the `{mark}`") } else { format!("no space before `{mark}`") };
    findings.push(finding(SPACE_BEFORE, range, &message, format!("{mark}{missing}"), true));
}

/// A comma that begins the line after the end of a sentence.
fn comma_after_sentence(line: Line, at: usize, findings: &mut Vec<Finding>) {
    let token = &line.tokens[at];
    let Some(left) = before(line, at).filter(|left| left.is_mark('.')) else { return };
    let goes_on = line.text[token.range.end..].starts_with([' ', '\n']);
    if gap(line, left, token).trim_matches(' ') == "\n" && goes_on && before(line, at - 1).is_some_and(Token::is_word) {
        let message = "a comma after the dot of the line before";
        findings.push(finding(REPEATED, left.range.start..token.range.end, message, ",".to_owned(), false));
    }
}

/// `, ... .`: an ellipsis ends the sentence by itself.
fn enumeration_end(line: Line, at: usize, findings: &mut Vec<Finding>) -> bool {
    let token = &line.tokens[at];
    let rest = &line.text[token.range.end..];
    if rest.starts_with(|next: char| !next.is_whitespace()) {
        return false;
    }
    let dots = line.tokens[..at].iter().rev().take_while(|token| token.is_mark('.')).count();
    let ellipsis = before(line, at).is_some_and(|left| left.is_mark('…')) || dots == 3;
    let Some(left) = before(line, at) else { return false };
    if !ellipsis || gap(line, left, token).is_empty() {
        return false;
    }
    let first = if dots == 3 { at - 3 } else { at - 1 };
    let first = &line.tokens[first];
    // `. . . .` is how some houses set it
    if dots == 3 && line.text[first.range.start..left.range.end].contains(' ') {
        return true;
    }
    let range = first.range.start..token.range.end;
    findings.push(finding(
        SPACE_BEFORE,
        range,
        "an ellipsis needs no further dot",
        line.text[first.range.start..left.range.end].to_owned(),
        true,
    ));
    true
}

/// `on..`
fn two_dots(line: Line, at: usize, findings: &mut Vec<Finding>) {
    let token = &line.tokens[at];
    let (Some(left), Some(right)) = (before(line, at), line.tokens.get(at + 1)) else { return };
    let stuck = gap(line, left, token).is_empty() && gap(line, token, right).is_empty() && right.is_mark('.');
    let lower_word =
        left.kind == Kind::Word && line.word(at - 1).len() > 2 && line.word(at - 1).bytes().all(|byte| byte.is_ascii_lowercase());
    let rest = &line.text[right.range.end..];
    let ends = rest.is_empty() || rest.starts_with([' ', '\n']) && rest.trim_start().chars().next().is_none_or(char::is_uppercase);
    if stuck && lower_word && ends && line.word(at - 1) != "etc" {
        findings.push(finding(REPEATED, token.range.start..right.range.end, "two dots: one, or three", ".".to_owned(), false));
    }
}

/// `,,` and `,.`
fn repeated(line: Line, at: usize, findings: &mut Vec<Finding>) {
    let token = &line.tokens[at];
    let (Some(left), Some(right)) = (before(line, at), line.tokens.get(at + 1)) else { return };
    let stuck = gap(line, left, token).is_empty() && gap(line, token, right).is_empty();
    let rest = &line.text[right.range.end..];
    let ends = rest.is_empty() || rest.starts_with([' ', '\n']);
    if !stuck || !ends || !matches!(left.kind, Kind::Word | Kind::Technical | Kind::Opaque) {
        return;
    }
    let right_mark = match right.kind {
        Kind::Mark(',') => ",",
        Kind::Mark('.') => ".",
        _ => return,
    };
    let message = "two marks where one stands";
    findings.push(finding(REPEATED, token.range.start..right.range.end, message, right_mark.to_owned(), true));
}

/// Words that begin a sentence, or go on after a comma: what is glued to the mark before them is no name.
const SENTENCE_WORDS: [&str; 33] = [
    "As", "The", "This", "It", "We", "In", "If", "For", "You", "And", "But", "There", "When", "To", "An", "My", "Our", "These", "They",
    "So", "Also", "However", "That", "Then", "Here", "What", "Now", "After", "With", "While", "Since", "Because", "Although",
];
const CLAUSE_WORDS: [&str; 30] = [
    "and", "but", "or", "the", "we", "you", "it", "which", "for", "to", "here", "if", "in", "as", "so", "then", "with", "this", "that",
    "they", "there", "because", "while", "when", "where", "who", "is", "are", "however", "also",
];

/// `end.Next`
fn missing_space_after_dot(line: Line, at: usize, findings: &mut Vec<Finding>) {
    let token = &line.tokens[at];
    let (Some(left), Some(right)) = (before(line, at), line.tokens.get(at + 1)) else { return };
    let stuck = gap(line, left, token).is_empty() && gap(line, token, right).is_empty();
    let (word, next) = (line.word(at - 1), line.word(at + 1));
    let is_word = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let follows = line.text[right.range.end..].starts_with([' ', '\n', '\'', '’', ',']);
    if stuck && is_word && follows && SENTENCE_WORDS.contains(&next) {
        findings.push(finding(
            MISSING_SPACE,
            token.range.start..right.range.end,
            "a space is missing after the dot",
            format!(". {next}"),
            true,
        ));
    }
}

/// `one,and`
fn missing_space_after_comma(line: Line, at: usize, findings: &mut Vec<Finding>) {
    let token = &line.tokens[at];
    let (Some(left), Some(right)) = (before(line, at), line.tokens.get(at + 1)) else { return };
    let stuck = gap(line, left, token).is_empty() && gap(line, token, right).is_empty();
    let (word, next) = (line.word(at - 1), line.word(at + 1));
    let is_word = left.kind == Kind::Word && word.len() > 1;
    let follows = line.text[right.range.end..].starts_with([' ', '\n']);
    if stuck && is_word && follows && CLAUSE_WORDS.contains(&next) {
        findings.push(finding(
            MISSING_SPACE,
            token.range.start..right.range.end,
            "a space is missing after the comma",
            format!(", {next}"),
            true,
        ));
    }
}
