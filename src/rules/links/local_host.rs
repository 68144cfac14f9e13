use super::address::{Authority, has_end, has_start};
use super::{addresses_and_sources, shows_its_target};
use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;
use std::net::{Ipv4Addr, Ipv6Addr};

/// The rule's page is rules/links/local-host.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct LocalHost {}

impl Rule for LocalHost {
    fn check(&self, post: &Post, report: &mut Report) {
        for address in addresses_and_sources(post) {
            if has_start(address.url, "file://") {
                report.at(address.span, "this URL leads to a file on your own machine");
                continue;
            }
            let Some(Authority { host, .. }) = Authority::of(address.url) else { continue };
            // who writes the address out means the reader's own machine
            if is_local(host) && !shows_its_target(post, &address) {
                report.at(address.span, format!("`{host}` is another machine for everybody who reads this"));
            }
        }
    }
}

/// Whether the host means the machine itself or one of its own network (RFC 6761, RFC 1918, RFC 6762).
pub(super) fn is_local(host: &str) -> bool {
    if host.starts_with(|first: char| first.is_ascii_digit())
        && let Ok(address) = host.parse::<Ipv4Addr>()
    {
        return address.is_loopback() || address.is_private() || address.is_unspecified() || address.is_link_local();
    }
    if host.contains(':')
        && let Ok(address) = host.parse::<Ipv6Addr>()
    {
        return address.is_loopback() || address.is_unspecified();
    }
    host.eq_ignore_ascii_case("localhost") || has_end(host, ".localhost") || has_end(host, ".local")
}
