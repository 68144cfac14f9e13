//! Rules about links and their attributes.

pub mod bare_url;
pub mod external_attributes;
pub mod invalid_target;
pub mod misplaced_attributes;

use crate::post::Post;

/// The host of an external link, lower case, or `None` for a link within the site, of another scheme, or unknown.
///
/// `url` is the text as it is written; a host that Liquid prints is unknown.
pub fn external_host(post: &Post, url: &str) -> Option<String> {
    let host = authority(url)?;
    // nothing that only looks like a host: Liquid, a placeholder, a name of this machine
    if host.is_empty() || host.contains(['{', '%', '<', '$']) || host == "localhost" {
        return None;
    }
    let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    let is_own = post.site.config.url.as_deref().and_then(authority).is_some_and(|own| bare(&own) == bare(&host));
    (!is_own).then_some(host)
}

/// The host of an absolute or protocol-relative URL, lower case.
fn authority(url: &str) -> Option<String> {
    let rest = match url.split_once("//") {
        Some((scheme, rest)) if scheme.is_empty() || scheme.eq_ignore_ascii_case("http:") || scheme.eq_ignore_ascii_case("https:") => rest,
        _ => return None,
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    Some(host.split(':').next().unwrap_or_default().to_lowercase())
}
