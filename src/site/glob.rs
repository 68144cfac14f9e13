//! Ruby's `Dir.glob`, as Jekyll calls it for the paths of `defaults:`: asked the other way round, whether a path that
//! exists is among the hits.

use super::fnmatch::fnmatch;

/// Whether `path` (with `/`, relative) is a hit of `pattern`. `*` stays inside a folder and skips names with a dot in
/// front, `**/` stands for any number of folders, `{a,b}` for either.
pub fn is_hit(pattern: &str, path: &str) -> bool {
    let path: Vec<&str> = path.split('/').collect();
    expand_braces(pattern).iter().any(|pattern| {
        let pattern: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
        matches(&pattern, &path)
    })
}

fn matches(pattern: &[&str], path: &[&str]) -> bool {
    let Some((first, rest)) = pattern.split_first() else { return path.is_empty() };
    if *first == "**" && !rest.is_empty() {
        let folders = path.iter().take_while(|folder| !folder.starts_with('.')).count();
        return (0..=folders).any(|skip| path.get(skip..).is_some_and(|path| matches(rest, path)));
    }
    let Some((name, inner)) = path.split_first() else { return false };
    let is_visible = !name.starts_with('.') || first.starts_with('.');
    is_visible && fnmatch(first, name) && matches(rest, inner)
}

/// Writes out `{a,b}`, at most 64 variants.
fn expand_braces(pattern: &str) -> Vec<String> {
    let mut open = vec![pattern.to_owned()];
    let mut done = Vec::new();
    while let Some(pattern) = open.pop() {
        let braces = pattern.find('{').and_then(|start| pattern[start..].find('}').map(|length| (start, start + length)));
        match braces {
            Some((start, end)) if open.len() + done.len() < 64 => {
                let (before, after) = (&pattern[..start], &pattern[end + 1..]);
                open.extend(pattern[start + 1..end].split(',').map(|choice| format!("{before}{choice}{after}")));
            }
            _ => done.push(pattern),
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::is_hit;

    #[test]
    fn hits_are_those_of_ruby() {
        for (pattern, path, expected) in [
            ("a/*", "a/b", true),
            ("a/*", "a/b/c", false),
            ("a/**/*.md", "a/b/c/d.md", true),
            ("a/**/*.md", "a/d.md", true),
            ("*/x", ".a/x", false),
            ("{a,b}/x", "b/x", true),
            ("a/**", "a/b", true),
        ] {
            assert_eq!(is_hit(pattern, path), expected, "{pattern} {path}");
        }
    }
}
