//! What no rule needs to know about its fixes: line ends, and places where a correction breaks links from elsewhere.

use super::guard::{Aspects, Places};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Scope};
use crate::markup::{Kind, NodeId};
use crate::post::Post;
use crate::text::Span;
use std::borrow::Cow;

/// Values of the front matter that are part of addresses: a correction of one breaks links from elsewhere.
const ADDRESS_KEYS: &[&str] = &["tag", "tags", "category", "categories", "slug", "permalink", "redirect_from"];

/// Makes the fixes of all rules fit the file: a new line ends as the lines around it do, and a correction that changes
/// the address of something (the id of a heading, a tag, a slug) is unsafe.
///
/// To be called once on the findings of the rules, before anything is reported or applied.
pub fn settle(post: &Post, diagnostics: &mut [Diagnostic]) {
    let carriage_returns = memchr::memchr(b'\r', post.text.as_bytes()).is_some();
    let mut addresses = None;
    let mut places = None;
    for fix in diagnostics.iter_mut().flat_map(|diagnostic| &mut diagnostic.fixes) {
        if carriage_returns {
            fix.edits.iter_mut().for_each(|edit| edit.text = with_line_ends_of(post.text, edit.span, &edit.text));
        }
        if fix.safety == Safety::Safe {
            let addresses = addresses.get_or_insert_with(|| addresses_of(post));
            let mut aspects = |edit| places.get_or_insert_with(|| Places::new(post)).of(edit);
            let is_of_address = |edit| fix.scope != Scope::Place || aspects(edit).intersects(Aspects::TEXT | Aspects::FRONT_MATTER);
            if edits_in(fix, addresses).any(is_of_address) {
                fix.safety = Safety::Unsafe;
            }
        }
    }
}

/// The edits of a fix that lie in one of the addresses.
fn edits_in<'f>(fix: &'f Fix, addresses: &[Span]) -> impl Iterator<Item = &'f Edit> {
    fix.edits.iter().filter(|edit| {
        let before = addresses.partition_point(|address| address.start <= edit.span.start);
        before.checked_sub(1).and_then(|index| addresses.get(index)).is_some_and(|address| address.covers(edit.span))
    })
}

/// The text of headings whose id is made of it, and values that are part of addresses, in the order of the file.
fn addresses_of(post: &Post) -> Vec<Span> {
    let headings = post.constructs().headings.iter().filter_map(|&(id, _)| match &post.tree.node(id).kind {
        Kind::Heading(heading) if has_id_of_its_text(post, id) => Some(heading.content),
        _ => None,
    });
    let values = post
        .front_matter
        .entries()
        .iter()
        .filter(|entry| entry.key.text().is_some_and(|key| ADDRESS_KEYS.contains(&key)))
        .map(|entry| entry.value.span);
    let mut addresses: Vec<Span> = values.chain(headings).collect();
    addresses.sort_unstable();
    addresses
}

fn has_id_of_its_text(post: &Post, id: NodeId) -> bool {
    match &post.tree.node(id).kind {
        Kind::Heading(heading) => heading.id.is_some() && heading.explicit_id.is_none() && post.tree.attribute(id, "id").is_none(),
        _ => false,
    }
}

/// `text` with `\r\n` where the line that holds `span` (or the one before, at the end of a file) has it.
fn with_line_ends_of(file: &str, span: Span, text: &str) -> String {
    let ends_here = memchr::memchr(b'\n', file.as_bytes().get(span.end as usize..).unwrap_or_default()).map(|at| span.end as usize + at);
    let ends_before = || memchr::memrchr(b'\n', file.as_bytes().get(..span.start as usize).unwrap_or_default());
    let end = ends_here.or_else(ends_before);
    let carriage_return = end.and_then(|end| end.checked_sub(1)).is_some_and(|before| file.as_bytes().get(before) == Some(&b'\r'));
    let unix = if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) };
    if !carriage_return {
        return unix.into_owned();
    }
    // the first line end may already have its `\r`
    let half = unix.starts_with('\n') && file.as_bytes().get(..span.start as usize).is_some_and(|before| before.ends_with(b"\r"));
    let text = unix.replace('\n', "\r\n");
    if half { text[1..].to_owned() } else { text }
}
