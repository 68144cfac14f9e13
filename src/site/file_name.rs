//! What Jekyll reads from the name of a post (jekyll `document.rb`, DATE_FILENAME_MATCHER, DATELESS_FILENAME_MATCHER).

use super::url::last_part;
use memchr::memrchr;

/// A file name in its parts: `2023-05-01-kubecon.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileName<'a> {
    /// The date as written: 2 to 4 digits, 1 or 2, 1 or 2. It need not exist (`2023-02-30`).
    pub date: Option<&'a str>,
    /// Without the dots at its end. May be empty.
    pub slug: &'a str,
    /// With its dot; empty where there is none.
    pub ext: &'a str,
}

impl<'a> FileName<'a> {
    /// Reads the last part of `path`.
    pub fn parse(path: &'a str) -> FileName<'a> {
        let name = last_part(path);
        // an extension has a character at least: `a.` has none
        let dot = memrchr(b'.', name.as_bytes()).filter(|&dot| dot + 1 < name.len());
        let (stem, ext) = name.split_at(dot.unwrap_or(name.len()));
        let date_length = if ext.is_empty() { None } else { date_prefix(stem) };
        let (date, slug) = match date_length {
            Some(length) => (stem.get(..length), stem.get(length + 1..).unwrap_or_default()),
            None => (None, stem),
        };
        FileName { date, slug: slug.trim_end_matches('.'), ext }
    }

    /// Extension without its dot, as written.
    pub fn extension(&self) -> &'a str {
        self.ext.strip_prefix('.').unwrap_or(self.ext)
    }
}

/// Whether Jekyll takes the file for a post: a date, a hyphen, an extension.
pub fn is_post(name: &str) -> bool {
    FileName::parse(name).date.is_some()
}

/// The length of the date at the start of `stem` when a hyphen follows.
fn date_prefix(stem: &str) -> Option<usize> {
    let bytes = stem.as_bytes();
    let mut at = 0;
    for (index, (least, most)) in [(2, 4), (1, 2), (1, 2)].into_iter().enumerate() {
        if index > 0 {
            (bytes.get(at) == Some(&b'-')).then_some(())?;
            at += 1;
        }
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        (least..=most).contains(&digits).then_some(())?;
        at += digits;
    }
    (bytes.get(at) == Some(&b'-')).then_some(at)
}

/// The title that Jekyll makes from a slug: its parts between hyphens, each with a capital (jekyll `utils.rb`,
/// `titleize_slug`).
pub fn title_of_slug(slug: &str) -> String {
    let parts = slug.trim_end_matches('-').split('-').map(|part| {
        let mut chars = part.chars();
        let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
        first + &chars.as_str().to_lowercase()
    });
    parts.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_jekyll_does() {
        let read = |name| {
            let FileName { date, slug, ext } = FileName::parse(name);
            (date, slug, ext)
        };
        assert_eq!(read("a/2023-1-2-a.md"), (Some("2023-1-2"), "a", ".md"));
        assert_eq!(read("23-01-02-foo.bar.md"), (Some("23-01-02"), "foo.bar", ".md"));
        assert_eq!(read("2023-01-02-foo..md"), (Some("2023-01-02"), "foo", ".md"));
        assert_eq!(read("2023-01-02-.md"), (Some("2023-01-02"), "", ".md"));
        for no_post in ["2023-01-02.md", "2023_01_02-a.md", "12023-01-02-a.md", "2023-001-02-a.md", "2023-01-02-a", "x2023-01-02-a.md"] {
            assert!(!is_post(no_post), "{no_post}");
        }
    }

    #[test]
    fn titles_of_slugs() {
        assert_eq!(title_of_slug("hello-WORLD-2"), "Hello World 2");
    }
}
