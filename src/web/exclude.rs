//! Links that are not asked for.

use serde::Deserialize;
use std::sync::OnceLock;
use url::{Position, Url};

/// Hosts with something special about them: `rules/links/hosts.yml`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Hosts {
    not_asked: Vec<String>,
    shorteners: Vec<String>,
}

impl Hosts {
    pub fn known() -> &'static Hosts {
        static HOSTS: OnceLock<Hosts> = OnceLock::new();
        HOSTS.get_or_init(|| serde_yaml::from_str(include_str!("../../rules/links/hosts.yml")).unwrap_or_default())
    }

    /// Whether the host shortens URLs.
    pub fn is_shortener(&self, host: &str) -> bool {
        let host = host.strip_prefix("www.").unwrap_or(host);
        self.shorteners.iter().any(|known| known == host)
    }
}

/// Whether the link is left out. `patterns` come after those that are known; the last one that fits counts, and one that
/// begins with `!` takes the link in.
pub fn excludes(patterns: &[String], url: &Url) -> bool {
    let known = Hosts::known().not_asked.iter();
    let fitting = known.chain(patterns).rev().find(|pattern| fits(pattern.strip_prefix('!').unwrap_or(pattern), url));
    fitting.is_some_and(|pattern| !pattern.starts_with('!'))
}

/// `host`, `host/start/of/path`, either with a scheme in front. Subdomains are of the host; `*.` in front and `*` at the
/// end are what people write, and change nothing.
fn fits(pattern: &str, url: &Url) -> bool {
    let (scheme, rest) = pattern.split_once("://").map_or((None, pattern), |(scheme, rest)| (Some(scheme), rest));
    let rest = rest.strip_prefix("*.").unwrap_or(rest);
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let own = match url.port() {
        Some(port) if host.contains(':') && !host.ends_with(']') => format!("{}:{port}", url.host_str().unwrap_or_default()),
        _ => url.host_str().unwrap_or_default().to_owned(),
    };
    let host = host.to_ascii_lowercase();
    let fits_host = own.strip_suffix(host.as_str()).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
    let own_path = &url[Position::BeforePath..Position::AfterQuery];
    let path = path.trim_end_matches('*');
    let fits_path = path.len() <= 1 || own_path.starts_with(path);
    scheme.is_none_or(|scheme| scheme.eq_ignore_ascii_case(url.scheme())) && !host.is_empty() && fits_host && fits_path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_left_out(patterns: &[&str], url: &str) -> bool {
        let patterns: Vec<String> = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
        excludes(&patterns, &Url::parse(url).expect(url))
    }

    #[test]
    fn the_data_is_read() {
        assert!(Hosts::known().not_asked.len() > 10 && Hosts::known().is_shortener("bit.ly"));
    }

    #[test]
    fn hosts_paths_and_exceptions() {
        assert!(is_left_out(&[], "https://www.linkedin.com/in/x"));
        assert!(is_left_out(&[], "http://blog.example.org/"));
        assert!(!is_left_out(&[], "https://notlinkedin.com/"));
        assert!(!is_left_out(&["!linkedin.com"], "https://www.linkedin.com/in/x"));
        assert!(is_left_out(&["tides.io"], "https://a.tides.io/b"));
        assert!(is_left_out(&["*.tides.io/*"], "https://a.tides.io/b"));
        assert!(is_left_out(&["tides.io/private"], "https://tides.io/private/a?b"));
        assert!(!is_left_out(&["tides.io/private"], "https://tides.io/public"));
        assert!(!is_left_out(&["http://tides.io"], "https://tides.io/public"));
        assert!(is_left_out(&["127.0.0.1:4000"], "http://127.0.0.1:4000/x"));
        assert!(!is_left_out(&["127.0.0.1:4000"], "http://127.0.0.1:4001/x"));
        assert!(!is_left_out(&[""], "http://127.0.0.1:4001/x"));
    }
}
