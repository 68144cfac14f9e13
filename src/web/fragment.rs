//! Whether a page has the element that a link's fragment names.

use crate::site::url::decode;

/// The part of a page that is read, in bytes, decoded.
pub(super) const MOST: usize = 1 << 20;

/// Whether a fragment can be looked for in the HTML: not what a script, or the browser itself, makes something of.
pub(super) fn is_checkable(fragment: &str) -> bool {
    // routes of applications, text fragments, and what always exists
    let is_special = fragment.is_empty()
        || fragment.eq_ignore_ascii_case("top")
        || fragment.starts_with(['!', '/', '?', ':'])
        || fragment.contains(":~:")
        // states of scripts: `page=2`, `a&b`
        || fragment.contains(['=', '&']);
    !is_special && !is_line(fragment) && !is_late(fragment)
}

/// Line numbers of code hosts (`L10`, `L10-L20`, `L1C2-L3C4`), which a script puts into the page.
fn is_line(fragment: &str) -> bool {
    let mut rest = fragment;
    for part in rest.split('-').collect::<Vec<_>>() {
        let Some(number) = part.strip_prefix(['L', 'l']) else {
            // `lines-10`, and the `20` of `L10-20`
            if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) && rest != fragment {
                continue;
            }
            return false;
        };
        let digits = number.split(['C', 'c']).all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
        if !digits {
            return false;
        }
        rest = "";
    }
    true
}

/// What GitHub loads into a page after it was shown.
fn is_late(fragment: &str) -> bool {
    const PREFIXES: [&str; 8] =
        ["issuecomment-", "discussion_r", "discussioncomment-", "pullrequestreview-", "commitcomment-", "diff-", "issue-", "event-"];
    PREFIXES.iter().any(|prefix| fragment.starts_with(prefix))
}

/// Whether a page is but a frame, whose elements a script makes in the browser.
pub(super) fn is_made_by_script(html: &[u8]) -> bool {
    const FEW: usize = 3;
    let has_script = memchr::memmem::find(html, b"<script").is_some();
    has_script && memchr::memmem::find_iter(html, b" id=").take(FEW).count() < FEW
}

/// Whether the HTML has an element of this id or name. `fragment` is what stands after the `#`.
pub(super) fn is_in(html: &[u8], fragment: &str) -> bool {
    let decoded = decode(fragment);
    has_id(html, fragment.as_bytes()) || decoded != fragment && has_id(html, decoded.as_bytes())
}

/// Looks for `id=` and `name=` in front of the text, quoted or not, anywhere: what stands in a script or a comment may
/// become an element.
fn has_id(html: &[u8], id: &[u8]) -> bool {
    let plain = || memchr::memmem::find_iter(html, id).any(|at| is_value(html, at, id.len()));
    if plain() {
        return true;
    }
    let escaped = escape(id);
    escaped != id && memchr::memmem::find_iter(html, &escaped).any(|at| is_value(html, at, escaped.len()))
}

/// Whether the text at `at` is the whole value of an `id` or `name`.
fn is_value(html: &[u8], at: usize, length: usize) -> bool {
    let before = html.get(..at).unwrap_or_default();
    // GitHub puts this in front of the ids of a document
    let before = before.strip_suffix(b"user-content-").unwrap_or(before);
    let after = html.get(at + length).copied();
    let (before, is_closed) = match before.last() {
        Some(quote @ (b'"' | b'\'')) => (before.get(..before.len() - 1).unwrap_or_default(), after == Some(*quote)),
        _ => (before, after.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))),
    };
    // an escaped quote, in a script
    let before = before.strip_suffix(b"\\").unwrap_or(before);
    let is_closed = is_closed || after == Some(b'\\');
    let before = before.trim_ascii_end();
    let Some(name) = before.strip_suffix(b"=").map(<[u8]>::trim_ascii_end) else { return false };
    let ends_with = |word: &[u8]| {
        let start = name.len().checked_sub(word.len());
        let own = start.and_then(|start| name.get(start..)).is_some_and(|own| own.eq_ignore_ascii_case(word));
        own && start
            .and_then(|start| start.checked_sub(1))
            .and_then(|at| name.get(at))
            .is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-')
    };
    is_closed && (ends_with(b"id") || ends_with(b"name"))
}

/// As HTML writes it.
fn escape(id: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(id.len());
    for &byte in id {
        match byte {
            b'&' => escaped.extend_from_slice(b"&amp;"),
            b'"' => escaped.extend_from_slice(b"&quot;"),
            b'<' => escaped.extend_from_slice(b"&lt;"),
            b'>' => escaped.extend_from_slice(b"&gt;"),
            _ => escaped.push(byte),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_looked_for() {
        for id in ["install", "L", "Lisbon", "a.b", "line-10", "1", "L10a", "%C3%A9t%C3%A9"] {
            assert!(is_checkable(id), "{id}");
        }
        for id in
            ["", "top", "!route", "/route", ":~:text=x", "a:~:text=x", "L10", "L10-L20", "L10-20", "L1C2-L3C4", "page=2", "issuecomment-1"]
        {
            assert!(!is_checkable(id), "{id}");
        }
    }

    #[test]
    fn ids_and_names_are_found() {
        let html = r#"<h2 id="one"><a name='two'><p class=x ID = three>x<i id=four/><b data-id="five" id=""><h3 id="user-content-six">
            <u id="&amp;seven"><s id="a b"> <x id="ninety"> "id":"eight" <q id="&#xE9;"> <h4 id="été"><script>'<p id=\"eleven\">'</script>"#
            .as_bytes();
        for id in ["one", "two", "three", "four", "six", "&seven", "%26seven", "a%20b", "ninety", "%C3%A9t%C3%A9", "été", "eleven"] {
            assert!(is_in(html, id), "{id}");
        }
        for id in ["on", "five", "x", "nine", "eight", "One", "seven"] {
            assert!(!is_in(html, id), "{id}");
        }
    }
}
