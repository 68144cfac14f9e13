//! Reads the examples of a rule's page.

use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Bad,
    Good,
}

/// Where a finding must point: the characters from `column` on, at least one, on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// In characters; an empty span counts as one.
    pub width: usize,
    pub message: String,
}

impl Mark {
    /// Whether this finding is at the place of `expected`, and its message begins like it.
    pub fn matches(&self, expected: &Mark) -> bool {
        (self.line, self.column, self.width) == (expected.line, expected.column, expected.width)
            && self.message.starts_with(&expected.message)
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}+{} {:?}", self.line, self.column, self.width, self.message)
    }
}

/// One document that a page shows, with the site around it.
#[derive(Debug, Clone)]
pub struct Example {
    pub verdict: Verdict,
    /// Line of its fence in the page's body.
    pub line: usize,
    /// Where the document lies in the site.
    pub file: String,
    pub document: Vec<u8>,
    /// In the order of line and column.
    pub marks: Vec<Mark>,
    /// The finding has no fix although the rule has some.
    pub no_fix: bool,
    /// The other files of the site.
    pub files: Vec<(String, Vec<u8>)>,
    /// What the web says, a link a line; empty: it is not asked.
    pub web: Vec<String>,
}

struct Block<'a> {
    line: usize,
    words: Vec<&'a str>,
    lines: Vec<&'a str>,
}

impl Block<'_> {
    fn file(&self) -> Option<String> {
        self.words.iter().find_map(|word| word.strip_prefix("file=")).map(String::from)
    }

    fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }
}

enum Part<'a> {
    Heading(&'a str),
    Block(Block<'a>),
}

fn parts(body: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut lines = body.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks >= 3 {
            let words = line[ticks..].split(|c: char| c.is_whitespace() || matches!(c, '?' | '&')).collect();
            let content: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|inside| *inside != &line[..ticks]).collect();
            parts.push(Part::Block(Block { line: number + 1, words, lines: content }));
        } else if line.starts_with('#') {
            parts.push(Part::Heading(line));
        }
    }
    parts
}

/// The lines that are headings.
pub fn headings(body: &str) -> impl Iterator<Item = String> + '_ {
    parts(body).into_iter().filter_map(|part| match part {
        Part::Heading(heading) => Some(heading.to_owned()),
        Part::Block(_) => None,
    })
}

/// All examples of a page's `body`.
pub fn parse(rule: &str, body: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut shared: Vec<(String, Vec<u8>)> = Vec::new();
    let mut web: Vec<String> = Vec::new();
    let mut section = "";
    let mut verdict = None;
    for part in parts(body) {
        match part {
            Part::Heading(heading) => {
                if heading.starts_with("## ") {
                    section = heading;
                }
                verdict = match heading {
                    "### Bad" => Some(Verdict::Bad),
                    "### Good" => Some(Verdict::Good),
                    _ => None,
                };
                if section == "## Examples" && heading.starts_with("###") {
                    assert!(verdict.is_some(), "{rule}: the examples have the headings Bad and Good, not `{heading}`");
                }
            }
            Part::Block(block) if section == "## Examples" && block.has("web") => {
                web.extend(block.lines.iter().map(|line| (*line).to_owned()));
            }
            Part::Block(block) if section == "## Examples" => match verdict {
                Some(verdict) if !block.has("site") => examples.push(example(verdict, &block, &shared)),
                Some(_) => {
                    let last = examples.last_mut().unwrap_or_else(|| panic!("{rule}: files of an example come after it"));
                    last.files.extend(site_files(rule, &block));
                }
                None => shared.extend(site_files(rule, &block)),
            },
            Part::Block(_) => {}
        }
    }
    examples.iter_mut().for_each(|example| example.web = web.clone());
    examples
}

/// A block with the word `site` is a file of the site, or (without `file=`) a list of files whose content is not looked at.
fn site_files(rule: &str, block: &Block) -> Vec<(String, Vec<u8>)> {
    assert!(block.has("site"), "{rule}: the block of line {} stands under neither Bad nor Good, and is no file of the site", block.line);
    match block.file() {
        Some(file) => vec![(file, bytes(&block.lines, block.has("bytes")))],
        None => block.lines.iter().map(|line| (line.trim().to_owned(), Vec::new())).collect(),
    }
}

fn example(verdict: Verdict, block: &Block, shared: &[(String, Vec<u8>)]) -> Example {
    let mut document = Vec::new();
    let mut marks: Vec<Mark> = Vec::new();
    for line in &block.lines {
        let found = if verdict == Verdict::Bad { marks_of(line, document.len()) } else { Vec::new() };
        if found.is_empty() {
            document.push(*line);
        } else {
            marks.extend(found);
        }
    }
    marks.sort_by_key(|mark| (mark.line, mark.column));
    Example {
        verdict,
        line: block.line,
        file: block.file().unwrap_or_else(|| "_posts/2024-01-01-example.md".into()),
        document: bytes(&document, block.has("bytes")),
        marks,
        no_fix: block.has("no-fix"),
        files: shared.to_vec(),
        web: Vec::new(),
    }
}

/// The marks of a line of carets, under the document's line `line`; empty for any other line.
fn marks_of(text: &str, line: usize) -> Vec<Mark> {
    let carets = text.find(|c| c != ' ' && c != '^').map_or(text, |at| &text[..at]);
    let message = &text[carets.len()..];
    if line == 0 || !carets.contains('^') || !(message.is_empty() || carets.ends_with(' ')) {
        return Vec::new();
    }
    let mut marks: Vec<Mark> = Vec::new();
    for (at, _) in carets.match_indices('^') {
        match marks.last_mut() {
            Some(mark) if mark.column + mark.width == at + 1 => mark.width += 1,
            _ => marks.push(Mark { line, column: at + 1, width: 1, message: String::new() }),
        }
    }
    if let Some(last) = marks.last_mut() {
        last.message = message.trim_end().to_owned();
    }
    marks
}

/// The bytes of a document. Control pictures stand for what they show: `␠` for a space, `␉` for a tab, `␍` for a carriage
/// return and so on; `␄` for the end of the file. With `escapes`, `\xNN` is that byte.
fn bytes(lines: &[&str], escapes: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in lines {
        let mut chars = line.chars();
        while let Some(c) = chars.next() {
            match c {
                '␄' => return bytes,
                '␠' => bytes.push(b' '),
                '\u{2400}'..='\u{241f}' => bytes.push((c as u32 - 0x2400) as u8),
                '\\' if escapes && chars.as_str().starts_with('x') => {
                    let digits = chars.as_str().get(1..3).expect("two hexadecimal digits after \\x");
                    bytes.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits after \\x"));
                    chars.nth(2);
                }
                _ => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        bytes.push(b'\n');
    }
    bytes
}
