//! Dates as Ruby reads them: `Time.parse(text).localtime` (jekyll `utils.rb`, `parse_date`; Ruby `date_parse.c` and
//! `time.rb`).
//!
//! The forms that blogs use are read; another one is [`Parsed::Unknown`], never a wrong guess.

mod forms;
mod time_of_day;

use super::value::Value;
pub use forms::CivilDate;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, Zoned};
use time_of_day::Zone;

/// What Ruby makes of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Parsed {
    /// A time in the site's zone.
    Valid {
        time: Zoned,
        /// The day that is written does not exist: `2023-02-30` silently becomes 2 March.
        moved: bool,
    },
    /// Jekyll stops with `Invalid date`.
    Invalid,
    /// A form that is not read here, or one that depends on today's date.
    Unknown,
}

impl Parsed {
    pub fn time(&self) -> Option<&Zoned> {
        match self {
            Parsed::Valid { time, .. } => Some(time),
            _ => None,
        }
    }
}

/// Reads the value of `date:` as Jekyll does. A time stamp keeps its instant; a date is midnight in `zone`.
pub fn of_value(value: &Value, zone: &TimeZone) -> Parsed {
    match value {
        Value::Time { seconds, nanoseconds, .. } => {
            let timestamp = Timestamp::new(*seconds, i32::try_from(*nanoseconds).unwrap_or(0));
            timestamp.map_or(Parsed::Unknown, |timestamp| Parsed::Valid { time: timestamp.to_zoned(zone.clone()), moved: false })
        }
        Value::Null | Value::Bool(_) | Value::Map(_) => Parsed::Invalid,
        Value::List(_) => Parsed::Unknown,
        Value::String(text) => parse(text, zone),
        other => other.to_text().map_or(Parsed::Unknown, |text| parse(&text, zone)),
    }
}

/// Reads a text as `Time.parse` does; what has no zone is in `zone`.
pub fn parse(text: &str, zone: &TimeZone) -> Parsed {
    if let Some(date) = forms::plain(text) {
        let time = time_of_day::TimeOfDay::default();
        return if date.is_in_range() { build(&date, &time, zone).unwrap_or(Parsed::Unknown) } else { Parsed::Invalid };
    }
    let cleaned = clean(text);
    let (rest, time) = time_of_day::take(&forms::without_weekday(&cleaned));
    let date = forms::read(&rest);
    let (date, time) = match (date, time) {
        (forms::Read::Date(date, digits), time) => (date, digits.or(time).unwrap_or_default()),
        (forms::Read::Nothing, None) => return Parsed::Invalid,
        (forms::Read::Nothing | forms::Read::Unknown, _) => return Parsed::Unknown,
    };
    if !date.is_in_range() || !time.is_in_range() {
        return Parsed::Invalid;
    }
    build(&date, &time, zone).unwrap_or(Parsed::Unknown)
}

/// The day that a text names, before its zone moves it; it need not exist. `None`: no form that is read here.
pub fn written_day(text: &str) -> Option<CivilDate> {
    if let Some(date) = forms::plain(text) {
        return Some(date);
    }
    let (rest, _) = time_of_day::take(&forms::without_weekday(&clean(text)));
    match forms::read(&rest) {
        forms::Read::Date(day, _) => Some(day),
        forms::Read::Nothing | forms::Read::Unknown => None,
    }
}

/// The time of this run: that of `SOURCE_DATE_EPOCH` (seconds since 1970, <https://reproducible-builds.org>), so that a
/// run can be repeated; else that of the clock.
pub fn now() -> Timestamp {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    fixed.and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or_else(Timestamp::now)
}

/// Everything that has no meaning in a date becomes a space.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() || "-+',./:@[]".contains(c) { c } else { ' ' }).collect()
}

/// Puts day and time together; a day beyond the end of its month runs into the next.
fn build(date: &CivilDate, time: &time_of_day::TimeOfDay, zone: &TimeZone) -> Option<Parsed> {
    let year = i16::try_from(date.year).ok()?;
    let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
    let written_day = Date::new(year, month, day).ok();
    let (moved, date) = match written_day {
        Some(day) => (false, day),
        None => (true, Date::new(year, month, 1).ok()?.checked_add(SignedDuration::from_hours(24 * i64::from(day - 1))).ok()?),
    };
    let midnight = date.to_datetime(jiff::civil::Time::midnight());
    let civil = match i64::from(time.hour) * 3600 + i64::from(time.minute) * 60 + i64::from(time.second) {
        0 => midnight,
        since_midnight => midnight.checked_add(SignedDuration::from_secs(since_midnight)).ok()?,
    };
    let offset = match &time.zone {
        Zone::None => None,
        Zone::Offset(seconds) => Some(*seconds),
        Zone::Name(name) => zone_offset(name, year, zone),
    };
    let time = match offset {
        Some(seconds) => civil.to_zoned(TimeZone::fixed(Offset::from_seconds(seconds).ok()?)).ok()?.with_time_zone(zone.clone()),
        None => civil.to_zoned(zone.clone()).ok()?,
    };
    Some(Parsed::Valid { time, moved })
}

/// The offset of a zone's name in seconds (Ruby `time.rb`, `zone_offset`): some American names, military letters, and
/// what the site's own zone is called in January or July. `None`: Ruby ignores the name.
fn zone_offset(name: &str, year: i16, zone: &TimeZone) -> Option<i32> {
    let name = name.to_ascii_uppercase();
    let hours = match name.as_str() {
        "UTC" | "UT" | "GMT" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        letter if letter.len() == 1 => military_hours(letter.as_bytes().first().copied()?)?,
        _ => return local_name(&name, year, zone),
    };
    Some(hours * 3600)
}

fn military_hours(letter: u8) -> Option<i32> {
    match letter {
        b'Z' => Some(0),
        b'A'..=b'I' => Some(i32::from(letter - b'A') + 1),
        b'K'..=b'M' => Some(i32::from(letter - b'K') + 10),
        b'N'..=b'Y' => Some(-(i32::from(letter - b'N') + 1)),
        _ => None,
    }
}

fn local_name(name: &str, year: i16, zone: &TimeZone) -> Option<i32> {
    [1, 7].into_iter().find_map(|month| {
        let time = Date::new(year, month, 1).ok()?.to_zoned(zone.clone()).ok()?;
        let info = zone.to_offset_info(time.timestamp());
        info.abbreviation().eq_ignore_ascii_case(name).then(|| info.offset().seconds())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, zone: &str) -> String {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        match parse(text, &zone) {
            Parsed::Valid { time, moved } => format!("{}{}", time.strftime("%Y-%m-%d %H:%M:%S %z"), if moved { " moved" } else { "" }),
            other => format!("{other:?}"),
        }
    }

    /// Results of Ruby 3.1 with the same TZ.
    #[test]
    fn dates_are_read_as_ruby_does() {
        for (text, expected) in [
            ("2023-05-06", "2023-05-06 00:00:00 +0000"),
            ("2023-5-6 10:30", "2023-05-06 10:30:00 +0000"),
            ("2023/05/06", "2023-05-06 00:00:00 +0000"),
            ("20230506", "2023-05-06 00:00:00 +0000"),
            ("May 6, 2023", "2023-05-06 00:00:00 +0000"),
            ("6th May 2023", "2023-05-06 00:00:00 +0000"),
            ("6th of May 2023", "2023-05-01 00:00:00 +0000"),
            ("2023-05-06 24:00:00", "2023-05-07 00:00:00 +0000"),
            ("Sat, 06 May 2023 10:00:00 +0200", "2023-05-06 08:00:00 +0000"),
            ("2023-05-06T10:00:00Z", "2023-05-06 10:00:00 +0000"),
            ("2023-05-06 10:00:00 EST", "2023-05-06 15:00:00 +0000"),
            ("2023-05-06 10:00:00 -04:00", "2023-05-06 14:00:00 +0000"),
            ("2023-05-06 3:05 pm", "2023-05-06 15:05:00 +0000"),
            ("05/06/2023", "2023-06-05 00:00:00 +0000"),
            ("06.05.2023", "2023-05-06 00:00:00 +0000"),
            ("23-01-02", "2023-01-02 00:00:00 +0000"),
            ("70-01-02", "1970-01-02 00:00:00 +0000"),
            ("2023-02-30", "2023-03-02 00:00:00 +0000 moved"),
            ("2023-13-45", "Invalid"),
            ("2023-05-06 25:00:00", "Invalid"),
            ("yesterday", "Invalid"),
            ("2023", "Invalid"),
            ("", "Invalid"),
            ("10:30", "Unknown"),
        ] {
            assert_eq!(show(text, "UTC"), expected, "{text}");
        }
    }

    #[test]
    fn zones_move_the_day() {
        assert_eq!(show("2023-05-06 23:30:00 UTC", "Europe/Brussels"), "2023-05-07 01:30:00 +0200");
        assert_eq!(show("2023-05-06 23:30", "Europe/Brussels"), "2023-05-06 23:30:00 +0200");
        assert_eq!(show("2023-05-06 23:30 CET", "Europe/Brussels"), "2023-05-07 00:30:00 +0200");
        assert_eq!(show("2023-05-06 10:00 CEST", "UTC"), "2023-05-06 10:00:00 +0000", "a name that Ruby does not know is ignored");
    }
}
