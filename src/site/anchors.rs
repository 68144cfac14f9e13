//! The anchors of the site's documents and of its layouts, read when a link asks for them, and kept.

use super::Site;
use super::files::{EntryKind, join};
use super::templates::Ids;
use super::text_file;
use crate::post::Post;
use crate::post::anchors::Anchors;
use crate::unwind::caught;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What was read of anchors so far.
#[derive(Debug, Default)]
pub(super) struct AnchorCache {
    documents: Mutex<FxHashMap<String, Option<Arc<Anchors>>>>,
    templates: OnceLock<FxHashSet<String>>,
}

impl Site {
    /// The anchors of the document `path` (relative to the site's root); `None` where it cannot be read.
    pub fn anchors_of(&self, path: &str) -> Option<Arc<Anchors>> {
        let lock = || self.anchors.documents.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(path) {
            return known.clone();
        }
        // two threads may read the same document: that is cheaper than waiting for each other
        let anchors = self.read_anchors(path).map(Arc::new);
        lock().insert(path.to_owned(), anchors.clone());
        anchors
    }

    fn read_anchors(&self, path: &str) -> Option<Anchors> {
        let text = text_file::read(&self.root.as_deref()?.join(path)).ok()?;
        caught(|| Anchors::of(&Post::parse(path, self.kind_of(path), &text, self))).ok()
    }

    /// Whether a layout or an include of the site has an element with this id.
    pub fn has_template_id(&self, id: &str) -> bool {
        self.anchors.templates.get_or_init(|| self.template_ids()).contains(id)
    }

    fn template_ids(&self) -> FxHashSet<String> {
        let mut ids = FxHashSet::default();
        let mut folders = vec![self.config.layouts_dir.clone(), self.config.includes_dir.clone()];
        while let Some(folder) = folders.pop() {
            for entry in self.files().folder(&folder).unwrap_or_default() {
                let path = join(&folder, &entry.name);
                match entry.kind {
                    EntryKind::Folder => folders.push(path),
                    EntryKind::File => ids.extend(self.source_text(&path).iter().flat_map(|text| written_ids(text).map(str::to_owned))),
                    EntryKind::UnreadFolder | EntryKind::UnknownFolder => {}
                }
            }
        }
        ids
    }

    /// What is known of the ids in the include `name`.
    pub fn include_ids(&self, name: &str) -> Ids {
        let is_closed =
            |text: &String| !text.trim().is_empty() && !text.contains("include ") && written_ids(text).all(|id| !id.contains('{'));
        if self.source_text(&self.include_path(name)).as_ref().is_some_and(is_closed) { Ids::Known } else { Ids::Open }
    }

    fn source_text(&self, source_path: &str) -> Option<String> {
        text_file::read(&self.root.as_deref()?.join(join(&self.config.source, source_path))).ok()
    }
}

/// The values of `id` and `name` attributes in HTML.
fn written_ids(html: &str) -> impl Iterator<Item = &str> {
    ["id=", "name="].into_iter().flat_map(move |name| {
        html.match_indices(name).filter_map(move |(at, name)| {
            let rest = html.get(at + name.len()..)?;
            match rest.chars().next()? {
                quote @ ('"' | '\'') => rest.get(1..)?.split(quote).next(),
                _ => rest.split(|c: char| c.is_whitespace() || c == '>').next(),
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_in_html() {
        let ids: Vec<&str> = written_ids("<p id=\"a\" class=b><a name='c'><i id=d>").collect();
        assert_eq!(ids, ["a", "d", "c"]);
    }
}
