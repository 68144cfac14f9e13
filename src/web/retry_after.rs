//! `Retry-After`: seconds, or a date (RFC 9110, 10.2.3).

use std::time::{Duration, SystemTime};

/// How long the server wants to be left alone; `None` where the value says nothing.
pub(super) fn parse(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if value.bytes().all(|byte| byte.is_ascii_digit()) && !value.is_empty() {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let then = jiff::fmt::rfc2822::parse(value).ok().or_else(|| obsolete(value))?.timestamp();
    let now = jiff::Timestamp::try_from(now).ok()?;
    Some(Duration::from_secs(u64::try_from(then.as_second() - now.as_second()).unwrap_or(0)))
}

/// The two old forms: `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
fn obsolete(value: &str) -> Option<jiff::Zoned> {
    let date = jiff::civil::DateTime::strptime("%A, %d-%b-%y %H:%M:%S GMT", value)
        .or_else(|_| jiff::civil::DateTime::strptime("%a %b %e %H:%M:%S %Y", value));
    date.ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates() {
        // Sun, 06 Nov 1994 08:49:37 GMT
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let parsed = |value| parse(value, now).map(|wait| wait.as_secs());
        assert_eq!(parsed("120"), Some(120));
        assert_eq!(parsed(" 0 "), Some(0));
        assert_eq!(parsed("99999999999999999999999"), Some(u64::MAX));
        assert_eq!(parsed("Sun, 06 Nov 1994 08:49:47 GMT"), Some(10));
        assert_eq!(parsed("Sunday, 06-Nov-94 08:49:47 GMT"), Some(10));
        assert_eq!(parsed("Sun Nov  6 08:49:47 1994"), Some(10));
        assert_eq!(parsed("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0));
        assert_eq!(parsed("soon"), None);
        assert_eq!(parsed("-5"), None);
        assert_eq!(parsed(""), None);
    }
}
