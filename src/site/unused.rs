//! Pictures that nothing in the site's folder refers to: no post, layout, include, style, script or data.
//!
//! A picture is only listed where all that names pictures is known. Names that Liquid or a script puts together, and
//! what walks over `site.static_files`, leave the pictures that they may mean in doubt.

use super::Site;
use super::files::{NEVER_READ, join};
use super::fnmatch::fnmatch;
use super::outputs::is_binary;
use super::picture_names::picture_names;
use super::pictures::is_picture;
use rustc_hash::FxHashMap;
use std::fs;
use std::path::Path;

/// Texts that are longer are not read, in bytes.
const MAX_LENGTH: u64 = 16 * 1024 * 1024;

/// What browsers, phones and hosts ask for by themselves.
const ASKED_FOR: [&str; 7] =
    ["favicon", "apple-touch-icon", "android-chrome", "mstile", "safari-pinned-tab", "browserconfig", "screenshot."];

/// Marks that a name cannot be told from its surroundings by.
const ODD: [char; 14] = [' ', '"', '\'', '(', ')', '[', ']', '{', '}', ',', ';', ':', '=', '*'];

/// What is known of the pictures that are published.
#[derive(Debug, Default)]
pub struct Unused {
    /// Pictures that nothing refers to, relative to the site's root, sorted, with their length in bytes.
    pub pictures: Vec<(String, u64)>,
    /// How many pictures are published.
    pub of: usize,
    /// Why pictures are not judged, and how many: the most first.
    pub doubts: Vec<(String, usize)>,
    /// Texts that cannot be read: they may refer to anything.
    pub unread: Vec<String>,
}

/// A published picture.
struct Picture {
    /// Relative to the site's root.
    path: String,
    /// Relative to the source, lower case.
    lower: String,
    is_used: bool,
}

/// The pictures of the site, by their names in lower case.
struct Search {
    pictures: Vec<Picture>,
    by_name: FxHashMap<String, Vec<usize>>,
    /// Names with unknown parts, and the first file that has them.
    patterns: FxHashMap<String, String>,
    /// Pictures whose names cannot be told from their surroundings.
    odd: Vec<usize>,
    /// Files that walk over all files of the site, and the parts of paths that they name.
    walks: Vec<(String, Vec<String>)>,
}

impl Site {
    /// Pictures that nothing in the site's folder refers to. This reads all its texts.
    pub fn unused_pictures(&self) -> Unused {
        let mut search = Search::new(self);
        let mut unused = Unused { of: search.pictures.len(), ..Unused::default() };
        let Some(root) = self.root.as_deref().filter(|_| unused.of > 0) else { return unused };
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(root.join(&folder)) else {
                unused.unread.push(folder);
                continue;
            };
            for entry in entries.flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let path = join(&folder, &name);
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => {
                        // code of others, and what Jekyll writes
                        let is_foreign = NEVER_READ.contains(&name.as_str()) || path == "vendor" || path == self.config.destination;
                        folders.extend((!is_foreign).then_some(path));
                    }
                    _ if is_binary(&name) => {}
                    _ => match read(&root.join(&path)) {
                        Some(text) => search.read(&path, &text, self.config.is_markdown_extension(extension(&name))),
                        None => unused.unread.push(path),
                    },
                }
            }
        }
        unused.unread.sort();
        search.judge(self, root, &mut unused);
        unused
    }
}

/// The text of a file, whatever its encoding. A link that leads nowhere is no text.
fn read(path: &Path) -> Option<String> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() && metadata.len() <= MAX_LENGTH => {}
        Ok(metadata) if metadata.is_file() => return None,
        _ => return Some(String::new()),
    }
    Some(String::from_utf8_lossy(&fs::read(path).ok()?).into_owned())
}

impl Search {
    fn new(site: &Site) -> Search {
        let mut pictures: Vec<Picture> = Vec::new();
        for (source_path, entry) in site.files().files() {
            let name = entry.name.to_lowercase();
            if is_picture(&name) && site.files().exclusion(entry).is_none() && !ASKED_FOR.iter().any(|known| name.starts_with(known)) {
                let lower = source_path.to_lowercase();
                pictures.push(Picture { path: join(&site.config.source, &source_path), lower, is_used: false });
            }
        }
        pictures.sort_by(|a, b| a.path.cmp(&b.path));
        let mut by_name: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (index, picture) in pictures.iter().enumerate() {
            by_name.entry(last_part(&picture.lower).to_owned()).or_default().push(index);
        }
        let odd = (0..pictures.len()).filter(|&index| last_part(&pictures[index].lower).contains(ODD)).collect();
        Search { pictures, by_name, patterns: FxHashMap::default(), odd, walks: Vec::new() }
    }

    /// Takes note of all that `text` names.
    fn read(&mut self, file: &str, text: &str, is_markdown: bool) {
        for name in picture_names(text, is_markdown) {
            if name.contains('*') {
                self.patterns.entry(name).or_insert_with(|| file.to_owned());
            } else {
                self.mark(&name);
            }
        }
        if !self.odd.is_empty() {
            let lower = text.to_lowercase();
            let pictures = &mut self.pictures;
            self.odd.retain(|&index| {
                let is_named = lower.contains(last_part(&pictures[index].lower));
                pictures[index].is_used |= is_named;
                !is_named
            });
        }
        let is_code = || file.ends_with(".rb") || liquid_tags(text).any(|tag| tag.contains("site.static_files"));
        if text.contains("static_files") && is_code() {
            self.walks.push((file.to_owned(), quoted_in_liquid(text)));
        }
    }

    /// Marks the pictures that `name` means; where there is none in that folder, all of that name.
    fn mark(&mut self, name: &str) {
        let file_name = last_part(name);
        // `crane@2x.png` goes with `crane.png`
        let twin = file_name.rsplit_once('.').map(|(stem, ext)| format!("{stem}@2x.{ext}"));
        for file_name in [Some(file_name.to_owned()), twin].into_iter().flatten() {
            let Some(same_name) = self.by_name.get(&file_name) else { continue };
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let meant: Vec<usize> = same_name.iter().copied().filter(|&index| is_in(&self.pictures[index].lower, folder)).collect();
            for &index in if meant.is_empty() { same_name } else { &meant } {
                self.pictures[index].is_used = true;
            }
        }
    }

    /// Lists what is not used, and counts what is in doubt.
    fn judge(self, site: &Site, root: &Path, unused: &mut Unused) {
        let mut doubts: FxHashMap<String, usize> = FxHashMap::default();
        let patterns = self.patterns();
        for picture in self.pictures.iter().filter(|picture| !picture.is_used) {
            match self.doubt(site, &patterns, picture) {
                Some(why) => *doubts.entry(why).or_default() += 1,
                None => {
                    let bytes = root.join(&picture.path).metadata().map_or(0, |metadata| metadata.len());
                    unused.pictures.push((picture.path.clone(), bytes));
                }
            }
        }
        unused.doubts = doubts.into_iter().collect();
        unused.doubts.sort_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then_with(|| a.cmp(b)));
    }

    /// The patterns with the file that has them, sorted; those that no picture matches, by their last part.
    fn patterns(&self) -> Vec<(String, &str)> {
        let mut patterns: Vec<(String, &str)> = self
            .patterns
            .iter()
            .map(|(pattern, file)| {
                let is_met = self.pictures.iter().any(|picture| matches(pattern, &picture.lower));
                (if is_met { pattern.clone() } else { last_part(pattern).to_owned() }, file.as_str())
            })
            .collect();
        patterns.sort();
        patterns
    }

    /// Why nobody knows whether the picture is used.
    fn doubt(&self, site: &Site, patterns: &[(String, &str)], picture: &Picture) -> Option<String> {
        if let Some((pattern, file)) = patterns.iter().find(|(pattern, _)| matches(pattern, &picture.lower)) {
            return Some(format!("`{file}` puts names together such as `{pattern}`"));
        }
        for (file, parts) in &self.walks {
            let known: Vec<&String> =
                parts.iter().filter(|part| self.pictures.iter().any(|picture| picture.lower.contains(part.as_str()))).collect();
            if known.is_empty() || known.iter().any(|part| picture.lower.contains(part.as_str())) {
                return Some(format!("`{file}` walks over `site.static_files`"));
            }
        }
        let depth = picture.lower.matches('/').count();
        (site.config.theme.is_some() && depth <= 2).then(|| "the theme may use them".to_owned())
    }
}

/// Whether a path lies in `folder`, as far as both are known: either may have more in front (`baseurl`, a host).
fn is_in(path: &str, folder: &str) -> bool {
    let own = path.rsplit_once('/').map_or("", |(own, _)| own);
    let ends =
        |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || short.is_empty() || rest.ends_with('/'));
    ends(own, folder) || ends(folder, own)
}

fn matches(pattern: &str, path: &str) -> bool {
    let pattern = pattern.replace(['[', '?', '\\'], "*");
    let without_first = pattern.split_once('/').map(|(_, rest)| rest);
    [Some(pattern.as_str()), without_first]
        .into_iter()
        .flatten()
        .any(|pattern| fnmatch(pattern, path) || fnmatch(&format!("*/{pattern}"), path))
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ext)| ext)
}

/// What stands in the Liquid tags and variables of a text.
fn liquid_tags(text: &str) -> impl Iterator<Item = &str> {
    text.split("{%").skip(1).chain(text.split("{{").skip(1)).map(|tag| tag.split(['%', '}']).next().unwrap_or_default())
}

/// The strings in the Liquid of a text that may be parts of paths, lower case: those with a slash, if there are any.
fn quoted_in_liquid(text: &str) -> Vec<String> {
    let strings = liquid_tags(text).flat_map(|tag| {
        let by_double = tag.split('"').skip(1).step_by(2);
        by_double.chain(tag.split('\'').skip(1).step_by(2))
    });
    let parts: Vec<String> = strings.map(|part| part.trim_start_matches('/').to_lowercase()).filter(|part| part.len() >= 3).collect();
    let folders: Vec<String> = parts.iter().filter(|part| part.contains('/')).cloned().collect();
    if folders.is_empty() { parts } else { folders }
}
