//! `[id]: url "title"`, kramdown's `parser/kramdown/link.rb`.

use std::borrow::Cow;

/// The id under which definitions and references meet: runs of white space are one space, letters are lower case.
pub(super) fn normalize_id(id: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase() && !(byte.is_ascii_whitespace() && byte != b' ') && byte != 0x0b;
    if id.bytes().all(plain) && !id.contains("  ") {
        return Cow::Borrowed(id);
    }
    let mut normal = String::with_capacity(id.len());
    let mut in_space = false;
    for char in id.chars() {
        let space = matches!(char, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c');
        if !space {
            normal.extend(char.to_lowercase());
        } else if !in_space {
            normal.push(' ');
        }
        in_space = space;
    }
    Cow::Owned(normal)
}
