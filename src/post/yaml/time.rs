//! Dates and times of YAML (psych `scalar_scanner.rb`, ruby `time.c`).

use super::Data;

/// Days from 1970-01-01 to the first of `month` (1 to 12) of `year` in the Gregorian calendar.
fn days_to_month(year: i64, month: i64) -> i64 {
    // years begin in March here, so that the leap day is the last one
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of the day `days` after 1970-01-01.
pub fn civil(days: i64) -> (i64, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month as u8, day as u8)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        // Ruby's Date is Julian before 1582
        2 if year % 4 == 0 && (year < 1582 || year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Reads ASCII text from left to right.
struct Cursor<'t> {
    rest: &'t [u8],
}

impl Cursor<'_> {
    /// As many digits as there are, `most` at most; `None` below `least`.
    fn digits(&mut self, least: usize, most: usize) -> Option<i64> {
        let count = self.rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        if count < least {
            return None;
        }
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        Some(digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        self.eat_any(&[byte]).map(drop)
    }

    fn eat_any(&mut self, bytes: &[u8]) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        if !bytes.contains(&first) {
            return None;
        }
        self.rest = rest;
        Some(first)
    }

    /// White space as Ruby's `\s`; the first byte of it.
    fn spaces(&mut self) -> Option<u8> {
        let first = self.rest.first().copied().filter(|byte| is_space(*byte));
        while self.rest.first().is_some_and(|byte| is_space(*byte)) {
            self.rest = &self.rest[1..];
        }
        first
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// `2023-5-1`: `None` when it does not look like a date or is none.
pub fn date(text: &str) -> Option<Data<'static>> {
    let mut cursor = Cursor { rest: text.as_bytes() };
    let year = cursor.digits(4, 4)?;
    cursor.eat(b'-')?;
    let month = cursor.digits(1, 2)?;
    cursor.eat(b'-')?;
    let day = cursor.digits(1, 2)?;
    // the days that the change of calendar left out
    let skipped = (year, month) == (1582, 10) && (5..=14).contains(&day);
    let exists = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day) && !skipped;
    (cursor.rest.is_empty() && exists).then_some(Data::Date { year: year as i32, month: month as u8, day: day as u8 })
}

/// What a scalar is that may be a time stamp.
pub enum Stamp {
    Time(Data<'static>),
    /// No time stamp, or one that Ruby does not know (25 o'clock).
    Other,
    /// Psych stumbles over a tab between date and time.
    Refused,
}

/// `2023-05-01 10:00:00 +02:00` in its many forms.
pub fn stamp(text: &str) -> Stamp {
    let mut cursor = Cursor { rest: text.as_bytes() };
    match fields(&mut cursor) {
        Some(fields) if fields.separator == b'T' => fields.time().map_or(Stamp::Other, Stamp::Time),
        Some(_) => Stamp::Refused,
        None => Stamp::Other,
    }
}

struct Fields {
    /// `T` stands for all that Psych can split at.
    separator: u8,
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    nanoseconds: u32,
    offset: Option<i64>,
}

fn fields(cursor: &mut Cursor) -> Option<Fields> {
    let negative = cursor.eat(b'-').is_some();
    let year = cursor.digits(4, 4)?;
    cursor.eat(b'-')?;
    let month = cursor.digits(1, 2)?;
    cursor.eat(b'-')?;
    let day = cursor.digits(1, 2)?;
    let before_spaces = cursor.rest;
    let separator = match cursor.eat_any(b"Tt").or_else(|| cursor.spaces())? {
        b'T' | b't' => b'T',
        // Psych splits at the first space, so a space anywhere in the gap will do
        _ => {
            let gap = before_spaces.len() - cursor.rest.len();
            if before_spaces[..gap].contains(&b' ') { b'T' } else { b'\t' }
        }
    };
    let hour = cursor.digits(1, 2)?;
    cursor.eat(b':')?;
    let minute = cursor.digits(2, 2)?;
    cursor.eat(b':')?;
    let second = cursor.digits(2, 2)?;
    let nanoseconds = if cursor.eat(b'.').is_some() { fraction(cursor) } else { 0 };
    cursor.spaces();
    let offset = zone(cursor)?;
    let year = if negative { -year } else { year };
    cursor.rest.is_empty().then_some(Fields { separator, year, month, day, hour, minute, second, nanoseconds, offset })
}

/// The digits after the point, as nanoseconds.
fn fraction(cursor: &mut Cursor) -> u32 {
    let mut nanoseconds = 0;
    let mut scale = 100_000_000;
    while let Some(digit) = cursor.digits(1, 1) {
        nanoseconds += digit as u32 * scale;
        scale /= 10;
    }
    nanoseconds
}

/// `Z`, `+2`, `+02`, `+0200`, `+02:00` in seconds; `Some(None)` where no zone is written.
fn zone(cursor: &mut Cursor) -> Option<Option<i64>> {
    if cursor.rest.is_empty() {
        return Some(None);
    }
    if cursor.eat(b'Z').is_some() {
        return Some(Some(0));
    }
    let negative = cursor.eat_any(b"+-")? == b'-';
    let hours = cursor.digits(1, 2)?;
    let colon = cursor.eat(b':').is_some();
    let minutes = match cursor.rest.len() {
        0 => 0,
        1 if colon => return None,
        _ => cursor.digits(1, 2)?,
    };
    // Psych takes the sign from the hours, so `-00:30` is half an hour to the east
    let east = !negative || hours == 0;
    let seconds = hours * 3600 + minutes * 60;
    Some(Some(if east { seconds } else { -seconds }))
}

impl Fields {
    /// Ruby's `Time.utc`: days up to 31 roll over into the next month, 24:00:00 and second 60 exist.
    fn time(&self) -> Option<Data<'static>> {
        let exists = (1..=12).contains(&self.month)
            && (1..=31).contains(&self.day)
            && self.minute <= 59
            && self.second <= 60
            && (self.hour <= 23 || (self.hour == 24 && self.minute == 0 && self.second == 0));
        let offset = self.offset.unwrap_or(0);
        if !exists || offset.abs() >= 86_400 {
            return None;
        }
        let days = days_to_month(self.year, self.month) + self.day - 1;
        let seconds = days * 86_400 + self.hour * 3600 + self.minute * 60 + self.second - offset;
        Some(Data::Time { seconds, nanoseconds: self.nanoseconds, offset: self.offset.map(|offset| offset as i32) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_goes_both_ways() {
        for days in [-719_468, -1, 0, 59, 60, 10_957, 19_358, 19_783] {
            let (year, month, day) = civil(days);
            assert_eq!(days_to_month(year, i64::from(month)) + i64::from(day) - 1, days);
        }
        assert_eq!(civil(19_478), (2023, 5, 1));
    }
}
