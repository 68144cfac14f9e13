//! The time in a date (Ruby `date_parse.c`, `parse_time`).

/// A zone as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Zone {
    #[default]
    None,
    /// In seconds.
    Offset(i32),
    Name(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimeOfDay {
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
    pub zone: Zone,
}

impl TimeOfDay {
    /// What Ruby's `Time.local` accepts.
    pub fn is_in_range(&self) -> bool {
        self.hour < 24 && self.minute < 60 && self.second <= 60 || (self.hour, self.minute, self.second) == (24, 0, 0)
    }
}

/// Takes the time out of `text`: what is left, and the time.
pub fn take(text: &str) -> (String, Option<TimeOfDay>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_digit() {
            if let Some((end, time)) = clock(text, at) {
                let rest = format!("{} {}", &text[..at], &text[end..]);
                return (rest, Some(time));
            }
            at = skip_digits(bytes, at);
        } else {
            at += 1;
        }
    }
    (text.to_owned(), None)
}

/// `10:30`, `10:30:05.123`, `3 pm`, with a zone behind it. Returns where it ends.
fn clock(text: &str, start: usize) -> Option<(usize, TimeOfDay)> {
    let bytes = text.as_bytes();
    let (hour, mut at) = number(text, start)?;
    let mut time = TimeOfDay { hour, ..TimeOfDay::default() };
    if let Some((minute, end)) = part(text, at) {
        (time.minute, at) = (minute, end);
        if let Some((second, end)) = part(text, at) {
            (time.second, at) = (second, end);
            if matches!(bytes.get(at), Some(b'.' | b',')) {
                at = skip_digits(bytes, at + 1);
            }
        }
        if let Some((end, is_pm)) = half_of_day(bytes, at) {
            at = end;
            time.hour = time.hour % 12 + if is_pm { 12 } else { 0 };
        }
    } else {
        let (end, is_pm) = half_of_day(bytes, at)?;
        at = end;
        time.hour = time.hour % 12 + if is_pm { 12 } else { 0 };
    }
    if let Some((end, zone)) = zone(text, at) {
        at = end;
        time.zone = zone;
    }
    Some((at, time))
}

/// `:30`, spaces around the colon allowed.
fn part(text: &str, at: usize) -> Option<(u32, usize)> {
    let bytes = text.as_bytes();
    let at = skip_spaces(bytes, at);
    (bytes.get(at) == Some(&b':')).then_some(())?;
    number(text, skip_spaces(bytes, at + 1))
}

/// `am`, `p.m.`
fn half_of_day(bytes: &[u8], at: usize) -> Option<(usize, bool)> {
    let at = skip_spaces(bytes, at);
    let is_pm = match bytes.get(at)?.to_ascii_lowercase() {
        b'a' => false,
        b'p' => true,
        _ => return None,
    };
    let rest: Vec<u8> = bytes[at + 1..].iter().take(3).map(u8::to_ascii_lowercase).collect();
    if rest.starts_with(b".m.") {
        return Some((at + 4, is_pm));
    }
    let ends = rest.first() == Some(&b'm') && !rest.get(1).is_some_and(u8::is_ascii_alphanumeric);
    ends.then_some((at + 2, is_pm))
}

/// `+0200`, `-04:00`, `UTC+2`, `EST`.
fn zone(text: &str, at: usize) -> Option<(usize, Zone)> {
    let bytes = text.as_bytes();
    let start = skip_spaces(bytes, at);
    let letters = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let name = &text[start..start + letters];
    let sign = start + letters;
    let is_prefix = ["", "gmt", "utc", "ut"].iter().any(|prefix| name.eq_ignore_ascii_case(prefix));
    if is_prefix && matches!(bytes.get(sign), Some(b'+' | b'-')) && bytes.get(sign + 1).is_some_and(u8::is_ascii_digit) {
        let mut end = skip_digits(bytes, sign + 1);
        while matches!(bytes.get(end), Some(b':')) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            end = skip_digits(bytes, end + 1);
        }
        let zone = if name.is_empty() { offset(&text[sign..end]).map_or(Zone::None, Zone::Offset) } else { Zone::None };
        return Some((end, zone));
    }
    (letters > 0).then(|| (sign, Zone::Name(name.to_owned())))
}

/// `+02`, `+0200`, `+02:00`, `+020000` in seconds; Ruby ignores other lengths.
fn offset(text: &str) -> Option<i32> {
    let (sign, digits) = text.split_at(1);
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    if ![2, 4, 6].contains(&digits.len()) {
        return None;
    }
    let pair = |at: usize| digits.get(at..at + 2).and_then(|pair| pair.parse::<i32>().ok()).unwrap_or(0);
    let seconds = pair(0) * 3600 + pair(2) * 60 + pair(4);
    Some(if sign == "-" { -seconds } else { seconds })
}

fn number(text: &str, at: usize) -> Option<(u32, usize)> {
    let end = skip_digits(text.as_bytes(), at);
    Some((text.get(at..end)?.parse().ok()?, end))
}

fn skip_digits(bytes: &[u8], at: usize) -> usize {
    at + bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn skip_spaces(bytes: &[u8], at: usize) -> usize {
    at + bytes.get(at..).unwrap_or_default().iter().take_while(|byte| **byte == b' ').count()
}
