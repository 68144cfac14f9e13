//! Names of pictures in any text: HTML, Liquid, CSS, scripts, data. What stands in a name for something unknown becomes
//! a `*`.

use super::pictures::is_picture;
use super::url;

/// A name is looked for this far back from its extension, in bytes.
const LONGEST: usize = 500;
/// A Liquid tag inside of a name may be this long, in bytes.
const LONGEST_TAG: usize = 300;

/// What ends a path to the left.
const DELIMITERS: &[u8] = b"\"'`()<>[]{}|,;:=\0";

/// The paths in `text` that end like a picture: lower case, decoded, without `.` and `..`, `*` for what is unknown. In
/// `prose` a star that is written is emphasis.
pub(super) fn picture_names(text: &str, prose: bool) -> impl Iterator<Item = String> {
    memchr::memchr_iter(b'.', text.as_bytes()).filter_map(move |dot| {
        let length = text.as_bytes()[dot + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let end = dot + 1 + length;
        is_picture(text.get(dot..end)?).then(|| path_before(text, dot, end, prose)).flatten()
    })
}

/// The path whose extension lies at `dot..end`; `None` where there is nothing but an extension that no code adds.
fn path_before(text: &str, dot: usize, end: usize, prose: bool) -> Option<String> {
    let mut parts = vec![text.get(dot..end)?];
    let mut at = dot;
    loop {
        let start = run_start(text, at, prose);
        parts.push(text.get(start..at)?);
        let Some(open) = start_of_unknown(text, start, prose) else {
            at = start;
            break;
        };
        parts.push("*");
        at = open;
    }
    parts.reverse();
    let path = normal(&parts.concat());
    // `name + '-small.png'`, `| append: '.png'`: the end of a name
    let is_end = path.starts_with(['.', '-', '_', '@']) && !path.contains('/');
    match is_end {
        true if path.starts_with('.') && !is_added(text.get(..at)?) => None,
        true => Some(format!("*{path}")),
        false => Some(path),
    }
}

/// Where the run of path characters that ends at `end` begins.
fn run_start(text: &str, end: usize, prose: bool) -> usize {
    let bytes = text.as_bytes();
    let limit = end.saturating_sub(LONGEST);
    let is_delimiter = |byte: u8| byte.is_ascii_whitespace() || DELIMITERS.contains(&byte) || (prose && byte == b'*');
    let mut start = end;
    while start > limit && !is_delimiter(bytes[start - 1]) {
        start -= 1;
    }
    while !text.is_char_boundary(start) {
        start += 1;
    }
    start
}

/// Where a Liquid tag, `${…}` or `#{…}` begins that ends just before `at`.
fn start_of_unknown(text: &str, at: usize, prose: bool) -> Option<usize> {
    let before = text.get(..at)?;
    let open = |mark: &str| before.rfind(mark).filter(|open| before.len() - open <= LONGEST_TAG);
    if before.ends_with("}}") {
        return open("{{");
    }
    if before.ends_with("%}") {
        return open("{%");
    }
    // in prose such code is but shown
    let brace = (!prose && before.ends_with('}')).then(|| open("{")).flatten()?;
    before.get(..brace)?.ends_with(['$', '#']).then(|| brace - 1)
}

/// Whether code adds the string that begins after `before` to something else.
fn is_added(before: &str) -> bool {
    let Some(before) = before.strip_suffix(['"', '\'', '`']) else { return false };
    let tail = before.get(run_of_code(before)..).unwrap_or_default();
    before.trim_end().ends_with('+') || ["append", "concat", "replace"].iter().any(|word| tail.contains(word))
}

/// Where the last sixty bytes of `text` begin, or the line.
fn run_of_code(text: &str) -> usize {
    let line = text.rfind('\n').map_or(0, |at| at + 1);
    let mut start = text.len().saturating_sub(60).max(line);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    start
}

fn normal(path: &str) -> String {
    let decoded = url::decode(&path.replace("\\/", "/")).to_lowercase();
    let mut segments: Vec<&str> = Vec::new();
    for segment in decoded.split('/') {
        match segment {
            "" | "." | "~" | "@" => {}
            ".." => segments.clear(),
            // `{{ site.baseurl }}/img/a.png`: what stands in front is no part of the path in the site
            "*" if segments.is_empty() => {}
            other => segments.push(other.trim_start_matches('~')),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        picture_names(text, false).collect()
    }

    #[test]
    fn paths_are_found_in_any_text() {
        for (text, expected) in [
            ("![a](/img/Crane%202.PNG \"t\")", "img/crane 2.png"),
            ("background: url(../img/quay.jpg?v=2)", "img/quay.jpg"),
            ("image: crane.png", "crane.png"),
            ("{{ '/img/crane.png' | relative_url }}", "img/crane.png"),
            ("src=\"https://harbour.example/img/a.gif\"", "harbour.example/img/a.gif"),
            ("\"img\\/a.webp\"", "img/a.webp"),
            ("{{ site.baseurl }}/img/a.png", "img/a.png"),
        ] {
            assert_eq!(names(text), [expected], "{text}");
        }
        assert_eq!(names("crane.pngx, a.txt, see .png"), [] as [&str; 0]);
    }

    #[test]
    fn what_is_unknown_is_a_star() {
        for (text, expected) in [
            ("<img src=\"/img/{{ page.slug }}.png\">", "img/*.png"),
            ("`/img/${name}-small.png`", "img/*-small.png"),
            ("\"img/#{name}/cover.jpg\"", "img/*/cover.jpg"),
            ("{{ page.image | append: '-small.png' }}", "*-small.png"),
            ("'/img/' + name + '.png'", "*.png"),
            ("{% if x %}a{% endif %}b.svg", "*a*b.svg"),
        ] {
            assert_eq!(names(text), [expected], "{text}");
        }
        assert_eq!(names("if ext == '.png'"), [] as [&str; 0]);
        assert_eq!(picture_names("**crane.png** or *.png", true).collect::<Vec<_>>(), ["crane.png"]);
        assert_eq!(names("Dir['img/*.png']"), ["img/*.png"]);
    }
}
