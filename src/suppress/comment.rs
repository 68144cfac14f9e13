//! The comments of a post that are addressed to postlint.

use crate::markup::Kind;
use crate::post::{Post, yaml};
use crate::text::Span;

/// Every command begins so.
pub const MARK: &str = "postlint-";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    Disable,
    Enable,
    DisableNextLine,
    DisableFile,
}

impl Command {
    pub const ALL: [(&str, Command); 4] = [
        ("postlint-disable", Command::Disable),
        ("postlint-enable", Command::Enable),
        ("postlint-disable-next-line", Command::DisableNextLine),
        ("postlint-disable-file", Command::DisableFile),
    ];
}

/// Where a comment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    FrontMatter,
    /// The comment's node in the tree.
    Body(crate::markup::NodeId),
}

/// A comment that begins with a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub place: Place,
    /// With its marks.
    pub span: Span,
    /// What goes when the comment goes: whole lines where it stands alone.
    pub lines: Span,
    /// The command as it is written.
    pub word: Span,
    /// `None`: there is no such command.
    pub command: Option<Command>,
    /// Names of rules and groups, known or not.
    pub names: Vec<Span>,
}

impl Comment {
    /// A name of the comment with the comma that goes with it.
    pub fn name_with_comma(&self, name: Span) -> Span {
        let index = self.names.iter().position(|one| *one == name).unwrap_or_default();
        match (index.checked_sub(1).and_then(|before| self.names.get(before)), self.names.get(index + 1)) {
            (Some(before), _) => Span { start: before.end, end: name.end },
            (None, Some(next)) => Span { start: name.start, end: next.start },
            (None, None) => name,
        }
    }
}

/// All comments of the post that begin with a command, in the order of the file.
pub fn all(post: &Post) -> Vec<Comment> {
    let mut comments = in_front_matter(post);
    for &node in &post.constructs().verbatim {
        if let Kind::Comment { content } = post.tree.node(node).kind {
            comments.extend(parse(post.text, content, post.tree.node(node).span, Place::Body(node)));
        }
    }
    comments
}

/// Reads the text between the marks of a comment.
fn parse(text: &str, content: Span, span: Span, place: Place) -> Option<Comment> {
    let inside = content.of(text);
    let start = content.start as usize + (inside.len() - inside.trim_start().len());
    let inside = inside.trim();
    if !inside.starts_with(MARK) {
        return None;
    }
    let word_end = inside.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(inside.len());
    let (word, rest) = inside.split_at(word_end);
    let rest = rest.find("--").map_or(rest, |why| &rest[..why]);
    let mut names = Vec::new();
    let mut at = start + word_end;
    for part in rest.split_inclusive(|c: char| c.is_whitespace() || c == ',') {
        let name = part.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
        if !name.is_empty() {
            names.push(Span::new(at, at + name.len()));
        }
        at += part.len();
    }
    let command = Command::ALL.iter().find(|(known, _)| *known == word).map(|(_, command)| *command);
    let word = Span::new(start, start + word_end);
    Some(Comment { place, span, lines: whole_lines(text, span), word, command, names })
}

/// The span with its line ends where nothing else stands on its lines.
fn whole_lines(text: &str, span: Span) -> Span {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let after = text.get(span.end as usize..).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = after.find('\n').map_or(after.len(), |at| at + 1);
    let (left, right) = (&before[line_start..], &after[..line_end]);
    if left.trim().is_empty() && right.trim().is_empty() {
        return Span::new(line_start, span.end as usize + line_end);
    }
    let blank_before = left.len() - left.trim_end().len();
    if right.trim().is_empty() { Span::new(span.start as usize - blank_before, span.end as usize) } else { span }
}

/// `# postlint-…` in the front matter, where YAML has it as a comment.
fn in_front_matter(post: &Post) -> Vec<Comment> {
    let mut comments = Vec::new();
    let block = post.front_matter.yaml;
    let mut start = block.start as usize;
    for line in block.of(post.text).split_inclusive('\n') {
        let content = line.trim_end();
        if let Some(at) = content.find(MARK)
            && let Some(hash) = content[..at].trim_end().strip_suffix('#')
            && (hash.is_empty() || hash.ends_with([' ', '\t']))
            && !post.front_matter.root.as_ref().is_some_and(|root| in_scalar(root, (start + hash.len()) as u32))
        {
            let span = Span::new(start + hash.len(), start + content.len());
            comments.extend(parse(post.text, Span::new(start + at, start + content.len()), span, Place::FrontMatter));
        }
        start += line.len();
    }
    comments
}

/// Whether the byte stands in a text, where `#` is no comment.
fn in_scalar(node: &yaml::Node, offset: u32) -> bool {
    match &node.data {
        yaml::Data::Mapping(entries) => entries.iter().any(|entry| in_scalar(&entry.key, offset) || in_scalar(&entry.value, offset)),
        yaml::Data::Sequence(items) => items.iter().any(|item| in_scalar(item, offset)),
        _ => node.span.contains(offset),
    }
}
