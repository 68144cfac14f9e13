use super::{internal_targets, is_for_a_script};
use crate::diagnostic::{Edit, Report, Safety};
use crate::kramdown::html_entity::decode;
use crate::post::Post;
use crate::post::anchors::Anchors;
use crate::rules::Rule;
use crate::site::target::Target;
use crate::site::url;
use crate::suggest::nearest;
use crate::text::{Span, letters};
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/links/broken-anchor.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct BrokenAnchor {}

/// Anchors that layouts and themes give to parts of every page.
const OF_LAYOUTS: [&str; 36] = [
    "about",
    "archive",
    "article",
    "author",
    "body",
    "bottom",
    "categories",
    "comment",
    "comments",
    "contact",
    "container",
    "content",
    "contents",
    "disqus_thread",
    "end",
    "footer",
    "header",
    "home",
    "main",
    "main-content",
    "markdown-toc",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "page",
    "post",
    "related",
    "respond",
    "search",
    "share",
    "sidebar",
    "subscribe",
    "tags",
    "toc",
];

impl Rule for BrokenAnchor {
    fn check(&self, post: &Post, report: &mut Report) {
        for (address, target) in internal_targets(post) {
            let Some(fragment) = fragment(address.url) else { continue };
            if is_for_a_script(post, address.node) {
                continue;
            }
            let place = Span { start: address.span.end - fragment.len() as u32, end: address.span.end };
            let place = if place.of(post.text) == fragment { place } else { address.span };
            let decoded = decode(fragment);
            let id = url::decode(&decoded);
            match target {
                Target::SamePage => judge(post, post.anchors(), &id, place, None, report),
                Target::Published(found) if found.is_rendered && !found.is_redirect => {
                    if found.path == post.path {
                        judge(post, post.anchors(), &id, place, None, report);
                    } else if let Some(anchors) = post.site.anchors_of(&found.path) {
                        judge(post, &anchors, &id, place, Some(&found.path), report);
                    }
                }
                _ => {}
            }
        }
    }
}

/// What stands behind the `#`, if it names a place within the page.
fn fragment(address: &str) -> Option<&str> {
    let (before, fragment) = address.split_once('#')?;
    // directives of browsers, routes of applications, comments of readers, what Liquid prints
    let is_name =
        !fragment.is_empty() && !fragment.contains(":~:") && !fragment.starts_with(['!', '/']) && !fragment.contains(['{', '}', '=']);
    let is_comment = fragment.strip_prefix("comment").is_some_and(|rest| rest.contains(|c: char| c.is_ascii_digit()));
    let is_closed = before.matches("{{").count() == before.matches("}}").count();
    (is_name && !is_comment && is_closed && !fragment.eq_ignore_ascii_case("top")).then_some(fragment)
}

fn judge(post: &Post, anchors: &Anchors, id: &str, place: Span, file: Option<&str>, report: &mut Report) {
    if anchors.has(id) || post.site.has_template_id(id) || OF_LAYOUTS.iter().any(|name| name.eq_ignore_ascii_case(id)) {
        return;
    }
    let near = near(anchors, id);
    // a script that makes ids in another way makes them all so
    if (anchors.is_open && near.is_none()) || is_of_another_scheme(anchors, id) {
        return;
    }
    let message = match file {
        None => format!("there is no `#{id}` in this post"),
        Some(file) => format!("there is no `#{id}` in `{file}`"),
    };
    let found = report.at(place, message);
    if let Some(near) = near {
        found.note(format!("there is `#{near}`"));
        if !place.is_empty() && !place.of(post.text).contains('#') {
            found.fix(Safety::Unsafe, format!("write `{near}`"), [Edit::replace(place, near)]);
        }
    }
}

/// The anchor that was meant: a letter or two off, or the beginning or the end of just one.
fn near<'a>(anchors: &'a Anchors, id: &str) -> Option<&'a str> {
    let ids = || anchors.ids.iter().map(String::as_str).filter(|id| !id.starts_with("fn"));
    let slip = nearest(id, ids()).filter(|near| strsim::damerau_levenshtein(&id.to_lowercase(), &near.to_lowercase()) <= 2);
    let same_letters = || ids().find(|other| id.len() >= 5 && letters(other.chars()).eq(letters(id.chars())));
    slip.or_else(same_letters).or_else(|| {
        let mut longer =
            ids().filter(|other| id.len() >= 5 && (other.ends_with(&format!("-{id}")) || other.starts_with(&format!("{id}-"))));
        longer.next().filter(|_| longer.next().is_none())
    })
}

/// Whether the id is that of a heading but for the marks between its words: `Open.Water` for `open-water`.
fn is_of_another_scheme(anchors: &Anchors, id: &str) -> bool {
    let has_capitals = id.chars().any(char::is_uppercase) || id.contains(['.', '_', '+']);
    has_capitals && anchors.ids.iter().any(|known| letters(known.chars()).eq(letters(id.chars())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_other_fragments() {
        assert_eq!(fragment("/a/#b"), Some("b"));
        assert_eq!(fragment("{{ '/a/' | relative_url }}#b"), Some("b"));
        for other in ["#", "#top", "#!/a", "#/a", "#comment-17", "/a#:~:text=b", "#{{ x }}", "/a", "{{ '/a#b' | relative_url }}"] {
            assert_eq!(fragment(other), None, "{other}");
        }
    }
}
