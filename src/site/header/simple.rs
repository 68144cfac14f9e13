//! Front matter of the simplest form, read without a YAML parser: `key: value` and `key:` with `- item` lines, each on one
//! line, nothing nested.
//!
//! Most posts have no other, and reading it this way takes a twentieth of the time. Whatever is not certain to be just
//! this is left to the YAML parser (`tests` below hold one against the other).

use crate::post::yaml::{Data, plain_scalar};
use crate::site::value::{Map, Value};
use std::borrow::Cow;

/// What a plain scalar may begin with, beside letters and digits.
const FIRST: &[u8] = b"/.(_$~=";

/// The entries of a block (without its fences); `None`: it takes a YAML parser to read it.
pub fn read(block: &str) -> Option<Map> {
    if !block.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~' | 0x80..)) || (!block.is_ascii() && block.chars().any(is_special)) {
        return None;
    }
    let mut map = Map::default();
    // the key whose items may follow, with those that did, and how far they are indented
    let mut open: Option<(&str, Vec<Value>, usize)> = None;
    for line in block.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        if let Some(item) = content.strip_prefix("- ") {
            let (_, items, indents) = open.as_mut()?;
            if !items.is_empty() && *indents != indent {
                return None;
            }
            *indents = indent;
            items.push(scalar(item.trim_matches(' '))?);
            continue;
        }
        close(&mut map, open.take());
        let (key, rest) = entry(line)?;
        match rest.trim_matches(' ') {
            "" => open = Some((key, Vec::new(), 0)),
            rest if rest.starts_with('[') => {
                map.insert(key.to_owned(), flow_list(rest)?);
            }
            rest => {
                map.insert(key.to_owned(), scalar(rest)?);
            }
        }
    }
    close(&mut map, open);
    // nothing but comments is no map
    (!map.is_empty()).then_some(map)
}

fn close(map: &mut Map, open: Option<(&str, Vec<Value>, usize)>) {
    if let Some((key, items, _)) = open {
        map.insert(key.to_owned(), if items.is_empty() { Value::Null } else { Value::List(items) });
    }
}

/// Characters that YAML takes for line ends or does not take at all.
fn is_special(character: char) -> bool {
    matches!(character, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// The key of a line that starts with one, and what stands after its colon.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = line.split_once(':')?;
    let is_name = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    // `yes:` is no text; words that are something else have five letters at most
    let is_text = || key.len() > 5 || matches!(plain_scalar(Cow::Borrowed(key)), Ok(Data::String(_)));
    (is_name && key.len() < 64 && (rest.is_empty() || rest.starts_with(' ')) && is_text()).then_some((key, rest))
}

/// A scalar that fills its line, without the blanks around it.
fn scalar(text: &str) -> Option<Value> {
    if let Some(quoted) = quoted(text) {
        return quoted;
    }
    let first = *text.as_bytes().first()?;
    let is_plain = (first.is_ascii_alphanumeric() || FIRST.contains(&first) || first >= 0x80)
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #");
    is_plain.then(|| resolved(text)).flatten()
}

/// `None`: no quotes; `Some(None)`: quotes with something in them that is not read here.
fn quoted(text: &str) -> Option<Option<Value>> {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let inner = text.get(1..).and_then(|rest| rest.strip_suffix(quote));
    Some(inner.filter(|inner| !inner.contains([quote, '\\'])).map(Value::from))
}

fn resolved(text: &str) -> Option<Value> {
    let data = plain_scalar(Cow::Borrowed(text)).ok()?;
    Some(Value::from(&data))
}

/// `[a, b]`.
fn flow_list(text: &str) -> Option<Value> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    if inner.trim_matches(' ').is_empty() {
        return Some(Value::List(Vec::new()));
    }
    let item = |item: &str| {
        let item = item.trim_matches(' ');
        if let Some(quoted) = quoted(item) {
            return quoted.filter(|_| !item.contains(['[', ']', '{', '}']));
        }
        let is_plain = item.starts_with(|c: char| c.is_ascii_alphanumeric() || !c.is_ascii())
            && !item.bytes().any(|byte| b"[]{}:#\"'&*!|>%@`?".contains(&byte));
        is_plain.then(|| resolved(item)).flatten()
    };
    inner.split(',').map(item).collect::<Option<Vec<Value>>>().map(Value::List)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::front_matter::FrontMatter;
    use proptest::prelude::*;

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
    fn what_is_not_simple_is_left_to_the_parser() {
        for block in [
            "title: a: b\n",
            "title: a # b\n",
            "title: 'it''s'\n",
            "title: \"a\\n\"\n",
            "title: a\n  b\n",
            "title: >\n  a\n",
            "a:\n  b: c\n",
            "a: &b c\n",
            "a: *b\n",
            "a: !x b\n",
            "yes: a\n",
            "a: :b\n",
            "a: - b\n",
            "- a\n",
            "a\n",
            "a:\n  - b: c\n",
            "a:\n  -\n",
            "a: [b, [c]]\n",
            "a: {b: c}\n",
            "a: b:\n",
            "a:\tb\n",
            "a: b\r\n",
            "# a\n",
            "",
            "a: [b,]\n",
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
            let block: String = lines.iter().map(|line| format!("{line}\n")).collect();
            if let Some(read) = read(&block) {
                // the fences stand around what is read
                if !block.contains("---") && !block.contains("...") {
                    prop_assert_eq!(by_yaml(&block), Some(Value::Map(read)));
                }
            }
        }
    }
}
