use super::{Authority, addresses_and_sources};
use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/links/credentials.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Credentials {}

/// What stands for a name or a password in examples.
const PLACEHOLDERS: [&str; 8] = ["user", "username", "name", "login", "pass", "password", "passwd", "git"];

impl Rule for Credentials {
    fn check(&self, post: &Post, report: &mut Report) {
        for address in addresses_and_sources(post).filter(|address| address.url.contains('@')) {
            let Some(Authority { user_info: Some(user_info), host }) = Authority::of(address.url) else { continue };
            if !is_secret(user_info) || host.is_empty() {
                continue;
            }
            let Some(at) = address.span.of(post.text).find(user_info) else { continue };
            let start = address.span.start as usize + at;
            // the message must not repeat what should not be there
            report
                .at(Span::new(start, start + user_info.len()), format!("this URL of `{host}` carries credentials"))
                .note("everybody who reads the page can use them: take them out of the URL, and change them");
        }
    }
}

/// Whether what stands before an `@` may open a door; Liquid and examples do not.
fn is_secret(user_info: &str) -> bool {
    let is_example = |word: &str| PLACEHOLDERS.iter().any(|placeholder| placeholder.eq_ignore_ascii_case(word));
    let is_template = user_info.contains(['{', '}', '<', '>', '$', '*', '%', '[']);
    let (name, password) = user_info.split_once(':').unwrap_or((user_info, ""));
    match password {
        // a name alone may be a token
        "" => !is_template && name.len() >= 20,
        password => !is_template && !is_example(password),
    }
}
