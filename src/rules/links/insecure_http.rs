use super::address::{Authority, has_start};
use super::{addresses_and_sources, rewrite};
use crate::diagnostic::{Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/links/insecure-http.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct InsecureHttp {
    /// Hosts that have no `https`, subdomains included.
    allow: Vec<String>,
}

impl Rule for InsecureHttp {
    fn check(&self, post: &Post, report: &mut Report) {
        for address in addresses_and_sources(post) {
            const START: &str = "http://";
            let Some(rest) = address.url.get(START.len()..).filter(|_| has_start(address.url, START)) else { continue };
            let Some(Authority { host, .. }) = Authority::of(address.url) else { continue };
            if super::local_host::is_local(host) || host.contains('{') || self.allows(host) {
                continue;
            }
            let found = report.at(address.span, "this URL is not encrypted");
            if let Some(edit) = rewrite(post, &address, format!("https://{rest}")) {
                found.fix(Safety::Unsafe, "write `https`, if the host has it", [edit]);
            }
        }
    }
}

impl InsecureHttp {
    fn allows(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.allow.iter().any(|allowed| host.strip_suffix(allowed.as_str()).is_some_and(|sub| sub.is_empty() || sub.ends_with('.')))
    }
}
