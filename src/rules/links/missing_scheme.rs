use super::{addresses, rewrite};
use crate::diagnostic::{Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use crate::site::page::Page;
use crate::site::target::{Target, resolve};
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/links/missing-scheme.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MissingScheme {}

/// Top-level domains under which most links lie and that are no extensions of files.
const DOMAINS: [&str; 12] = ["com", "org", "net", "io", "dev", "edu", "gov", "co", "info", "app", "blog", "ai"];

impl Rule for MissingScheme {
    fn check(&self, post: &Post, report: &mut Report) {
        for address in addresses(post) {
            let Some((meant, message)) = meant(address.url) else { continue };
            // what looks like a host may be a file beside the post
            let is_path = !address.url.contains("//")
                && !matches!(resolve(&Page::of_post(post), address.url), Target::Missing { .. } | Target::Unknown(_));
            if is_path && !address.url.contains(':') {
                continue;
            }
            let found = report.at(address.span, message);
            if let Some(edit) = rewrite(post, &address, meant.as_str()) {
                found.fix(Safety::Safe, format!("write `{meant}`"), [edit]);
            }
        }
    }
}

/// Whether a URL without a scheme, or with a broken one, was meant to leave the site.
pub(super) fn is_meant_to_leave(url: &str) -> bool {
    meant(url).is_some()
}

/// What a URL with a broken or missing scheme was meant to be, and what is wrong with it.
fn meant(url: &str) -> Option<(String, String)> {
    // most URLs are right: a scheme, and no second one, or a path
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_right = url.starts_with('/') || rest.is_some_and(|rest| !rest.starts_with([':', '/', 'h', 'H']));
    if is_right || url.bytes().any(|byte| matches!(byte, b'{' | b'}' | b' ' | b'<' | b'>')) {
        return None;
    }
    let lower = url.to_ascii_lowercase();
    if let Some(rest) = doubled(&lower) {
        return Some((url.get(url.len() - rest..)?.to_owned(), "this URL has two schemes".to_owned()));
    }
    if let Some((scheme, rest)) = misspelt(&lower) {
        let start = url.len() - rest;
        let written = url.get(..start)?;
        return Some((format!("{scheme}://{}", url.get(start..)?), format!("`{written}` is no scheme")));
    }
    if is_mail_address(&lower) {
        return Some((format!("mailto:{url}"), "this address lacks `mailto:`, so that it leads into the site itself".to_owned()));
    }
    let is_host = lower.starts_with("www.") && lower.len() > 6 || is_host(&lower);
    is_host.then(|| (format!("https://{url}"), "this URL lacks its scheme, so that it leads into the site itself".to_owned()))
}

/// `http://https://…`: the length of the second URL.
fn doubled(url: &str) -> Option<usize> {
    let rest = url.strip_prefix("https").or_else(|| url.strip_prefix("http"))?;
    let rest = rest.strip_prefix("://").or_else(|| rest.strip_prefix(":"))?;
    (rest.starts_with("http://") || rest.starts_with("https://")).then_some(rest.len())
}

/// `hhttps://…`, `http//…`, `https:/…`: the scheme that is meant, and the length of what follows it.
fn misspelt(url: &str) -> Option<(&'static str, usize)> {
    let end = url.find([':', '/'])?;
    let (written, rest) = url.split_at(end);
    let host = rest.trim_start_matches([':', '/']);
    let separator = rest.get(..rest.len() - host.len())?;
    let is_known = matches!(written, "http" | "https");
    let is_separated = if is_known { separator != "://" && separator != "/" } else { separator == "://" };
    let is_meant = (3..=6).contains(&written.len())
        && !is_known
        && !matches!(written, "ftps" | "tftp" | "shttp" | "httpx")
        && strsim::damerau_levenshtein(written, "https").min(strsim::damerau_levenshtein(written, "http")) == 1;
    let names_host = host.split(['/', '?', '#', ':']).next().is_some_and(|name| name.contains('.') || name == "localhost");
    if !is_separated || !(is_known || is_meant) || !names_host {
        return None;
    }
    let is_secure = strsim::damerau_levenshtein(written, "https") < strsim::damerau_levenshtein(written, "http") || written.ends_with('s');
    Some((if is_secure { "https" } else { "http" }, host.len()))
}

/// `keeper@tides.example`, and nothing else.
fn is_mail_address(url: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte));
    url.split_once('@').is_some_and(|(name, host)| is_part(name) && is_part(host) && host.trim_matches('.').contains('.'))
}

/// `example.org/page`: nothing but a host, or a host with a path, of a well-known domain.
fn is_host(url: &str) -> bool {
    let (host, path) = url.split_once('/').map_or((url, None), |(host, path)| (host, Some(path)));
    let Some((name, domain)) = host.rsplit_once('.') else { return false };
    let is_name = !name.is_empty()
        && name.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    is_name && DOMAINS.contains(&domain) && path.is_none_or(|path| !path.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        let meant = |url| meant(url).map(|(meant, _)| meant);
        for (written, url) in [
            ("www.tides.example", "https://www.tides.example"),
            ("keeper@tides.example", "mailto:keeper@tides.example"),
            ("tides.org/a", "https://tides.org/a"),
            ("hhttps://tides.example/a", "https://tides.example/a"),
            ("ttp://tides.example", "http://tides.example"),
            ("http//tides.example", "http://tides.example"),
            ("https:/tides.example", "https://tides.example"),
            ("http://https://tides.example", "https://tides.example"),
        ] {
            assert_eq!(meant(written).as_deref(), Some(url), "{written}");
        }
        for right in [
            "https://tides.example",
            "ftp://tides.example",
            "/www.org",
            "a.html",
            "mailto:a@b.org",
            "http.html",
            "#a.com",
            "https://web.archive.org/web/2020/http://a.example",
            "tides.md",
        ] {
            assert_eq!(meant(right), None, "{right}");
        }
    }
}
