//! What may be said about how links are asked for.

use schemars::JsonSchema;
use serde::Deserialize;
use std::time::Duration;

/// How long, in seconds, one waits for what.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Deadlines {
    /// For the connection: name service, TCP and TLS.
    pub connect: f64,
    /// For the header of an answer, the connection included.
    pub header: f64,
    /// For as much of a page as is read.
    pub body: f64,
    /// For a link with all redirections and further tries.
    pub link: f64,
    /// For all links of a run.
    pub run: f64,
    /// Before a second try; the third comes after twice that time. A random part of it is added.
    pub pause: f64,
    /// The longest `Retry-After` that is waited for.
    pub retry_after: f64,
}

impl Default for Deadlines {
    fn default() -> Deadlines {
        Deadlines { connect: 5.0, header: 10.0, body: 8.0, link: 20.0, run: 600.0, pause: 0.5, retry_after: 10.0 }
    }
}

/// How many requests there may be; 0: any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// To one host at a time.
    pub per_host: u32,
    /// To one host in any second.
    pub per_second: u32,
    /// To all hosts at a time.
    pub at_once: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { per_host: 4, per_second: 20, at_once: 64 }
    }
}

/// How links are asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// Loopback, private, link-local and reserved addresses are asked too.
    pub allow_private: bool,
    pub deadlines: Deadlines,
    pub limits: Limits,
}

/// A time from a configuration, which may say anything; a day at most.
pub(super) fn seconds(value: f64) -> Duration {
    const DAY: f64 = 86_400.0;
    let value = if value.is_finite() { value } else { DAY };
    Duration::from_secs_f64(value.clamp(0.001, DAY))
}
