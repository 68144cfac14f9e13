//! YAML of the simplest forms, read without libyaml: scalars that fit on a line, lists and maps of them in block style, lists
//! in brackets.
//!
//! Most front matter has nothing else, and reading it this way takes a tenth of the time. Whatever is not certain to be just
//! this is left to libyaml (`tests` below hold one against the other).

use super::scalar::{is_text, resolve};
use super::{Data, Entry, EntryOrigin, MAX_SIZE, Node, Style};
use crate::text::Span;
use memchr::{memchr, memchr2_iter};
use std::borrow::Cow;

/// What a plain scalar may begin with, beside letters and digits.
const FIRST: &[u8] = b"/.(_$~=";

/// Maps and lists are this deep at most.
const DEEPEST: usize = 5;

/// So many entries most front matter has at most.
const USUAL_ENTRIES: usize = 8;

/// The blanks between the items of a list in brackets.
const BLANKS: [char; 2] = [' ', '\n'];

/// The map that the bytes `span` of `file` (whole lines) hold; `None`: it takes libyaml to read them.
pub fn read(file: &str, span: Span) -> Option<Node<'_>> {
    let block = span.of(file);
    let has_control = block.bytes().fold(false, |found, byte| found | (byte < b' ' && byte != b'\n') | (byte == 0x7f));
    if has_control || block.len() > MAX_SIZE || (!block.is_ascii() && block.chars().any(is_special)) {
        return None;
    }
    let mut reader = Reader { file, at: span.start as usize, end: span.end as usize, next: None, depth: 0 };
    reader.advance();
    // nothing but comments is no map
    reader.next.filter(|line| line.indent == 0)?;
    let root = reader.map(0)?;
    reader.next.is_none().then_some(root)
}

/// Characters that YAML takes for line ends or does not take at all.
fn is_special(character: char) -> bool {
    matches!(character, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A line, or what stands behind the hyphen of an item.
#[derive(Clone, Copy)]
struct Line<'a> {
    /// How many columns stand in front of it.
    indent: usize,
    content: Text<'a>,
}

/// A part of a line, and where it begins in the file.
#[derive(Clone, Copy)]
struct Text<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Text<'a> {
    /// From the byte `start` on.
    fn from(self, start: usize) -> Text<'a> {
        Text { text: &self.text[start..], at: self.at + start }
    }

    fn trim(self, blanks: &[char]) -> Text<'a> {
        let text = self.text.trim_start_matches(blanks);
        Text { text: text.trim_end_matches(blanks), at: self.at + self.text.len() - text.len() }
    }

    fn node(self, data: Data<'a>, style: Style) -> Node<'a> {
        Node { data, span: Span::new(self.at, self.at + self.text.len()), style }
    }
}

struct Reader<'a> {
    file: &'a str,
    /// Where the line after `next` begins.
    at: usize,
    end: usize,
    /// The first line that is not read yet.
    next: Option<Line<'a>>,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// To the next line with something on it.
    fn advance(&mut self) {
        self.next = None;
        while self.next.is_none() && self.at < self.end {
            let rest = &self.file[self.at..self.end];
            let line = &rest[..memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())];
            let indent = line.bytes().take_while(|byte| *byte == b' ').count();
            if !matches!(line.as_bytes().get(indent), None | Some(b'#')) {
                self.next = Some(Line { indent, content: Text { text: &line[indent..], at: self.at + indent } });
            }
            self.at += line.len() + 1;
        }
    }

    /// The map whose entries are indented so far.
    fn map(&mut self, indent: usize) -> Option<Node<'a>> {
        let mut entries = Vec::with_capacity(if self.depth == 0 { USUAL_ENTRIES } else { 0 });
        self.depth += 1;
        while let Some(line) = self.next.filter(|line| line.indent >= indent) {
            let (key, rest) = entry(line.content).filter(|_| line.indent == indent && self.depth <= DEEPEST)?;
            self.advance();
            let value = match rest.trim(&[' ']) {
                Text { text: "", .. } => self.below(indent, rest.at)?,
                rest => value(rest)?,
            };
            let key = key.node(Data::String(Cow::Borrowed(key.text)), Style::Plain);
            entries.push(Entry { key, value, origin: EntryOrigin::Own });
        }
        self.depth -= 1;
        let span = entries.first()?.key.span.to(entries.last()?.value.span);
        Some(Node { data: Data::Mapping(entries), span, style: Style::Block })
    }

    /// The value on the lines below its key, which is indented so far; where there is none, nothing stands at `empty`.
    fn below(&mut self, indent: usize, empty: usize) -> Option<Node<'a>> {
        match self.next {
            Some(line) if line.indent >= indent && line.content.text.starts_with("- ") => self.list(line.indent),
            Some(line) if line.indent > indent && line.content.text.starts_with('[') => self.long_flow_list(indent, line.content.at),
            Some(line) if line.indent > indent => self.map(line.indent),
            _ => Some(Node { data: Data::Null, span: Span::empty(empty), style: Style::Plain }),
        }
    }

    /// Items with hyphens.
    fn list(&mut self, indent: usize) -> Option<Node<'a>> {
        let start = self.next?.content.at;
        let mut items: Vec<Node> = Vec::new();
        while let Some(line) = self.next.filter(|line| line.indent == indent && line.content.text.starts_with("- ")) {
            let content = line.content.from(2).trim(&[' ']);
            if entry(content).is_some() {
                // the first entry of a map stands behind the hyphen
                let indent = line.indent + (content.at - line.content.at);
                self.next = Some(Line { indent, content });
                items.push(self.map(indent)?);
            } else {
                items.push(value(content)?);
                self.advance();
            }
        }
        let span = Span::new(start, items.last()?.span.end as usize);
        Some(Node { data: Data::Sequence(items), span, style: Style::Block })
    }

    /// A list in brackets that begins at `start` and goes over several lines, all of which are indented further.
    fn long_flow_list(&mut self, indent: usize, start: usize) -> Option<Node<'a>> {
        while let Some(line) = self.next.filter(|line| line.indent > indent) {
            let content = line.content.trim(&[' ']);
            self.advance();
            if content.text.ends_with(']') {
                let end = content.at + content.text.len();
                return flow_list(Text { text: &self.file[start..end], at: start });
            }
        }
        None
    }
}

/// The key of a line that starts with one, and what stands after its colon.
fn entry(line: Text<'_>) -> Option<(Text<'_>, Text<'_>)> {
    let colon = memchr(b':', line.text.as_bytes())?;
    let (key, rest) = (&line.text[..colon], line.from(colon + 1));
    let is_name = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    // `yes:` is no text
    let is_key = is_name && key.len() < 64 && matches!(rest.text.as_bytes().first(), None | Some(b' ')) && is_text(key);
    is_key.then_some((Text { text: key, at: line.at }, rest))
}

/// A value that fills its line, without the blanks around it.
fn value(text: Text<'_>) -> Option<Node<'_>> {
    let first = *text.text.as_bytes().first()?;
    match first {
        b'[' => flow_list(text),
        b'"' | b'\'' => quoted(text),
        _ => {
            let may_begin = first.is_ascii_alphanumeric() || FIRST.contains(&first) || first >= 0x80;
            if may_begin && !has_indicator(text.text.as_bytes()) { plain(text) } else { None }
        }
    }
}

fn plain(text: Text<'_>) -> Option<Node<'_>> {
    Some(text.node(resolve(Cow::Borrowed(text.text)).ok()?, Style::Plain))
}

/// Whether a colon in it ends a key, or a `#` begins a comment.
fn has_indicator(text: &[u8]) -> bool {
    memchr2_iter(b':', b'#', text).any(|at| match text[at] {
        b':' => text.get(at + 1).is_none_or(|next| *next == b' '),
        _ => at > 0 && text[at - 1] == b' ',
    })
}

/// A text in quotes that fills its line.
fn quoted(text: Text<'_>) -> Option<Node<'_>> {
    let quote = text.text.chars().next()?;
    let inner = text.text.get(1..)?.strip_suffix(quote)?;
    let style = if quote == '"' { Style::DoubleQuoted } else { Style::SingleQuoted };
    if memchr::memchr2(quote as u8, if quote == '"' { b'\\' } else { b'\'' }, inner.as_bytes()).is_none() {
        return Some(text.node(Data::String(Cow::Borrowed(inner)), style));
    }
    // `''`, and `\"` and `\\` in double quotes, stand for their second character
    let escape = if quote == '"' { '\\' } else { '\'' };
    let mut plain = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        let is_escaped = character == escape;
        let character = if is_escaped { characters.next()? } else { character };
        let takes_escape = character == quote || character == escape;
        (takes_escape == is_escaped).then(|| plain.push(character))?;
    }
    Some(text.node(Data::String(Cow::Owned(plain)), style))
}

/// `[a, b]`.
fn flow_list(list: Text<'_>) -> Option<Node<'_>> {
    let inner = list.text.strip_prefix('[')?.strip_suffix(']')?;
    let inner = Text { text: inner, at: list.at + 1 }.trim(&BLANKS);
    let mut items = Vec::new();
    // a comma may follow the last
    let mut rest = Text { text: inner.text.strip_suffix(',').unwrap_or(inner.text), at: inner.at };
    while !inner.text.is_empty() {
        let comma = memchr(b',', rest.text.as_bytes());
        let item = Text { text: &rest.text[..comma.unwrap_or(rest.text.len())], at: rest.at };
        items.push(flow_item(item.trim(&BLANKS))?);
        match comma {
            Some(comma) => rest = rest.from(comma + 1),
            None => break,
        }
    }
    Some(list.node(Data::Sequence(items), Style::Flow))
}

fn flow_item(item: Text<'_>) -> Option<Node<'_>> {
    if item.text.starts_with(['"', '\'']) {
        let is_simple = !item.text.bytes().any(|byte| b"[]{}\\\n".contains(&byte));
        return is_simple.then(|| quoted(item)).flatten();
    }
    let is_plain = item.text.starts_with(|c: char| c.is_ascii_alphanumeric() || !c.is_ascii())
        && !item.text.bytes().any(|byte| b"[]{}:#\"'&*!|>%@`?\n".contains(&byte));
    is_plain.then(|| plain(item)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FENCE: &str = "---\n";

    fn read(block: &str) -> Option<Node<'static>> {
        let file = format!("{FENCE}{block}").leak();
        super::read(file, Span::new(FENCE.len(), file.len()))
    }

    /// What libyaml makes of the block.
    fn by_libyaml(block: &str) -> Option<Node<'static>> {
        let file = format!("{FENCE}{block}").leak();
        super::super::loader::load(file, Span::new(0, file.len())).ok().flatten()
    }

    #[test]
    fn simple_blocks_are_read() {
        let block = "layout: post\ntitle: 'A: b'\n# a comment\n\ndate: 2023-05-06 10:00:00 +0200\ndraft: no\nempty:\n\
                     tags:\n  - one\n  - \"two words\"\ncategories: [a, 'b c', 3]\nurl: http://example.org/#x\nrating: 4.5\n";
        let read = read(block).expect("simple");
        assert_eq!(read.entries().len(), 9);
        assert_eq!(by_libyaml(block), Some(read));
    }

    #[test]
    fn nested_blocks_are_read() {
        let block = "title: 'it''s'\ndescription: \"a \\\"b\\\" c\"\nimage:\n  url: /a.png\n  # a comment\n  size:\n    width: 3\n\
                     \n    height: 4\nauthors:\n- name: A\n  url: http://example.org\n- name: B\ntags:\n  [\n    \"a\",\n    b c,\n  ]\nlast: [a,]\n";
        let read = read(block).expect("simple");
        assert_eq!(read.entries().len(), 6);
        assert_eq!(by_libyaml(block), Some(read));
    }

    #[test]
    fn what_is_not_simple_is_left_to_libyaml() {
        for block in [
            "title: a: b\n",
            "title: a # b\n",
            "title: 'it's'\n",
            "title: \"a\\n\"\n",
            "title: a\n  b\n",
            "title: >\n  a\n",
            "a:\n  b: c\n d: e\n",
            "a:\n  b\n",
            "a: &b c\n",
            "a: *b\n",
            "a: !x b\n",
            "yes: a\n",
            "a: :b\n",
            "a: - b\n",
            "- a\n",
            "a\n",
            "a:\n  - b: c\n   d: e\n",
            "a:\n  -\n",
            "a: [b, [c]]\n",
            "a: {b: c}\n",
            "a: b:\n",
            "a:\tb\n",
            "a: b\r\n",
            "# a\n",
            "",
            "a: [b,,]\n",
            "a:\n  [\n  b\n]\n",
            "a:\n  [\n  b\n  c\n  ]\n",
            "a:\n  - - b\n",
            "a:\n - b\n  - c\n",
            "a: b\n- c\n",
            "\"a\": b\n",
            "a: 'b' c\n",
        ] {
            assert_eq!(read(block), None, "{block:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn the_parser_reads_the_same(
            lines in prop::collection::vec("(a|b|on|title|x-1)?:? {0,2}(- )?[\\[\\]'\"]?[a-c0-9:., #'\"\\\\~é_-]{0,12}[\\]'\"]? ?", 1..6)
        ) {
            held_to_the_parser(&lines)?;
        }

        #[test]
        fn the_parser_reads_the_same_of_nested_lines(
            lines in prop::collection::vec(" {0,4}(- {1,2}){0,2}((a|b|on|c-1):)? {0,2}(|\\[|\\]|[a-c1-3]{1,3},|[a-c1-3 ]{1,4}|'[a'\\\\\"]{0,4}'|\"[a'\\\\\"]{0,4}\"|\\[[ab', ]{0,6}\\]|#a)( #)? ?", 1..8)
        ) {
            held_to_the_parser(&lines)?;
        }
    }

    fn held_to_the_parser(lines: &[String]) -> Result<(), TestCaseError> {
        {
            let block: String = lines.iter().map(|line| format!("{line}\n")).collect();
            if let Some(read) = read(&block) {
                // front matter ends at such a line
                if !block.contains("---") && !block.contains("...") {
                    prop_assert_eq!(by_libyaml(&block), Some(read));
                }
            }
        }
        Ok(())
    }
}
