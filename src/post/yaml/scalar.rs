//! What Psych makes of a plain scalar (psych `scalar_scanner.rb`): YAML 1.1 with Ruby's own additions.

use super::Data;
use super::time::{Stamp, date, stamp};
use std::borrow::Cow;

/// Why Psych refuses a value, in its words.
pub type Refusal = Cow<'static, str>;

/// Reads a plain scalar, in Psych's order of guesses.
///
/// # Errors
///
/// Symbols, and numbers that Ruby's own conversion does not take.
pub fn resolve<'a>(text: Cow<'a, str>) -> Result<Data<'a>, Refusal> {
    if text.is_empty() {
        return Ok(Data::Null);
    }
    if is_wordlike(&text) {
        return Ok(word(&text).unwrap_or(Data::String(text)));
    }
    match stamp(&text) {
        Stamp::Time(time) => return Ok(time),
        Stamp::Refused => return Err("undefined method `match' for nil:NilClass".into()),
        Stamp::Other => {}
    }
    if let Some(date) = date(&text) {
        return Ok(date);
    }
    if let Some(float) = special_float(&text) {
        return Ok(Data::Float(float));
    }
    if text.starts_with(':') && text.len() > 1 {
        return Err(unspecified_class("Symbol"));
    }
    if let Some(number) = base_60(&text) {
        return Ok(number);
    }
    if is_float(&text) {
        return float(text);
    }
    match integer(&text)? {
        Some(number) => Ok(number),
        None => Ok(Data::String(text)),
    }
}

/// Psych's words for a class that is not permitted.
pub fn unspecified_class(name: &str) -> Refusal {
    format!("Tried to load unspecified class: {name}").into()
}

/// Psych's first look: text, unless it is one of the short words.
fn is_wordlike(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().is_some_and(|first| {
        is_word_char(first) || (!matches!(first, '0'..='9' | '.' | ':' | '-') && chars.next().is_some_and(is_word_char))
    });
    first || text.contains('\n')
}

fn is_word_char(c: char) -> bool {
    c.is_alphabetic() || "_ \t\r\n\x0b\x0c!@#$%^&*(){}<>|/\\~;=".contains(c)
}

/// Whether none of the words of [`word`] begins with this byte.
fn is_none_of_them(first: u8) -> bool {
    !matches!(first | 0x20, b'y' | b't' | b'o' | b'n' | b'f' | b'~')
}

/// Whether a name that begins with a letter or `_` is text.
pub fn is_text(name: &str) -> bool {
    // the longest of the words that are something else has five letters
    name.len() > 5 || word(name).is_none()
}

/// `~`, `null`, and the words for true and false.
fn word(text: &str) -> Option<Data<'static>> {
    // the longest of them has five characters
    let begins_as_none = |line: &str| line.bytes().next().is_none_or(is_none_of_them);
    if text.len() > 5 || (begins_as_none(text) && !text.contains('\n')) || text.lines().any(begins_as_none) {
        return None;
    }
    let is_one_of = |words: &[&str]| text.lines().any(|line| words.iter().any(|word| line.eq_ignore_ascii_case(word)));
    if text == "~" || is_one_of(&["null"]) {
        Some(Data::Null)
    } else if is_one_of(&["yes", "true", "on"]) {
        Some(Data::Bool(true))
    } else if is_one_of(&["no", "false", "off"]) {
        Some(Data::Bool(false))
    } else {
        None
    }
}

fn special_float(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        ".inf" | "+.inf" => Some(f64::INFINITY),
        "-.inf" => Some(f64::NEG_INFINITY),
        ".nan" => Some(f64::NAN),
        _ => None,
    }
}

fn without_sign(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

/// A digit, then digits and underscores.
fn is_digits_and_underscores(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
}

/// `1:30` and `1:30:15`: hours, minutes and seconds (two parts weigh as hours and minutes).
fn base_60(text: &str) -> Option<Data<'static>> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let mut parts = whole.split(':');
    let first = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let is_sixtieth = |part: &&str| {
        let bytes = part.as_bytes();
        matches!(bytes, [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9'])
    };
    if !is_digits_and_underscores(without_sign(first)) || !(1..=2).contains(&rest.len()) || !rest.iter().all(is_sixtieth) {
        return None;
    }
    let weights = [3600_i128, 60, 1];
    let sum = std::iter::once(first).chain(rest.iter().copied()).zip(weights);
    match fraction {
        None => Some(Data::Integer(sum.map(|(part, weight)| to_i(part).saturating_mul(weight)).fold(0, i128::saturating_add))),
        Some(fraction) if fraction.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_') => {
            let fraction: String = ruby_digits(fraction).collect();
            let fraction = format!("0.{fraction}").parse().unwrap_or(0.0);
            let last_weight = weights[rest.len()] as f64;
            let whole: f64 = sum.map(|(part, weight)| to_i(part) as f64 * weight as f64).sum();
            Some(Data::Float(whole + fraction * last_weight))
        }
        Some(_) => None,
    }
}

/// The digits up to where Ruby's `to_i` stops: at a second underscore in a row.
fn ruby_digits(text: &str) -> impl Iterator<Item = char> + '_ {
    let end = text.find("__").unwrap_or(text.len());
    text[..end].chars().filter(|c| *c != '_')
}

/// Ruby's `String#to_i`.
fn to_i(text: &str) -> i128 {
    let digits = ruby_digits(without_sign(text))
        .fold(0_i128, |number, digit| number.saturating_mul(10).saturating_add(i128::from(digit.to_digit(10).unwrap_or(0))));
    if text.starts_with('-') { -digits } else { digits }
}

/// A point is a must, and a sign in the exponent.
fn is_float(text: &str) -> bool {
    let Some((whole, rest)) = without_sign(text).split_once('.') else {
        return false;
    };
    let whole_fits = whole.is_empty()
        || (whole.starts_with(|c: char| c.is_ascii_digit())
            && whole.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b',')));
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let exponent = &rest[digits..];
    let exponent_fits = exponent.is_empty()
        || matches!(exponent.as_bytes(), [b'e' | b'E', b'+' | b'-', digits @ ..] if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit));
    whole_fits && exponent_fits
}

fn float(text: Cow<'_, str>) -> Result<Data<'_>, Refusal> {
    if without_sign(&text) == "." {
        return Ok(Data::String(text));
    }
    let digits = text.replace([',', '_'], "");
    match to_float(&digits) {
        Some(number) => Ok(Data::Float(number)),
        None => Err(format!("invalid value for Float(): \"{}\"", digits.replacen('.', "", 1)).into()),
    }
}

/// Ruby's `Float()` for what looks like a float here; `.e+3` has no digits.
fn to_float(digits: &str) -> Option<f64> {
    without_sign(digits).trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// The value of `!!float`: Ruby's `Float()` of what the scalar would be otherwise.
pub fn forced_float(text: Cow<'_, str>) -> Result<Data<'_>, Refusal> {
    match resolve(text)? {
        Data::Integer(number) => Ok(Data::Float(number as f64)),
        Data::Float(number) => Ok(Data::Float(number)),
        Data::String(text) => match to_float(text.trim()) {
            Some(number) => Ok(Data::Float(number)),
            None => Err(format!("invalid value for Float(): \"{text}\"").into()),
        },
        _ => Err("can't convert this value into Float".into()),
    }
}

/// Decimal with `_` and `,` between digits, `0b…`, `0…` (octal), `0x…`.
fn integer(text: &str) -> Result<Option<Data<'static>>, Refusal> {
    let unsigned = without_sign(text);
    let is_made_of = |digits: &str, is_digit: fn(u8) -> bool| {
        !digits.is_empty() && digits.bytes().all(|byte| is_digit(byte) || matches!(byte, b'_' | b','))
    };
    let (digits, radix) =
        if let Some(digits) = unsigned.strip_prefix("0b").filter(|digits| is_made_of(digits, |b| matches!(b, b'0' | b'1'))) {
            (digits, 2)
        } else if let Some(digits) = unsigned.strip_prefix("0x").filter(|digits| is_made_of(digits, |b| b.is_ascii_hexdigit())) {
            (digits, 16)
        } else if let Some(digits) = unsigned.strip_prefix('0').filter(|digits| is_made_of(digits, |b| matches!(b, b'0'..=b'7'))) {
            // the zero counts as a digit: `0_` is 0
            (if digits.bytes().all(|byte| matches!(byte, b'_' | b',')) { unsigned } else { digits }, 8)
        } else if is_decimal(unsigned) {
            (unsigned, 10)
        } else {
            return Ok(None);
        };
    let digits = digits.replace([',', '_'], "");
    if digits.is_empty() {
        return Err(format!("invalid value for Integer(): \"{}\"", text.replace([',', '_'], "")).into());
    }
    let negative = text.starts_with('-');
    Ok(Some(match i128::from_str_radix(&digits, radix) {
        Ok(number) => Data::Integer(if negative { -number } else { number }),
        // beyond 38 digits the size is all that can be said
        Err(_) => {
            let size = digits.chars().fold(0.0, |number, digit| number * f64::from(radix) + f64::from(digit.to_digit(radix).unwrap_or(0)));
            Data::Float(if negative { -size } else { size })
        }
    }))
}

/// `0`, or digits that start with none, with single `,` and `_` before digits.
fn is_decimal(text: &str) -> bool {
    if text == "0" {
        return true;
    }
    let bytes = text.as_bytes();
    matches!(bytes.first(), Some(b'1'..=b'9'))
        && bytes.last().is_some_and(u8::is_ascii_digit)
        && bytes.windows(2).all(|pair| pair[0].is_ascii_digit() || pair[1].is_ascii_digit())
        && bytes.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b','))
}
