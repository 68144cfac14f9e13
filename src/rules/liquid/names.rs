//! The variables that Liquid knows in a post.

use crate::post::Post;
use crate::post::liquid::Tag;
use crate::site::templates::Presence;
use rustc_hash::FxHashSet;

/// What Jekyll gives to every page (jekyll `renderer.rb`, `drops/unified_payload_drop.rb`), and Liquid to loops, includes
/// and comparisons.
const GLOBAL: [&str; 16] = [
    "site",
    "page",
    "layout",
    "content",
    "paginator",
    "jekyll",
    "include",
    "theme",
    "forloop",
    "tablerowloop",
    "true",
    "false",
    "nil",
    "null",
    "empty",
    "blank",
];

/// Whom a tag was written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// It prints or does something in Jekyll.
    Own,
    /// It names what Liquid does not know: it was written for something else.
    Foreign,
    /// It says nothing of its own (`else`, `endif`).
    Neither,
}

/// The variables that mean something in a post.
pub struct Names<'a> {
    own: FxHashSet<&'a str>,
}

impl<'a> Names<'a> {
    /// What the post itself sets.
    pub fn of(post: &Post<'a>) -> Names<'a> {
        let set = |tag: &Tag<'a>| match tag.name? {
            "assign" | "capture" | "increment" | "decrement" | "for" | "tablerow" => first_name(tag.markup.trim_start_matches(['"', '\''])),
            _ => None,
        };
        Names { own: post.liquid.tags.iter().filter_map(set).collect() }
    }

    /// Whom `tag` was written for.
    pub fn meaning(&self, tag: &Tag<'a>, post: &Post) -> Meaning {
        // GitHub Actions and other languages of templates
        if tag.name.is_none() && post.text[..tag.span.start as usize].ends_with('$') {
            return Meaning::Foreign;
        }
        let operand = match tag.name {
            None if tag.markup.is_empty() || tag.markup.starts_with(['"', '\'']) => return Meaning::Own,
            None => tag.markup,
            Some("if" | "unless" | "case" | "elsif") => tag.markup,
            Some("for" | "tablerow") => tag.markup.split_once(" in ").map_or("", |(_, collection)| collection.trim_start()),
            Some("else" | "when" | "break" | "continue") => return Meaning::Neither,
            Some(name) if name.starts_with("end") => return Meaning::Neither,
            Some(name) if post.site.has_tag(name) == Presence::Missing => return Meaning::Foreign,
            Some(_) => return Meaning::Own,
        };
        match first_name(operand) {
            Some(name) if GLOBAL.contains(&name) || self.own.contains(name) => Meaning::Own,
            Some(_) => Meaning::Foreign,
            // a literal prints itself; anything else (`.Values.image`, `$value`) is no expression of Liquid's
            None if operand.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '(' | '"' | '\'')) => Meaning::Own,
            None => Meaning::Foreign,
        }
    }
}

/// The name that `markup` begins with.
fn first_name(markup: &str) -> Option<&str> {
    let length = markup.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
    (length > 0 && !markup.as_bytes()[0].is_ascii_digit()).then(|| &markup[..length])
}
