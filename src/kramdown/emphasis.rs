//! `*emphasis*`, `_emphasis_`, `**strong**`, `__strong__`: kramdown's `parser/kramdown/emphasis.rb`.

use super::characters::is_alphanumeric;
use super::span_memo::Outcome;
use super::span_token::{Context, Leaves, Token};
use super::spans::SpanReader;

impl SpanReader<'_, '_, '_> {
    /// What the run of `*` or `_` at `at` is.
    pub(super) fn emphasis(&mut self, at: usize, context: Context) -> Token {
        let mark = self.bytes[at];
        let strong = self.byte(at + 1) == Some(mark);
        let start = if strong { at + 2 } else { at + 1 };
        let flag = if strong { Context::STRONG } else { Context::EMPHASIS };
        if context.has(flag) || self.space_at(start) || mark == b'_' && self.after_letter(at) {
            return Token::Text { end: start };
        }
        let outcome = match self.memo.outcome(at, context) {
            Some(outcome) => outcome,
            None => match self.emphasis_outcome(at, mark, strong, context) {
                Some(outcome) => outcome,
                None => return self.too_deep(start),
            },
        };
        match outcome {
            Outcome::Strong { close } => Token::Emphasis { strong: true, content: start..close, end: close + 2 },
            Outcome::Emphasis { close } => Token::Emphasis { strong: false, content: at + 1..close, end: close + 1 },
            _ => Token::Text { end: start },
        }
    }

    /// `None` when the parser follows no deeper.
    fn emphasis_outcome(&mut self, at: usize, mark: u8, strong: bool, context: Context) -> Option<Outcome> {
        self.deeper(|reader| {
            let mut outcome = Outcome::Text;
            if strong {
                if let Some(close) = reader.closing_mark(mark, true, at + 2, context) {
                    outcome = Outcome::Strong { close };
                } else if !context.has(Context::DIRECTLY_IN_EMPHASIS)
                    && let Some(close) = reader.closing_mark(mark, false, at + 1, context)
                {
                    outcome = Outcome::Emphasis { close };
                }
            } else if let Some(close) = reader.closing_mark(mark, false, at + 1, context) {
                outcome = Outcome::Emphasis { close };
            }
            reader.memo.set_outcome(at, context, outcome);
            outcome
        })
    }

    /// Where the mark stands that closes emphasis whose content begins at `start`.
    fn closing_mark(&mut self, mark: u8, strong: bool, start: usize, outer: Context) -> Option<usize> {
        if self.last_mark(mark).is_none_or(|last| last <= start) {
            return None;
        }
        let inner = emphasis_context(outer, strong);
        let kind = u8::from(strong) << 1 | u8::from(mark == b'_');
        let mut at = start;
        let mut empty = true;
        let mut after_element = false;
        let mut visited = Vec::new();
        loop {
            let next = self.next_start(at, inner, false);
            if next > at {
                (empty, after_element) = (false, false);
            }
            if next >= self.end {
                break;
            }
            let byte = self.bytes[next];
            if byte == mark && !empty && self.closes_emphasis(mark, strong, next) {
                return Some(next);
            }
            // what an attribute list does depends on more than its place
            if !empty && byte != b'{' {
                if self.memo.is_dead_end(next, inner, kind) {
                    break;
                }
                visited.push(next);
            }
            let token = self.token(next, inner, after_element);
            match token.leaves() {
                Leaves::Text => (empty, after_element) = (false, false),
                Leaves::Element => (empty, after_element) = (false, true),
                Leaves::Nothing => {}
            }
            at = token.end();
        }
        self.memo.add_dead_ends(&visited, inner, kind);
        None
    }

    fn closes_emphasis(&self, mark: u8, strong: bool, at: usize) -> bool {
        let rest = self.rest(at);
        let length = rest.iter().take(3).take_while(|&&byte| byte == mark).count();
        let right = if strong { length >= 2 } else { length != 2 };
        let after = at + if strong { 2 } else { 1 };
        right && !self.space_before(at) && (mark != b'_' || !self.alphanumeric_at(after))
    }

    fn alphanumeric_at(&self, at: usize) -> bool {
        self.text.get(at..self.end).and_then(|rest| rest.chars().next()).is_some_and(is_alphanumeric)
    }

    /// Inside a word, `_` is a letter.
    fn after_letter(&self, at: usize) -> bool {
        let Some(before) = self.text.get(self.start..at) else { return false };
        let before = before.strip_suffix('-').unwrap_or(before);
        before.ends_with(char::is_alphabetic)
    }

    fn last_mark(&mut self, mark: u8) -> Option<usize> {
        let (bytes, start, end) = (self.bytes, self.start, self.end);
        let find = || memchr::memrchr(mark, bytes.get(start..end).unwrap_or_default()).map(|last| start + last);
        *self.memo.last_mark[usize::from(mark == b'_')].get_or_insert_with(find)
    }
}

/// The context inside emphasis that stands in `outer`.
pub(super) fn emphasis_context(outer: Context, strong: bool) -> Context {
    if strong { outer.inside(Context::STRONG) } else { outer.inside(Context::EMPHASIS.with(Context::DIRECTLY_IN_EMPHASIS)) }
}
