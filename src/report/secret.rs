//! Passwords in URLs: whoever reads a report (a log of a build, for one) is not to learn them.

use memchr::memmem;
use std::borrow::Cow;

/// A name of so many characters in front of a host may be a token.
const TOKEN: usize = 20;

/// `line` with each password or token of a URL's user info covered by as many bytes of `*`.
pub fn covered(line: &str) -> Cow<'_, str> {
    if !line.contains('@') || !line.contains("//") {
        return Cow::Borrowed(line);
    }
    let mut shown: Option<String> = None;
    for start in memmem::find_iter(line.as_bytes(), b"//").map(|at| at + 2) {
        let authority = &line[start..];
        let end = authority.find(|c: char| matches!(c, '/' | '?' | '#' | '"' | '\'' | '<' | '>' | '`') || c.is_whitespace());
        let Some(length) = authority[..end.unwrap_or(authority.len())].rfind('@') else { continue };
        let user_info = &authority[..length];
        let secret = match user_info.find(':') {
            Some(colon) => start + colon + 1..start + length,
            None if length >= TOKEN => start..start + length,
            None => continue,
        };
        let shown = shown.get_or_insert_with(|| line.to_owned());
        let cover = "*".repeat(secret.len());
        shown.replace_range(secret, &cover);
    }
    shown.map_or(Cow::Borrowed(line), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_covered() {
        assert_eq!(covered("[a](https://harbour:t1de@tides.example/a@b) c"), "[a](https://harbour:****@tides.example/a@b) c");
        assert_eq!(covered("a //x:é@y //0123456789012345678901@z"), "a //x:**@y //**********************@z");
    }

    #[test]
    fn everything_else_is_shown() {
        for line in ["https://tides.example/@harbour:1", "// me@tides.example", "https://git@tides.example/x", "a:b@c", "//"] {
            assert_eq!(covered(line), line);
        }
    }
}
