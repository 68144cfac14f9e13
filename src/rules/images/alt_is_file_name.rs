use crate::diagnostic::{Report, Severity};
use crate::post::Post;
use crate::rules::Rule;
use crate::site::pictures::is_picture;
use crate::site::url;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/images/alt-is-file-name.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct AltIsFileName {}

/// What cameras, phones and programs call a picture, before its number.
const GIVEN_NAMES: [&str; 10] = ["img", "dsc", "dscn", "dscf", "pxl", "screenshot", "screen-shot", "screen_shot", "image", "wx"];
/// What editors put where the text is to come.
const PLACEHOLDERS: [&str; 9] =
    ["alt text", "alt-text", "alt", "image alt text", "img alt", "image description", "alternative text", "alt tag", "text"];

impl Rule for AltIsFileName {
    fn check(&self, post: &Post, report: &mut Report) {
        for image in post.images() {
            let Some(alt) = image.alt else { continue };
            let text = alt.text.trim();
            let place = if alt.span.is_empty() { image.span } else { alt.span };
            if is_file_name(text) || is_own_name(text, &image.url.text) {
                let found = report.at(place, format!("the alternative text `{text}` is the name of a file"));
                found.note("say what the picture shows");
                // words with hyphens between them say something all the same
                if !is_file_name(text) && !text.contains('_') {
                    found.severity(Severity::Info);
                }
            } else if PLACEHOLDERS.iter().any(|placeholder| placeholder.eq_ignore_ascii_case(text)) {
                report.at(place, format!("`{text}` stands where the alternative text was to come"));
            }
        }
    }
}

/// Whether a text is a file's name, and nobody's words: it has an extension, or the number of a camera.
fn is_file_name(alt: &str) -> bool {
    let has_extension = is_picture(alt) && !alt.starts_with('.') && !alt.contains([' ', '/', '{', '`', '<']);
    has_extension || is_given(alt)
}

/// Whether a text is the name of the picture itself, with the marks that names have.
fn is_own_name(alt: &str, picture: &str) -> bool {
    let name = url::decode(url::without_query(picture).rsplit('/').next().unwrap_or_default());
    let stem = name.rsplit_once('.').map_or(name.as_ref(), |(stem, _)| stem);
    alt.eq_ignore_ascii_case(stem) && !alt.contains(' ') && (alt.contains('_') || alt.matches('-').count() >= 2)
}

/// `IMG_2071`, `Screenshot-2020-01-02`, `image12`.
fn is_given(alt: &str) -> bool {
    let lower = alt.to_ascii_lowercase();
    GIVEN_NAMES.iter().filter_map(|name| lower.strip_prefix(name)).any(|number| {
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        digits >= 3 && number.bytes().all(|byte| byte.is_ascii_digit() || b"-_. ".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_no_words() {
        for name in ["crane.png", "IMG_2071", "Screenshot-2020-01-02", "DSC00123"] {
            assert!(is_file_name(name), "{name}");
        }
        for words in ["Yellow crane", "yellow-crane", "crane", "", "Image 2", "How a.png is read", "Next.js"] {
            assert!(!is_file_name(words), "{words}");
        }
        assert!(is_own_name("yellow-crane-2", "/img/yellow-crane-2.png"));
        assert!(!is_own_name("yellow-crane", "/img/yellow-crane.png"));
    }
}
