//! Rules about what kramdown does in silence. The parser notes it while it reads, see [`crate::markup::Hazard`].

pub mod accidental_list;
pub mod accidental_table;
pub mod attribute_list_as_text;
pub mod attribute_list_ignored;
pub mod duplicate_definition;
pub mod duplicate_id;
pub mod fence_as_text;
pub mod heading_as_text;
pub mod html_as_text;
pub mod link_as_text;
pub mod list_as_text;
pub mod table_as_text;
pub mod unclosed_extension;
pub mod unclosed_html;
pub mod undefined_attribute_list;
pub mod undefined_footnote;
pub mod undefined_reference;

use crate::markup::HazardKind;
use crate::post::Post;
use crate::text::Span;

/// What the parser noted, as `pick` takes it out of each kind: in the order of the file, once a place.
fn hazards<'p, T>(post: &'p Post, pick: impl Fn(&'p HazardKind) -> Option<T>) -> Vec<(Span, T)> {
    let mut found: Vec<(Span, T)> = post.tree.hazards.iter().filter_map(|hazard| Some((hazard.span, pick(&hazard.kind)?))).collect();
    found.sort_by_key(|&(span, _)| span);
    found.dedup_by_key(|&mut (span, _)| span);
    found
}

/// The end of the line before `at` together with the blanks at the start of this one, if nothing else stands there.
fn line_start(post: &Post, at: u32) -> Span {
    let before = &post.text[..at as usize];
    let line = before.trim_end_matches([' ', '\t']);
    let start = match line.strip_suffix('\n') {
        Some(line) => line.strip_suffix('\r').unwrap_or(line).len(),
        None => before.len(),
    };
    Span::new(start, before.len())
}

/// Whether something outside of the file may define names for it: an include, or the tag of a plugin.
fn may_define_elsewhere(post: &Post) -> bool {
    post.liquid.tags.iter().filter_map(|tag| tag.name).any(|name| name.starts_with("include") || name == "render")
}
