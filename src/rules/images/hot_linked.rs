use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use crate::rules::links::Authority;
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::OnceLock;

/// The rule's page is rules/images/hot-linked.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct HotLinked {
    /// Hosts from which pictures may come, subdomains included.
    allow: Vec<String>,
}

/// Hosts that keep attachments of others.
const KNOWN: &str = include_str!("../../../rules/images/attachment-hosts.yml");

impl Rule for HotLinked {
    fn check(&self, post: &Post, report: &mut Report) {
        for image in post.images() {
            let Some(Authority { host, .. }) = Authority::of(image.url.text.trim()) else { continue };
            let host = host.to_ascii_lowercase();
            if known().iter().any(|known| is_below(&host, known)) && !self.allow.iter().any(|allowed| is_below(&host, allowed)) {
                report
                    .at(image.url.span, format!("this picture lies at `{host}`, which keeps attachments of others"))
                    .note("it may vanish or be refused there: put it into the site");
            }
        }
    }
}

fn known() -> &'static [String] {
    static HOSTS: OnceLock<Vec<String>> = OnceLock::new();
    HOSTS.get_or_init(|| serde_yaml::from_str(KNOWN).unwrap_or_default())
}

fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_read() {
        assert!(known().len() > 10);
    }
}
