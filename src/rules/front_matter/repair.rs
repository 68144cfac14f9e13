//! Front matter that YAML refuses, made readable: quotes where they are missing, spaces for tabs.

use super::known_keys;
use super::quoted;
use crate::diagnostic::Edit;
use crate::post::Post;
use crate::post::front_matter::{FrontMatter, Status};
use crate::post::yaml;
use crate::text::Span;

/// How many lines are repaired at most.
const MOST: usize = 8;

/// What makes the front matter readable, one edit a line, without loss of a key. `None`: it takes more than that.
pub fn quoting(post: &Post) -> Option<Vec<Edit>> {
    let (start, yaml_span) = (post.front_matter.block.start as usize, post.front_matter.yaml);
    let mut lines: Vec<(Span, String)> = Vec::new();
    let first = post.lines.line_of(yaml_span.start);
    let last = post.lines.line_of(yaml_span.end.saturating_sub(1).max(yaml_span.start));
    for line in first..=last {
        let span = post.lines.content(line, post.text);
        lines.push((span, span.of(post.text).to_owned()));
    }
    let opening = post.text.get(start..yaml_span.start as usize)?;
    let mut edited: Vec<usize> = Vec::new();
    for _ in 0..MOST {
        let (text, failure) = read(opening, &lines);
        let Some(failure) = failure else { return is_whole(&text, &lines).then(|| edits(&lines, &edited)) };
        // the fault is in the line where reading stopped, or in the one before
        let faulty = [Some(failure), failure.checked_sub(1)].into_iter().flatten().filter(|line| !edited.contains(line));
        let (line, better) = faulty.filter_map(|line| Some((line, better(opening, &lines, line, failure)?))).next()?;
        lines.get_mut(line)?.1 = better;
        edited.push(line);
    }
    None
}

/// The block, and the line (an index) where reading it stops.
fn read(opening: &str, lines: &[(Span, String)]) -> (String, Option<usize>) {
    let text: String = std::iter::once(opening.to_owned()).chain(lines.iter().map(|(_, line)| format!("{line}\n"))).collect();
    let stopped = yaml::load(&text, Span::new(0, text.len())).err().map(|error| {
        let before = text.get(opening.len()..error.span.start as usize).unwrap_or_default();
        before.matches('\n').count().min(lines.len().saturating_sub(1))
    });
    (text, stopped)
}

/// The line as it was meant, when the block can then be read farther.
fn better(opening: &str, lines: &[(Span, String)], at: usize, failure: usize) -> Option<String> {
    let old = &lines.get(at)?.1;
    candidates(old).into_iter().find(|candidate| {
        let mut lines = lines.to_vec();
        lines[at].1.clone_from(candidate);
        read(opening, &lines).1.is_none_or(|stopped| stopped > failure)
    })
}

/// What a line of front matter may have been meant to be, the likeliest first.
fn candidates(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let indent = &line[..line.len() - line.trim_start().len()];
    if indent.contains('\t') {
        found.push(format!("{}{}", indent.replace('\t', "  "), line.trim_start()));
    }
    if let Some((before, value)) = split(line) {
        let unclosed = ['"', '\''].into_iter().find(|&quote| value.starts_with(quote) && value.matches(quote).count() == 1);
        found.extend(unclosed.map(|quote| format!("{before}{value}{quote}")));
        if !value.is_empty() && !is_broken_collection(value) {
            found.push(format!("{before}{}", quoted::value(value)));
        }
    }
    let content = line.trim_start();
    for colon in [':', '\u{ff1a}'] {
        if let Some((key, value)) = content.split_once(colon)
            && known_keys::all().contains_key(key)
            && !value.starts_with(' ')
            && !value.is_empty()
        {
            found.push(format!("{indent}{key}: {value}"));
            found.push(format!("{indent}{key}: {}", quoted::value(value.trim())));
        }
    }
    found
}

/// Whether the value was meant as a list or a map, and lacks its end; `[Draft] A title` and `{{ site.title }}` are text.
fn is_broken_collection(value: &str) -> bool {
    match value.as_bytes() {
        [b'[', ..] => value.find(']').is_none_or(|end| end + 1 == value.len()),
        [b'{', next, ..] => *next != b'{',
        _ => false,
    }
}

/// A line in two: up to where its value begins (`title: `, `  - `), and the value.
fn split(line: &str) -> Option<(&str, &str)> {
    let content = line.trim_start();
    let indent = line.len() - content.len();
    let start = match content.strip_prefix("- ") {
        Some(item) => indent + 2 + (item.len() - item.trim_start().len()),
        None => {
            let colon = content.find(':').filter(|&at| content[at + 1..].starts_with([' ', '\t']))?;
            let key = &content[..colon];
            let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '));
            let rest = &content[colon + 1..];
            is_key.then_some(indent + colon + 1 + (rest.len() - rest.trim_start().len()))?
        }
    };
    Some((line.get(..start)?, line.get(start..)?.trim_end()))
}

/// Whether what was read is a map with all the keys that the lines show.
fn is_whole(text: &str, lines: &[(Span, String)]) -> bool {
    let closed = format!("{text}---\n");
    let read = FrontMatter::parse(&closed);
    let is_key = |line: &str| !line.starts_with([' ', '\t', '-', '#']) && line.split_once(':').is_some_and(|(key, _)| !key.contains(' '));
    let shown = lines.iter().filter(|(_, line)| is_key(line)).count();
    read.status == Status::Ok && read.entries().len() == shown
}

fn edits(lines: &[(Span, String)], edited: &[usize]) -> Vec<Edit> {
    edited.iter().filter_map(|&line| lines.get(line)).map(|(span, text)| Edit::replace(*span, text.clone())).collect()
}

/// Where a closing `---` was forgotten: the blank line before the first line that is prose, when what stands before it
/// is a map.
pub fn missing_end(post: &Post) -> Option<Span> {
    let yaml_span = post.front_matter.yaml;
    let (first, last) = (post.lines.line_of(yaml_span.start), post.lines.line_of(yaml_span.end.saturating_sub(1)));
    for line in first + 1..=last {
        let blank = post.lines.content(line, post.text);
        if !blank.of(post.text).trim().is_empty() {
            continue;
        }
        let next = (line + 1..=last).map(|line| post.lines.content(line, post.text).of(post.text)).find(|text| !text.trim().is_empty())?;
        if !is_prose(next) {
            continue;
        }
        let head = post.text.get(post.front_matter.block.start as usize..blank.start as usize)?;
        let closed = format!("{head}---\n");
        return (FrontMatter::parse(&closed).status == Status::Ok).then_some(blank);
    }
    None
}

/// A line that no front matter has: a heading, or words.
fn is_prose(line: &str) -> bool {
    let is_words = line.split_whitespace().count() > 3 && line.starts_with(char::is_alphabetic);
    let key = line.split_once(':').map_or("", |(key, _)| key);
    let has_key = !key.is_empty() && !key.contains(' ');
    line.starts_with("## ") || line.starts_with('<') || (is_words && !has_key)
}
