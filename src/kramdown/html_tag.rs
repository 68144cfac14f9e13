//! HTML tags as kramdown reads them, in blocks and in text: the regular expressions and the lists of elements of
//! `parser/html.rb`.

use super::characters::{is_alphanumeric, is_space, word_run};
use crate::markup::{Attribute, Attributes, Origin, Value, value};
use crate::text::Extract;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

/// `<name attribute="value">`. All offsets are bytes of the text that was scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StartTag {
    pub name: Range<usize>,
    /// What stands between the name and `>` or `/>`.
    pub attributes: Range<usize>,
    /// Ends with `/>`.
    pub self_closing: bool,
    /// One past `>`.
    pub end: usize,
}

/// `</name>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EndTag {
    pub name: Range<usize>,
    /// One past `>`.
    pub end: usize,
}

/// The start tag at `at` (`HTML_TAG_RE`); nothing beyond `limit` is looked at.
pub(super) fn start_tag(text: &str, at: usize, limit: usize) -> Option<StartTag> {
    let bytes = text.get(..limit)?.as_bytes();
    if bytes.get(at) != Some(&b'<') {
        return None;
    }
    let name = at + 1..name_end(text, at + 1, limit)?;
    let mut end = name.end;
    while let Some(attribute) = attribute(text, end, limit) {
        if attribute.name.start == end {
            break;
        }
        end = attribute.end;
    }
    let attributes = name.end..end;
    let mut end = skip_space(bytes, end);
    let self_closing = bytes.get(end) == Some(&b'/');
    if self_closing {
        end += 1;
    }
    (bytes.get(end) == Some(&b'>')).then_some(StartTag { name, attributes, self_closing, end: end + 1 })
}

/// The end tag at `at` (`HTML_TAG_CLOSE_RE`).
pub(super) fn end_tag(text: &str, at: usize, limit: usize) -> Option<EndTag> {
    let bytes = text.get(..limit)?.as_bytes();
    if bytes.get(at..at + 2) != Some(b"</") {
        return None;
    }
    let name = at + 2..name_end(text, at + 2, limit)?;
    let end = skip_space(bytes, name.end);
    (bytes.get(end) == Some(&b'>')).then_some(EndTag { name, end: end + 1 })
}

/// The content of the comment `<!-- … -->` at `at`; it ends three bytes after the content.
pub(super) fn comment(text: &str, at: usize, limit: usize) -> Option<Range<usize>> {
    delimited(text, at, limit, "<!--", "-->")
}

/// The content of the processing instruction `<? … ?>` at `at`; it ends two bytes after the content.
pub(super) fn instruction(text: &str, at: usize, limit: usize) -> Option<Range<usize>> {
    delimited(text, at, limit, "<?", "?>")
}

fn delimited(text: &str, at: usize, limit: usize, open: &str, close: &str) -> Option<Range<usize>> {
    let rest = text.get(at..limit)?.strip_prefix(open)?;
    let length = memchr::memmem::find(rest.as_bytes(), close.as_bytes())?;
    let start = at + open.len();
    Some(start..start + length)
}

/// Whether `<` at `at` is followed by what can begin a tag, a comment or an end tag (`HTML_SPAN_START`).
pub(super) fn can_start(text: &str, at: usize, limit: usize) -> bool {
    let Some(rest) = text.get(at + 1..limit) else { return false };
    rest.starts_with('/') || rest.starts_with("!--") || rest.starts_with(is_name_start)
}

/// One attribute of a start tag. All offsets are bytes of the text that was scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TagAttribute {
    pub name: Range<usize>,
    /// Without quotes; empty, at the end of the name, where there is none.
    pub value: Range<usize>,
    pub end: usize,
}

/// The attribute that begins at `at`, white space before it included.
fn attribute(text: &str, at: usize, limit: usize) -> Option<TagAttribute> {
    let bytes = text.as_bytes().get(..limit)?;
    let start = skip_space(bytes, at);
    let name = start..name_end(text, start, limit)?;
    let no_value = TagAttribute { value: name.end..name.end, end: name.end, name: name.clone() };
    let equals = skip_space(bytes, name.end);
    if bytes.get(equals) != Some(&b'=') {
        return Some(no_value);
    }
    let start = skip_space(bytes, equals + 1);
    let Some(&first) = bytes.get(start) else { return Some(no_value) };
    if matches!(first, b'"' | b'\'') {
        return Some(match bytes.get(start + 1..).and_then(|rest| memchr::memchr(first, rest)) {
            Some(length) => TagAttribute { name, value: start + 1..start + 1 + length, end: start + length + 2 },
            None => no_value,
        });
    }
    match text.get(start..limit).map_or(0, word_run) {
        0 => Some(no_value),
        length => Some(TagAttribute { name, value: start..start + length, end: start + length }),
    }
}

/// The attributes in `range`, which is [`StartTag::attributes`] of a tag (`HTML_ATTRIBUTE_RE`).
pub(super) fn attributes(text: &str, range: Range<usize>) -> impl Iterator<Item = TagAttribute> + '_ {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let found = attribute(text, at, range.end)?;
        at = found.end;
        Some(found)
    })
}

/// The attributes of the tag `tag` of `source` as they end up on the page: of two with one name, the last value at the
/// first one's place.
pub(super) fn tag_attributes<'a>(source: &Extract<'a>, tag: &StartTag) -> Attributes<'a> {
    let text = source.text();
    let known = text.get(tag.name.clone()).is_some_and(|name| is_element(&lower(name)));
    let mut result = Attributes::default();
    let mut places: FxHashMap<Cow<'a, str>, usize> = FxHashMap::default();
    for found in attributes(text, tag.attributes.clone()) {
        let mut name = value(source, found.name.clone());
        if known && name.text.bytes().any(|byte| !byte.is_ascii_lowercase()) {
            name.text = Cow::Owned(name.text.to_lowercase());
        }
        let value = value(source, found.value.clone());
        match places.get(&name.text).and_then(|&place| result.all.get_mut(place)) {
            Some(earlier) => earlier.value = value,
            None => {
                places.insert(name.text.clone(), result.all.len());
                result.all.push(Attribute { name, value, origin: Origin::Html });
            }
        }
    }
    result
}

/// Line ends in the values of attributes of HTML in text are spaces.
pub(super) fn join_lines(value: &mut Value) {
    if !value.text.contains('\n') {
        return;
    }
    let mut joined = String::with_capacity(value.text.len());
    let mut after_newline = false;
    for char in value.text.chars() {
        if char != '\n' {
            joined.push(char);
        } else if !after_newline {
            joined.push(' ');
        }
        after_newline = char == '\n';
    }
    value.text = Cow::Owned(joined);
}

fn skip_space(bytes: &[u8], at: usize) -> usize {
    let spaces = bytes.get(at..).map_or(0, |rest| rest.iter().take_while(|&&byte| is_space(byte)).count());
    at + spaces
}

fn is_name_start(char: char) -> bool {
    char.is_ascii_alphabetic() || char == '_' || !char.is_ascii() && char.is_alphabetic()
}

/// The end of the name at `at`, one prefix (`svg:path`) included.
fn name_end(text: &str, at: usize, limit: usize) -> Option<usize> {
    let end = simple_name_end(text, at, limit)?;
    if text.as_bytes().get(end) == Some(&b':') {
        return Some(simple_name_end(text, end + 1, limit).unwrap_or(end));
    }
    Some(end)
}

fn simple_name_end(text: &str, at: usize, limit: usize) -> Option<usize> {
    let rest = text.get(at..limit)?;
    if !rest.starts_with(is_name_start) {
        return None;
    }
    let in_name = |char: char| is_alphanumeric(char) || matches!(char, '-' | '.' | '_');
    Some(at + rest.find(|char| !in_name(char)).unwrap_or(rest.len()))
}

/// `name` in lower case.
pub(super) fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(name.to_lowercase())
    }
}

/// The name under which kramdown keeps an element: lower case for the elements of HTML, as written for others.
pub(super) fn element_name<'a>(source: &Extract<'a>, tag: &StartTag) -> Cow<'a, str> {
    let name = source.value(tag.name.clone());
    match lower(&name) {
        Cow::Owned(lower) if is_element(&lower) => Cow::Owned(lower),
        _ => name,
    }
}

/// How the content of an element is read where it is read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentModel {
    Block,
    Span,
    Raw,
}

/// `HTML_CONTENT_MODEL`; `name` as [`element_name`] gives it.
pub(super) fn content_model(name: &str) -> ContentModel {
    if BLOCK_CONTENT.contains(&name) {
        ContentModel::Block
    } else if SPAN_CONTENT.contains(&name) {
        ContentModel::Span
    } else {
        ContentModel::Raw
    }
}

/// Whether kramdown reads an element of this name (lower case) as part of a paragraph (`HTML_SPAN_ELEMENTS`).
pub fn is_span_element(name: &str) -> bool {
    SPAN_ELEMENTS.contains(&name)
}

/// `HTML_BLOCK_ELEMENTS`.
pub(super) fn is_block_element(name: &str) -> bool {
    BLOCK_ELEMENTS.contains(&name)
}

/// `HTML_ELEMENTS_WITHOUT_BODY`.
pub(super) fn is_void(name: &str) -> bool {
    WITHOUT_BODY.contains(&name)
}

/// `HTML_ELEMENT`: whether kramdown knows the element at all.
pub fn is_element(name: &str) -> bool {
    [SPAN_ELEMENTS, BLOCK_ELEMENTS, WITHOUT_BODY, BLOCK_CONTENT, SPAN_CONTENT, RAW_CONTENT].iter().any(|list| list.contains(&name))
}

const BLOCK_CONTENT: &[&str] = &[
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "body",
    "dd",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "figcaption",
    "footer",
    "form",
    "header",
    "hgroup",
    "iframe",
    "li",
    "main",
    "map",
    "menu",
    "nav",
    "noscript",
    "object",
    "section",
    "summary",
    "td",
];
const SPAN_CONTENT: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdo", "big", "button", "cite", "caption", "del", "dfn", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6",
    "i", "ins", "label", "legend", "optgroup", "p", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "select", "small", "span", "strong",
    "sub", "sup", "th", "tt",
];
const RAW_CONTENT: &[&str] = &["script", "style", "math", "option", "textarea", "pre", "code", "kbd", "samp", "var"];
const SPAN_ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "b", "big", "bdo", "br", "button", "cite", "code", "del", "dfn", "em", "i", "img", "input", "ins", "kbd",
    "label", "mark", "option", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "samp", "select", "small", "span", "strong", "sub", "sup",
    "tt", "u", "var",
];
const BLOCK_ELEMENTS: &[&str] = &[
    "address",
    "article",
    "aside",
    "applet",
    "body",
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "head",
    "iframe",
    "legend",
    "menu",
    "li",
    "main",
    "map",
    "nav",
    "ol",
    "optgroup",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tfoot",
    "tr",
    "ul",
];
const WITHOUT_BODY: &[&str] =
    &["area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unquoted_value_is_one_word() {
        let tag = |text: &str| start_tag(text, 0, text.len()).map(|tag| tag.end);
        assert_eq!(tag("<a b=c d>x"), Some(9));
        assert_eq!(tag("<img src=a/b.png>"), None);
        assert_eq!(tag("<td width=100%>"), None);
        assert_eq!(tag("<a b=\"x\"c=\"y\">"), None);
        assert_eq!(tag("<irc:x/>"), Some(8));
        assert_eq!(tag("<a @click=\"x\">"), None);
        assert_eq!(tag("<a\nb = 'x>y' />"), Some(15));
    }
}
