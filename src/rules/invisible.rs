//! Characters that nobody sees and that come in with pasted text.

/// What is to be done about a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invisible {
    /// What people call it, with its article.
    pub name: &'static str,
    pub replacement: &'static str,
    /// A space of another kind, as against nothing at all.
    pub is_space: bool,
}

/// An invisible character at a byte of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub at: usize,
    pub character: char,
    pub what: Invisible,
}

fn describe(c: char) -> Option<Invisible> {
    let nothing = |name| Some(Invisible { name, replacement: "", is_space: false });
    let space = |name| Some(Invisible { name, replacement: " ", is_space: true });
    match c {
        '\u{200b}' => nothing("a zero-width space"),
        '\u{200c}' => nothing("a zero-width non-joiner"),
        '\u{200d}' => nothing("a zero-width joiner"),
        '\u{2060}' => nothing("a word joiner"),
        '\u{feff}' => nothing("a byte-order mark in the text"),
        '\u{ad}' => nothing("a soft hyphen"),
        '\u{a0}' => space("a no-break space"),
        '\u{202f}' => space("a narrow no-break space"),
        '\u{2028}' | '\u{2029}' => space("a line separator"),
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' => nothing("a control character"),
        '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}' => nothing("a control character"),
        _ => None,
    }
}

/// The invisible characters of a text that have no business where they stand, in order.
pub fn find(text: &str) -> impl Iterator<Item = Found> + '_ {
    candidates(text.as_bytes()).filter_map(|at| {
        let character = text.get(at..)?.chars().next()?;
        let what = describe(character)?;
        let before = text.get(..at)?.chars().next_back();
        let after = text.get(at + character.len_utf8()..)?.chars().next();
        (!is_at_home(character, before, after)).then_some(Found { at, character, what })
    })
}

/// So many bytes are looked at together.
const BLOCK: usize = 64;

/// Where the first byte of one of the characters may stand.
fn candidates(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let unclean = blocks.iter().enumerate().filter(|(_, block)| !is_plain(block) && has_candidate(block));
    let parts = unclean.map(|(index, block)| (index * BLOCK, block.as_slice())).chain([(blocks.len() * BLOCK, rest)]);
    parts.flat_map(|(start, part)| (start..).zip(part).filter(|(_, byte)| is_candidate(**byte)).map(|(at, _)| at))
}

/// Whether a block is ASCII text: most are. Without branches a block is a few steps.
fn is_plain(block: &[u8; BLOCK]) -> bool {
    let is_odd = |byte: u8| (byte.cast_signed() < 0x20) & (byte != b'\n') | (byte == 0x7f);
    block.iter().fold(0u8, |found, &byte| found | u8::from(is_odd(byte))) == 0
}

fn has_candidate(block: &[u8; BLOCK]) -> bool {
    block.iter().fold(0u8, |found, &byte| found | u8::from(is_candidate(byte))) != 0
}

#[inline]
fn is_candidate(byte: u8) -> bool {
    let is_control = (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
    is_control | (byte == 0x7f) | (byte == 0xc2) | (byte == 0xe2) | (byte == 0xef)
}

/// Whether a character does what it is there for.
fn is_at_home(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is = |side: Option<char>, test: fn(char) -> bool| side.is_some_and(test);
    match c {
        // emoji; the scripts of Arabia and India
        '\u{200d}' | '\u{200c}' => is(before, is_foreign) || is(after, is_foreign),
        // scripts without spaces, and what is meant to keep markup apart
        '\u{200b}' | '\u{2060}' => is(before, is_foreign) || is(after, is_foreign) || is(before, is_markup) || is(after, is_markup),
        '\u{ad}' => is(before, char::is_alphabetic) && is(after, char::is_alphabetic),
        '\u{a0}' | '\u{202f}' => keeps_together(before, after),
        _ => false,
    }
}

/// Letters that are not of Europe, and pictures.
fn is_foreign(c: char) -> bool {
    c >= '\u{590}' && !('\u{1e00}'..='\u{206f}').contains(&c)
}

fn is_markup(c: char) -> bool {
    "{%*_`@#[<|~\\".contains(c)
}

/// A no-break space between a number and its unit, before French punctuation, after a short word or an abbreviation;
/// in general: between two characters of which one is no letter.
fn keeps_together(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    !before.is_whitespace() && !after.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn characters_that_are_at_home_are_left_alone() {
        for text in [
            "👨\u{200d}👩\u{200d}👧",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "Quoi\u{a0}?",
            "10\u{a0}km",
            "ภาษา\u{200b}ไทย",
            "{\u{200b}{",
            "Silben\u{ad}trennung",
            "plain — “text”",
            "**太字**\u{200b}です",
        ] {
            assert_eq!(find(text).count(), 0, "{text:?}");
        }
    }

    #[test]
    fn pasted_ones_are_found() {
        for (text, at) in [("a\u{200b}b", 1), ("a \u{a0}b", 2), ("\u{feff}a", 0), ("a\u{8}", 1), ("é\u{200d}.", 2), ("x\u{2028}y", 1)] {
            assert_eq!(find(text).map(|found| found.at).collect::<Vec<_>>(), [at], "{text:?}");
        }
    }
}
