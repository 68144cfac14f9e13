//! How long the `markdown` crate would take, and how deep it would recurse, before it is asked.
//!
//! The crate reads about 5 MB a second, but its time grows with the square of some things and with the cube of one: a
//! megabyte of `[` would take minutes. The factors are measured (release build, one core of 2024) on repetitions of
//! every mark and every block, of 12 to 400 kB; the estimate lies between the time itself and its tenfold.

/// What a document costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// An estimate of the time, in picoseconds.
    pub time: u64,
    /// At most so many constructs are nested: each has a mark of its own.
    pub depth: u64,
}

/// A second, in picoseconds.
const MOST_TIME: u64 = 1_000_000_000_000;

/// Constructs that may be nested, as far as [`Cost::depth`] knows: a megabyte of real text has half of that.
const MOST_DEPTH: u64 = 100_000;

/// The stack of a flat document, in bytes.
const BASE_STACK: usize = 2 << 20;

/// The stack of one level of nesting, in bytes.
const STACK_OF_LEVEL: usize = 4096;

impl Cost {
    /// Reads `text` once.
    pub fn of(text: &str) -> Cost {
        let mut count = Count::default();
        for line in text.split_inclusive('\n') {
            count.line(line);
        }
        count.end_paragraph();
        // an item is a node of its own in a list
        Cost { time: count.time(text.len()), depth: 2 * count.containers + count.openers }
    }

    /// Whether to read the document is a matter of about a second at most.
    pub fn is_bearable(self) -> bool {
        self.time <= MOST_TIME && self.depth <= MOST_DEPTH
    }

    /// The stack that reading the document may need, in bytes. The crate, and what reads its tree, recurse.
    pub fn stack(self) -> usize {
        BASE_STACK + self.depth as usize * STACK_OF_LEVEL
    }
}

#[derive(Default)]
struct Count {
    lines: u64,
    /// Quotes, items and footnotes that a line may begin or go on with, over all lines.
    containers: u64,
    /// Bytes that may open something that nests in a text.
    openers: u64,
    /// Of the current paragraph: its length and its marks, those of HTML weighted.
    length: u64,
    marks: u64,
    /// Marks times length, over all paragraphs that have ended.
    spans: u64,
    /// The cubes of the lengths of what lines begin with.
    prefixes: u64,
}

impl Count {
    fn line(&mut self, line: &str) {
        let prefix = Prefix::of(line);
        let text = &line[prefix.length..];
        let is_row = text.starts_with('|');
        if text.trim_ascii().is_empty() || prefix.has_item || is_row {
            self.end_paragraph();
        }
        self.lines += 1;
        self.containers += prefix.containers;
        if text.starts_with("[^") {
            // containers may follow the label of a footnote
            self.containers += 1 + text.bytes().filter(|byte| matches!(byte, b'>' | b'-' | b'*' | b'+' | b'.' | b')')).count() as u64;
        }
        if prefix.containers > 0 {
            self.prefixes = self.prefixes.saturating_add((prefix.length as u64).saturating_pow(3));
        }
        self.length += line.len() as u64;
        for byte in line.bytes() {
            match byte {
                b'<' => self.marks += 4,
                b'`' => self.marks += 1,
                b'*' | b'_' | b'[' | b'~' => {
                    self.marks += 1;
                    self.openers += 1;
                }
                _ => {}
            }
        }
    }

    fn end_paragraph(&mut self) {
        self.spans += self.length * self.marks;
        (self.length, self.marks) = (0, 0);
    }

    /// The sum of all that takes time, in picoseconds, for a document of `bytes`.
    fn time(&self, bytes: usize) -> u64 {
        let blocks = self.lines + 2 * self.containers;
        let terms = [200_000 * bytes as u64, 250_u64.saturating_mul(blocks * blocks), self.spans.saturating_mul(2000), self.prefixes];
        terms.into_iter().fold(0, u64::saturating_add)
    }
}

/// What stands before the text of a line: white space and the marks of containers.
#[derive(Default)]
struct Prefix {
    /// In bytes.
    length: usize,
    containers: u64,
    has_item: bool,
}

impl Prefix {
    fn of(line: &str) -> Prefix {
        let mut prefix = Prefix::default();
        while let Some(rest) = line.as_bytes().get(prefix.length..).filter(|rest| !rest.is_empty()) {
            let mark = Prefix::mark(rest);
            if mark > 0 {
                prefix.containers += 1;
                prefix.has_item |= rest[0] != b'>';
            } else if !matches!(rest[0], b' ' | b'\t') {
                break;
            }
            prefix.length += mark.max(1);
        }
        prefix
    }

    /// The length of the mark of a container that `rest` begins with, in bytes; 0: there is none.
    fn mark(rest: &[u8]) -> usize {
        let is_space = |at: usize| rest.get(at).is_none_or(u8::is_ascii_whitespace);
        match rest[0] {
            b'>' => 1,
            b'-' | b'*' | b'+' if is_space(1) => 1,
            b'0'..=b'9' => {
                let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
                let is_mark = matches!(rest.get(digits), Some(b'.' | b')')) && is_space(digits + 1);
                if is_mark { digits + 1 } else { 0 }
            }
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cost;

    #[test]
    fn real_documents_are_read_and_bombs_are_not() {
        let is_read = |text: &str, times: usize| Cost::of(&text.repeat(times)).is_bearable();
        assert!(is_read("Some *words* of `text` with [a link](https://example.org), and no <br> end\nto it.\n\n", 10_000));
        assert!(is_read("- [a](https://example.org/a): [b](https://example.org/b) and _c_\n", 4000));
        assert!(is_read("| a | [b](https://example.org/b) | `c` |\n", 4000));
        for bomb in ["[", "*a", "<!--", "`a", "> ", "1. "] {
            assert!(is_read(bomb, 1000), "{bomb}");
            assert!(!is_read(bomb, 100_000), "{bomb}");
        }
        assert!(!is_read("\n", 100_000));
        assert!(!is_read("- a\n", 100_000));
    }
}
