use postlint::cli::inspect;
use postlint::post::{DocumentKind, Post};
use postlint::site::Site;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

fn main() {
    let mut json = false;
    let mut paths = Vec::new();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "inspect" | "--format" | "text" => {}
            "json" => json = true,
            path => paths.push(PathBuf::from(path)),
        }
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    for path in paths {
        let written = if path.is_dir() { site(&path, json, &mut out) } else { file(&path, json, &mut out) };
        if let Err(error) = written {
            eprintln!("postlint: {}: {error}", path.display());
        }
    }
}

fn file(path: &Path, json: bool, out: &mut impl Write) -> std::io::Result<()> {
    let bytes = fs::read(path)?;
    let site = Site::none();
    print(&path.to_string_lossy(), DocumentKind::Post, bytes, &site, json, out)
}

fn site(root: &Path, json: bool, out: &mut impl Write) -> std::io::Result<()> {
    let config: serde_yaml::Value =
        fs::read_to_string(root.join("_config.yml")).ok().and_then(|text| serde_yaml::from_str(&text).ok()).unwrap_or_default();
    let text = |key: &str| config.get(key).and_then(|value| value.as_str());
    let source = match text("source") {
        Some(source) if source != "." && root.join(source).is_dir() => root.join(source),
        _ => root.to_owned(),
    };
    let collections: Vec<String> = match config.get("collections") {
        Some(serde_yaml::Value::Mapping(map)) => map.keys().filter_map(|key| key.as_str()).map(str::to_owned).collect(),
        Some(serde_yaml::Value::Sequence(list)) => list.iter().filter_map(|key| key.as_str()).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let skip = text("collections_dir").map_or(0, |dir| dir.split('/').count());
    let mut files = Vec::new();
    walk(&source, &mut Vec::new(), &mut files)?;
    let mut documents: Vec<(String, DocumentKind)> =
        files.into_iter().filter_map(|segments| kind(&segments, &collections, skip).map(|kind| (segments.join("/"), kind))).collect();
    documents.sort();
    let site = Site::none();
    for (path, kind) in documents {
        print(&path, kind, fs::read(source.join(&path))?, &site, json, out)?;
    }
    Ok(())
}

fn walk(folder: &Path, segments: &mut Vec<String>, files: &mut Vec<Vec<String>>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let file_type = entry.file_type()?;
        if file_type.is_dir() {
            if [".git", "node_modules", "vendor", "_site", ".bundle", ".jekyll-cache"].contains(&name.as_str()) {
                continue;
            }
            segments.push(name);
            walk(&entry.path(), segments, files)?;
            segments.pop();
        } else if file_type.is_file() {
            segments.push(name);
            files.push(segments.clone());
            segments.pop();
        }
    }
    Ok(())
}

fn kind(segments: &[String], collections: &[String], skip: usize) -> Option<DocumentKind> {
    let (name, folders) = segments.split_last()?;
    if folders.iter().any(|folder| folder.starts_with('.')) {
        return None;
    }
    let extension = Path::new(name).extension()?.to_string_lossy().to_lowercase();
    let markdown = ["markdown", "mkdown", "mkdn", "mkd", "md"].contains(&extension.as_str());
    let other = ["html", "htm", "textile", "text", "rmd", "adoc", "org", "rst"].contains(&extension.as_str());
    let collection = segments.get(skip..).filter(|rest| rest.len() > 1).and_then(|rest| rest[0].strip_prefix('_'));
    if folders.iter().any(|folder| folder == "_posts") {
        (markdown || other).then_some(DocumentKind::Post)
    } else if folders.iter().any(|folder| folder == "_drafts") {
        markdown.then_some(DocumentKind::Draft)
    } else if collection.is_some_and(|label| collections.iter().any(|collection| collection == label)) {
        markdown.then_some(DocumentKind::Collection)
    } else if folders.iter().any(|folder| folder.starts_with('_')) {
        None
    } else {
        markdown.then_some(DocumentKind::Page)
    }
}

fn print(path: &str, kind: DocumentKind, bytes: Vec<u8>, site: &Site, json: bool, out: &mut impl Write) -> std::io::Result<()> {
    let text = String::from_utf8_lossy(&bytes);
    if text.is_empty() {
        return Ok(());
    }
    let post = Post::parse(path, kind, &text, site);
    if kind == DocumentKind::Page && post.front_matter.status == postlint::post::front_matter::Status::Missing {
        return Ok(());
    }
    if json { inspect::write_json(&post, out) } else { inspect::write_text(&post, out) }
}
