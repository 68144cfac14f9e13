use super::{Trusted, targets};
use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use crate::site::target::Target;
use crate::site::url;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/images/wrong-format.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WrongFormat {}

impl Rule for WrongFormat {
    fn check(&self, post: &Post, report: &mut Report) {
        for (picture, target) in targets(post, &Trusted::default()) {
            let Target::Published(found) = target else { continue };
            let ext = url::extname(&found.path).trim_start_matches('.').to_ascii_lowercase();
            let Some(format) = post.site.picture_facts(&found.path).and_then(|facts| facts.format) else { continue };
            if let Some(named) = named(&ext).filter(|named| *named != format) {
                report.at(picture.span, format!("this file is named {named}, but it is {format}"));
            }
        }
    }
}

/// The format that an extension stands for, as [`crate::site::pictures`] names it.
fn named(ext: &str) -> Option<&'static str> {
    match ext {
        "png" => Some("PNG"),
        "jpg" | "jpeg" => Some("JPEG"),
        "gif" => Some("GIF"),
        "webp" => Some("WebP"),
        "bmp" => Some("BMP"),
        _ => None,
    }
}
