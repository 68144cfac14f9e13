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
        let (scheme, rest) = url.split_once("//")?;
        let is_web = scheme.is_empty() || scheme.eq_ignore_ascii_case("http:") || scheme.eq_ignore_ascii_case("https:");
        let authority = is_web.then(|| rest.split(['/', '?', '#', '\\']).next().unwrap_or_default())?;
        let (user_info, place) = match authority.rsplit_once('@') {
            Some((user_info, place)) => (Some(user_info), place),
            None => (None, authority),
        };
        let host = match place.strip_prefix('[') {
            Some(address) => address.split(']').next(),
            None => place.split(':').next(),
        };
        Some(Authority { user_info, host: host.unwrap_or_default() })
    }
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
