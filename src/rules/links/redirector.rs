use super::{Authority, addresses, rewrite, written_safely};
use crate::diagnostic::{Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use crate::site::url;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::OnceLock;

/// The rule's page is rules/links/redirector.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Redirector {}

/// Pages that only send the reader on, with the parameter that names where to.
const KNOWN: &str = include_str!("../../../rules/links/redirectors.yml");

impl Rule for Redirector {
    fn check(&self, post: &Post, report: &mut Report) {
        // where to is in the query
        for address in addresses(post).filter(|address| address.url.contains('?')) {
            let Some(Authority { host, .. }) = Authority::of(address.url) else { continue };
            let Some(real) = real_url(address.url, host) else { continue };
            let found = report.at(address.span, format!("this URL goes through `{host}`, which only sends the reader on"));
            found.note("it tells that host who reads you, and fails with it");
            if let Some(edit) = rewrite(post, &address, real.as_str()) {
                found.fix(Safety::Safe, format!("write `{real}`"), [edit]);
            }
        }
    }
}

fn known() -> &'static FxHashMap<String, Vec<String>> {
    static MAP: OnceLock<FxHashMap<String, Vec<String>>> = OnceLock::new();
    MAP.get_or_init(|| serde_yaml::from_str(KNOWN).unwrap_or_default())
}

/// Where a redirector sends the reader.
fn real_url(address: &str, host: &str) -> Option<String> {
    let host = host.to_ascii_lowercase();
    let (place, query) = address.split_once('?')?;
    let path = place.split_once("//")?.1.find('/').and_then(|at| place.split_once("//")?.1.get(at..)).unwrap_or("/");
    let page = format!("{}{}", family(&host), path.trim_end_matches('/'));
    let parameters = known().get(&page)?;
    let query = query.split('#').next().unwrap_or_default();
    let pairs = || query.split('&').map(|pair| pair.strip_prefix("amp;").unwrap_or(pair)).filter_map(|pair| pair.split_once('='));
    let value = parameters.iter().find_map(|name| pairs().find(|(key, _)| key == name))?.1;
    let real = url::decode(value);
    let is_url = Authority::of(&real).is_some_and(|authority| authority.host.contains('.')) && !real.starts_with('/');
    is_url.then(|| written_safely(&real))
}

/// The host without what differs from country to country: `www.google.de` is `google`.
fn family(host: &str) -> String {
    let bare = host.strip_prefix("www.").unwrap_or(host);
    match bare.strip_prefix("google.") {
        Some(country) if country.len() <= 6 => "google".to_owned(),
        _ => bare.split_once(".safelinks.").map_or(bare, |(_, rest)| rest).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn real(url: &str) -> Option<String> {
        real_url(url, Authority::of(url)?.host)
    }

    #[test]
    fn the_data_is_read() {
        assert!(known().len() > 10);
    }

    #[test]
    fn where_it_leads() {
        let tides = Some("https://tides.example/a%28b%29?c=d".to_owned());
        assert_eq!(real("https://www.google.com/url?sa=t&url=https%3A%2F%2Ftides.example%2Fa(b)%3Fc%3Dd&usg=x"), tides);
        assert_eq!(real("https://www.google.co.uk/url?q=https://tides.example/a&amp;sa=D"), Some("https://tides.example/a".into()));
        assert_eq!(real("https://www.google.com/search?q=https://tides.example"), None);
        assert_eq!(real("https://www.google.com/url?q=tides"), None);
    }
}
