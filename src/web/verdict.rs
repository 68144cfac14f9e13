//! What came of asking for a link.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The class of a link. Unknown beats wrong: a link is dead only on sure evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It answers.
    Good,
    /// It answers, but says that its place is elsewhere for good.
    Moved {
        /// The status of the first redirection: 301 or 308, or another one that only leads to `https`.
        status: u16,
        /// Without user info; with the fragment of the link where the redirection brings none.
        to: String,
    },
    Dead(Death),
    /// Nothing can be said.
    Uncertain(Doubt),
}

/// Why a link is dead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Death {
    /// 404 or 410, asked with GET. `at`: the URL that says so, where redirections led to another one.
    Status { status: u16, at: Option<String> },
    /// The name service knows no such name.
    NoSuchHost(String),
    /// The host refuses connections, twice.
    Refused(String),
}

/// Why nothing can be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// Any status that proves nothing.
    Status(u16),
    /// 429, or 503 with a `Retry-After`: longer than one waits, or again and again.
    RetryLater(u16),
    TimedOut(Stage),
    /// The connection broke.
    Broken,
    /// What came is no HTTP, or more than a header may hold.
    NotHttp,
    /// The certificate, or the encryption. The end of a sentence.
    Tls(String),
    /// A name cannot be resolved just now.
    NameService(String),
    /// Not one name can be resolved.
    NoNetwork,
    /// The host is on a private, local or reserved address.
    Private(String),
    Circle,
    TooManyRedirects,
    /// A redirection to nowhere, or to something that is no web address.
    BadRedirect(u16),
    /// A redirection to a home page: a page that is gone, in disguise.
    HomePage(String),
    Login(String),
    /// A redirection to a page that tells of an error.
    ErrorPage(String),
    /// The page has no such element.
    NoFragment(String),
    /// Whether the page has the element could not be seen. The end of a sentence.
    UnknownFragment(String, String),
    TooLong(usize),
    /// The run's time was over.
    RunOver,
    /// The address cannot be asked for.
    Unaskable,
}

/// What took too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    Connecting,
    Answering,
    /// The link with all its tries.
    All,
}

impl fmt::Display for Death {
    /// The end of a sentence: "this link is dead: …".
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Death::Status { status, at: None } => write!(f, "the server answers {}", named(*status)),
            Death::Status { status, at: Some(url) } => write!(f, "it leads to `{url}`, where the server answers {}", named(*status)),
            Death::NoSuchHost(host) => write!(f, "there is no host `{host}`"),
            Death::Refused(host) => write!(f, "`{host}` refuses the connection"),
        }
    }
}

impl fmt::Display for Doubt {
    /// The end of a sentence: "it is not certain whether this link works: …".
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Doubt::Status(status) => write!(f, "the server answers {}", named(*status)),
            Doubt::RetryLater(status) => write!(f, "the server answers {} and wants to be asked later", named(*status)),
            Doubt::TimedOut(Stage::Connecting) => f.write_str("connecting took too long"),
            Doubt::TimedOut(Stage::Answering) => f.write_str("the answer took too long"),
            Doubt::TimedOut(Stage::All) => f.write_str("it took too long"),
            Doubt::Broken => f.write_str("the connection broke"),
            Doubt::NotHttp => f.write_str("the answer is no HTTP"),
            Doubt::Tls(why) => f.write_str(why),
            Doubt::NameService(host) => write!(f, "the name service does not tell where `{host}` is"),
            Doubt::NoNetwork => f.write_str("no name can be resolved here"),
            Doubt::Private(host) => write!(f, "`{host}` is on a private address, which is not asked (see `allow-private`)"),
            Doubt::Circle => f.write_str("it redirects in a circle"),
            Doubt::TooManyRedirects => f.write_str("it redirects too often"),
            Doubt::BadRedirect(status) => write!(f, "the server redirects ({status}) to no web address"),
            Doubt::HomePage(url) => write!(f, "it redirects to the home page `{url}`"),
            Doubt::Login(url) => write!(f, "it redirects to a login, `{url}`"),
            Doubt::ErrorPage(url) => write!(f, "it redirects to an error page, `{url}`"),
            Doubt::NoFragment(id) => write!(f, "the page answers, but has no `#{id}`"),
            Doubt::UnknownFragment(id, why) => write!(f, "the page answers, but {why} before there was a `#{id}`"),
            Doubt::TooLong(length) => write!(f, "a URL of {length} characters is not asked for"),
            Doubt::RunOver => f.write_str("the time for all links was over"),
            Doubt::Unaskable => f.write_str("it cannot be asked for"),
        }
    }
}

/// A status with the name that people know it by (RFC 9110).
fn named(status: u16) -> String {
    match reqwest::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()) {
        Some(reason) => format!("{status} ({reason})"),
        None => status.to_string(),
    }
}
