//! Code blocks, kramdown's `parser/kramdown/codeblock.rb` and the fences of its GFM parser.

use super::cursor::Cursor;
use super::eob;
use super::html;
use super::parser::Parser;
use super::scan;
use crate::markup::{self, CodeBlock, CodeStyle, HazardKind, Kind, NodeId};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A fence of mixed backticks and tildes that is longer than this is none.
const MAX_MIXED_FENCE: usize = 64;

/// `^ {0,3}[~`]{3,}` at `at`.
pub(super) fn is_gfm_fence(text: &str, at: usize) -> bool {
    let start = scan::skip_indent(text, at);
    run_end(text, start) - start >= 3
}

fn is_fence_byte(byte: u8) -> bool {
    matches!(byte, b'`' | b'~')
}

fn run_end(text: &str, at: usize) -> usize {
    scan::skip_while(text, at, is_fence_byte)
}

/// All lines of a text that can close a fence. A fence is closed by a line with the same marks, the last of which may
/// come more often; so lines are kept by what stands before the run of the last mark.
pub(super) struct Fences {
    closings: FxHashMap<(Box<str>, u8), Vec<Closing>>,
}

#[derive(Clone, Copy)]
struct Closing {
    line: usize,
    /// How often the last mark stands there.
    count: usize,
}

/// The marks before the run of the last one, that one, and how often it stands there.
fn split_run(run: &str) -> (&str, u8, usize) {
    let last = run.as_bytes().last().copied().unwrap_or(b'`');
    let prefix = run.trim_end_matches(char::from(last));
    (prefix, last, run.len() - prefix.len())
}

impl Fences {
    fn find(text: &str, gfm: bool) -> Fences {
        let mut closings: FxHashMap<_, Vec<Closing>> = FxHashMap::default();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(found) = memchr::memchr2(b'`', b'~', &bytes[at..]) {
            let start = at + found;
            let indent = bytes[at..start].iter().rev().take_while(|&&byte| byte == b' ').count();
            let line = start - indent;
            // the first mark of a line decides
            if indent <= (if gfm { 3 } else { 0 }) && (line == at || bytes[line - 1] == b'\n') {
                let end = run_end(text, start);
                if end - start >= 3 && scan::blank_rest(text, end).is_some() {
                    let (prefix, mark, count) = split_run(&text[start..end]);
                    if prefix.len() <= MAX_MIXED_FENCE {
                        closings.entry((prefix.into(), mark)).or_default().push(Closing { line, count });
                    }
                }
            }
            at = scan::next_line(text, start);
        }
        Fences { closings }
    }

    fn after(&self, run: &str, from: usize) -> &[Closing] {
        let (prefix, mark, _) = split_run(run);
        let Some(all) = self.closings.get(&(prefix.into(), mark)) else {
            return &[];
        };
        &all[all.partition_point(|closing| closing.line < from)..]
    }

    /// The first line at or after `from` that closes the fence `run`.
    fn close(&self, run: &str, from: usize) -> Option<usize> {
        let (_, _, count) = split_run(run);
        self.after(run, from).iter().find(|closing| closing.count >= count).map(|closing| closing.line)
    }
}

/// A fenced block as found.
struct Found {
    /// The info word, with what follows a `?`.
    info: Option<Range<usize>>,
    content: Range<usize>,
    /// Behind the closing line.
    end: usize,
}

impl<'a> Parser<'a> {
    /// Indented code; a line that is not indented goes on with the line before.
    pub(super) fn parse_codeblock(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        if scan::code_indent(cursor.text, cursor.at).is_none() {
            return false;
        }
        let start = cursor.at;
        let end = indented_code_end(cursor, start);
        if end == start {
            return false;
        }
        let content = scan::trim_end(cursor.text, start..end);
        let span = cursor.span(content);
        let code = CodeBlock { style: CodeStyle::Indented, lang: None, content: span };
        self.push_block(parent, cursor, Kind::CodeBlock(Box::new(code)), span);
        cursor.at = end;
        true
    }

    pub(super) fn parse_codeblock_fenced(&mut self, parent: NodeId, cursor: &mut Cursor<'_, 'a>) -> bool {
        let text = cursor.text;
        let gfm = self.options.gfm;
        let start = if gfm { scan::skip_indent(text, cursor.at) } else { cursor.at };
        let end = if gfm { run_end(text, start) } else { scan::skip_while(text, start, |byte| byte == b'~') };
        if end - start < 3 {
            return false;
        }
        let fences = cursor.memo.fences.get_or_insert_with(|| Fences::find(text, gfm));
        let Some(found) = fenced(text, start..end, fences) else {
            self.note_failed_fence(cursor, start..end);
            return false;
        };
        let code = CodeBlock {
            style: CodeStyle::Fenced,
            lang: found.info.map(|info| markup::value(cursor.source, info)),
            content: cursor.span(found.content),
        };
        let span = cursor.block_span(start..found.end);
        self.push_block(parent, cursor, Kind::CodeBlock(Box::new(code)), span);
        cursor.at = found.end;
        true
    }

    fn note_failed_fence(&mut self, cursor: &Cursor<'_, 'a>, run: Range<usize>) {
        let info = scan::trim(cursor.text, run.end..scan::line_end(cursor.text, run.end));
        let line = &cursor.text[info.clone()];
        if line.contains('`') {
            // a code span that ends on its line
            return;
        }
        let words = line.split_ascii_whitespace().count();
        let kind = if words > 1 { HazardKind::FenceWithWords } else { HazardKind::UnclosedFence };
        self.hazard(kind, cursor.span(run.start..info.end.max(run.end)));
    }
}

/// The fence whose marks are `run`. Where the longest run finds no end, a shorter one does, and the marks left over are
/// part of the info.
fn fenced(text: &str, run: Range<usize>, fences: &Fences) -> Option<Found> {
    if let Some(found) = fenced_with(text, run.clone(), fences) {
        return Some(found);
    }
    let marks = &text[run.clone()];
    let (prefix, _, count) = split_run(marks);
    if prefix.is_empty() {
        // the longest run that some line closes
        let shorter = fences.after(marks, run.end).iter().map(|closing| closing.count).filter(|&other| other < count).max()?;
        return fenced_with(text, run.start..run.start + shorter, fences);
    }
    if marks.len() > MAX_MIXED_FENCE {
        return None;
    }
    (3..marks.len()).rev().find_map(|length| fenced_with(text, run.start..run.start + length, fences))
}

fn fenced_with(text: &str, run: Range<usize>, fences: &Fences) -> Option<Found> {
    let line_end = scan::line_end(text, run.end);
    if line_end == text.len() {
        return None;
    }
    let info = scan::trim(text, run.end..line_end);
    let info = match scan::blank_rest(text, run.end) {
        Some(_) => None,
        None => Some(info),
    };
    if let Some(info) = &info
        && text.as_bytes()[info.clone()].iter().any(|&byte| scan::is_space(byte))
    {
        return None;
    }
    let closing = fences.close(&text[run], line_end + 1)?;
    let end = scan::next_line(text, closing);
    Some(Found { info, content: line_end + 1..closing, end })
}

/// Where indented code that may start at `start` ends (kramdown's `CODEBLOCK_MATCH`); `start` if there is none.
pub(super) fn indented_code_end(cursor: &mut Cursor<'_, '_>, start: usize) -> usize {
    let text = cursor.text;
    let mut end = start;
    loop {
        let mut line = scan::blank_lines(text, end).unwrap_or(end);
        if !is_code_line(text, line) {
            return end;
        }
        while is_code_line(text, line) || is_lazy_line(cursor, line) {
            line = scan::next_line(text, line);
        }
        end = line;
    }
}

/// `^(\t| {4})[ \t]*\S.*\n`
fn is_code_line(text: &str, at: usize) -> bool {
    scan::code_indent(text, at).is_some() && has_text(text, at)
}

/// `^[ \t]*\S.*\n`
fn has_text(text: &str, at: usize) -> bool {
    let start = scan::skip_while(text, at, |byte| byte == b' ' || byte == b'\t');
    scan::byte_at(text, start).is_some_and(|byte| !scan::is_space(byte)) && scan::line_end(text, start) < text.len()
}

/// A line that goes on with code though it is not indented so.
fn is_lazy_line(cursor: &mut Cursor<'_, '_>, at: usize) -> bool {
    if !has_text(cursor.text, at) {
        return false;
    }
    let marker = scan::skip_indent(cursor.text, at);
    match scan::byte_at(cursor.text, marker) {
        Some(b'{') => cursor.block_list_at(at).is_none(),
        Some(b'^') => eob::marker(cursor.text, at).is_none(),
        Some(b'<') => !html::is_lazy_end_tag(cursor.text, marker),
        _ => true,
    }
}
