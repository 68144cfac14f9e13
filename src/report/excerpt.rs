//! The part of a file that a finding is about, as `codespan-reporting` can draw it.
//!
//! Posts have paragraphs of 2,000 characters on one line, control characters, tabs, and emoji made of several
//! characters. The excerpt holds only the lines that are drawn, each as it can be shown ([`mod@line`]), with the true line
//! and column of what it points at.

pub mod line;

use super::place::Places;
use super::visible::visible;
use crate::text::Span;
use codespan_reporting::files::{Error, Files, Location};
use line::{Line, Mark};
use std::collections::BTreeMap;
use std::ops::Range;

/// Lines at the start and at the end of a span over many lines that are drawn.
pub const FIRST_LINES: usize = 3;
pub const LAST_LINES: usize = 2;

/// How far the index jumps where lines are left out; codespan draws a break from 3 on.
const GAP: usize = 3;

/// Pieces of files, ready to be drawn.
#[derive(Debug, Default)]
pub struct Excerpt {
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    name: String,
    /// The lines that are drawn, one after the other, each with a `\n`.
    source: String,
    /// In the order of `index`.
    lines: Vec<Row>,
    /// Where the spans begin in `source`, and where they begin in the file.
    locations: Vec<(usize, Location)>,
}

#[derive(Debug)]
struct Row {
    /// As codespan counts lines: consecutive where nothing is left out between two.
    index: usize,
    /// 1-based, in the file.
    number: usize,
    /// Bytes of `source`, the `\n` included.
    range: Range<usize>,
}

impl Excerpt {
    /// Adds the lines of a file that `spans` lie on, at most `width` columns of each. Gives the file's id and, for
    /// each span, the bytes of the excerpt that stand for it.
    pub fn add(&mut self, name: &str, places: &Places, spans: &[Span], width: usize) -> (usize, Vec<Range<usize>>) {
        let spans: Vec<Span> = spans.iter().map(|&span| without_last_line_end(places, span)).collect();
        let mut file = File { name: visible(name).into_owned(), source: String::new(), lines: Vec::new(), locations: Vec::new() };
        let mut shown: BTreeMap<usize, (usize, Line)> = BTreeMap::new();
        for (number, marks) in lines_to_draw(places, &spans) {
            let content = places.lines().content(number, places.text());
            let line = Line::new(content.of(places.text()), content.start, &marks, width);
            let before = file.lines.last().map_or((0, 0), |row| (row.number, row.index));
            let index = if number == before.0 + 1 { before.1 + 1 } else { before.1 + GAP };
            let start = file.source.len();
            file.source.push_str(&line.text);
            file.source.push('\n');
            file.lines.push(Row { index, number, range: start..file.source.len() });
            shown.insert(number, (start, line));
        }
        let shown_at = |offset: u32| {
            let number = places.lines().line_of(offset);
            shown.get(&number).map_or(0, |(start, line)| start + line.shown_at(offset))
        };
        let ranges: Vec<Range<usize>> = spans.iter().map(|span| shown_at(span.start)..shown_at(span.end)).collect();
        for (span, range) in spans.iter().zip(&ranges) {
            let position = places.position(span.start);
            file.locations.push((range.start, Location { line_number: position.line, column_number: position.column }));
        }
        self.files.push(file);
        (self.files.len() - 1, ranges)
    }

    /// How many digits the longest line number has.
    pub fn digits(&self) -> usize {
        let longest = self.files.iter().flat_map(|file| &file.lines).map(|row| row.number).max().unwrap_or(1);
        longest.to_string().len()
    }

    fn file(&self, id: usize) -> Result<&File, Error> {
        self.files.get(id).ok_or(Error::FileMissing)
    }
}

/// A span that ends with the end of a line ends before it: the next line has nothing to do with it.
fn without_last_line_end(places: &Places, span: Span) -> Span {
    let span = places.clamp(span);
    let covered = span.of(places.text());
    let Some(rest) = covered.strip_suffix('\n') else { return span };
    let rest = rest.strip_suffix('\r').unwrap_or(rest);
    Span::new(span.start as usize, span.start as usize + rest.len())
}

/// The 1-based lines that are drawn, each with the parts of it that must be seen.
fn lines_to_draw(places: &Places, spans: &[Span]) -> BTreeMap<usize, Vec<Mark>> {
    let mut lines: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
    for &span in spans {
        let (first, last) = (places.lines().line_of(span.start), places.lines().line_of(span.end));
        let blank = span.of(places.text()).chars().all(char::is_whitespace);
        if first == last {
            lines.entry(first).or_default().push(Mark { span, blank });
            continue;
        }
        lines.entry(first).or_default().push(Mark { span: Span { start: span.start, end: span.start }, blank: false });
        lines.entry(last).or_default().push(Mark { span: Span { start: span.end, end: span.end }, blank: false });
        let between = first + 1..last;
        for line in between
            .clone()
            .filter(|&line| between.len() <= FIRST_LINES + LAST_LINES || line <= first + FIRST_LINES || line + LAST_LINES > last)
        {
            lines.entry(line).or_default();
        }
    }
    // a single line between two others takes no more room than the break that would stand for it
    let numbers: Vec<usize> = lines.keys().copied().collect();
    for pair in numbers.windows(2) {
        if let [before, after] = *pair
            && before + 2 == after
        {
            lines.entry(before + 1).or_default();
        }
    }
    lines
}

impl<'a> Files<'a> for Excerpt {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.file(id)?.name)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.file(id)?.source)
    }

    fn line_index(&'a self, id: usize, byte_index: usize) -> Result<usize, Error> {
        let lines = &self.file(id)?.lines;
        let row = lines.partition_point(|row| row.range.end <= byte_index).min(lines.len().saturating_sub(1));
        Ok(lines.get(row).map_or(0, |row| row.index))
    }

    fn line_number(&'a self, id: usize, line_index: usize) -> Result<usize, Error> {
        let lines = &self.file(id)?.lines;
        Ok(lines.iter().find(|row| row.index == line_index).map_or(1, |row| row.number))
    }

    fn line_range(&'a self, id: usize, line_index: usize) -> Result<Range<usize>, Error> {
        let file = self.file(id)?;
        Ok(file.lines.iter().find(|row| row.index == line_index).map_or(0..0, |row| row.range.clone()))
    }

    fn location(&'a self, id: usize, byte_index: usize) -> Result<Location, Error> {
        let known = self.file(id)?.locations.iter().find(|(at, _)| *at == byte_index);
        Ok(known.map_or(Location { line_number: 1, column_number: 1 }, |(_, location)| *location))
    }
}
