use super::STOPS;
use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::post::liquid::Tag;
use crate::rules::Rule;
use crate::site::templates::Presence;
use crate::suggest::nearest;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// The rule's page is rules/liquid/missing-include.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MissingInclude {}

impl Rule for MissingInclude {
    fn check(&self, post: &Post, report: &mut Report) {
        for tag in post.liquid.tags.iter().filter(|tag| matches!(tag.name, Some("include" | "include_cached" | "include_relative"))) {
            let Some(name) = file_name(tag) else { continue };
            let span = Span::new(tag.markup_span.start as usize, tag.markup_span.start as usize + name.len());
            let path = match tag.name {
                Some("include_relative") => beside(post, name),
                _ => post.site.include_path(name),
            };
            if post.site.has_source_file(&path) != Presence::Missing {
                continue;
            }
            let found = report.at(span, format!("there is no file `{path}` to include"));
            found.note(STOPS);
            let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
            let beside = post.site.files().folder(folder).unwrap_or_default();
            if let Some(near) = nearest(file, beside.iter().map(|entry| entry.name.as_ref())) {
                let span = Span { start: span.end - file.len() as u32, end: span.end };
                found.fix(Safety::Unsafe, format!("write `{near}`"), [Edit::replace(span, near)]);
            }
        }
    }
}

/// The file that an include names, if it is written out.
fn file_name<'a>(tag: &Tag<'a>) -> Option<&'a str> {
    let name = tag.markup.split_ascii_whitespace().next()?;
    (!name.contains(['{', '}', '"', '\'', '%'])).then_some(name)
}

/// The path of a file beside the post, from the site's source.
fn beside(post: &Post, name: &str) -> String {
    let source_path = post.site.source_path(post.path);
    match source_path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}
