//! Rules about the block between the `---` lines.

pub mod comment_in_value;
pub mod curly_quotes;
pub mod date_mismatch;
mod dates;
pub mod duplicate_key;
pub mod empty_value;
pub mod future_date;
pub mod invalid_date;
pub mod invisible_character;
pub mod known_keys;
pub mod list_as_text;
pub mod missing;
pub mod missing_key;
pub mod misspelt_key;
mod quoted;
pub mod reinterpreted_value;
mod repair;
pub mod syntax;
pub mod time_zone;
pub mod unclosed;
pub mod unknown_layout;
pub mod wrong_type;

use crate::post::Post;
use crate::post::yaml::{Data, Node};
use crate::text::Span;

/// Whether a value says nothing: nothing at all, or blank text, or an empty list or map.
pub fn is_empty(value: &Node) -> bool {
    match &value.data {
        Data::Null => true,
        Data::String(text) => text.trim().is_empty(),
        Data::Sequence(items) => items.is_empty(),
        Data::Mapping(entries) => entries.is_empty(),
        _ => false,
    }
}

/// The layout that Jekyll uses for a post: its own, or the one that the site's defaults give it.
pub fn layout(post: &Post) -> Option<String> {
    match post.front_matter.get("layout").and_then(Node::text) {
        Some(layout) => Some(layout.to_owned()),
        None => post.site.default(post.path, post.kind, "layout").and_then(|layout| layout.to_text()),
    }
}

/// Whether Jekyll finds data in the front matter, so that its keys can be judged.
pub fn has_data(post: &Post) -> bool {
    use crate::post::front_matter::Status;
    matches!(post.front_matter.status, Status::Ok | Status::Empty)
}

/// The opening `---` of the front matter: where a finding about the block as a whole stands.
pub fn opening(post: &Post) -> Span {
    let start = post.front_matter.block.start as usize;
    Span::new(start, start + post.text[start..].bytes().take_while(|&byte| byte == b'-').count())
}
