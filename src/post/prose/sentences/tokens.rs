//! Characters and words around a terminator.

use super::super::PLACEHOLDER;

/// What kind of mark ends the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// One `.`
    Period,
    /// `...` or `…`
    Ellipsis,
    /// `?`, `!`, and the question marks and full stops of scripts that write white space after them.
    Strong,
    /// `。` and its like: no white space follows.
    FullWidth,
}

/// Bytes that may begin a terminator.
pub const MAY_BEGIN: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = [b'.', b'?', b'!', 0xe2, 0xe3, 0xef, 0xd8, 0xdb, 0xe0, 0xe1, 0xd6];
    let mut index = 0;
    while index < bytes.len() {
        table[bytes[index] as usize] = true;
        index += 1;
    }
    table
};

/// What `character` is as a terminator.
pub fn mark(character: char) -> Option<Mark> {
    Some(match character {
        '.' => Mark::Period,
        '…' | '‥' => Mark::Ellipsis,
        '?' | '!' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।' | '॥' | '။' | '።' | '፧' | '։' | '។' => Mark::Strong,
        '。' | '！' | '？' | '｡' | '．' => Mark::FullWidth,
        _ => return None,
    })
}

/// Closes what a sentence ends inside of.
pub fn is_closer(character: char) -> bool {
    matches!(character, '"' | '\'' | '”' | '’' | '»' | '›' | '“' | ')' | ']' | '}' | '」' | '』' | '）' | '】' | '》' | '〉')
}

/// May stand before the first word of a sentence.
pub fn is_opener(character: char) -> bool {
    matches!(character, '"' | '\'' | '“' | '‘' | '„' | '«' | '‹' | '(' | '[' | '{' | '¿' | '¡' | '「' | '『' | '（' | '【' | '《' | '〈')
}

/// A letter without cases: Chinese, Arabic, Hindi.
pub fn is_uncased(character: char) -> bool {
    character.is_alphabetic() && !character.is_lowercase() && !character.is_uppercase()
}

/// Pictures that belong to the sentence before them.
pub fn is_emoji(character: char) -> bool {
    matches!(character, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{200d}' | '\u{20e3}' | '\u{e0020}'..='\u{e007f}')
}

/// The length of the emoji, `:shortcode:` or `:-)` at the start of `text`, if what follows is white space or the end.
pub fn emoji_length(text: &str) -> Option<usize> {
    let pictures = text.find(|character| !is_emoji(character)).unwrap_or(text.len());
    let length = [pictures, shortcode_length(text), emoticon_length(text)].into_iter().max().filter(|&length| length > 0)?;
    text[length..].chars().next().is_none_or(char::is_whitespace).then_some(length)
}

fn shortcode_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(':') else { return 0 };
    let name = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-')).count();
    if name > 1 && rest.as_bytes().get(name) == Some(&b':') { name + 2 } else { 0 }
}

fn emoticon_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    if !matches!(bytes.first(), Some(b':' | b';' | b'=')) {
        return 0;
    }
    let nose = usize::from(bytes.get(1) == Some(&b'-'));
    if matches!(bytes.get(1 + nose), Some(b')' | b'(' | b'D' | b'P' | b'p' | b'/' | b'|')) { 2 + nose } else { 0 }
}

/// The word, name or number that ends before the byte `end`; empty after a bracket, a quotation mark or a placeholder.
pub fn token_before(text: &str, end: usize) -> &str {
    let part = |character: char| {
        character.is_alphanumeric() || matches!(character, '.' | '-' | '\'' | '’' | '_' | '&' | '°' | 'º' | 'ª' | '\u{300}'..='\u{36f}')
    };
    let before = &text[..end];
    let token = &before[before.trim_end_matches(part).len()..];
    let token = token.trim_start_matches(['.', '-', '\'', '’', '_', '&']);
    if token.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '°' | 'º' | 'ª' | '\u{300}'..='\u{36f}')) {
        token
    } else {
        ""
    }
}

/// The word at the start of `text`.
pub fn word_at(text: &str) -> &str {
    let part = |character: char| character.is_alphanumeric() || matches!(character, '\'' | '’');
    let word = &text[..text.find(|character| !part(character)).unwrap_or(text.len())];
    word.trim_end_matches(['\'', '’'])
}

/// Whether the text after `offset` still holds a letter: something is said of what stands there.
pub fn says_more(text: &str, offset: usize) -> bool {
    text[offset..].chars().take_while(|&character| character != PLACEHOLDER).any(char::is_alphabetic)
}
