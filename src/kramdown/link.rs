//! Links and images: kramdown's `parser/kramdown/link.rb`.

use super::characters::is_space;
use super::escaped_character::is_escapable;
use super::span_memo::Outcome;
use super::span_token::{Context, Leaves, Suspicion, Token};
use super::spans::SpanReader;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A link or an image, as it stands in the text.
#[derive(Debug)]
pub(super) struct LinkToken {
    pub image: bool,
    /// Between the brackets.
    pub content: Range<usize>,
    pub target: LinkTarget,
    pub end: usize,
}

#[derive(Debug)]
pub(super) enum LinkTarget {
    Inline {
        url: Range<usize>,
        title: Option<Range<usize>>,
    },
    /// The normalised id of a definition.
    Reference(String),
}

/// What follows the closing bracket.
enum After {
    Target {
        target: LinkTarget,
        end: usize,
    },
    /// There is no definition; `id` is where it is named apart from the text.
    Undefined {
        id: Option<Range<usize>>,
        end: usize,
    },
    Nothing,
}

/// How far the end of a URL is looked for before the parentheses of the whole text are paired.
const NEAR: usize = 1000;

impl SpanReader<'_, '_, '_> {
    /// The link at `at`, where `[` or `![` stands.
    pub(super) fn link(&mut self, at: usize, context: Context) -> Option<Token> {
        let image = self.bytes[at] == b'!';
        let start = at + 1 + usize::from(image);
        if image && self.byte(at + 1) != Some(b'[') || matches!(self.byte(start), None | Some(b'^')) {
            return None;
        }
        if !image && context.has(Context::LINK) {
            return Some(Token::Text { end: start });
        }
        let outcome = match self.memo.outcome(at, context) {
            Some(outcome) => outcome,
            None => {
                let inner = context.inside(Context::LINK);
                let Some(close) = self.deeper(|reader| reader.closing_bracket(at, start, inner)) else {
                    return Some(self.too_deep(start));
                };
                let outcome = close.map_or(Outcome::Text, |close| Outcome::Bracket { close });
                self.memo.set_outcome(at, context, outcome);
                outcome
            }
        };
        let Outcome::Bracket { close } = outcome else { return Some(Token::Text { end: start }) };
        let content = start..close;
        Some(match self.after_bracket(content.clone()) {
            After::Target { target, end } => Token::Link(Box::new(LinkToken { image, content, target, end })),
            After::Undefined { id: Some(id), end } => {
                let id = if id.is_empty() { content } else { id };
                Token::Suspicious { end: start, what: Suspicion::UndefinedLink { link: at..end, id } }
            }
            After::Undefined { .. } | After::Nothing => Token::Text { end: start },
        })
    }

    /// The bracket that closes the one at `open`, which the text from `start` on follows. Brackets in the text are
    /// counted, those of images in it are not.
    fn closing_bracket(&mut self, open: usize, start: usize, inner: Context) -> Option<usize> {
        if let Some(known) = self.memo.bracket(open, inner) {
            return known;
        }
        let mut pending = vec![open];
        let mut at = start;
        let mut after_element = false;
        loop {
            let next = self.next_start(at, inner, true);
            if next > at {
                after_element = false;
            }
            let mut opens = false;
            match self.byte(next) {
                None => return self.never_closed(&pending, inner),
                Some(b']') => {
                    if let Some(opened) = pending.pop() {
                        self.memo.set_bracket(opened, inner, Some(next));
                    }
                    if pending.is_empty() {
                        return Some(next);
                    }
                }
                Some(b'[') => opens = true,
                Some(b'!') => opens = self.byte(next + 1) == Some(b'['),
                _ => {}
            }
            let token = self.token(next, inner, after_element);
            match token.leaves() {
                Leaves::Text => after_element = false,
                Leaves::Element => after_element = true,
                Leaves::Nothing => {}
            }
            at = token.end();
            if opens && !matches!(token, Token::Link(_)) {
                match self.memo.bracket(next, inner) {
                    Some(Some(close)) => (at, after_element) = (close + 1, false),
                    Some(None) => return self.never_closed(&pending, inner),
                    None => pending.push(next),
                }
            }
        }
    }

    fn never_closed(&mut self, pending: &[usize], inner: Context) -> Option<usize> {
        for &open in pending {
            self.memo.set_bracket(open, inner, None);
        }
        None
    }

    /// Reads what follows the brackets around `content`.
    fn after_bracket(&mut self, content: Range<usize>) -> After {
        let after = content.end + 1;
        let spaces = self.rest(after).iter().take_while(|&&byte| is_space(byte)).count();
        if self.byte(after + spaces) == Some(b'[')
            && let Some(close) = self.next_bracket(after + spaces + 1)
        {
            let id = after + spaces + 1..close;
            let defined = self.defined(if id.is_empty() { content } else { id.clone() }, id.is_empty());
            return match defined {
                Some(id) => After::Target { target: LinkTarget::Reference(id), end: close + 1 },
                None => After::Undefined { id: (spaces == 0).then_some(id), end: close + 1 },
            };
        }
        if self.byte(after) != Some(b'(') {
            return match self.defined(content, true) {
                Some(id) => After::Target { target: LinkTarget::Reference(id), end: after },
                None => After::Undefined { id: None, end: after },
            };
        }
        self.inline_target(after)
    }

    fn next_bracket(&mut self, at: usize) -> Option<usize> {
        let bytes = self.bytes.get(..self.end).unwrap_or_default();
        self.memo.bracket.next(at, || memchr::memchr(b']', bytes.get(at..)?).map(|offset| at + offset))
    }

    /// The normalised id in `range` if there is a definition for it. `is_text`: it is the text of the link, whose
    /// escapes are undone.
    fn defined(&mut self, range: Range<usize>, is_text: bool) -> Option<String> {
        if self.parser.link_definitions.is_empty() {
            return None;
        }
        let longest = self.parser.longest_link_id();
        let mut id = String::new();
        let mut in_space = false;
        let mut chars = self.text.get(range)?.chars().peekable();
        while let Some(mut char) = chars.next() {
            if is_text
                && char == '\\'
                && let Some(next) = chars.next_if(|&next| next.is_ascii() && is_escapable(next as u8))
            {
                char = next;
            }
            let space = char.is_ascii() && is_space(char as u8);
            if !space {
                id.extend(char.to_lowercase());
            } else if !in_space {
                id.push(' ');
            }
            in_space = space;
            if id.len() > longest {
                return None;
            }
        }
        self.parser.link_definitions.contains_key(&id).then_some(id)
    }

    /// The target in parentheses, of which the first stands at `open`.
    fn inline_target(&mut self, open: usize) -> After {
        let (url, title_from) = if self.byte(open + 1) == Some(b'<')
            && let Some(close) = self.greater_on_line(open + 2)
        {
            let url = open + 2..close;
            if self.byte(close + 1) == Some(b')') {
                return After::Target { target: LinkTarget::Inline { url, title: None }, end: close + 2 };
            }
            (url, close + 1)
        } else {
            let quote = self.next_quoted_space(open);
            match self.closing_parenthesis(open, quote) {
                Some(close) => {
                    let url = self.trim(open + 1..close);
                    return After::Target { target: LinkTarget::Inline { url, title: None }, end: close + 1 };
                }
                None => match quote {
                    Some(space) => (self.trim(open + 1..space), space + 1),
                    None => return After::Nothing,
                },
            }
        };
        match self.title(title_from) {
            Some((title, end)) => After::Target { target: LinkTarget::Inline { url, title: Some(title) }, end },
            None => After::Nothing,
        }
    }

    /// The next white space that a quote follows.
    fn next_quoted_space(&mut self, at: usize) -> Option<usize> {
        let bytes = self.bytes.get(..self.end).unwrap_or_default();
        self.memo.quoted_space.next(at, || {
            let after_space = |&quote: &usize| quote > at && is_space(bytes[quote - 1]);
            let quote = memchr::memchr2_iter(b'"', b'\'', bytes.get(at..)?).map(|offset| at + offset).find(after_space)?;
            Some(quote - 1)
        })
    }

    /// The parenthesis that closes the one at `open`, if it stands before `limit`.
    fn closing_parenthesis(&mut self, open: usize, limit: Option<usize>) -> Option<usize> {
        let limit = limit.unwrap_or(self.end);
        let bytes = self.bytes.get(..self.end).unwrap_or_default();
        let near = bytes.get(open..limit.min(open + NEAR)).unwrap_or_default();
        let mut depth = 0;
        for offset in memchr::memchr2_iter(b'(', b')', near) {
            match near[offset] {
                b'(' => depth += 1,
                _ => depth -= 1,
            }
            if depth == 0 {
                return Some(open + offset);
            }
        }
        if limit <= open + NEAR {
            return None;
        }
        let pairs = self.memo.parentheses.get_or_insert_with(|| pair_parentheses(bytes));
        pairs.get(&open).copied().filter(|&close| close < limit)
    }

    /// The title at `at`, in quotes and before the closing parenthesis, and where the link ends.
    fn title(&mut self, at: usize) -> Option<(Range<usize>, usize)> {
        let spaces = self.rest(at).iter().take_while(|&&byte| is_space(byte)).count();
        let quote = self.byte(at + spaces).filter(|byte| matches!(byte, b'"' | b'\''))?;
        let start = at + spaces + 1;
        let from = self.next_char(start);
        let bytes = self.bytes.get(..self.end).unwrap_or_default();
        let parenthesis = |quote: usize| {
            let after = bytes.get(quote + 1..)?;
            let spaces = after.iter().take_while(|&&byte| is_space(byte)).count();
            (after.get(spaces) == Some(&b')')).then_some(quote + 1 + spaces)
        };
        let close = self.memo.title_end[usize::from(quote == b'"')].next(from, || {
            let mut quotes = memchr::memchr_iter(quote, bytes.get(from..)?).map(|offset| from + offset);
            quotes.find(|&quote| parenthesis(quote).is_some())
        })?;
        Some((start..close, parenthesis(close)? + 1))
    }
}

fn pair_parentheses(bytes: &[u8]) -> FxHashMap<usize, usize> {
    let mut pairs = FxHashMap::default();
    let mut open = Vec::new();
    for at in memchr::memchr2_iter(b'(', b')', bytes) {
        if bytes[at] == b'(' {
            open.push(at);
        } else if let Some(opened) = open.pop() {
            pairs.insert(opened, at);
        }
    }
    pairs
}
