use super::external::{Place, places};
use super::rewrite_place;
use crate::config::Config;
use crate::diagnostic::{Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use crate::web::{Deadlines, Limits, Options, Verdict};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_yaml::Mapping;

/// The rule's page is rules/links/dead.md. Its options are for all rules about live links.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Dead {
    /// Ask the web in every run, as with `--online`.
    pub online: bool,
    /// Ask addresses of the own machine and its networks too.
    pub allow_private: bool,
    /// Hosts, or beginnings of URLs, that are not asked.
    pub exclude: Vec<String>,
    /// How long to wait, in seconds.
    pub deadlines: Deadlines,
    /// How many requests to send; 0: any number.
    pub limits: Limits,
}

impl Rule for Dead {
    fn check(&self, post: &Post, report: &mut Report) {
        if post.site.verdicts().is_empty() {
            return;
        }
        for place in places(post) {
            let Some(Verdict::Dead(why)) = post.site.verdicts().get(&place.url) else { continue };
            let found = report.at(place.span, format!("this link is dead: {why}"));
            if let Some(edit) = rewrite_place(post, &place, archived(post, &place)) {
                found.fix(Safety::Unsafe, "link to the copy of that time in the Internet Archive, if there is one", [edit]);
            }
        }
    }
}

impl Dead {
    /// As the configuration has it; overrides do not count, since all documents are asked for together.
    pub fn of(config: &Config) -> Dead {
        let mut options = Mapping::new();
        for (_, setting) in config.rules.iter().filter(|(rule, _)| rule.name == "links/dead") {
            options.extend(setting.options.clone());
        }
        // what the rule does not take was found when the configuration was read
        serde_yaml::from_value(options.into()).unwrap_or_default()
    }

    pub fn web_options(&self) -> Options {
        Options { allow_private: self.allow_private, deadlines: self.deadlines, limits: self.limits }
    }
}

/// Where the Internet Archive keeps the copy that is nearest to the post's date; it shows pictures bare with `im_`.
fn archived(post: &Post, place: &Place) -> String {
    let date = crate::site::file_name::FileName::parse(post.path).date.unwrap_or_default();
    let mut parts = date.split('-').map(|part| part.parse::<u32>().unwrap_or_default());
    let time = match (parts.next(), parts.next(), parts.next()) {
        (Some(year @ 1990..), Some(month @ 1..=12), Some(day @ 1..=31)) => format!("{year}{month:02}{day:02}"),
        // the newest
        _ => "2".to_owned(),
    };
    format!("https://web.archive.org/web/{time}{}/{}", if place.is_loaded { "im_" } else { "" }, place.url)
}
