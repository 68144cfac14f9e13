//! Front matter of the simplest forms, read without a YAML parser: scalars that fit on a line, lists and maps of them in
//! block style, lists in brackets.
//!
//! Most posts have no other, and reading it this way takes a twentieth of the time. Whatever is not certain to be just
//! this is left to the YAML parser (`tests` below hold one against the other).

use crate::post::yaml::{Data, plain_scalar};
use crate::site::value::{Map, Value};
use memchr::{memchr, memchr2_iter};
use std::borrow::Cow;
use std::str::Lines;

/// What a plain scalar may begin with, beside letters and digits.
const FIRST: &[u8] = b"/.(_$~=";

/// Maps and lists are this deep at most.
const DEEPEST: usize = 5;

/// So many entries most blocks have at most.
const USUAL_ENTRIES: usize = 10;

/// The entries of a block (without its fences) whose keys are `wanted`; `None`: it takes a YAML parser to read it.
pub fn read(block: &str, wanted: fn(&str) -> bool) -> Option<Map> {
    let has_control = block.bytes().fold(false, |found, byte| found | (byte < b' ' && byte != b'\n') | (byte == 0x7f));
    if has_control || (!block.is_ascii() && block.chars().any(is_special)) {
        return None;
    }
    let mut reader = Reader { lines: block.lines(), next: None, depth: 0 };
    reader.advance();
    // nothing but comments is no map
    reader.next.filter(|line| line.indent == 0)?;
    let mut map = Map::with_capacity_and_hasher(USUAL_ENTRIES, Default::default());
    reader.entries(0, |key, value| {
        if wanted(key) {
            map.insert(key.to_owned(), value.into_value());
        }
    })?;
    reader.next.is_none().then_some(map)
}

/// Characters that YAML takes for line ends or does not take at all.
fn is_special(character: char) -> bool {
    matches!(character, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A line, or what stands behind the hyphen of an item.
#[derive(Clone, Copy)]
struct Line<'b> {
    /// How many columns stand in front of it.
    indent: usize,
    content: &'b str,
}

/// What is read of a value that nobody may want.
enum Read<'b> {
    Scalar(Data<'b>),
    Collection(Value),
}

impl Read<'_> {
    fn into_value(self) -> Value {
        match self {
            Read::Scalar(data) => Value::from(&data),
            Read::Collection(value) => value,
        }
    }
}

struct Reader<'b> {
    lines: Lines<'b>,
    /// The first line that is not read yet.
    next: Option<Line<'b>>,
    depth: usize,
}

impl<'b> Reader<'b> {
    /// To the next line with something on it.
    fn advance(&mut self) {
        self.next = self.lines.by_ref().find_map(|line| {
            let content = line.trim_start_matches(' ');
            let indent = line.len() - content.len();
            (!content.is_empty() && !content.starts_with('#')).then_some(Line { indent, content })
        });
    }

    /// The entries of a map that are indented so far.
    fn entries(&mut self, indent: usize, mut take: impl FnMut(&'b str, Read<'b>)) -> Option<()> {
        self.depth += 1;
        while let Some(line) = self.next.filter(|line| line.indent >= indent) {
            let (key, rest) = entry(line.content).filter(|_| line.indent == indent && self.depth <= DEEPEST)?;
            self.advance();
            let value = match rest.trim_matches(' ') {
                "" => self.below(indent)?,
                rest => value(rest)?,
            };
            take(key, value);
        }
        self.depth -= 1;
        Some(())
    }

    /// The value on the lines below its key, which is indented so far.
    fn below(&mut self, indent: usize) -> Option<Read<'b>> {
        match self.next {
            Some(line) if line.indent >= indent && line.content.starts_with("- ") => self.list(line.indent),
            Some(line) if line.indent > indent && line.content.starts_with('[') => self.long_flow_list(indent),
            Some(line) if line.indent > indent => self.map(line.indent),
            _ => Some(Read::Scalar(Data::Null)),
        }
    }

    fn map(&mut self, indent: usize) -> Option<Read<'b>> {
        let mut map = Map::default();
        self.entries(indent, |key, value| {
            map.insert(key.to_owned(), value.into_value());
        })?;
        Some(Read::Collection(Value::Map(map)))
    }

    /// Items with hyphens.
    fn list(&mut self, indent: usize) -> Option<Read<'b>> {
        let mut items = Vec::new();
        while let Some(line) = self.next.filter(|line| line.indent == indent) {
            let Some(item) = line.content.strip_prefix("- ") else { break };
            let content = item.trim_start_matches(' ');
            let inner = line.indent + line.content.len() - content.len();
            if entry(content).is_some() {
                // the first entry of a map stands behind the hyphen
                self.next = Some(Line { indent: inner, content });
                items.push(self.map(inner)?.into_value());
            } else {
                items.push(value(content.trim_end_matches(' '))?.into_value());
                self.advance();
            }
        }
        Some(Read::Collection(Value::List(items)))
    }

    /// A list in brackets over several lines, all of which are indented further.
    fn long_flow_list(&mut self, indent: usize) -> Option<Read<'b>> {
        let mut text = String::new();
        while let Some(line) = self.next.filter(|line| line.indent > indent) {
            let content = line.content.trim_end_matches(' ');
            text.push_str(content);
            text.push('\n');
            self.advance();
            if content.ends_with(']') {
                return flow_list(text.trim_end_matches('\n')).map(Read::Collection);
            }
        }
        None
    }
}

/// The key of a line that starts with one, and what stands after its colon.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = line.split_at(memchr(b':', line.as_bytes())?);
    let rest = &rest[1..];
    let is_name = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    // `yes:` is no text; words that are something else have five letters at most
    let is_text = || key.len() > 5 || matches!(plain_scalar(Cow::Borrowed(key)), Ok(Data::String(_)));
    (is_name && key.len() < 64 && (rest.is_empty() || rest.starts_with(' ')) && is_text()).then_some((key, rest))
}

/// A value that fills its line, without the blanks around it.
fn value(text: &str) -> Option<Read<'_>> {
    match text.as_bytes().first()? {
        b'[' => flow_list(text).map(Read::Collection),
        _ => scalar(text).map(Read::Scalar),
    }
}

fn scalar(text: &str) -> Option<Data<'_>> {
    let first = *text.as_bytes().first()?;
    if matches!(first, b'"' | b'\'') {
        return quoted(text);
    }
    let is_plain = (first.is_ascii_alphanumeric() || FIRST.contains(&first) || first >= 0x80) && !has_indicator(text.as_bytes());
    is_plain.then(|| plain_scalar(Cow::Borrowed(text)).ok()).flatten()
}

/// Whether a colon in it ends a key, or a `#` begins a comment.
fn has_indicator(text: &[u8]) -> bool {
    memchr2_iter(b':', b'#', text).any(|at| match text[at] {
        b':' => text.get(at + 1).is_none_or(|next| *next == b' '),
        _ => at > 0 && text[at - 1] == b' ',
    })
}

/// A text in quotes that fills its line.
fn quoted(text: &str) -> Option<Data<'_>> {
    let quote = text.chars().next()?;
    let inner = text.get(1..)?.strip_suffix(quote)?;
    if !inner.contains(if quote == '\'' { &['\''][..] } else { &['"', '\\'] }) {
        return Some(Data::String(Cow::Borrowed(inner)));
    }
    // `''`, and `\"` and `\\` in double quotes, stand for their second character
    let escape = if quote == '\'' { '\'' } else { '\\' };
    let mut plain = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        let is_escaped = character == escape;
        let character = if is_escaped { characters.next()? } else { character };
        let may_stand = match character {
            '"' | '\\' if quote == '"' => is_escaped,
            '\'' if quote == '\'' => is_escaped,
            _ => !is_escaped,
        };
        may_stand.then(|| plain.push(character))?;
    }
    Some(Data::String(Cow::Owned(plain)))
}

/// `[a, b]`.
fn flow_list(text: &str) -> Option<Value> {
    let blanks = [' ', '\n'];
    let inner = text.strip_prefix('[')?.strip_suffix(']')?.trim_matches(blanks);
    if inner.is_empty() {
        return Some(Value::List(Vec::new()));
    }
    let item = |item: &str| {
        let item = item.trim_matches(blanks);
        if item.starts_with(['"', '\'']) {
            let is_simple = !item.contains(['[', ']', '{', '}', '\\', '\n']);
            return is_simple.then(|| quoted(item)).flatten().map(|text| Value::from(&text));
        }
        let is_plain = item.starts_with(|c: char| c.is_ascii_alphanumeric() || !c.is_ascii())
            && !item.bytes().any(|byte| b"[]{}:#\"'&*!|>%@`?\n".contains(&byte));
        is_plain.then(|| plain_scalar(Cow::Borrowed(item)).ok()).flatten().map(|data| Value::from(&data))
    };
    // a comma may follow the last
    inner.strip_suffix(',').unwrap_or(inner).split(',').map(item).collect::<Option<Vec<Value>>>().map(Value::List)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::front_matter::FrontMatter;
    use proptest::prelude::*;

    fn read(block: &str) -> Option<Map> {
        super::read(block, |_| true)
    }

    /// What the YAML parser makes of the block.
    fn by_yaml(block: &str) -> Option<Value> {
        FrontMatter::parse(&format!("---\n{block}---\n")).root.as_ref().map(Value::from)
    }

    #[test]
    fn simple_blocks_are_read() {
        let block = "layout: post\ntitle: 'A: b'\n# a comment\n\ndate: 2023-05-06 10:00:00 +0200\ndraft: no\nempty:\n\
                     tags:\n  - one\n  - \"two words\"\ncategories: [a, 'b c', 3]\nurl: http://example.org/#x\nrating: 4.5\n";
        let read = read(block).expect("simple");
        assert_eq!(read.len(), 9);
        assert_eq!(by_yaml(block), Some(Value::Map(read)));
    }

    #[test]
    fn nested_blocks_are_read() {
        let block = "title: 'it''s'\ndescription: \"a \\\"b\\\" c\"\nimage:\n  url: /a.png\n  # a comment\n  size:\n    width: 3\n\
                     \n    height: 4\nauthors:\n- name: A\n  url: http://example.org\n- name: B\ntags:\n  [\n    \"a\",\n    b c,\n  ]\nlast: [a,]\n";
        let read = read(block).expect("simple");
        assert_eq!(read.len(), 6);
        assert_eq!(by_yaml(block), Some(Value::Map(read)));
    }

    #[test]
    fn only_wanted_keys_are_kept() {
        let read = super::read("a: b\nc: d\ne: :f\n", |key| key == "c");
        assert_eq!(read, None, "the parser refuses symbols, whoever wants them");
        let read = super::read("a: b\nc: d\n", |key| key == "c").expect("simple");
        assert_eq!(read.keys().collect::<Vec<_>>(), ["c"]);
    }

    #[test]
    fn what_is_not_simple_is_left_to_the_parser() {
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
                // the fences stand around what is read
                if !block.contains("---") && !block.contains("...") {
                    prop_assert_eq!(by_yaml(&block), Some(Value::Map(read)));
                }
            }
        }
        Ok(())
    }
}
