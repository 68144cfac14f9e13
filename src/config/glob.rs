//! Patterns of paths in `overrides`: `*` within a folder, `**` across folders, `?`, `[a-z]`, `{a,b}`.

use std::borrow::Cow;

/// One pattern; it is matched against the whole path, relative to the configuration's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    /// The pattern without braces: one for each way to choose.
    alternatives: Vec<::glob::Pattern>,
}

impl Glob {
    /// Reads a pattern. A leading `/` and `./` mean nothing.
    ///
    /// # Errors
    /// A sentence about what is wrong with it.
    pub fn new(pattern: &str) -> Result<Glob, String> {
        let pattern = pattern.trim_start_matches("./").trim_start_matches('/');
        let mut alternatives = Vec::new();
        for plain in expand(pattern)? {
            // a folder stands for everything below it
            let plain = if plain.ends_with('/') { format!("{plain}**") } else { plain };
            alternatives.push(::glob::Pattern::new(&plain).map_err(|error| format!("`{pattern}` is no pattern: {}", error.msg))?);
        }
        Ok(Glob { alternatives })
    }

    pub fn matches(&self, path: &str) -> bool {
        let options = ::glob::MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };
        self.alternatives.iter().any(|pattern| pattern.matches_with(path, options))
    }
}

/// The most patterns that braces may stand for.
const MOST: usize = 100;

/// Takes the braces apart: `a.{md,html}` is `a.md` and `a.html`.
fn expand(pattern: &str) -> Result<Vec<String>, String> {
    let mut done = Vec::new();
    let mut open: Vec<Cow<str>> = vec![Cow::Borrowed(pattern)];
    while let Some(pattern) = open.pop() {
        // the innermost braces first
        let Some(end) = pattern.find('}') else {
            done.push(pattern.into_owned());
            continue;
        };
        let Some(start) = pattern[..end].rfind('{') else {
            return Err(format!("`{pattern}` has a `}}` without a `{{`"));
        };
        for choice in pattern[start + 1..end].split(',') {
            open.push(Cow::Owned(format!("{}{choice}{}", &pattern[..start], &pattern[end + 1..])));
        }
        if open.len() + done.len() > MOST {
            return Err(format!("the braces stand for more than {MOST} patterns"));
        }
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_in_its_folder_and_two_do_not() {
        let matches = |pattern: &str, path: &str| Glob::new(pattern).is_ok_and(|glob| glob.matches(path));
        assert!(matches("_posts/*.md", "_posts/a.md"));
        assert!(!matches("_posts/*.md", "_posts/2024/a.md"));
        assert!(matches("_posts/**", "_posts/2024/a.md"));
        assert!(matches("**/*.md", "a.md"));
        assert!(matches("_drafts/", "_drafts/new/a.md"));
        assert!(matches("./_{posts,drafts}/*.{md,markdown}", "_drafts/a.markdown"));
        assert!(!matches("_posts/*.md", "x/_posts/a.md"));
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        assert!(Glob::new("[a").is_err());
        assert!(Glob::new("a}").is_err());
        assert!(Glob::new(&"{a,b}".repeat(20)).is_err());
    }
}
