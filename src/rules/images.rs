//! Rules about pictures: whether they are there, and what they say to those who cannot see them.

pub mod alt_is_file_name;
pub mod broken_path;
pub mod hot_linked;
pub mod iframe_title;
pub mod letter_case;
pub mod missing_alt;
pub mod not_published;
pub mod post_image_size;
pub mod required_attributes;
pub mod required_wrapper;
pub mod too_large;
mod trusted;
pub mod wrong_format;

use crate::markup::Value;
use crate::post::Post;
use crate::post::yaml::{Data, Node};
use crate::site::page::Page;
use crate::site::pictures::is_picture;
use crate::site::target::{Target, resolve};
use crate::text::Span;
pub use trusted::Trusted;

/// The keys of the front matter that widespread themes and plugins read as the path of a picture.
const PICTURE_KEYS: [&str; 24] = [
    "avatar",
    "background",
    "banner",
    "cover",
    "cover-img",
    "cover_image",
    "feature_image",
    "feature_row",
    "featured-image",
    "featured_image",
    "gallery",
    "header-img",
    "header_image",
    "hero",
    "hero_image",
    "image",
    "images",
    "og_image",
    "photo",
    "share-img",
    "teaser",
    "thumb",
    "thumbnail",
    "thumbnail-img",
];
/// The keys inside a map (`header: {teaser: …}`, `image: {path: …}`) that do.
const PICTURE_SUBKEYS: [&str; 11] =
    ["path", "src", "url", "image", "image_path", "teaser", "overlay_image", "og_image", "feature", "thumbnail", "background"];

/// Where a picture is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source<'p> {
    /// In Markdown or HTML.
    Body,
    /// In the front matter, where many themes put a folder before it; the key at the top.
    FrontMatter(&'p str),
    /// In a parameter of an include, which may put anything before it: the include, the parameter.
    Include(&'p str, &'p str),
}

/// Whether a key of the front matter is read as the path of a picture.
pub fn is_picture_key(key: &str) -> bool {
    PICTURE_KEYS.contains(&key)
}

/// A place that names a picture.
pub struct Picture<'p> {
    /// As it is written.
    pub url: &'p str,
    /// The bytes of `url`.
    pub span: Span,
    pub source: Source<'p>,
}

/// All places of a post that name a picture: Markdown, HTML (`srcset` and `poster` too), front matter, includes.
pub fn pictures<'p>(post: &'p Post<'_>) -> Vec<Picture<'p>> {
    let mut pictures = Vec::new();
    for entry in post.front_matter.entries() {
        if let Some(key) = entry.key.text().filter(|key| is_picture_key(key) || *key == "header") {
            collect(&entry.value, post, Source::FrontMatter(key), &mut pictures);
        }
    }
    for image in post.images() {
        pictures.push(Picture { url: &image.url.text, span: image.url.span, source: Source::Body });
    }
    for (id, element) in post.html_elements() {
        let value = |name: &str| post.tree.attribute(id, name).map(|attribute| &attribute.value);
        if matches!(element.name.as_ref(), "img" | "source")
            && let Some(srcset) = value("srcset")
        {
            pictures.extend(candidates(srcset));
        }
        if element.name == "video"
            && let Some(poster) = value("poster")
        {
            pictures.push(Picture { url: &poster.text, span: poster.span, source: Source::Body });
        }
    }
    pictures.extend(include_parameters(post));
    pictures
}

/// The URLs of a `srcset`: `a.png 1x, b.png 2x`. What Liquid is in the way of is left out.
fn candidates<'p>(srcset: &'p Value<'_>) -> impl Iterator<Item = Picture<'p>> {
    let text = srcset.text.as_ref();
    let is_plain = text.len() == srcset.span.len() && !text.contains(['{', '&']) && !text.starts_with("data:");
    text.split(',').filter(move |_| is_plain).filter_map(move |candidate| {
        let url = candidate.split_ascii_whitespace().next()?;
        let start = srcset.span.start as usize + (url.as_ptr() as usize - text.as_ptr() as usize);
        Some(Picture { url, span: Span::new(start, start + url.len()), source: Source::Body })
    })
}

/// Parameters of includes that are written out and end like a picture: `{% include image.html img="/img/a.png" %}`.
fn include_parameters<'p>(post: &'p Post<'_>) -> impl Iterator<Item = Picture<'p>> {
    let includes = post.liquid.tags.iter().filter(|tag| matches!(tag.name, Some("include" | "include_cached")));
    includes.flat_map(|tag| {
        let name = tag.markup.split_ascii_whitespace().next().unwrap_or_default();
        parameters(tag.markup).filter(|(_, value)| is_picture(value)).map(move |(key, value)| {
            let start = tag.markup_span.start as usize + (value.as_ptr() as usize - tag.markup.as_ptr() as usize);
            Picture { url: value, span: Span::new(start, start + value.len()), source: Source::Include(name, key) }
        })
    })
}

/// The parameters `key="value"` of an include.
fn parameters(markup: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = markup;
    std::iter::from_fn(move || {
        loop {
            let (before, after) = rest.split_once('=')?;
            let key = before.split_ascii_whitespace().next_back().unwrap_or_default();
            let value = after.trim_start();
            match value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
                Some(quote) => {
                    let (value, after) = value.get(1..)?.split_once(quote)?;
                    rest = after;
                    return Some((key, value));
                }
                None => rest = after,
            }
        }
    })
}

fn collect<'p>(value: &'p Node<'_>, post: &Post, source: Source<'p>, pictures: &mut Vec<Picture<'p>>) {
    match &value.data {
        Data::String(text) => {
            let written = value.span.of(post.text);
            // the bytes between the quotes; what has escapes in it keeps the whole
            let span = match written.find(text.as_ref()) {
                Some(start) => Span::new(value.span.start as usize + start, value.span.start as usize + start + text.len()),
                None => value.span,
            };
            pictures.push(Picture { url: text, span, source });
        }
        Data::Sequence(items) => items.iter().for_each(|item| collect(item, post, source, pictures)),
        Data::Mapping(entries) => {
            for entry in entries.iter().filter(|entry| entry.key.text().is_some_and(|key| PICTURE_SUBKEYS.contains(&key))) {
                collect(&entry.value, post, source, pictures);
            }
        }
        _ => {}
    }
}

/// All pictures of a post with what they lead to. A value of the front matter or of an include that is no path is left
/// out; `trusted` are places whose values are paths from the root without saying so.
pub fn targets<'p>(post: &'p Post<'_>, trusted: &'p Trusted) -> impl Iterator<Item = (Picture<'p>, Target)> {
    let page = Page::of_post(post);
    pictures(post).into_iter().filter_map(move |picture| {
        let url = trusted.path(&picture)?;
        let target = match resolve(&page, &url) {
            // whether the missing baseurl hurts is not a question of pictures alone
            Target::WithoutBaseurl(target) => *target,
            target => target,
        };
        Some((picture, target))
    })
}
