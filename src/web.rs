//! Live links: which of them are dead, moved, or uncertain. The only part that touches the network, and only when asked.
//!
//! [`Web::ask`] is the door: it takes URLs and gives verdicts, and returns when all is said or the run's time is over.
//! Behind it is one runtime on the calling thread. Rules never come here: verdicts are lent to them by the site.

mod address;
mod ask;
mod cache;
mod client;
mod disguise;
mod exclude;
mod failure;
mod fragment;
mod options;
mod politeness;
mod progress;
mod request;
mod resolve;
mod retry_after;
mod run;
pub mod verdict;

pub use options::{Deadlines, Limits, Options};
pub use run::{Answers, Questions, Web};
pub use verdict::{Death, Doubt, Verdict};

use std::collections::HashMap;
use url::Url;

/// Verdicts by URL.
#[derive(Debug, Clone, Default)]
pub struct Verdicts(HashMap<Url, Verdict>);

impl Verdicts {
    /// What is known of a URL as [`target`] gives it; `None`: it was not asked for.
    pub fn get(&self, url: &Url) -> Option<&Verdict> {
        self.0.get(url)
    }

    pub fn insert(&mut self, url: Url, verdict: Verdict) {
        self.0.insert(url, verdict);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The web address that a link of a page leads to, fragment included, user info left out; `None` for other schemes, and
/// for what no browser can make an address of. `//host` is read as on a page that comes over `https`.
pub fn target(link: &str) -> Option<Url> {
    let link = link.trim();
    let with_scheme = link.starts_with("//").then(|| format!("https:{link}"));
    let url = Url::parse(with_scheme.as_deref().unwrap_or(link)).ok()?;
    let fragment = url.fragment().map(str::to_owned);
    let mut url = ask::without_secrets(url)?;
    url.set_fragment(fragment.as_deref());
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_asked_for() {
        let shown = |link| target(link).map(|url| url.to_string());
        assert_eq!(shown(" https://tides.example/a?b#c "), Some("https://tides.example/a?b#c".into()));
        assert_eq!(shown("//tides.example"), Some("https://tides.example/".into()));
        assert_eq!(shown("HTTP://harbour:t1de@Tides.Example:80/a"), Some("http://tides.example/a".into()));
        assert_eq!(shown("https://fähre.example/é"), Some("https://xn--fhre-loa.example/%C3%A9".into()));
        for other in [
            "",
            "#a",
            "/a",
            "a.html",
            "mailto:a@tides.example",
            "tel:+1",
            "data:text/html,x",
            "javascript:x",
            "file:///a",
            "https://",
            "http://[x/",
            "ftp://a/",
        ] {
            assert_eq!(shown(other), None, "{other}");
        }
    }
}
