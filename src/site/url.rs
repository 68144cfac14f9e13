//! URLs of Jekyll and of browsers: escaping, sanitising, joining (jekyll `url.rb`, addressable `uri.rb`).

use memchr::memrchr;
use std::borrow::Cow;

/// What stands unescaped in a path (RFC 3986 `pchar` and `/`).
fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte)
}

/// Escapes the value of a placeholder (jekyll `url.rb`, `escape_path`): a `?` is taken for a query, the first `#`
/// becomes `%23`, a `%` is escaped like any other character.
pub fn escape_path(path: &str) -> Cow<'_, str> {
    if path.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'-')) {
        return Cow::Borrowed(path);
    }
    let mut escaped = String::with_capacity(path.len() + 8);
    let (mut in_query, mut in_fragment) = (false, false);
    for byte in path.bytes() {
        let is_delimiter = match byte {
            b'#' if !in_fragment => {
                in_fragment = true;
                true
            }
            b'?' if !in_fragment => {
                let was_in_query = in_query;
                in_query = true;
                was_in_query || in_query
            }
            b'?' => true,
            other => is_path_byte(other),
        };
        if is_delimiter {
            escaped.push(char::from(byte));
        } else {
            push_percent(&mut escaped, byte);
        }
    }
    Cow::Owned(escaped.replacen('#', "%23", 1))
}

/// Percent-encodes what may not stand in a URL; `%xx` stays as it is.
pub fn encode(url: &str) -> String {
    let mut encoded = String::with_capacity(url.len() + 8);
    for byte in url.bytes() {
        if is_path_byte(byte) || matches!(byte, b'?' | b'#' | b'%' | b'[' | b']') {
            encoded.push(char::from(byte));
        } else {
            push_percent(&mut encoded, byte);
        }
    }
    encoded
}

/// Percent-encodes everything but letters, digits and what `keep` has (Ruby `CGI.escape` writes a space as `+`).
pub fn encode_component(text: &str, keep: &[u8], space_as_plus: bool) -> String {
    let mut encoded = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || keep.contains(&byte) {
            encoded.push(char::from(byte));
        } else if byte == b' ' && space_as_plus {
            encoded.push('+');
        } else {
            push_percent(&mut encoded, byte);
        }
    }
    encoded
}

fn push_percent(text: &mut String, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    text.push('%');
    text.push(char::from(HEX[usize::from(byte >> 4)]));
    text.push(char::from(HEX[usize::from(byte & 15)]));
}

/// Decodes `%xx`; what does not make UTF-8 is replaced.
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = |offset: usize| bytes.get(at + offset).and_then(|&digit| char::from(digit).to_digit(16));
        match (byte, hex(1), hex(2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&decoded).into_owned())
}

/// Makes a URL of what a template gave (jekyll `url.rb`, `sanitize_url`): a slash in front, `..` becomes a slash, `./`
/// goes, slashes are squeezed.
pub fn sanitize(url: &str) -> String {
    let url = format!("/{}", url.strip_prefix('/').unwrap_or(url));
    let is_clean = !url.as_bytes().windows(2).any(|pair| matches!(pair, b".." | b"./" | b"//"));
    if is_clean {
        return url;
    }
    let url = url.replace("..", "/").replace("./", "");
    let mut squeezed = String::with_capacity(url.len());
    for c in url.chars() {
        if c != '/' || !squeezed.ends_with('/') {
            squeezed.push(c);
        }
    }
    squeezed
}

/// Removes `.` and `..` from a path that begins with `/` (RFC 3986, 5.2.4).
pub fn remove_dot_segments(path: &str) -> Cow<'_, str> {
    if path.starts_with('/') && !path.contains("/.") {
        return Cow::Borrowed(path);
    }
    let mut parts: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    parts.pop();
                }
                if is_last {
                    parts.push("");
                }
            }
            other => parts.push(other),
        }
    }
    Cow::Owned(format!("/{}", parts.join("/")))
}

/// The scheme of an absolute URL: `https`, `mailto`.
pub fn scheme(url: &str) -> Option<&str> {
    let end = url.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')))?;
    let (scheme, rest) = url.split_at(end);
    (rest.starts_with(':') && scheme.starts_with(|first: char| first.is_ascii_alphabetic())).then_some(scheme)
}

/// The host of an absolute URL (`https://…` or `//…`) with its port and what stands before an `@`, and what follows it.
pub fn host_and_rest(url: &str) -> Option<(&str, &str)> {
    let rest = scheme(url).map_or(url, |scheme| &url[scheme.len() + 1..]).strip_prefix("//")?;
    let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    Some(rest.split_at(end))
}

/// A URL without its query and fragment.
pub fn without_query(url: &str) -> &str {
    memchr::memchr2(b'?', b'#', url.as_bytes()).map_or(url, |end| &url[..end])
}

/// What stands behind the last slash of a path.
pub fn last_part(path: &str) -> &str {
    memrchr(b'/', path.as_bytes()).map_or(path, |slash| &path[slash + 1..])
}

/// The extension of the last part of a path as Ruby's `File.extname` gives it, with its dot; empty where there is none.
pub fn extname(path: &str) -> &str {
    let name = last_part(path);
    let visible = name.trim_start_matches('.');
    match memrchr(b'.', visible.as_bytes()) {
        Some(dot) if dot > 0 => visible.get(dot..).unwrap_or_default(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Results of Jekyll 4.3.1.
    #[test]
    fn paths_are_escaped_as_jekyll_does() {
        for (path, expected) in [
            ("a b", "a%20b"),
            ("C#", "C%23"),
            ("C# and F#", "C%23%20and%20F%23"),
            ("a?b", "a?b"),
            ("50%", "50%25"),
            ("été", "%C3%A9t%C3%A9"),
            ("a&b+c", "a&b+c"),
            ("[x]", "%5Bx%5D"),
        ] {
            assert_eq!(escape_path(path), expected);
        }
    }

    #[test]
    fn urls_are_sanitised() {
        assert_eq!(sanitize("a//b/../c/./d"), "/a/b/c/d");
        assert_eq!(sanitize("http://x"), "/http:/x");
        assert_eq!(remove_dot_segments("/a/b/../c/./d/.."), "/a/c/");
        assert_eq!(decode("/a%20b%zz%C3%A9"), "/a b%zzé");
    }

    #[test]
    fn extensions_of_paths() {
        assert_eq!((extname("/a/b.html"), extname("/a.b/c"), extname("/.htaccess"), extname("x.")), (".html", "", "", "."));
    }
}
