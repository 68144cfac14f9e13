//! The forms of a day (Ruby `date_parse.c`: `parse_eu`, `parse_us`, `parse_iso`, `parse_sla`, `parse_dot`,
//! `parse_ddd`).

use super::time_of_day::TimeOfDay;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// A day as written; it need not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CivilDate {
    pub year: i32,
    pub month: u32,
    pub day: u32,
}

impl CivilDate {
    /// What Ruby's `Time.local` accepts.
    pub fn is_in_range(&self) -> bool {
        (1..=12).contains(&self.month) && (1..=31).contains(&self.day)
    }

    /// The day in the calendar; `None`: there is none (30 February).
    pub fn day(&self) -> Option<jiff::civil::Date> {
        jiff::civil::Date::new(i16::try_from(self.year).ok()?, i8::try_from(self.month).ok()?, i8::try_from(self.day).ok()?).ok()
    }
}

/// What the text without its time says.
pub enum Read {
    /// A day, and the time where both are one number (`20230506103000`).
    Date(CivilDate, Option<TimeOfDay>),
    /// There is no date in it.
    Nothing,
    /// Perhaps a date, of a form that is not read here.
    Unknown,
}

/// A run of digits, or of letters, with what may stand around it.
#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    start: usize,
    is_number: bool,
}

/// A day such as `2023-05-06` with nothing around it, as file names have it.
pub fn plain(text: &str) -> Option<CivilDate> {
    let number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        let is_number = digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { part.parse::<u32>().ok() } else { None }
    };
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let year = i32::try_from(number(year, 4..=4)?).ok()?;
    Some(CivilDate { year, month: number(month, 1..=2)?, day: number(day, 1..=2)? })
}

/// The text without the name of a weekday.
pub fn without_weekday(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let found = tokens(&lower).into_iter().find(|token| !token.is_number && WEEKDAYS.iter().any(|day| token.text.starts_with(day)));
    match found {
        Some(token) => format!("{} {}", &text[..token.start], &text[token.start + token.text.len()..]),
        None => text.to_owned(),
    }
}

/// Reads the day.
pub fn read(text: &str) -> Read {
    let lower = text.to_ascii_lowercase();
    let tokens = tokens(&lower);
    let numbers: Vec<Token> = tokens.iter().copied().filter(|token| token.is_number).collect();
    if let Some(month_at) = tokens.iter().position(|token| month_of(token).is_some()) {
        return with_month_name(&tokens, month_at, &lower);
    }
    match numbers.as_slice() {
        [] => Read::Nothing,
        [one] => digits_only(one.text),
        [first, second, third, ..] => {
            let between = |a: &Token, b: &Token| lower.get(a.start + a.text.len()..b.start).unwrap_or_default().trim().to_owned();
            match (between(first, second).as_str(), between(second, third).as_str()) {
                ("-", "-") | ("/", "/") | (".", ".") => ordered(first.text, second.text, third.text),
                _ => Read::Unknown,
            }
        }
        _ => Read::Unknown,
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let is_number = bytes[at].is_ascii_digit();
        let same = |byte: &u8| if is_number { byte.is_ascii_digit() } else { byte.is_ascii_alphabetic() };
        let length = bytes[at..].iter().take_while(|byte| same(byte)).count();
        if length > 0 {
            tokens.push(Token { text: &text[at..at + length], start: at, is_number });
        }
        at += length.max(1);
    }
    tokens
}

fn month_of(token: &Token) -> Option<u32> {
    let index = MONTHS.iter().position(|month| !token.is_number && token.text.starts_with(month))?;
    Some(index as u32 + 1)
}

/// `6 May 2023`, `May 6, 2023`, `May 2023`: the number before the month is the day, else the one after it.
fn with_month_name(tokens: &[Token], month_at: usize, text: &str) -> Read {
    let Some(month) = tokens.get(month_at).and_then(month_of) else { return Read::Unknown };
    let before = tokens[..month_at].iter().enumerate().rev().find(|(_, token)| token.is_number);
    // `6th May`: letters that are glued to the day do not matter, a word of its own (`6th of May`) does
    let day_before = before.filter(|(index, day)| match tokens.get(index + 1..month_at) {
        Some([]) => true,
        Some([letters]) => letters.start == day.start + day.text.len(),
        _ => false,
    });
    let mut after = tokens[month_at + 1..].iter().filter(|token| token.is_number);
    let (day, year) = match day_before {
        Some((_, day)) => (Some(day.text), after.next()),
        None => match (after.next(), after.next()) {
            (Some(year), None) if year.text.len() > 2 => (Some("1"), Some(year)),
            (day, year) => (day.map(|day| day.text), year),
        },
    };
    let (Some(day), Some(year)) = (day, year) else { return Read::Unknown };
    if text.get(..year.start).is_some_and(|before| before.ends_with('\'')) {
        return Read::Unknown;
    }
    date(year.text, Some(month), day)
}

/// Three numbers: year, month, day, unless the last one is a year by its length.
fn ordered(first: &str, second: &str, third: &str) -> Read {
    let month = second.parse().ok();
    match (second.len() > 2, third.len() > 2) {
        (true, _) => Read::Unknown,
        (false, true) => date(third, month, first),
        (false, false) => date(first, month, third),
    }
}

fn date(year: &str, month: Option<u32>, day: &str) -> Read {
    match (full_year(year), month, day.parse()) {
        (Some(year), Some(month), Ok(day)) => Read::Date(CivilDate { year, month, day }, None),
        _ => Read::Unknown,
    }
}

/// Two digits mean 1969 to 2068.
fn full_year(digits: &str) -> Option<i32> {
    let year: i32 = digits.parse().ok()?;
    Some(match digits.len() {
        1 | 2 if year >= 69 => year + 1900,
        1 | 2 => year + 2000,
        _ => year,
    })
}

/// One run of digits: its length says what it is.
fn digits_only(digits: &str) -> Read {
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or_default();
    match digits.len() {
        // month and day of this year
        4 if !(1..=12).contains(&number(0, 2)) || !(1..=31).contains(&number(2, 4)) => {
            Read::Date(CivilDate { year: 1970, month: number(0, 2), day: number(2, 4) }, None)
        }
        6 => date(&digits[..2], Some(number(2, 4)), &digits[4..]),
        8 => date(&digits[..4], Some(number(4, 6)), &digits[6..]),
        14 => {
            let time = TimeOfDay { hour: number(8, 10), minute: number(10, 12), second: number(12, 14), ..TimeOfDay::default() };
            match date(&digits[..4], Some(number(4, 6)), &digits[6..8]) {
                Read::Date(date, _) => Read::Date(date, Some(time)),
                other => other,
            }
        }
        _ => Read::Unknown,
    }
}
