//! Bare URLs that become links (GitHub's autolink extension, cmark-gfm `extensions/autolink.c`).

use std::ops::Range;

/// A name longer than this, in bytes, is none of a host.
const MAX_HOST: usize = 256;

const STARTS: [&str; 3] = ["http://", "https://", "www."];

/// The bare URLs in `range` of `text`, in order.
pub fn find(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut urls = Vec::new();
    let mut at = range.start;
    while let Some(found) = memchr::memchr2(b'h', b'w', &bytes[at..range.end]) {
        let start = at + found;
        at = start + 1;
        let is_free = start == range.start || matches!(bytes[start - 1], b' ' | b'\t' | b'\n' | b'\r' | b'*' | b'_' | b'~' | b'(');
        let Some(prefix) = STARTS.iter().find(|prefix| bytes[start..range.end].starts_with(prefix.as_bytes())) else { continue };
        if is_free && let Some(end) = end(text, start, start + prefix.len(), range.end) {
            urls.push(start..end);
            at = end;
        }
    }
    urls
}

/// Where the URL ends that starts at `start` and whose host begins at `host`.
fn end(text: &str, start: usize, host: usize, limit: usize) -> Option<usize> {
    let rest = &text[host..limit];
    let host_length = rest
        .bytes()
        .take(MAX_HOST)
        .take_while(|byte| !matches!(byte, b'/' | b'?' | b'#' | b':' | b'<' | b'(') && !byte.is_ascii_whitespace());
    let domain = rest.get(..host_length.count())?;
    if !domain.starts_with(|c: char| c.is_alphanumeric()) || !(domain.contains('.') || text[start..host].ends_with('.')) {
        return None;
    }
    let length = rest.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(rest.len());
    let trimmed = without_tail(&text[start..host + length]);
    (start + trimmed.len() > host).then_some(start + trimmed.len())
}

/// Without the punctuation that belongs to the sentence around.
fn without_tail(url: &str) -> &str {
    let mut url = url;
    // closing brackets too many; counted once, then kept up to date
    let mut surplus = url.matches(')').count() as isize - url.matches('(').count() as isize;
    loop {
        if let Some(shorter) = url.strip_suffix(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"']) {
            url = shorter;
        } else if surplus > 0
            && let Some(shorter) = url.strip_suffix(')')
        {
            url = shorter;
            surplus -= 1;
        } else if let Some(reference) = url.strip_suffix(';').and_then(|url| url.rfind('&')) {
            let name = &url[reference + 1..url.len() - 1];
            if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return url;
            }
            url = &url[..reference];
        } else {
            return url;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn the_sentence_around_a_url_is_not_part_of_it() {
        let text = "see (https://a.org/b(c)), www.d.org. Not xhttp://e.org nor http://";
        let urls: Vec<&str> = find(text, 0..text.len()).into_iter().map(|range| &text[range]).collect();
        assert_eq!(urls, ["https://a.org/b(c)", "www.d.org"]);
    }
}
