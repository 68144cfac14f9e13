//! Front matter that a site shows its authors: in a template for posts, in the README.

use super::Site;
use super::files::EntryKind;
use super::text_file;
use crate::post::front_matter::FrontMatter;
use crate::post::yaml::Node;

/// Longer files are no templates, in bytes.
const MOST_BYTES: usize = 256 * 1024;

/// A text of an example: the file, the key, the value.
type Shown = (String, String, String);

impl Site {
    /// The file (relative to the source) whose example of front matter has this text for `key`.
    pub fn template_with(&self, key: &str, text: &str) -> Option<&str> {
        let shown = self.examples.get_or_init(|| shown(self));
        shown.iter().find(|(_, own, value)| own == key && value == text.trim()).map(|(path, ..)| path.as_str())
    }
}

fn shown(site: &Site) -> Vec<Shown> {
    let Some(root) = &site.root else { return Vec::new() };
    let mut found = Vec::new();
    let mut paths: Vec<String> = site.files().files().filter(|(_, entry)| entry.kind == EntryKind::File).map(|(path, _)| path).collect();
    paths.retain(|path| is_for_authors(path));
    paths.sort();
    for path in paths {
        let Ok(text) = text_file::read(&root.join(&site.config.source).join(&path)) else { continue };
        if text.len() > MOST_BYTES {
            continue;
        }
        for block in blocks(&text) {
            let front_matter = FrontMatter::parse(block);
            let texts = front_matter.entries().iter().filter_map(|entry| Some((entry.key.text()?, Node::text(&entry.value)?)));
            found.extend(
                texts
                    .filter(|(_, value)| !value.trim().is_empty())
                    .map(|(key, value)| (path.clone(), key.to_owned(), value.trim().to_owned())),
            );
        }
    }
    found
}

/// Whether authors are told in the file how a post looks.
fn is_for_authors(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = name.to_lowercase();
    let is_markdown = name.ends_with(".md") || name.ends_with(".markdown");
    let is_guide = folder.is_empty() && (name.starts_with("readme") || name.starts_with("contributing"));
    let is_template = name.contains("template") || name.contains("skeleton");
    // a post with a date may be about templates
    is_markdown && (is_guide || is_template) && !name.starts_with(|c: char| c.is_ascii_digit())
}

/// The front matter of the file itself, and of the code in it.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    let in_code = text.match_indices("\n```").filter_map(|(at, _)| {
        let rest = text.get(at + 1..)?;
        let start = rest.find('\n')? + 1;
        rest.get(start..).filter(|block| block.starts_with("---"))
    });
    std::iter::once(text).filter(|text| text.starts_with("---")).chain(in_code)
}
