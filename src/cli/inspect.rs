//! `postlint inspect`: how Jekyll sees a document.

pub mod facts;
mod plain;
mod summary;

use super::output::complain;
use super::{FAILURE, Outcome};
use crate::post::front_matter::Status;
use crate::post::{DocumentKind, Post};
use crate::site::{LoadOptions, Site};
use clap::{Args, ValueEnum};
use facts::Facts;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct InspectArguments {
    /// Files, or sites and folders with all their documents; without any, the current folder
    paths: Vec<PathBuf>,
    /// How they are written: `text` for people, or `json`, one object a line
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "text|json")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// A short text a document, for people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// Runs the command.
pub(super) fn main(arguments: &InspectArguments) -> Outcome {
    let here = [PathBuf::from(".")];
    let paths = if arguments.paths.is_empty() { &here[..] } else { &arguments.paths };
    let mut out = BufWriter::new(io::stdout().lock());
    let all_read = run(paths, arguments.format, &mut out, &mut |sentence| complain(&sentence))?;
    out.flush()?;
    Ok(if all_read { ExitCode::SUCCESS } else { ExitCode::from(FAILURE) })
}

/// Files that are longer are not read, in bytes.
const MAX_LENGTH: u64 = 16 * 1024 * 1024;

/// Prints how Jekyll sees each of `paths`: a file, or all documents in a folder. What cannot be read is told to `warn`,
/// as a sentence; the rest is printed all the same. Returns whether everything could be read.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn run(paths: &[PathBuf], format: Format, out: &mut impl Write, warn: &mut impl FnMut(String)) -> io::Result<bool> {
    let mut all_read = true;
    for path in paths {
        let root = Site::find_root(path).unwrap_or_else(|| folder_of(path));
        let (site, problems) = Site::load(&root, &LoadOptions::default());
        for problem in problems {
            warn(problem.to_string());
        }
        let mut printer = Printer { site: &site, format, out };
        for document in documents(&site, &root, path) {
            if let Err(error) = printer.document(&document)? {
                warn(format!("{}: {error}", document.disk.display()));
                all_read = false;
            }
        }
    }
    Ok(all_read)
}

/// A folder itself, or the folder of a file.
fn folder_of(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match absolute.parent() {
        Some(parent) if !absolute.is_dir() => parent.to_owned(),
        _ => absolute,
    }
}

/// A file to print.
struct Document {
    path: String,
    kind: DocumentKind,
    disk: PathBuf,
    /// Named by itself, and not found in a folder.
    is_named: bool,
}

/// The documents of `site` at `path`, a file or a folder.
fn documents(site: &Site, root: &Path, path: &Path) -> Vec<Document> {
    let relative = relative_to(root, path);
    if path.is_dir() {
        let below = site.documents().iter().filter(|document| Path::new(&document.path).starts_with(&relative));
        let found = below.map(|document| Document {
            path: document.path.clone(),
            kind: document.kind,
            disk: document.disk_path().to_owned(),
            is_named: false,
        });
        return found.collect();
    }
    vec![Document { kind: site.kind_of(&relative), path: relative, disk: path.to_owned(), is_named: true }]
}

/// `path` relative to `root`, with `/`; as it is where it lies elsewhere.
fn relative_to(root: &Path, path: &Path) -> String {
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let absolute = real(path);
    let relative = absolute.strip_prefix(real(root)).unwrap_or(path);
    relative.to_string_lossy().replace('\\', "/")
}

struct Printer<'s, W> {
    site: &'s Site,
    format: Format,
    out: &'s mut W,
}

impl<W: Write> Printer<'_, W> {
    /// The inner error is one of reading, the outer one of writing.
    fn document(&mut self, document: &Document) -> io::Result<io::Result<()>> {
        let text = match read(&document.disk) {
            Ok(text) => text,
            Err(error) => return Ok(Err(error)),
        };
        let post = Post::parse(&document.path, document.kind, &text, self.site);
        // Jekyll copies such a page as it is; an empty file is nothing at all
        let is_copied = document.kind == DocumentKind::Page && post.front_matter.status == Status::Missing;
        if document.is_named || !(is_copied || text.is_empty()) {
            write(&post, self.format, self.out)?;
        }
        Ok(Ok(()))
    }
}

/// Writes what Jekyll sees in `post`.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(post: &Post, format: Format, out: &mut impl Write) -> io::Result<()> {
    let facts = Facts::of(post);
    match format {
        Format::Text => summary::write(post, &facts, out),
        Format::Json => {
            serde_json::to_writer(&mut *out, &facts)?;
            writeln!(out)
        }
    }
}

/// The text of a file; each byte that is no UTF-8 becomes a `?`, so that all places stay where they are.
fn read(path: &Path) -> io::Result<String> {
    if fs::metadata(path)?.len() > MAX_LENGTH {
        return Err(io::Error::other("it is larger than 16 MiB"));
    }
    let mut text = String::new();
    for chunk in fs::read(path)?.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    Ok(text)
}
