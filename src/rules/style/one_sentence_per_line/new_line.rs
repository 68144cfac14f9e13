//! A new line in the middle of a paragraph: what it begins with, and where it can't be.

use super::NewLine;
use crate::diagnostic::Edit;
use crate::kramdown::is_span_element;
use crate::markup::{Kind, NodeId};
use crate::post::prose::Run;
use crate::post::prose::sentences::Boundary;
use crate::post::{Engine, Post};
use crate::text::Span;

/// The edit that ends the line at `boundary`, or why that would change the page.
pub fn at(post: &Post, run: &Run, boundary: &Boundary) -> NewLine {
    let Some((_, gap)) = run.text.verbatim_parts(boundary.gap.clone()).last() else {
        return Err(if boundary.gap.is_empty() {
            "not repaired: a new line prints a space here"
        } else {
            "not repaired: the white space here is not typed as such"
        });
    };
    let rest = post.text.get(gap.end as usize..).unwrap_or_default();
    if begins_block(rest, post.engine) {
        return Err("not repaired: what follows would not be text at the start of a line");
    }
    let text = format!("{}{}", line_end(post, gap.start), prefix(post, run.node, gap.start));
    Ok(Edit::replace(gap, text))
}

/// The line end that the line around `offset` has; for the last line, that of the first.
fn line_end(post: &Post, offset: u32) -> &'static str {
    let line = post.lines.span(post.lines.line_of(offset), post.text).of(post.text);
    let first = post.lines.span(1, post.text).of(post.text);
    let model = if line.ends_with('\n') { line } else { first };
    if model.ends_with("\r\n") { "\r\n" } else { "\n" }
}

/// Indentation and markers for a new line of `paragraph` after the line around `offset`.
fn prefix(post: &Post, paragraph: NodeId, offset: u32) -> String {
    let line = post.lines.content(post.lines.line_of(offset), post.text);
    let start = post.tree.node(paragraph).span.start;
    if line.start < start {
        let lead = Span { start: line.start, end: start.min(line.end) };
        return after_markers(lead.of(post.text));
    }
    let quotes = post.tree.ancestors(paragraph).filter(|&id| matches!(post.tree.node(id).kind, Kind::BlockQuote)).count();
    leading_markers(line.of(post.text), quotes).to_owned()
}

/// The white space and at most `quotes` quote markers at the start of a line.
fn leading_markers(line: &str, quotes: usize) -> &str {
    let mut left = quotes;
    let end = line.find(|character| match character {
        ' ' | '\t' => false,
        '>' if left > 0 => {
            left -= 1;
            false
        }
        _ => true,
    });
    &line[..end.unwrap_or(line.len())]
}

/// What a line begins with that goes on with the text behind the markers `lead`: quote markers stay, the markers of items,
/// definitions and footnotes become spaces.
fn after_markers(lead: &str) -> String {
    let mut prefix = String::new();
    let mut rest = lead;
    let mut after_marker = false;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            ' ' | '>' => {
                prefix.push(first);
                1
            }
            '\t' if !after_marker => {
                prefix.push('\t');
                1
            }
            '\t' => {
                let column = prefix.chars().count();
                prefix.extend(std::iter::repeat_n(' ', 4 - column % 4));
                1
            }
            _ => match marker_length(rest) {
                Some(length) => {
                    after_marker = true;
                    prefix.extend(std::iter::repeat_n(' ', length));
                    length
                }
                None if rest.starts_with("[^") => {
                    prefix.push_str("    ");
                    return prefix;
                }
                None => break,
            },
        };
        rest = &rest[length..];
    }
    if prefix.ends_with('>') {
        prefix.push(' ');
    }
    prefix
}

/// The length of the item or definition marker at the start of `text`.
fn marker_length(text: &str) -> Option<usize> {
    let length = match text.as_bytes().first()? {
        b'-' | b'+' | b'*' | b':' => 1,
        _ => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let dot = matches!(text.as_bytes().get(digits), Some(b'.' | b')'));
            if digits == 0 || !dot {
                return None;
            }
            digits + 1
        }
    };
    matches!(text.as_bytes().get(length), Some(b' ' | b'\t') | None).then_some(length)
}

/// Why no line of the paragraph `run` can be ended; `None` where lines can.
pub fn obstacle(post: &Post, run: &Run) -> Option<&'static str> {
    let options = &post.site.config.kramdown;
    if post.engine == Engine::Kramdown && options.gfm && options.hard_wrap {
        return Some("not repaired: with `hard_wrap`, a new line is a `<br />`");
    }
    let paragraph = post.tree.node(run.node).span.of(post.text);
    let all_bars = paragraph.lines().all(|line| line.contains('|'));
    all_bars.then_some("not repaired: a line end could make a table of this, or unmake one")
}

/// Whether `text` at the start of a line could be read as something else than text, or is not known.
fn begins_block(text: &str, engine: Engine) -> bool {
    let bytes = text.as_bytes();
    let blank = |index: usize| matches!(bytes.get(index), None | Some(b' ' | b'\t' | b'\n' | b'\r'));
    match bytes.first() {
        None | Some(b'\n' | b'\r' | b' ' | b'\t') => true,
        Some(b'>' | b'|') => true,
        Some(b'-' | b'+' | b'*') => blank(1) || bytes.get(1) == Some(&b'|') || is_rule(text),
        Some(b':') => blank(1) || bytes.get(1) == Some(&b'|'),
        Some(b'_' | b'=') => is_rule(text),
        Some(b'0'..=b'9') => {
            let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let dot = bytes.get(digits) == Some(&b'.') || engine == Engine::CommonMark && bytes.get(digits) == Some(&b')');
            dot && (blank(digits + 1) || bytes.get(digits + 1) == Some(&b'|'))
        }
        Some(b'#') => {
            let hashes = bytes.iter().take_while(|byte| **byte == b'#').count();
            hashes <= 6 && blank(hashes)
        }
        Some(b'`') => text.starts_with("```"),
        Some(b'~') => text.starts_with("~~~"),
        Some(b'^') => blank(1),
        Some(b'{') => matches!(bytes.get(1), Some(b':' | b'{' | b'%')),
        Some(b'<') => !is_span_tag(&text[1..]),
        _ => false,
    }
}

/// A line of nothing but `-`, `=`, `*`, `_` and spaces.
fn is_rule(text: &str) -> bool {
    let line = text.bytes().take_while(|&byte| byte != b'\n');
    line.into_iter().all(|byte| matches!(byte, b'-' | b'=' | b'*' | b'_' | b' ' | b'\t' | b'\r'))
}

/// A tag of a span element or an autolink, by what follows its `<`.
fn is_span_tag(text: &str) -> bool {
    let name = text.strip_prefix('/').unwrap_or(text);
    let name = &name[..name.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(name.len())];
    if text.starts_with("http://") || text.starts_with("https://") || text.starts_with("mailto:") {
        return true;
    }
    is_span_element(&name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_line_stands_below_the_text_of_its_item_or_quote() {
        for (lead, prefix) in [
            ("", ""),
            ("- ", "  "),
            ("12. ", "    "),
            ("> ", "> "),
            (">", "> "),
            ("> > ", "> > "),
            ("> - ", ">   "),
            ("- > ", "  > "),
            ("  * - ", "      "),
            ("-\t", "    "),
            ("\t- ", "\t  "),
            ("*   ", "    "),
            (":   ", "    "),
            ("[^1]: ", "    "),
            ("- [ ] ", "  "),
            ("* {:.note} ", "  "),
        ] {
            assert_eq!(after_markers(lead), prefix, "{lead:?}");
        }
    }

    #[test]
    fn some_texts_are_no_text_at_the_start_of_a_line() {
        for text in [
            "- a", "* a", "+ a", "3. a", "# a", "> a", "|a|", ": a", "```\n", "~~~", "{: .x}", "{% x %}", "<div>", "</div>", "<user>",
            "---\n", "^\n", "",
        ] {
            assert!(begins_block(text, Engine::Kramdown), "{text:?}");
        }
        for text in ["-a", "*a* b", "3 a", "3.5 a", "#a", "`a`", "<b>a</b>", "<https://example.org>", "[a](b)", "**a**", "Z"] {
            assert!(!begins_block(text, Engine::Kramdown), "{text:?}");
        }
        assert!(begins_block("1) a", Engine::CommonMark));
    }
}
