//! Names in Liquid tags: posts, files, includes.

use super::place::Place;
use super::{Candidate, Offer};
use crate::post::DocumentKind;
use crate::site::Site;
use lsp_types::CompletionItemKind;

/// What may stand at the cursor; `None` where it is in no tag that is known.
pub fn offer(place: &Place, site: &Site) -> Option<Offer> {
    let before = place.before();
    let inside = before.get(before.rfind("{%")? + 2..)?;
    if inside.contains("%}") {
        return None;
    }
    let inside = inside.trim_start_matches('-').trim_start();
    let (tag, rest) = inside.split_once(' ')?;
    let typed = rest.trim_start();
    let candidates = match tag {
        "post_url" => posts(site),
        "link" => documents(site),
        "include" => includes(site),
        _ => return None,
    };
    // options of an include are not its name
    (!typed.contains(' ')).then(|| Offer { candidates, typed: place.typed(typed) })
}

/// Posts by the name that `post_url` takes, the newest first.
fn posts(site: &Site) -> Vec<Candidate> {
    let candidate = |document: &crate::site::documents::Document| {
        let path = document.source_path();
        let (folder, name) = path.split_once("_posts/")?;
        let (name, _) = name.rsplit_once('.')?;
        let title = document.front_matter().get("title").and_then(crate::site::value::Value::to_text);
        let candidate = Candidate::new(format!("{folder}{name}"), CompletionItemKind::REFERENCE);
        Some(Candidate { detail: title.clone(), also: title, ..candidate })
    };
    site.posts_newest_first().into_iter().filter_map(candidate).collect()
}

/// What `link` takes: documents, then other files.
fn documents(site: &Site) -> Vec<Candidate> {
    let documents = site.documents().iter().filter(|document| document.kind != DocumentKind::Draft);
    documents.map(|document| Candidate::new(document.source_path(), CompletionItemKind::FILE)).collect()
}

fn includes(site: &Site) -> Vec<Candidate> {
    let below = format!("{}/", site.config.includes_dir);
    let mut names: Vec<String> = site.files().files().filter_map(|(path, _)| path.strip_prefix(&below).map(str::to_owned)).collect();
    names.sort();
    names.into_iter().map(|name| Candidate::new(name.clone(), CompletionItemKind::FILE).detail(format!("{below}{name}"))).collect()
}
