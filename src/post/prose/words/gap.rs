//! What stands between two words, as far as a byte tells.

/// What a byte between two words means to them.
#[derive(Clone, Copy)]
pub enum Gap {
    /// It begins a word.
    Letter,
    /// Nothing, beside a word too.
    Plain,
    /// A bracket; behind a word it may begin a call.
    Opens,
    /// A sentence may end here.
    Ends,
    /// The same, but before anything else than white space it may be a part of a name.
    EndsBeforeSpace,
    Other,
}

/// By byte.
pub static GAP: [Gap; 256] = gaps();

const fn gaps() -> [Gap; 256] {
    let mut table = [Gap::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Gap::Letter,
            b' ' | b'\n' | b',' | b';' | b'"' | b'\'' | b')' | b'*' | b'|' => Gap::Plain,
            b'(' | b'[' => Gap::Opens,
            b'?' | b'!' => Gap::Ends,
            b'.' | b':' => Gap::EndsBeforeSpace,
            _ => Gap::Other,
        };
        byte += 1;
    }
    table
}

/// Whether it is a space or a line end, or the text ends.
pub fn is_space(byte: Option<&u8>) -> bool {
    matches!(byte, None | Some(b' ' | b'\n'))
}
