//! Control characters made visible, so that no file steers the terminal it is shown on.

use std::borrow::Cow;
use std::fmt::Write;

/// How a character must be shown when it is not shown as it is.
///
/// C0 and DEL have pictures of their own (U+2400 and on). C1, the marks that turn the direction of text, and what has
/// no width are spelled out.
pub fn picture(character: char) -> Option<Cow<'static, str>> {
    let code = character as u32;
    match character {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + code).map(|picture| Cow::Owned(picture.to_string())),
        ' '..='~' => None,
        '\u{7f}' => Some(Cow::Borrowed("␡")),
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => Some(Cow::Owned(format!("\\u{{{code:x}}}"))),
        _ => None,
    }
}

/// `text` on one line, without anything that a terminal would obey. Tabs become spaces.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|character| picture(character).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match picture(character) {
            _ if character == '\t' => shown.push(' '),
            Some(picture) => shown.push_str(&picture),
            None => shown.push(character),
        }
    }
    Cow::Owned(shown)
}

/// `text`, a JSON document, with the characters that JSON leaves alone and a terminal does not written as `\u….`
pub fn escape_json(text: &str) -> Cow<'_, str> {
    let harmless = |character: char| character == '\n' || picture(character).is_none();
    if text.chars().all(harmless) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if harmless(character) {
            escaped.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // writing to a string does not fail
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_stays() {
        let nasty = "a\u{1b}[31m\u{9b}0m\u{7f}\u{202e}b\r\n\tc\u{200b}\u{e0041}\0";
        let shown = visible(nasty);
        assert_eq!(shown, "a␛[31m\\u{9b}0m␡\\u{202e}b␍␊ c\\u{200b}\\u{e0041}␀");
        assert!(!shown.chars().any(char::is_control));
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(visible("Zoë, 漢字, ❤️ and a\u{a0}no-break space"), Cow::Borrowed(_)));
    }

    #[test]
    fn json_stays_the_same_value() {
        let value = "del \u{7f} c1 \u{85} bidi \u{2066} tag \u{e0041}";
        let json = serde_json::to_string(value).unwrap();
        let escaped = escape_json(&json);
        assert!(escaped.is_ascii());
        assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), value);
    }
}
