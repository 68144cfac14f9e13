//! Ruby's `File.fnmatch?` without flags, as Jekyll calls it for `include:` and `exclude:`.

/// Whether `path` matches `pattern`. `*` and `?` match `/` too (there is no FNM_PATHNAME), `[…]` is a set, `\` takes
/// the next character as it is. Time is at most the product of both lengths.
pub fn fnmatch(pattern: &str, path: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let path: Vec<char> = path.chars().collect();
    let (mut at_pattern, mut at_path) = (0, 0);
    // after the last `*`: where to go on when what follows it does not match
    let mut retry: Option<(usize, usize)> = None;
    while at_path < path.len() {
        if pattern.get(at_pattern) == Some(&'*') {
            at_pattern += 1;
            retry = Some((at_pattern, at_path));
            continue;
        }
        if let Some(next) = match_one(&pattern, at_pattern, path[at_path]) {
            at_pattern = next;
            at_path += 1;
            continue;
        }
        let Some((star, from)) = retry else { return false };
        retry = Some((star, from + 1));
        at_pattern = star;
        at_path = from + 1;
    }
    pattern[at_pattern..].iter().all(|&c| c == '*')
}

/// Matches one character; returns where the pattern goes on.
fn match_one(pattern: &[char], at: usize, c: char) -> Option<usize> {
    match *pattern.get(at)? {
        '?' => Some(at + 1),
        '[' => match_set(pattern, at + 1, c),
        '\\' => match pattern.get(at + 1) {
            Some(&escaped) => (escaped == c).then_some(at + 2),
            None => (c == '\\').then_some(at + 1),
        },
        literal => (literal == c).then_some(at + 1),
    }
}

/// Matches `[a-z]`, `[^a-z]` or `[!a-z]`; `at` is after the bracket. A set without its end matches nothing.
fn match_set(pattern: &[char], mut at: usize, c: char) -> Option<usize> {
    let negated = matches!(pattern.get(at), Some('^' | '!'));
    at += usize::from(negated);
    let mut found = false;
    loop {
        let (low, next) = set_character(pattern, at)?;
        at = next;
        let mut high = low;
        if pattern.get(at) == Some(&'-') && pattern.get(at + 1).is_some_and(|&c| c != ']') {
            (high, at) = set_character(pattern, at + 1)?;
        }
        found |= low <= c && c <= high;
        if pattern.get(at) == Some(&']') {
            return (found != negated).then_some(at + 1);
        }
    }
}

fn set_character(pattern: &[char], at: usize) -> Option<(char, usize)> {
    match *pattern.get(at)? {
        ']' => None,
        '\\' => pattern.get(at + 1).map(|&c| (c, at + 2)),
        c => Some((c, at + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::fnmatch;

    /// Verdicts of Ruby 3.1.
    #[test]
    fn matches_as_ruby_does() {
        for (pattern, path, expected) in [
            ("*.bak", "a/b/c.bak", true),
            ("Gemfile*", "Gemfile.lock", true),
            ("a?c", "a/c", true),
            ("a[b-d]e", "ace", true),
            ("a[^b-d]e", "ace", false),
            ("a[!b]e", "axe", true),
            ("a\\*b", "a*b", true),
            ("a\\*b", "axb", false),
            ("assets/*/x.*", "assets/a/b/x.js", true),
            ("a[b", "ab", false),
            ("**", "", true),
            ("a*b*c", "aXbYbZ", false),
        ] {
            assert_eq!(fnmatch(pattern, path), expected, "{pattern} {path}");
        }
    }
}
