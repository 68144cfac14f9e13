//! Where tags, variables, `raw` and `comment` stand (liquid `tokenizer.rb`).

use super::{Problem, ProblemKind, Region, RegionKind, Tag};
use crate::text::Span;
use memchr::{memchr, memmem};
use rustc_hash::FxHashMap;

/// A part of the body that is not plain text.
#[derive(Debug, Clone, Copy)]
pub enum Piece {
    /// The tag or variable with this index.
    Tag(usize),
    /// The region with this index, its tags included.
    Region(usize),
    /// A `{% raw %}` that is never closed: the tag with this index.
    UnclosedRaw(usize),
}

#[derive(Debug, Default)]
pub struct Tokens<'a> {
    pub tags: Vec<Tag<'a>>,
    pub regions: Vec<Region>,
    /// In order; they do not overlap.
    pub pieces: Vec<Piece>,
    /// Which pieces open and end a `{% highlight %}` block.
    pub highlights: Vec<(usize, usize)>,
    pub problems: Vec<Problem>,
}

/// Finds all Liquid in `body`, in linear time.
pub fn scan(text: &str, body: Span) -> Tokens<'_> {
    let mut scanner = Scanner::new(text, body);
    let mut tokens = Tokens::default();
    let mut at = body.start as usize;
    // the piece that opens a highlight block, and the tag that ends it
    let mut highlight: Option<(usize, Tag)> = None;
    while let Some(tag) = scanner.next_tag(at) {
        if let Some((open, end)) = highlight.take_if(|(_, end)| tag.span.end > end.span.start && tag.name != Some("raw")) {
            // what begins before the end and does not end there (`{{ 1, {% endhighlight %}`) is code
            at = end.span.end as usize;
            tokens.highlights.push((open, tokens.pieces.len()));
            tokens.tag(text, end);
            continue;
        }
        at = tag.span.end as usize;
        let piece = tokens.pieces.len();
        match tag.name {
            Some("raw") => match scanner.end_of_raw(at) {
                Some(close) => {
                    if text[close.span.range()].starts_with("{%-") {
                        tokens.problems.push(Problem { kind: ProblemKind::TrimmedEndraw, span: close.span });
                    }
                    at = tokens.region(RegionKind::Raw, tag, close);
                }
                None => {
                    tokens.pieces.push(Piece::UnclosedRaw(tokens.tags.len()));
                    tokens.tags.push(tag);
                }
            },
            Some("comment") => match scanner.end_of_comment(&tag) {
                Some(close) => at = tokens.region(RegionKind::Comment, tag, close),
                None => tokens.tag(text, tag),
            },
            Some("highlight") if highlight.is_none() => {
                highlight = scanner.end_of_highlight(at).map(|end| (piece, end));
                tokens.tag(text, tag);
            }
            _ => tokens.tag(text, tag),
        }
        // an end that stands in `raw` or in a comment ends nothing
        if let Some((open, _)) = highlight.take_if(|(_, end)| (end.span.start as usize) < at) {
            highlight = scanner.end_of_highlight(at).map(|end| (open, end));
        }
    }
    tokens.problems.extend(scanner.unterminated());
    tokens
}

impl<'a> Tokens<'a> {
    fn tag(&mut self, text: &str, tag: Tag<'a>) {
        let kind = match tag.name {
            Some("") => Some(ProblemKind::UnreadableTag),
            None if !tag.span.of(text).ends_with("}}") => Some(ProblemKind::UnterminatedVariable),
            _ => None,
        };
        self.problems.extend(kind.map(|kind| Problem { kind, span: tag.span }));
        self.pieces.push(Piece::Tag(self.tags.len()));
        self.tags.push(tag);
    }

    /// Adds a region; returns where it ends.
    fn region(&mut self, kind: RegionKind, open: Tag<'a>, close: Tag<'a>) -> usize {
        let end = close.span.end as usize;
        let content = Span { start: open.span.end, end: close.span.start };
        self.pieces.push(Piece::Region(self.regions.len()));
        self.regions.push(Region { kind, span: open.span.to(close.span), content });
        self.tags.extend([open, close]);
        end
    }
}

struct Scanner<'a> {
    text: &'a str,
    end: usize,
    /// From this byte on nothing closes a tag (a variable, `raw`, a comment): openings there need not look again.
    no_tag_end: usize,
    no_variable_end: usize,
    no_endraw: usize,
    no_endcomment: usize,
    no_endhighlight: usize,
    first_open_tag: Option<usize>,
    first_open_variable: Option<usize>,
    /// Where each balanced comment ends, by the start of its opening tag; found when the first one is met.
    comments: Option<FxHashMap<u32, Tag<'a>>>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, body: Span) -> Scanner<'a> {
        Scanner {
            text,
            end: body.end as usize,
            no_tag_end: usize::MAX,
            no_variable_end: usize::MAX,
            no_endraw: usize::MAX,
            no_endcomment: usize::MAX,
            no_endhighlight: usize::MAX,
            first_open_tag: None,
            first_open_variable: None,
            comments: None,
        }
    }

    /// The next tag or variable from the byte `at` on: `{%…%}`, `{{…}}`, or `{{…}`, the shortest.
    fn next_tag(&mut self, mut at: usize) -> Option<Tag<'a>> {
        let bytes = self.text.as_bytes();
        loop {
            let open = at + memchr(b'{', &bytes[at..self.end])?;
            let inside = open + 2;
            match bytes[..self.end].get(open + 1) {
                Some(b'%') if open < self.no_tag_end => match memmem::find(&bytes[inside..self.end], b"%}") {
                    Some(length) => return Some(tag(self.text, Span::new(open, inside + length + 2))),
                    None => self.no_tag_end = open,
                },
                Some(b'{') if open < self.no_variable_end => match memchr(b'}', &bytes[inside..self.end]) {
                    Some(length) => {
                        let close = inside + length + 1;
                        let close = if bytes[..self.end].get(close) == Some(&b'}') { close + 1 } else { close };
                        return Some(variable(self.text, Span::new(open, close)));
                    }
                    None => self.no_variable_end = open,
                },
                _ => {}
            }
            match bytes[..self.end].get(open + 1) {
                Some(b'%') => self.first_open_tag = Some(self.first_open_tag.map_or(open, |first| first.min(open))),
                Some(b'{') => self.first_open_variable = Some(self.first_open_variable.map_or(open, |first| first.min(open))),
                _ => {}
            }
            at = open + 1;
        }
    }

    /// The first opening of each kind that nothing closes.
    fn unterminated(&self) -> impl Iterator<Item = Problem> + use<> {
        let tag = self.first_open_tag.map(|at| (ProblemKind::UnterminatedTag, at));
        let variable = self.first_open_variable.map(|at| (ProblemKind::UnterminatedVariable, at));
        tag.into_iter().chain(variable).map(|(kind, at)| Problem { kind, span: Span::new(at, at + 2) })
    }

    /// What closes the `raw` whose opening tag ends at `at`.
    fn end_of_raw(&mut self, at: usize) -> Option<Tag<'a>> {
        if at >= self.no_endraw {
            return None;
        }
        let close = self.find_end(at, "endraw");
        if close.is_none() {
            self.no_endraw = at;
        }
        close
    }

    /// What ends the highlight block whose opening tag ends at `at`.
    fn end_of_highlight(&mut self, at: usize) -> Option<Tag<'a>> {
        if at >= self.no_endhighlight {
            return None;
        }
        let close = self.find_end(at, "endhighlight");
        if close.is_none() {
            self.no_endhighlight = at;
        }
        close
    }

    /// What closes the comment `open`: comments nest.
    fn end_of_comment(&mut self, open: &Tag<'a>) -> Option<Tag<'a>> {
        if self.comments.is_none() {
            self.comments = Some(self.balanced_comments(open));
        }
        let balanced = self.comments.as_ref().and_then(|comments| comments.get(&open.span.start).cloned());
        let at = open.span.end as usize;
        if balanced.is_some() || at >= self.no_endcomment {
            return balanced;
        }
        let close = self.find_end(at, "endcomment");
        if close.is_none() {
            self.no_endcomment = at;
        }
        close
    }

    /// All comments from `first` on that have an end of their own.
    fn balanced_comments(&mut self, first: &Tag<'a>) -> FxHashMap<u32, Tag<'a>> {
        let mut comments = FxHashMap::default();
        let mut open = vec![first.span.start];
        let mut at = first.span.end as usize;
        while let Some(tag) = self.next_tag(at) {
            at = tag.span.end as usize;
            match tag.name {
                Some("raw") => at = self.end_of_raw(at).map_or(at, |close| close.span.end as usize),
                Some("comment") => open.push(tag.span.start),
                Some("endcomment") => {
                    if let Some(start) = open.pop() {
                        comments.insert(start, tag);
                    }
                }
                _ => {}
            }
        }
        comments
    }

    /// The first `{% name %}` from `at` on, in whatever it stands.
    fn find_end(&self, at: usize, name: &str) -> Option<Tag<'a>> {
        let text = &self.text[..self.end];
        let mut from = at;
        loop {
            let found = from + memmem::find(&text.as_bytes()[from..], name.as_bytes())?;
            from = found + name.len();
            let before = text[at..found].trim_end_matches(is_space);
            let before = before.strip_suffix('-').unwrap_or(before);
            let after = text[from..].trim_start_matches(is_space);
            let after = after.strip_prefix('-').unwrap_or(after);
            if before.ends_with("{%") && after.starts_with("%}") {
                let start = at + before.len() - 2;
                let end = self.end - after.len() + 2;
                return Some(tag(self.text, Span::new(start, end)));
            }
        }
    }
}

/// White space as Ruby's `\s`.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r')
}

/// What stands between the braces of `span`, the marks of white-space control left out.
fn inside(text: &str, span: Span, close: usize) -> Span {
    let (start, end) = (span.start as usize + 2, span.end as usize - close);
    let start = if text[start..end].starts_with('-') { start + 1 } else { start };
    let end = if text[start..end].ends_with('-') { end - 1 } else { end };
    trimmed(text, start, end)
}

fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let inner = &text[start..end];
    let start = end - inner.trim_start_matches(is_space).len();
    Span::new(start, start + text[start..end].trim_end_matches(is_space).len())
}

fn tag(text: &str, span: Span) -> Tag<'_> {
    let inner = inside(text, span, 2);
    let content = &text[inner.range()];
    let length = match content.as_bytes().first() {
        Some(b'#') => 1,
        _ => content.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count(),
    };
    let markup_span = trimmed(text, inner.start as usize + length, inner.end as usize);
    Tag { span, name: Some(&content[..length]), markup: &text[markup_span.range()], markup_span }
}

fn variable(text: &str, span: Span) -> Tag<'_> {
    let close = if text[span.range()].ends_with("}}") { 2 } else { 1 };
    let markup_span = inside(text, span, close);
    Tag { span, name: None, markup: &text[markup_span.range()], markup_span }
}
