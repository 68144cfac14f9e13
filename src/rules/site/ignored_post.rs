//! The rule's page is `rules/site/ignored-post.md`.

use super::name_of;
use crate::diagnostic::{Report, Severity};
use crate::post::front_matter::Status;
use crate::post::{DocumentKind, Post};
use crate::rules::Rule;
use crate::site::entry_filter::Exclusion;
use crate::site::file_name::{self, FileName};
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct IgnoredPost {}

impl Rule for IgnoredPost {
    fn check(&self, post: &Post, report: &mut Report) {
        if post.kind != DocumentKind::Post || post.site.root.is_none() {
            return;
        }
        let name = name_of(post.path);
        match post.site.document(post.path).and_then(|document| document.exclusion.as_ref()) {
            Some(why @ Exclusion::OutsideCollections { .. }) => {
                report.whole(format!("Jekyll does not read this post: {why}"));
                return;
            }
            Some(Exclusion::Special { name: folder }) if folder != name => {
                report.whole(format!("Jekyll does not read this post: the folder of posts is `_posts`, not `{folder}`"));
                return;
            }
            Some(Exclusion::NotAPost { .. }) | None => {}
            // somebody wanted it out of the way
            Some(_) => return,
        }
        if file_name::is_post(name) || !is_meant_as_post(post, name) {
            return;
        }
        let found = report.whole("Jekyll does not read this post: its name is not `YEAR-MONTH-DAY-title.md`");
        match better_name(name) {
            Some(better) => found.note(format!("name it `{better}`")),
            None => found.severity(Severity::Warning),
        };
    }
}

/// Whether the file is a post by what is in it: a template or a note to authors is none.
fn is_meant_as_post(post: &Post, name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_note = ["readme", "template", "changelog", "contributing", "draft", "example", "skeleton"];
    post.front_matter.status == Status::Ok && !is_note.iter().any(|word| lower.contains(word))
}

/// The name with its date as Jekyll wants it, where there is a date in front.
fn better_name(name: &str) -> Option<String> {
    let parsed = FileName::parse(name);
    let stem = name.strip_suffix(parsed.ext)?;
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    let (year, month, day, rest) = if digits == 8 {
        (stem.get(..4)?, stem.get(4..6)?, stem.get(6..8)?, stem.get(8..)?)
    } else {
        let (year, rest) = number(stem, 4)?;
        let (month, rest) = number(rest.strip_prefix(SEPARATORS)?, 2)?;
        let (day, rest) = number(rest.strip_prefix(SEPARATORS)?, 2)?;
        (year, month, day, rest)
    };
    let title = rest.trim_start_matches(SEPARATORS);
    let title = if title.is_empty() { "title" } else { title };
    let better = format!("{year}-{month}-{day}-{title}{}", if parsed.ext.is_empty() { ".md" } else { parsed.ext });
    file_name::is_post(&better).then_some(better)
}

const SEPARATORS: [char; 5] = ['-', '_', '.', ' ', '\u{2013}'];

/// The number of at most `most` digits that the text begins with, and the rest.
fn number(text: &str, most: usize) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=most).contains(&digits).then(|| text.split_at(digits))
}

#[cfg(test)]
mod tests {
    use super::better_name;

    #[test]
    fn names_that_were_meant() {
        for (name, better) in [
            ("2023_01_02-a.md", Some("2023-01-02-a.md")),
            ("20230102-a.md", Some("2023-01-02-a.md")),
            ("2023-01-02_a.md", Some("2023-01-02-a.md")),
            ("2023-01-02 a.md", Some("2023-01-02-a.md")),
            ("2023-01-02.md", Some("2023-01-02-title.md")),
            ("2023.01.02-a.markdown", Some("2023-01-02-a.markdown")),
            ("a.md", None),
            ("2023-a.md", None),
        ] {
            assert_eq!(better_name(name).as_deref(), better, "{name}");
        }
    }
}
