//! What a finding is known by when the lines around it move: its rule, the text it points at, and what stands beside that
//! text on its lines.

use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// Characters of the line that count, on either side of the text that is pointed at. A paragraph may be one line of
/// thousands; a correction at its other end leaves the fingerprint as it is.
const BESIDE: usize = 24;
/// Characters of the text itself that count.
const MOST: usize = 80;

/// A hash that is the same on every machine and in every version: it is written to files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// The fingerprint of a finding in `text`.
    pub fn of(text: &str, diagnostic: &Diagnostic) -> Fingerprint {
        let mut hash = Fnv::new();
        hash.write(diagnostic.rule.chars());
        hash.separate();
        if diagnostic.span == Span::default() {
            // about the whole document; numbers such as "9 of the last 10 posts" change by themselves
            hash.write(diagnostic.message.chars().filter(|c| !c.is_ascii_digit()));
            return Fingerprint(hash.0);
        }
        let end = text.floor_char_boundary(diagnostic.span.end as usize);
        let start = text.floor_char_boundary(diagnostic.span.start as usize).min(end);
        let (before, after) = (&text[..start], &text[end..]);
        let before = before.rfind('\n').map_or(before, |at| &before[at + 1..]);
        let before = before.char_indices().rev().nth(BESIDE - 1).map_or(before, |(at, _)| &before[at..]);
        let after = after.find('\n').map_or(after, |at| &after[..at]);
        hash.write(before.chars());
        hash.separate();
        hash.write(text[start..end].chars().take(MOST));
        hash.separate();
        hash.write(after.chars().take(BESIDE));
        Fingerprint(hash.0)
    }

    /// Reads what [`std::fmt::Display`] writes: 16 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        let digits = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits.then(|| u64::from_str_radix(text, 16).ok().map(Fingerprint))?
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// FNV-1a with 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>).
struct Fnv(u64);

impl Fnv {
    fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    /// A carriage return counts as nothing: `git` adds and removes them.
    fn write(&mut self, text: impl Iterator<Item = char>) {
        for character in text.filter(|&c| c != '\r') {
            let mut bytes = [0; 4];
            character.encode_utf8(&mut bytes).bytes().for_each(|byte| self.byte(byte));
        }
    }

    /// No character is written as this byte.
    fn separate(&mut self) {
        self.byte(0xff);
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Report, Severity};

    fn at(text: &str, what: &str) -> Fingerprint {
        let start = text.find(what).unwrap_or_default();
        let mut report = Report::new("style/x", Severity::Info);
        report.at(Span::new(start, start + what.len()), "message");
        Fingerprint::of(text, &report.into_diagnostics()[0])
    }

    fn whole(message: &str) -> Fingerprint {
        let mut report = Report::new("style/x", Severity::Info);
        report.whole(message);
        Fingerprint::of("", &report.into_diagnostics()[0])
    }

    #[test]
    fn a_line_may_move_and_its_end_may_change() {
        let old = at("one\n\nthis is teh line\n", "teh");
        assert_eq!(at("new\n\none\n\nthis is teh line", "teh"), old);
        assert_eq!(at("one\r\n\r\nthis is teh line\r\n", "teh"), old);
    }

    #[test]
    fn what_is_far_away_on_the_line_does_not_count_and_what_is_near_does() {
        let far = "far away, so far that nobody remembers, ";
        let old = at(&format!("{far}this is a line with teh slip"), "teh");
        assert_eq!(at(&format!("too {far}this is a line with teh slip"), "teh"), old);
        assert_ne!(at(&format!("{far}this is another line with teh slip"), "teh"), old);
        assert_ne!(at(&format!("{far}this is a line with the slip"), "the"), old);
    }

    #[test]
    fn numbers_in_messages_about_the_whole_do_not_count() {
        assert_eq!(whole("9 of the last 10 posts have `tags`"), whole("12 of the last 30 posts have `tags`"));
        assert_ne!(whole("no `tags`"), whole("no `title`"));
    }

    #[test]
    fn the_hash_is_the_known_one() {
        let mut hash = Fnv::new();
        hash.write("foobar".chars());
        assert_eq!(hash.0, 0x8594_4171_f739_67e8);
        assert_eq!(Fingerprint::parse("85944171f73967e8"), Some(Fingerprint(hash.0)));
        assert_eq!(Fingerprint::parse("+5944171f73967e8"), None);
    }
}
