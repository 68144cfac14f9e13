//! The values of the front matter, whatever way they are written.

use super::{Part, Sink};
use crate::fix::guard::{Aspects, Permits};
use crate::post::Post;
use crate::post::front_matter::Status;
use crate::post::yaml::{Data, Node};
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// Adds each entry of the top level that may not differ.
pub(super) fn write(post: &Post, permits: &Permits, sink: &mut Sink) {
    if permits.front_matter {
        return;
    }
    let front_matter = &post.front_matter;
    let is_there = matches!(front_matter.status, Status::Ok | Status::Empty);
    sink.add(Part::FrontMatter, is_there);
    if !is_there {
        sink.add(Part::FrontMatter, front_matter.yaml.of(post.text).trim_end());
    }
    for entry in front_matter.entries() {
        if !permits.in_entry(entry.key.span.to(entry.value.span)).intersects(Aspects::FRONT_MATTER) {
            let mut hasher = FxHasher::default();
            hash(&entry.key, &mut hasher);
            hash(&entry.value, &mut hasher);
            sink.add_hash(Part::FrontMatter, hasher.finish());
        }
    }
}

fn hash(node: &Node, hasher: &mut FxHasher) {
    std::mem::discriminant(&node.data).hash(hasher);
    match &node.data {
        Data::Null => {}
        Data::Bool(value) => value.hash(hasher),
        Data::Integer(value) => value.hash(hasher),
        Data::Float(value) => value.to_bits().hash(hasher),
        Data::String(value) => value.hash(hasher),
        Data::Date { year, month, day } => (year, month, day).hash(hasher),
        Data::Time { seconds, nanoseconds, offset } => (seconds, nanoseconds, offset).hash(hasher),
        Data::Sequence(items) => {
            items.len().hash(hasher);
            items.iter().for_each(|item| hash(item, hasher));
        }
        Data::Mapping(entries) => {
            entries.len().hash(hasher);
            entries.iter().for_each(|entry| {
                hash(&entry.key, hasher);
                hash(&entry.value, hasher);
            });
        }
    }
}
