//! Rules about a document's place in the site (its file name, its URL, its namesakes), and about what a change does to it.

pub mod backdated_post;
pub mod changed_url;
pub mod deleted_target;
pub mod duplicate_description;
pub mod duplicate_title;
pub mod duplicate_url;
pub mod empty_slug;
pub mod ignored_post;
pub mod impossible_date;
pub mod space_in_name;
pub mod unrendered_post;

use crate::diagnostic::Diagnostic;
use crate::post::{DocumentKind, Post};
use crate::site::documents::Document;
use crate::site::file_name;

/// The last part of a path.
fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether Jekyll reads the post, as far as its name and place tell.
fn is_read(post: &Post) -> bool {
    let is_excluded = post.site.document(post.path).is_some_and(|document| document.exclusion.is_some());
    post.kind == DocumentKind::Post && file_name::is_post(name_of(post.path)) && !is_excluded
}

/// Shows the value of `key` in another document.
fn show(found: &mut Diagnostic, other: &Document, key: &str, message: &str) {
    let span = other.find_span(|front_matter| front_matter.get(key).map(|value| value.span)).unwrap_or_default();
    found.label_in(other.path.clone(), span, message);
}
