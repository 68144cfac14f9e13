//! URLs, addresses and formulas that stand as plain text: no construct of kramdown, but no prose either.

use super::{Inline, InlineRange, PLACEHOLDER, Run};
use crate::text::ExtractBuilder;
use memchr::memmem;
use std::ops::Range;
use std::sync::LazyLock;

/// The longest formula between single dollars, in bytes.
const MAX_FORMULA: usize = 200;

/// Puts a placeholder in the place of each bare URL, e-mail address and `$formula$` of the run.
pub fn hide(run: Run) -> Run {
    let found = find(run.text.text());
    if found.is_empty() {
        return run;
    }
    let mut text = ExtractBuilder::new(run.text.file());
    let mut inlines = Vec::with_capacity(run.inlines.len() + found.len());
    // where each byte of the old text lies in the new one: (old start, new start) of the stretches that were kept
    let mut kept: Vec<(usize, usize)> = vec![(0, 0)];
    let mut at = 0;
    for (kind, range) in found {
        text.extract(&run.text, at..range.start);
        let start = text.len();
        text.synthetic(PLACEHOLDER.encode_utf8(&mut [0; 4]), run.text.span(range.clone()));
        inlines.push(InlineRange { kind, range: start..text.len(), node: run.node });
        at = range.end;
        kept.push((range.start, start));
        kept.push((range.end, text.len()));
    }
    text.extract(&run.text, at..run.text.text().len());
    let moved = |offset: usize, end: bool| {
        let index = kept.partition_point(|&(old, _)| old <= offset).saturating_sub(1);
        let (old, new) = kept[index];
        // odd entries are the starts of placeholders: what lies inside one is drawn to its ends
        match (index % 2 == 1, end) {
            (false, _) => new + (offset - old),
            (true, _) if offset == old => new,
            (true, false) => new,
            (true, true) => new + PLACEHOLDER.len_utf8(),
        }
    };
    for inline in &run.inlines {
        let range = moved(inline.range.start, false)..moved(inline.range.end, true);
        inlines.push(InlineRange { kind: inline.kind, range, node: inline.node });
    }
    inlines.sort_by_key(|inline| (inline.range.start, std::cmp::Reverse(inline.range.end)));
    Run { text: text.finish(), inlines, ..run }
}

/// What is to be hidden, in order, disjoint.
fn find(text: &str) -> Vec<(Inline, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr3(b':', b'@', b'$', &bytes[at..]).map(|next| at + next) {
        let hit = match bytes[next] {
            b':' => url(text, next).map(|range| (Inline::Url, range)),
            b'@' => address(text, next).map(|range| (Inline::Url, range)),
            _ => formula(text, next).map(|range| (Inline::Math, range)),
        };
        at = next + 1;
        if let Some((kind, range)) = hit
            && found.last().is_none_or(|(_, last): &(Inline, Range<usize>)| last.end <= range.start)
        {
            at = at.max(range.end);
            found.push((kind, range));
        }
    }
    static WWW: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("www."));
    if WWW.find(bytes).is_some() {
        add_www(text, &mut found);
    }
    found
}

/// A URL whose scheme ends at the colon `colon`.
fn url(text: &str, colon: usize) -> Option<Range<usize>> {
    const SCHEMES: [&str; 8] = ["https", "http", "ftp", "git", "ssh", "file", "mailto", "irc"];
    let scheme = SCHEMES.iter().find(|scheme| {
        let start = colon.wrapping_sub(scheme.len());
        text.get(start..colon).is_some_and(|found| found.eq_ignore_ascii_case(scheme))
            && !text[..start].ends_with(|before: char| before.is_alphanumeric())
    })?;
    let rest = &text[colon + 1..];
    let body = if *scheme == "mailto" { rest } else { rest.strip_prefix("//")? };
    let start = text.len() - body.len();
    let end = url_end(text, start);
    (end > start).then_some(colon - scheme.len()..end)
}

/// Adds the URLs that start with `www.`.
fn add_www(text: &str, found: &mut Vec<(Inline, Range<usize>)>) {
    let mut more: Vec<(Inline, Range<usize>)> = Vec::new();
    for start in memmem::find_iter(text.as_bytes(), b"www.") {
        let next = found.partition_point(|(_, range)| range.end <= start);
        let inside = found.get(next).is_some_and(|(_, range)| range.start <= start);
        let stands_alone = !text[..start].ends_with(|before: char| before.is_alphanumeric() || before == '.');
        if inside || !stands_alone || more.last().is_some_and(|(_, last)| start < last.end) {
            continue;
        }
        let limit = found.get(next).map_or(text.len(), |(_, range)| range.start);
        let end = url_end(text, start).min(limit);
        if end > start + 4 {
            more.push((Inline::Url, start..end));
        }
    }
    found.append(&mut more);
    found.sort_by_key(|(_, range)| range.start);
}

/// Where the URL that started before `from` ends: before white space, quotes and the punctuation of the sentence.
fn url_end(text: &str, from: usize) -> usize {
    let stop = |character: char| {
        character.is_whitespace()
            || matches!(character, '<' | '>' | '"' | '“' | '”' | '‘' | '’' | '«' | '»' | '`' | PLACEHOLDER)
            || matches!(character, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff1f}')
    };
    let rest = &text[from..];
    let mut url = &rest[..rest.find(stop).unwrap_or(rest.len())];
    let mut closers = url.bytes().filter(|&byte| byte == b')').count();
    let openers = url.bytes().filter(|&byte| byte == b'(').count();
    loop {
        let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '…', ']']);
        let trimmed = match trimmed.strip_suffix(')') {
            Some(inner) if openers < closers => {
                closers -= 1;
                inner
            }
            _ => trimmed,
        };
        if trimmed.len() == url.len() {
            return from + url.len();
        }
        url = trimmed;
    }
}

/// An e-mail address around the `@` at `at`.
fn address(text: &str, at: usize) -> Option<Range<usize>> {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+' | b'%');
    let bytes = text.as_bytes();
    let start = at - bytes[..at].iter().rev().take_while(|&&byte| part(byte)).count();
    let length = bytes[at + 1..].iter().take_while(|&&byte| part(byte)).count();
    let domain = text[at + 1..at + 1 + length].trim_end_matches(['.', '-', '_', '+', '%']);
    (start < at && domain.contains('.')).then_some(start..at + 1 + domain.len())
}

/// A formula between single dollars: nothing blank beside them on the inside, no digit behind.
fn formula(text: &str, dollar: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let before = dollar.checked_sub(1).and_then(|at| bytes.get(at));
    if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'\\' | b'$')) {
        return None;
    }
    let inside = &bytes[dollar + 1..bytes.len().min(dollar + 1 + MAX_FORMULA)];
    if inside.first().is_none_or(|byte| byte.is_ascii_whitespace() || *byte == b'$') {
        return None;
    }
    let length = memchr::memchr(b'$', inside)?;
    if inside[length - 1].is_ascii_whitespace() || memchr::memchr(b'\n', &inside[..length]).is_some() {
        return None;
    }
    let end = dollar + 1 + length + 1;
    (!bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'$')).then_some(dollar..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|(_, range)| &text[range]).collect()
    }

    #[test]
    fn urls_end_before_the_punctuation_of_the_sentence() {
        assert_eq!(
            hidden("See https://example.org/a.b?c=d. Then (http://example.org/x_(y)), ok"),
            ["https://example.org/a.b?c=d", "http://example.org/x_(y)"]
        );
        assert_eq!(
            hidden("On www.example.org. Write to a.b@example.org, or mailto:c@example.org!"),
            ["www.example.org", "a.b@example.org", "mailto:c@example.org"]
        );
        assert_eq!(hidden("ratio 3:4, note: this, @name, a@b"), Vec::<&str>::new());
    }

    #[test]
    fn dollars_are_formulas_only_when_nothing_blank_stands_inside() {
        assert_eq!(hidden("Let $x. Y$ be"), ["$x. Y$"]);
        assert_eq!(hidden("from $5 to $10, or $100-$200, US$5 and 10$"), Vec::<&str>::new());
    }
}
