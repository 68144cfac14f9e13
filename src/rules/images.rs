//! Rules about pictures: whether they are there, and what they say to those who cannot see them.

pub mod broken_path;
pub mod letter_case;
pub mod missing_alt;
pub mod not_published;

use crate::markup::Kind;
use crate::post::Post;
use crate::post::yaml::{Data, Node};
use crate::site::page::Page;
use crate::site::target::{Target, resolve};
use crate::text::Span;

/// The keys of the front matter that widespread themes and plugins read as the path of a picture.
const PICTURE_KEYS: [&str; 14] = [
    "image",
    "images",
    "thumbnail",
    "thumb",
    "cover",
    "cover_image",
    "banner",
    "teaser",
    "header-img",
    "feature_image",
    "featured_image",
    "featured-image",
    "og_image",
    "background",
];
/// The keys inside a map (`header: {teaser: …}`, `image: {path: …}`) that do.
const PICTURE_SUBKEYS: [&str; 9] = ["path", "src", "url", "image", "teaser", "overlay_image", "og_image", "feature", "thumbnail"];

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
    /// Stands in the front matter, where many themes put a folder before it.
    pub in_front_matter: bool,
}

/// All places of a post that name a picture: Markdown, HTML (`srcset` and `poster` too), front matter.
pub fn pictures<'p>(post: &'p Post<'_>) -> Vec<Picture<'p>> {
    let mut pictures = Vec::new();
    for entry in post.front_matter.entries() {
        if entry.key.text().is_some_and(|key| is_picture_key(key) || key == "header") {
            collect(&entry.value, post, &mut pictures);
        }
    }
    let mut push = |url: &'p str, span: Span| pictures.push(Picture { url, span, in_front_matter: false });
    for image in post.images() {
        push(&image.url.text, image.url.span);
    }
    for id in post.tree.walk() {
        let Kind::Html(element) = &post.tree.node(id).kind else { continue };
        if element.name == "video"
            && let Some(poster) = post.tree.attribute(id, "poster")
        {
            push(&poster.value.text, poster.value.span);
        }
    }
    pictures
}

fn collect<'p>(value: &'p Node<'_>, post: &Post, pictures: &mut Vec<Picture<'p>>) {
    match &value.data {
        Data::String(text) => {
            let written = value.span.of(post.text);
            // the bytes between the quotes; what has escapes in it keeps the whole
            let span = match written.find(text.as_ref()) {
                Some(start) => Span::new(value.span.start as usize + start, value.span.start as usize + start + text.len()),
                None => value.span,
            };
            pictures.push(Picture { url: text, span, in_front_matter: true });
        }
        Data::Sequence(items) => items.iter().for_each(|item| collect(item, post, pictures)),
        Data::Mapping(entries) => {
            for entry in entries.iter().filter(|entry| entry.key.text().is_some_and(|key| PICTURE_SUBKEYS.contains(&key))) {
                collect(&entry.value, post, pictures);
            }
        }
        _ => {}
    }
}

/// All pictures of a post with what they lead to. A value of the front matter that is no path is left out.
pub fn targets<'p>(post: &'p Post<'_>) -> impl Iterator<Item = (Picture<'p>, Target)> {
    let page = Page::of_post(post);
    pictures(post).into_iter().filter(|picture| !picture.in_front_matter || looks_like_a_path(picture.url.trim())).map(move |picture| {
        let target = match resolve(&page, picture.url) {
            // whether the missing baseurl hurts is not a question of pictures alone
            Target::WithoutBaseurl(target) => *target,
            target => target,
        };
        (picture, target)
    })
}

/// Whether a value of the front matter is a path from the site's root and no name, colour or address that a theme completes.
fn looks_like_a_path(value: &str) -> bool {
    value.starts_with('/') && !value.starts_with("//") && value.rsplit('/').next().is_some_and(|name| name.contains('.'))
}
