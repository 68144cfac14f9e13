//! The part of a URL that names a host (RFC 3986, 3.2).

/// `user:password@host:port` of an absolute or protocol-relative web address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authority<'u> {
    /// What stands before the `@`.
    pub user_info: Option<&'u str>,
    /// As it is written; an IPv6 address without its brackets.
    pub host: &'u str,
}

impl<'u> Authority<'u> {
    /// Of `https://…`, `http://…` or `//…`.
    pub fn of(url: &'u str) -> Option<Authority<'u>> {
        let start = ["//", "http://", "https://"].iter().find(|start| has_start(url, start))?.len();
        let rest = &url[start..];
        let authority = until(rest, |byte| matches!(byte, b'/' | b'?' | b'#' | b'\\'));
        let (user_info, place) = match memchr::memrchr(b'@', authority.as_bytes()) {
            Some(at) => (Some(&authority[..at]), &authority[at + 1..]),
            None => (None, authority),
        };
        let host = match place.strip_prefix('[') {
            Some(address) => until(address, |byte| byte == b']'),
            None => until(place, |byte| byte == b':'),
        };
        Some(Authority { user_info, host })
    }
}

/// Whether a URL begins so, in whatever letter case.
pub(super) fn has_start(url: &str, start: &str) -> bool {
    url.as_bytes().get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start.as_bytes()))
}

/// Whether a host ends so, in whatever letter case.
pub(super) fn has_end(host: &str, end: &str) -> bool {
    host.len().checked_sub(end.len()).is_some_and(|start| host.as_bytes()[start..].eq_ignore_ascii_case(end.as_bytes()))
}

/// What stands before the first byte that `ends` it, an ASCII character. Hosts are short: no search is faster.
fn until(text: &str, ends: impl Fn(u8) -> bool) -> &str {
    text.bytes().position(ends).map_or(text, |end| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_found() {
        let host = |url| Authority::of(url).map(|authority| authority.host);
        assert_eq!(host("https://a.example/b//c"), Some("a.example"));
        assert_eq!(host("HTTP://a.example:80?x@y"), Some("a.example"));
        assert_eq!(host("//user:pass@a.example#b"), Some("a.example"));
        assert_eq!(host("http://[::1]:4000/"), Some("::1"));
        assert_eq!(host("/a//b"), None);
        assert_eq!(host("mailto:a@b.example"), None);
    }
}
