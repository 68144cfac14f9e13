//! Tags, comments and text, by the rules of the HTML standard's tokeniser as far as they matter for links and images.

use memchr::{memchr, memmem};
use std::ops::Range;

/// A piece of HTML. All ranges are bytes of the text that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Text(Range<usize>),
    Start(StartTag),
    End {
        name: Range<usize>,
        range: Range<usize>,
    },
    Comment {
        content: Range<usize>,
        range: Range<usize>,
    },
    /// A doctype, a processing instruction, CDATA.
    Declaration(Range<usize>),
    /// What stands in a script or a style sheet.
    Raw(Range<usize>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartTag {
    pub range: Range<usize>,
    pub name: Range<usize>,
    pub attributes: Vec<RawAttribute>,
    pub self_closing: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawAttribute {
    pub name: Range<usize>,
    /// Without quotes; empty at the end of the name where there is no value.
    pub value: Range<usize>,
}

/// Elements whose content is no HTML.
const RAW_TEXT: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Reads HTML from left to right, in linear time.
pub struct Tokens<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    /// The element whose end tag alone ends the raw text that is read now.
    raw: Option<Range<usize>>,
}

impl<'t> Tokens<'t> {
    pub fn new(text: &'t str, range: Range<usize>) -> Tokens<'t> {
        Tokens { text, at: range.start, end: range.end, raw: None }
    }

    fn bytes(&self) -> &'t [u8] {
        &self.text.as_bytes()[..self.end]
    }

    /// The markup at `at`, where `<` stands. `Err`: there is none, or (`true`) it never ends.
    fn markup(&self, at: usize) -> Result<Token, bool> {
        let bytes = self.bytes();
        match bytes.get(at + 1) {
            Some(b'a'..=b'z' | b'A'..=b'Z') => self.start_tag(at).map(Token::Start).ok_or(true),
            Some(b'/') if bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic) => {
                let name = at + 2..self.name_end(at + 2);
                let close = memchr(b'>', &bytes[name.end..]).ok_or(true)?;
                let range = at..name.end + close + 1;
                Ok(Token::End { name, range })
            }
            Some(b'!') if bytes[at..].starts_with(b"<!--") => {
                let length = memmem::find(&bytes[at + 4..], b"-->").ok_or(true)?;
                let content = at + 4..at + 4 + length;
                let range = at..content.end + 3;
                Ok(Token::Comment { content, range })
            }
            Some(b'!' | b'?' | b'/') => {
                let length = memchr(b'>', &bytes[at..]).ok_or(true)?;
                Ok(Token::Declaration(at..at + length + 1))
            }
            _ => Err(false),
        }
    }

    fn name_end(&self, at: usize) -> usize {
        let length = self.bytes()[at..].iter().take_while(|byte| !is_space(**byte) && !matches!(byte, b'/' | b'>')).count();
        at + length
    }

    /// The start tag at `at`; `None` when it never ends.
    fn start_tag(&self, at: usize) -> Option<StartTag> {
        let bytes = self.bytes();
        let name = at + 1..self.name_end(at + 1);
        let mut attributes = Vec::new();
        let mut at_end = name.end;
        loop {
            while is_space(*bytes.get(at_end)?) {
                at_end += 1;
            }
            match bytes[at_end] {
                b'>' => return Some(StartTag { range: at..at_end + 1, name, attributes, self_closing: false }),
                b'/' if bytes.get(at_end + 1) == Some(&b'>') => {
                    return Some(StartTag { range: at..at_end + 2, name, attributes, self_closing: true });
                }
                b'/' => at_end += 1,
                _ => {
                    let (attribute, end) = self.attribute(at_end)?;
                    attributes.push(attribute);
                    at_end = end;
                }
            }
        }
    }

    /// The attribute at `at` and where what follows it begins.
    fn attribute(&self, at: usize) -> Option<(RawAttribute, usize)> {
        let bytes = self.bytes();
        // a `=` at the start belongs to the name
        let length = bytes[at + 1..].iter().take_while(|byte| !is_space(**byte) && !matches!(byte, b'/' | b'>' | b'=')).count();
        let name = at..at + 1 + length;
        let mut next = name.end;
        while is_space(*bytes.get(next)?) {
            next += 1;
        }
        if bytes[next] != b'=' {
            let value = name.end..name.end;
            return Some((RawAttribute { value, name }, next));
        }
        next += 1;
        while is_space(*bytes.get(next)?) {
            next += 1;
        }
        match bytes[next] {
            quote @ (b'"' | b'\'') => {
                let length = memchr(quote, &bytes[next + 1..])?;
                let value = next + 1..next + 1 + length;
                let end = value.end + 1;
                Some((RawAttribute { name, value }, end))
            }
            _ => {
                let length = bytes[next..].iter().take_while(|byte| !is_space(**byte) && **byte != b'>').count();
                let value = next..next + length;
                let end = value.end;
                Some((RawAttribute { name, value }, end))
            }
        }
    }

    /// The text of the raw element `name`, up to its end tag or the end.
    fn raw_text(&mut self, name: &Range<usize>) -> Range<usize> {
        let name = &self.text[name.clone()];
        let bytes = self.bytes();
        let start = self.at;
        let closes = |at: &usize| {
            let after = at + 2 + name.len();
            bytes.get(at + 2..after).is_some_and(|written| written.eq_ignore_ascii_case(name.as_bytes()))
                && bytes.get(after).is_none_or(|byte| is_space(*byte) || matches!(byte, b'/' | b'>'))
        };
        let end = memmem::find_iter(&bytes[start..], b"</").map(|at| start + at).find(closes).unwrap_or(self.end);
        self.at = end;
        start..end
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if let Some(name) = self.raw.take() {
            let raw = self.raw_text(&name);
            if !raw.is_empty() {
                return Some(Token::Raw(raw));
            }
        }
        let start = self.at;
        let mut from = start;
        while let Some(found) = memchr(b'<', &self.bytes()[from..]) {
            let open = from + found;
            match self.markup(open) {
                Ok(_) if open > start => {
                    self.at = open;
                    return Some(Token::Text(start..open));
                }
                Ok(token) => {
                    self.at = end_of(&token);
                    if let Token::Start(tag) = &token
                        && RAW_TEXT.iter().any(|raw| raw.eq_ignore_ascii_case(&self.text[tag.name.clone()]))
                    {
                        self.raw = Some(tag.name.clone());
                    }
                    return Some(token);
                }
                // markup that never ends: nothing after it is looked at again
                Err(true) => break,
                Err(false) => from = open + 1,
            }
        }
        self.at = self.end;
        (start < self.end).then_some(Token::Text(start..self.end))
    }
}

fn end_of(token: &Token) -> usize {
    match token {
        Token::Text(range) | Token::Raw(range) | Token::Declaration(range) => range.end,
        Token::Start(tag) => tag.range.end,
        Token::End { range, .. } | Token::Comment { range, .. } => range.end,
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}
