use super::{Trusted, targets};
use crate::diagnostic::Report;
use crate::post::Post;
use crate::rules::Rule;
use crate::site::target::Target;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/images/too-large.md.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TooLarge {
    /// The most kilobytes (1,000 bytes) of a file.
    max_kilobytes: u64,
    /// The greatest width, in pixels; 0 is any.
    max_width: usize,
    /// The greatest height, in pixels; 0 is any.
    max_height: usize,
}

impl Default for TooLarge {
    fn default() -> TooLarge {
        TooLarge { max_kilobytes: 1000, max_width: 0, max_height: 0 }
    }
}

impl Rule for TooLarge {
    fn check(&self, post: &Post, report: &mut Report) {
        for (picture, target) in targets(post, &Trusted::default()) {
            let Target::Published(found) = target else { continue };
            let Some(facts) = post.site.picture_facts(&found.path) else { continue };
            let mut excess = Vec::new();
            let kilobytes = facts.bytes.div_ceil(1000);
            if kilobytes > self.max_kilobytes {
                excess.push(format!("has {kilobytes} kB, more than {}", self.max_kilobytes));
            }
            if let Some((width, height)) = facts.size {
                for (what, pixels, most) in [("wide", width, self.max_width), ("high", height, self.max_height)] {
                    if most > 0 && pixels > most {
                        excess.push(format!("is {pixels} pixels {what}, more than {most}"));
                    }
                }
            }
            if !excess.is_empty() {
                report.at(picture.span, format!("this picture {}", excess.join(" and ")));
            }
        }
    }
}
