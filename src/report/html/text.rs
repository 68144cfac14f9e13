//! Text from anywhere, as HTML.

use crate::report::visible::visible;
use std::borrow::Cow;

/// `text` as HTML: on one line, nothing in it is markup, control characters are shown. Good for attributes in quotes too.
pub fn escape(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// A message or a title as HTML: what stands in backticks is code.
pub fn message(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    let mut parts = text.split('`').peekable();
    let mut is_code = false;
    while let Some(part) = parts.next() {
        // a last backtick that stands alone is one
        match (is_code, parts.peek()) {
            (true, Some(_)) => html.push_str(&format!("<code>{}</code>", escape(part))),
            (true, None) => html.push_str(&format!("`{}", escape(part))),
            (false, _) => html.push_str(&escape(part)),
        }
        is_code = !is_code;
    }
    html
}

/// A number with its noun.
pub fn count(number: usize, one: &str, many: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escape("<b onclick='x'>\"&\u{1b}\n"), "&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;␛␊");
        assert_eq!(message("write `<a>` & not `b"), "write <code>&lt;a&gt;</code> &amp; not `b");
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(count(1, "post", "posts"), "1 post");
        assert_eq!(count(12345, "post", "posts"), "12\u{202f}345 posts");
    }
}
