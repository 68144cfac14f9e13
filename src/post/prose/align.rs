//! Puts text back over the bytes that it was read from, where something was left out in between.

use super::PLACEHOLDER;
use crate::text::extract::OPAQUE;
use crate::text::{ExtractBuilder, Span};

/// Adds `text` with its origin. It was read from the bytes `span` of the file; markers at the start of lines, carriage
/// returns, backslashes and Liquid tags may have been left out on the way.
///
/// `false`: the two do not fit, and the rest of the text was added without a place of its own.
pub fn add_text(builder: &mut ExtractBuilder, file: &str, text: &str, span: Span) -> bool {
    let source = span.of(file);
    if (std::ptr::eq(source, text) || source == text) && !has_opaque(text) {
        builder.verbatim(span);
        return true;
    }
    let mut aligner = Aligner { source, base: span.start as usize, at: 0 };
    let mut rest = text;
    while !rest.is_empty() {
        let same = common_prefix(rest, &source[aligner.at..]);
        if same > 0 {
            builder.verbatim(aligner.span(same));
            aligner.at += same;
            rest = &rest[same..];
        } else if rest.starts_with(OPAQUE) {
            if let Some(length) = aligner.tag() {
                builder.synthetic(PLACEHOLDER.encode_utf8(&mut [0; 4]), aligner.span(length));
                aligner.at += length;
            }
            rest = &rest[OPAQUE.len_utf8()..];
        } else if let Some(length) = aligner.left_out(rest) {
            aligner.at += length;
        } else if let Some(length) = aligner.folded(rest) {
            builder.synthetic(&rest[..1], aligner.span(length));
            aligner.at += length;
            rest = &rest[1..];
        } else {
            builder.synthetic(rest, Span::new(aligner.base + aligner.at, span.end as usize));
            return false;
        }
    }
    true
}

fn has_opaque(text: &str) -> bool {
    // few texts have even its first byte
    let first = OPAQUE.encode_utf8(&mut [0; 4]).as_bytes()[0];
    memchr::memchr(first, text.as_bytes()).is_some() && text.contains(OPAQUE)
}

struct Aligner<'s> {
    source: &'s str,
    /// Where `source` starts in the file.
    base: usize,
    at: usize,
}

impl Aligner<'_> {
    fn span(&self, length: usize) -> Span {
        Span::new(self.base + self.at, self.base + self.at + length)
    }

    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    /// The length of the Liquid tag or variable that starts here.
    fn tag(&self) -> Option<usize> {
        let rest = self.rest();
        let closer = match rest.as_bytes() {
            [b'{', b'%', ..] => "%}",
            [b'{', b'{', ..] => "}}",
            _ => return None,
        };
        rest.find(closer).map(|at| at + closer.len())
    }

    /// How many bytes here were left out before `text`, if that explains why the two differ.
    fn left_out(&self, text: &str) -> Option<usize> {
        let bytes = self.source.as_bytes();
        let byte = *bytes.get(self.at)?;
        if byte == b'\r' || self.source[..self.at].ends_with('\'') && byte == b'\'' {
            // YAML doubles the single quotes inside single quotes
            return Some(1);
        }
        if let Some(length) = self.tag() {
            return Some(length);
        }
        let line_start = self.source[..self.at].rfind('\n').map_or(0, |at| at + 1);
        if self.source[line_start..self.at].bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'>')) && matches!(byte, b' ' | b'\t' | b'>') {
            return Some(1);
        }
        (byte == b'\\' && bytes.get(self.at + 1) == text.as_bytes().first()).then_some(1)
    }

    /// How many bytes of white space here became the one space that `text` starts with.
    fn folded(&self, text: &str) -> Option<usize> {
        if !text.starts_with([' ', '\n']) {
            return None;
        }
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        (length > 0).then_some(length)
    }
}

/// How many bytes the two have in common at their start, in whole characters.
fn common_prefix(a: &str, b: &str) -> usize {
    let mut same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    while !a.is_char_boundary(same) || !b.is_char_boundary(same) {
        same -= 1;
    }
    match a[..same].find(OPAQUE) {
        Some(opaque) => opaque,
        None => same,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(file: &str, text: &str) -> (Vec<(String, String)>, bool) {
        let mut builder = ExtractBuilder::new(file);
        let fits = add_text(&mut builder, file, text, Span::new(0, file.len()));
        let extract = builder.finish();
        assert_eq!(extract.text(), text.replace(OPAQUE, &PLACEHOLDER.to_string()));
        let whole = 0..extract.text().len();
        let parts = extract.verbatim_parts(whole).map(|(part, span)| (extract.text()[part].to_owned(), span.of(file).to_owned())).collect();
        (parts, fits)
    }

    #[test]
    fn line_markers_tags_and_carriage_returns_are_gaps() {
        for (file, text) in [
            ("one\r\n> > two\r\n> > three", "one\ntwo\nthree"),
            ("one\n  two", "one\ntwo"),
            ("one {% if x %}two{% endif %} three", "one two three"),
            ("one {{ x }} two", "one \u{e000} two"),
            ("it''s one", "it's one"),
        ] {
            let (parts, fits) = aligned(file, text);
            assert!(fits, "{file:?}");
            for (part, source) in parts {
                assert_eq!(part, source);
            }
        }
    }

    #[test]
    fn text_that_was_not_read_from_the_bytes_gets_no_place_of_its_own() {
        let (parts, fits) = aligned("caf\\u00e9 is open", "café is open");
        assert!(!fits);
        assert_eq!(parts, [("caf".to_owned(), "caf".to_owned())]);
    }
}
