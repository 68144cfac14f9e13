use super::{Authority, addresses, rewrite};
use crate::diagnostic::{Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/links/trailing-punctuation.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TrailingPunctuation {}

/// What ends a sentence or a quotation, but hardly ever a URL.
const PUNCTUATION: [char; 17] = ['.', ',', ';', ':', '!', '»', '”', '’', '“', '。', '，', '、', '；', '：', '）', '」', '》'];

impl Rule for TrailingPunctuation {
    fn check(&self, post: &Post, report: &mut Report) {
        for address in addresses(post) {
            let Some(url) = without_punctuation(address.url) else { continue };
            let rest = &address.url[url.len()..];
            let found = report.at(address.span, format!("`{rest}` at the end of this URL belongs to the sentence"));
            if let Some(edit) = rewrite(post, &address, url) {
                found.fix(Safety::Unsafe, format!("write `{url}`"), [edit]);
            }
        }
    }
}

/// The URL without the punctuation at its end; `None` where there is none, or where it may belong to the URL.
fn without_punctuation(url: &str) -> Option<&str> {
    // most URLs end in nothing of the kind
    if !url.ends_with(|last| last == ')' || PUNCTUATION.contains(&last)) {
        return None;
    }
    let Authority { host, .. } = Authority::of(url)?;
    // titles of an encyclopedia end in points, searches and quoted texts in anything
    if host.ends_with("wikipedia.org") || url.contains(['?', '{', '}']) || url.contains(":~:") {
        return None;
    }
    // a playground keeps its program there
    if url.split_once('#').is_some_and(|(_, fragment)| fragment.contains(['%', '=', '&', '+'])) {
        return None;
    }
    let mut rest = url;
    loop {
        let shorter = rest.trim_end_matches(PUNCTUATION);
        let is_unpaired = shorter.ends_with(')') && shorter.matches(')').count() > shorter.matches('(').count();
        let shorter = if is_unpaired { &shorter[..shorter.len() - 1] } else { shorter };
        if shorter.len() == rest.len() {
            break;
        }
        rest = shorter;
    }
    let is_ellipsis = url.ends_with("...") || url.ends_with('…');
    (rest.len() < url.len() && !is_ellipsis && rest.len() > url.find("//")? + 2 + host.len().min(1)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_the_sentence() {
        for (written, url) in [
            ("https://tides.example/a.", "https://tides.example/a"),
            ("https://tides.example/a),", "https://tides.example/a"),
            ("https://tides.example.", "https://tides.example"),
            ("https://tides.example/a#b:", "https://tides.example/a#b"),
            ("https://tides.example/a（b）。", "https://tides.example/a（b"),
        ] {
            assert_eq!(without_punctuation(written), Some(url), "{written}");
        }
        for right in [
            "https://tides.example/a_(b)",
            "https://en.wikipedia.org/wiki/A.",
            "https://tides.example/?q=a.",
            "https://tides.example/#code=a(%3B))",
            "https://tides.example/a...",
            "/a.",
        ] {
            assert_eq!(without_punctuation(right), None, "{right}");
        }
    }
}
