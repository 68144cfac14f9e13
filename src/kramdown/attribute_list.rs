//! Attribute lists, `{: #id .class key="value" reference}`, and how they come together in the attributes of a node.
//!
//! kramdown's `parse_attribute_list` (`parser/kramdown/extensions.rb`) and `update_attr_with_ial` (`parser/kramdown.rb`).

use super::characters::{is_ascii_word, is_space};
use super::parser::Parser;
use crate::markup::{Attribute, Attributes, Hazard, HazardKind, NodeId, Origin, Value, value};
use crate::text::{Extract, Span};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

/// What an attribute list, or an attribute list definition, says.
#[derive(Debug, Clone)]
pub(super) struct AttributeList<'a> {
    /// Braces included.
    pub span: Span,
    /// The names of definitions that it uses, in order.
    pub references: Vec<Value<'a>>,
    /// In the order of the source.
    pub entries: Vec<Entry<'a>>,
}

/// One attribute of a list.
#[derive(Debug, Clone)]
pub(super) struct Entry<'a> {
    pub name: Value<'a>,
    pub value: Value<'a>,
    /// `.class` adds to the classes that the list has; `class="…"` replaces them.
    adds: bool,
}

/// Reads a list; `range` (bytes of `extract`) is its content, between `{:` (in a definition: `{:name:`) and `}`.
/// The parts that kramdown drops become hazards.
pub(super) fn parse<'a>(extract: &Extract<'a>, range: Range<usize>, hazards: &mut Vec<Hazard>) -> AttributeList<'a> {
    let text = extract.text();
    let open = text.get(..range.start).and_then(|before| before.rfind("{:")).unwrap_or(range.start);
    let close = (range.end + 1).min(text.len());
    let mut list = AttributeList { span: extract.span(open..close), references: Vec::new(), entries: Vec::new() };
    let content = text.get(range.clone()).unwrap_or_default();
    if matches!(content.trim_matches(|char: char| char.is_ascii() && is_space(char as u8)), "" | ":") {
        return list;
    }
    let scan = Scan { bytes: content.as_bytes(), no_end: [const { Cell::new(false) }; 2] };
    let mut at = 0;
    let in_extract = |part: &Range<usize>| range.start + part.start..range.start + part.end;
    while let Some((start, item)) = scan.next(at) {
        report_ignored(extract, in_extract(&(at..start)), hazards);
        at = item.end();
        match item {
            Item::Reference(name) => list.references.push(value(extract, in_extract(&name))),
            Item::Attribute { name, value: content, quote, .. } => {
                let mut text = value(extract, in_extract(&content));
                unescape(&mut text, quote);
                list.entries.push(Entry { name: value(extract, in_extract(&name)), value: text, adds: false });
            }
            Item::IdsAndClasses(range) => {
                for (id, part) in scan.ids_and_classes(range) {
                    let part = in_extract(&part);
                    let name =
                        Value { text: Cow::Borrowed(if id { "id" } else { "class" }), span: extract.span(part.start - 1..part.start) };
                    list.entries.push(Entry { name, value: value(extract, part), adds: !id });
                }
            }
        }
    }
    report_ignored(extract, in_extract(&(at..content.len())), hazards);
    list
}

fn report_ignored(extract: &Extract, range: Range<usize>, hazards: &mut Vec<Hazard>) {
    let Some(part) = extract.text().get(range.clone()) else { return };
    let is_space = |char: char| char.is_ascii() && is_space(char as u8);
    let start = range.start + (part.len() - part.trim_start_matches(is_space).len());
    let end = range.start + part.trim_end_matches(is_space).len();
    if start < end {
        hazards.push(Hazard { kind: HazardKind::AttributeListIgnored, span: extract.span(start..end) });
    }
}

/// `\}` and the escaped quote in a value.
fn unescape(value: &mut Value, quote: u8) {
    if !value.text.contains('\\') {
        return;
    }
    let quote = if quote == b'"' { "\\\"" } else { "\\'" };
    let mut text = String::with_capacity(value.text.len());
    let mut rest = value.text.as_ref();
    while let Some(at) = rest.find('\\') {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        rest = if from.starts_with("\\}") || from.starts_with(quote) { &from[1..] } else { from };
        let char = if rest.starts_with('\\') { 1 } else { rest.chars().next().map_or(0, char::len_utf8) };
        text.push_str(&rest[..char]);
        rest = &rest[char..];
    }
    text.push_str(rest);
    value.text = Cow::Owned(text);
}

/// The content of a list, read item by item as `ALD_TYPE_ANY` does.
struct Scan<'t> {
    bytes: &'t [u8],
    /// No value in `"`, or in `'`, ends from here on: looked for once, not at every key.
    no_end: [Cell<bool>; 2],
}

enum Item {
    Reference(Range<usize>),
    Attribute { name: Range<usize>, value: Range<usize>, quote: u8, end: usize },
    IdsAndClasses(Range<usize>),
}

impl Item {
    fn end(&self) -> usize {
        match self {
            Item::Reference(range) | Item::IdsAndClasses(range) => range.end,
            Item::Attribute { end, .. } => *end,
        }
    }
}

impl Scan<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// The next item from `at` on with its start; all that lies before it is no item.
    fn next(&self, at: usize) -> Option<(usize, Item)> {
        for index in at..self.bytes.len() {
            if index == 0
                && let Some(item) = self.item(0)
            {
                return Some((0, item));
            }
            if is_space(self.bytes[index])
                && let Some(item) = self.item(index + 1)
            {
                return Some((index + 1, item));
            }
        }
        None
    }

    fn item(&self, at: usize) -> Option<Item> {
        match self.byte(at)? {
            b'.' | b'#' => {
                let end = self.ids_and_classes_end(at)?;
                Some(Item::IdsAndClasses(at..end))
            }
            first if is_ascii_word(first) => {
                let name = at..self.name_end(at);
                if self.byte(name.end) == Some(b'=')
                    && let Some(quote @ (b'"' | b'\'')) = self.byte(name.end + 1)
                {
                    let value = name.end + 2..self.value_end(name.end + 2, quote)?;
                    let end = value.end + 1;
                    return Some(Item::Attribute { name, value, quote, end });
                }
                self.ends_at(name.end).then_some(Item::Reference(name))
            }
            _ => None,
        }
    }

    fn ends_at(&self, at: usize) -> bool {
        self.byte(at).is_none_or(is_space)
    }

    fn name_end(&self, at: usize) -> usize {
        self.run(at, |byte| is_ascii_word(byte) || byte == b'-')
    }

    fn run(&self, at: usize, in_run: impl Fn(u8) -> bool) -> usize {
        at + self.bytes.get(at..).map_or(0, |rest| rest.iter().take_while(|&&byte| in_run(byte)).count())
    }

    /// Where the quote stands that ends the value at `at`: white space or the end must follow it. An escaped one counts
    /// only when there is no other; then the last does.
    fn value_end(&self, at: usize, quote: u8) -> Option<usize> {
        let no_end = &self.no_end[usize::from(quote == b'"')];
        if no_end.get() {
            return None;
        }
        let mut escaped = None;
        let mut index = at;
        while let Some(byte) = self.byte(index) {
            match byte {
                b'}' | 0x02 => break,
                b'\\' if self.byte(index + 1) == Some(b'}') => index += 1,
                b'\\' if self.byte(index + 1) == Some(quote) => {
                    index += 1;
                    if self.ends_at(index + 1) {
                        escaped = Some(index);
                    }
                }
                _ if byte == quote && self.ends_at(index + 1) => return Some(index),
                _ => {}
            }
            index += 1;
        }
        no_end.set(escaped.is_none());
        escaped
    }

    fn ids_and_classes_end(&self, at: usize) -> Option<usize> {
        let mut end = at;
        for (_, part) in self.ids_and_classes(at..self.bytes.len()) {
            end = part.end;
        }
        (end > at && self.ends_at(end)).then_some(end)
    }

    /// The ids (`true`) and classes of a run such as `#a.b.c`, without their marks.
    fn ids_and_classes(&self, range: Range<usize>) -> impl Iterator<Item = (bool, Range<usize>)> + '_ {
        let mut at = range.start;
        std::iter::from_fn(move || {
            let id = match self.byte(at)? {
                b'#' if self.byte(at + 1)?.is_ascii_alphabetic() => true,
                b'.' => false,
                _ => return None,
            };
            let start = at + 1;
            let end = if id {
                self.run(start, |byte| is_ascii_word(byte) || matches!(byte, b':' | b'-'))
            } else {
                self.run(start, |byte| !is_space(byte) && !matches!(byte, b'.' | b'#'))
            };
            at = end;
            (end > start).then_some((id, start..end))
        })
    }
}

/// The entries of several lists at one place, one a name: classes add, other keys are replaced.
fn combine<'a>(lists: &[AttributeList<'a>]) -> Vec<(Value<'a>, Value<'a>)> {
    let mut combined: Vec<(Value<'a>, Value<'a>)> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for entry in lists.iter().flat_map(|list| &list.entries) {
        match places.get(entry.name.text.as_ref()).and_then(|&place| combined.get_mut(place)) {
            Some((_, value)) if entry.adds => add_class(value, &entry.value),
            Some((_, value)) => *value = entry.value.clone(),
            None => {
                places.insert(&entry.name.text, combined.len());
                combined.push((entry.name.clone(), entry.value.clone()));
            }
        }
    }
    combined
}

fn add_class<'a>(classes: &mut Value<'a>, class: &Value<'a>) {
    if classes.text.is_empty() {
        *classes = class.clone();
        return;
    }
    let text = classes.text.to_mut();
    text.push(' ');
    text.push_str(&class.text);
    classes.span = if classes.span.is_empty() { class.span } else { classes.span.to(class.span) };
}

/// How many definitions the lists of one node may use, directly and through each other: in a circle there is no end.
const MAX_REFERENCES: usize = 256;

impl<'a> Parser<'a> {
    /// Puts the attribute `lists`, which stand at one place, into the attributes of `node`.
    pub(super) fn apply_lists(&mut self, node: NodeId, lists: &[AttributeList<'a>], origin: Origin) {
        let mut attributes = self.tree.node_mut(node).attributes.take().unwrap_or_default();
        if origin == Origin::List {
            attributes.lists.extend(lists.iter().map(|list| list.span));
        }
        let mut budget = MAX_REFERENCES;
        self.update(&mut attributes, lists, origin, &mut budget);
        self.tree.node_mut(node).attributes = Some(attributes);
    }

    fn update(&mut self, attributes: &mut Attributes<'a>, lists: &[AttributeList<'a>], origin: Origin, budget: &mut usize) {
        for name in lists.iter().flat_map(|list| &list.references) {
            let Some(left) = budget.checked_sub(1) else { return };
            *budget = left;
            // taken out while in use, which also ends a circle
            if let Some(definition) = self.attribute_lists.remove(name.text.as_ref()) {
                self.update(attributes, &definition, Origin::Definition, budget);
                self.attribute_lists.insert(name.text.to_string(), definition);
            } else if !matches!(name.text.as_ref(), "toc" | "footnotes") && origin == Origin::List {
                self.hazard(HazardKind::UndefinedAttributeListReference { name: name.text.to_string() }, name.span);
            }
        }
        let new = combine(lists);
        let places = Places::of(&attributes.all, new.len());
        for (name, value) in new {
            match places.find(&attributes.all, &name.text).and_then(|place| attributes.all.get_mut(place)) {
                Some(attribute) if name.text == "class" => {
                    add_class(&mut attribute.value, &value);
                    attribute.origin = origin;
                }
                Some(attribute) => *attribute = Attribute { name, value, origin },
                None => attributes.all.push(Attribute { name, value, origin }),
            }
        }
    }
}

/// Where the attributes of a node stand that it had before more came, by name: an index where there are many.
struct Places {
    count: usize,
    index: Option<FxHashMap<String, usize>>,
}

impl Places {
    const FEW: usize = 16;

    fn of(attributes: &[Attribute], new: usize) -> Places {
        let many = attributes.len() > Self::FEW && new > Self::FEW;
        let name = |(place, attribute): (usize, &Attribute)| (attribute.name.text.to_string(), place);
        Places { count: attributes.len(), index: many.then(|| attributes.iter().enumerate().map(name).collect()) }
    }

    fn find(&self, attributes: &[Attribute], name: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(name).copied(),
            None => attributes.iter().take(self.count).position(|attribute| attribute.name.text == name),
        }
    }
}

/// `list` as one more list at a place that has some already: all of its classes add to theirs.
pub(super) fn additional<'a>(list: &AttributeList<'a>) -> AttributeList<'a> {
    let entries = combine(std::slice::from_ref(list));
    let entries = entries.into_iter().map(|(name, value)| Entry { adds: name.text == "class", name, value }).collect();
    AttributeList { span: list.span, references: list.references.clone(), entries }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(String, String)>, Vec<String>, Vec<String>) {
        let extract = Extract::verbatim(text, Span::new(0, text.len()));
        let mut hazards = Vec::new();
        let list = parse(&extract, 2..text.len() - 1, &mut hazards);
        assert_eq!(list.span.of(text), text);
        let entries = combine(std::slice::from_ref(&list));
        (
            entries.iter().map(|(name, value)| (name.text.to_string(), value.text.to_string())).collect(),
            list.references.iter().map(|name| name.text.to_string()).collect(),
            hazards.iter().map(|hazard| hazard.span.of(text).to_owned()).collect(),
        )
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn what_a_list_says() {
        let (entries, references, ignored) = read("{: .a.b#c title=\"x \\\"y\\} z\" ref rel='q'}");
        assert_eq!(entries, pairs(&[("class", "a b"), ("id", "c"), ("title", "x \"y} z"), ("rel", "q")]));
        assert_eq!((references, ignored), (vec!["ref".to_owned()], vec![]));
        assert_eq!(read("{:.a class=\"x\" .b}").0, pairs(&[("class", "x b")]));
    }

    #[test]
    fn what_kramdown_drops_is_reported() {
        let (entries, _, ignored) = read("{: target=_blank .x rel=“y”}");
        assert_eq!((entries, ignored), (pairs(&[("class", "x")]), vec!["target=_blank".to_owned(), "rel=“y”".to_owned()]));
    }
}
