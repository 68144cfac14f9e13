//! From libyaml's events to nodes: anchors, aliases and merge keys (psych `visitors/to_ruby.rb`).

use super::scalar::Refusal;
use super::{Data, Entry, EntryOrigin, ErrorKind, MAX_DEPTH, MAX_SIZE, Node, Style, SyntaxError, tagged};
use crate::text::{Position, Span};
use crate::unwind::guarded;
use libyaml_safer::{Encoding, Error, EventData, MappingStyle, Mark, Parser, ScalarStyle, SequenceStyle};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::io::{BufRead, Chain, Read};

/// How many nodes aliases may stand for, all in all: more is an attack, not a post.
const MAX_COPIES: usize = 1 << 16;

type Loaded<T> = Result<T, SyntaxError>;

pub fn load(file: &str, span: Span) -> Loaded<Option<Node<'_>>> {
    let text = span.of(file);
    let start = span.start as usize + text.len() - text.trim_start_matches('\u{feff}').len();
    let text = file.get(start..span.end as usize).unwrap_or_default();
    if text.len() > MAX_SIZE {
        return Err(limit(Span::empty(start), format!("more than {MAX_SIZE} bytes of YAML")));
    }
    // the reader below says where the text ends, not where the character is
    if let Some((at, control)) = text.char_indices().find(|(_, c)| is_control(*c)) {
        return Err(SyntaxError {
            kind: ErrorKind::Syntax,
            message: "control characters are not allowed".to_owned(),
            span: Span::new(start + at, start + at + control.len_utf8()),
            context: None,
            reported: Some(Position { line: 1, column: 1 }),
        });
    }
    // A last line without its end makes the crate stumble; libyaml takes the end of the text for one.
    let end: &[u8] = if text.ends_with('\n') { b"" } else { b"\n" };
    let loaded = guarded(|| {
        let mut parser = Parser::new();
        parser.set_encoding(Encoding::Utf8);
        parser.set_input(Read::chain(text.as_bytes(), end));
        Loader { file, start, text, parser, anchors: FxHashMap::default(), copies: 0 }.document()
    });
    loaded.unwrap_or_else(|| {
        let message = "this YAML is beyond the reader (a tag directly before a comma?)".to_owned();
        Err(limit(Span::empty(start), message))
    })
}

/// What libyaml's reader does not let through.
fn is_control(c: char) -> bool {
    !matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..)
}

fn limit(span: Span, message: String) -> SyntaxError {
    SyntaxError { kind: ErrorKind::Limit, message, span, context: None, reported: None }
}

/// An anchor's node, and how many nodes it is made of.
struct Anchored<'a> {
    node: Node<'a>,
    size: usize,
}

struct Loader<'a, R> {
    file: &'a str,
    /// Where the document begins in the file, in bytes.
    start: usize,
    text: &'a str,
    parser: Parser<R>,
    /// `None` while the node is still being read: an alias inside it would never end.
    anchors: FxHashMap<String, Option<Anchored<'a>>>,
    copies: usize,
}

/// A node and how many nodes it is made of.
type Sized<'a> = (Node<'a>, usize);

/// An event without its stream bookkeeping.
struct Event {
    data: EventData,
    span: Span,
}

impl<'a, 'r> Loader<'a, Chain<&'r [u8], &'r [u8]>> {
    fn document(&mut self) -> Loaded<Option<Node<'a>>> {
        loop {
            let event = self.next()?;
            match event.data {
                EventData::StreamStart { .. } | EventData::DocumentStart { .. } => {}
                EventData::StreamEnd => return Ok(None),
                _ => {
                    let (root, _) = self.node(event, 0)?;
                    // what follows the first document is not read, but its end must be one
                    self.next()?;
                    let is_empty = root.is_null() && root.span.is_empty();
                    return Ok((!is_empty).then_some(root));
                }
            }
        }
    }
}

impl<'a, R: BufRead> Loader<'a, R> {
    fn next(&mut self) -> Loaded<Event> {
        match self.parser.parse() {
            Ok(event) => Ok(Event { span: self.span(event.start_mark, event.end_mark), data: event.data }),
            Err(error) => Err(self.error(&error)),
        }
    }

    fn offset(&self, mark: Mark) -> usize {
        let mut at = usize::try_from(mark.index).unwrap_or(usize::MAX).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        self.start + at
    }

    fn span(&self, start: Mark, end: Mark) -> Span {
        let start = self.offset(start);
        Span::new(start, self.offset(end).max(start))
    }

    /// The character at `mark`; empty at the end of a line.
    fn place(&self, mark: Mark) -> Span {
        let at = self.offset(mark);
        let width = self.file[at..].chars().next().filter(|c| !matches!(c, '\r' | '\n')).map_or(0, char::len_utf8);
        Span::new(at, at + width)
    }

    fn error(&self, error: &Error) -> SyntaxError {
        // Psych prints the context's place; the scanner sets one even without a context, the parser does not
        let scanner_mark = error.problem_mark().filter(|_| error.kind() == libyaml_safer::ErrorKind::Scanner);
        let reported = error.context_mark().or(scanner_mark).unwrap_or_default();
        let context = error
            .context()
            .map(|context| (context.to_owned(), error.context_mark().map_or(Span::empty(self.start), |mark| self.place(mark))));
        SyntaxError {
            kind: ErrorKind::Syntax,
            message: error.problem().to_owned(),
            span: error.problem_mark().map_or(Span::empty(self.start), |mark| self.place(mark)),
            context,
            reported: Some(Position { line: reported.line as usize + 1, column: reported.column as usize + 1 }),
        }
    }

    fn refuse(&self, message: Refusal, span: Span) -> SyntaxError {
        SyntaxError { kind: ErrorKind::Refused, message: message.into_owned(), span, context: None, reported: None }
    }

    fn node(&mut self, event: Event, depth: usize) -> Loaded<Sized<'a>> {
        if depth > MAX_DEPTH {
            return Err(limit(event.span, format!("nested more than {MAX_DEPTH} levels deep")));
        }
        let anchor = match &event.data {
            EventData::Scalar { anchor, .. } | EventData::SequenceStart { anchor, .. } | EventData::MappingStart { anchor, .. } => {
                anchor.clone()
            }
            _ => None,
        };
        if let Some(anchor) = &anchor {
            self.anchors.insert(anchor.clone(), None);
        }
        let Event { data, span } = event;
        let (node, size) = match data {
            EventData::Alias { anchor } => return self.alias(&anchor, span),
            EventData::Scalar { tag, value, quoted_implicit, style, .. } => {
                (self.scalar(tag.as_deref(), value, quoted_implicit, style, span)?, 1)
            }
            EventData::SequenceStart { tag, style, .. } => {
                let style = if style == SequenceStyle::Flow { Style::Flow } else { Style::Block };
                self.sequence(tag.as_deref(), style, span, depth)?
            }
            EventData::MappingStart { tag, style, .. } => {
                let style = if style == MappingStyle::Flow { Style::Flow } else { Style::Block };
                self.mapping(tag.as_deref(), style, span, depth)?
            }
            _ => (Node { data: Data::Null, span, style: Style::Plain }, 1),
        };
        if let Some(anchor) = anchor {
            self.count_copies(size, node.span)?;
            self.anchors.insert(anchor, Some(Anchored { node: node.clone(), size }));
        }
        Ok((node, size))
    }

    fn count_copies(&mut self, size: usize, span: Span) -> Loaded<()> {
        self.copies += size;
        if self.copies > MAX_COPIES {
            return Err(limit(span, format!("the aliases stand for more than {MAX_COPIES} values")));
        }
        Ok(())
    }

    fn alias(&mut self, anchor: &str, span: Span) -> Loaded<Sized<'a>> {
        let (data, size) = match self.anchors.get(anchor) {
            None => return Err(self.refuse(format!("Unknown alias: {anchor}").into(), span)),
            // Ruby gets a list that holds itself
            Some(None) => (Data::Null, 1),
            Some(Some(Anchored { size, .. })) => {
                let size = *size;
                self.count_copies(size, span)?;
                match self.anchors.get(anchor) {
                    Some(Some(anchored)) => (anchored.node.data.clone(), size),
                    _ => (Data::Null, 1),
                }
            }
        };
        Ok((Node { data, span, style: Style::Alias }, size))
    }

    /// `span` without the anchor and the tag before the node.
    fn without_properties(&self, span: Span) -> Span {
        let text = span.of(self.file);
        let mut rest = text;
        while rest.starts_with(['&', '!']) {
            let end = rest.find([' ', '\t', '\r', '\n']).unwrap_or(rest.len());
            rest = &rest[end..];
            loop {
                rest = rest.trim_start();
                if !rest.starts_with('#') {
                    break;
                }
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
            }
        }
        Span { start: span.end - rest.len() as u32, end: span.end }
    }

    fn scalar(&mut self, tag: Option<&str>, value: String, quoted: bool, style: ScalarStyle, span: Span) -> Loaded<Node<'a>> {
        let style = match style {
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
            _ => Style::Plain,
        };
        let mut span = self.without_properties(span);
        let mut value = value;
        if matches!(style, Style::Literal | Style::Folded) {
            // the line end that was lent to the last line
            if !self.text.ends_with('\n') && span.end as usize == self.start + self.text.len() && value.ends_with('\n') {
                value.pop();
            }
            span = self.trimmed(span);
        }
        let value = self.borrowed(value, span, style);
        let data = if quoted { Ok(Data::String(value)) } else { tagged::scalar(tag, value) };
        let data = data.map_err(|message| self.refuse(message, span))?;
        Ok(Node { data, span, style })
    }

    /// `value` as a slice of the file, where it stands there as it is.
    fn borrowed(&self, value: String, span: Span, style: Style) -> Cow<'a, str> {
        let written = self.file.get(span.range()).unwrap_or_default();
        let written = match style {
            Style::SingleQuoted | Style::DoubleQuoted => written.get(1..written.len().saturating_sub(1)).unwrap_or_default(),
            _ => written,
        };
        if written == value { Cow::Borrowed(written) } else { Cow::Owned(value) }
    }

    /// `span` without the white space at its end.
    fn trimmed(&self, span: Span) -> Span {
        let length = span.of(self.file).trim_end().len();
        Span::new(span.start as usize, span.start as usize + length)
    }

    /// From the first child to the end of the last one, for collections without brackets.
    fn collection_span(&self, style: Style, start: Span, end: Span, last: Option<Span>) -> Span {
        let whole = self.without_properties(Span { start: start.start, end: end.end.max(start.end) });
        match (style, last) {
            (Style::Flow, _) => whole,
            (_, Some(last)) => Span { start: whole.start.min(last.start), end: last.end.max(whole.start) },
            (_, None) => self.trimmed(whole),
        }
    }

    fn sequence(&mut self, tag: Option<&str>, style: Style, start: Span, depth: usize) -> Loaded<Sized<'a>> {
        let mut items = Vec::new();
        let mut size = 1;
        let end = loop {
            let event = self.next()?;
            if matches!(event.data, EventData::SequenceEnd) {
                break event.span;
            }
            let (item, item_size) = self.node(event, depth + 1)?;
            size += item_size;
            items.push(item);
        };
        let span = self.collection_span(style, start, end, items.last().map(|item| item.span));
        let data = tagged::sequence(tag, items).map_err(|message| self.refuse(message, span))?;
        Ok((Node { data, span, style }, size))
    }

    fn mapping(&mut self, tag: Option<&str>, style: Style, start: Span, depth: usize) -> Loaded<Sized<'a>> {
        let mut entries = Vec::new();
        let mut size = 1;
        let mut last = None;
        let end = loop {
            let event = self.next()?;
            if matches!(event.data, EventData::MappingEnd) {
                break event.span;
            }
            let is_forced_text = matches!(&event.data, EventData::Scalar { tag: Some(tag), .. } if tag == "tag:yaml.org,2002:str");
            let (key, key_size) = self.node(event, depth + 1)?;
            let event = self.next()?;
            let (value, value_size) = self.node(event, depth + 1)?;
            size += key_size + value_size;
            last = Some(value.span);
            if key.text() == Some("<<") && !is_forced_text {
                self.count_copies(value_size, value.span)?;
                size += value_size;
                merge(&mut entries, key, value);
            } else {
                entries.push(Entry { key, value, origin: EntryOrigin::Own });
            }
        };
        let span = self.collection_span(style, start, end, last);
        let data = tagged::mapping(tag, entries).map_err(|message| self.refuse(message, span))?;
        Ok((Node { data, span, style }, size))
    }
}

/// `<<: value`: the entries of a map, or of a list of maps where the first one wins; anything else is a key as any.
fn merge<'a>(entries: &mut Vec<Entry<'a>>, key: Node<'a>, value: Node<'a>) {
    let merged: Option<Vec<Entry>> = match &value.data {
        Data::Mapping(own) => Some(own.clone()),
        Data::Sequence(items) if value.style != Style::Alias && items.iter().all(|item| matches!(item.data, Data::Mapping(_))) => {
            Some(items.iter().rev().flat_map(|item| item.entries().iter().cloned()).collect())
        }
        _ => None,
    };
    let origin = if merged.is_some() { EntryOrigin::MergeKey } else { EntryOrigin::Own };
    entries.push(Entry { key, value, origin });
    let merged = merged.unwrap_or_default().into_iter().filter(|entry| entry.origin != EntryOrigin::MergeKey);
    entries.extend(merged.map(|entry| Entry { origin: EntryOrigin::Merged, ..entry }));
}
