//! `postlint unused`: pictures that nothing refers to.

use super::output::{complain, notice};
use super::{FAILURE, Failure, Outcome};
use crate::report::visible::visible;
use crate::site::unused::Unused;
use crate::site::{LoadOptions, Site};
use clap::Args;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How many reasons of doubt are named.
const NAMED: usize = 5;

#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 none is unused, 1 some are, 2 something could not be read.")]
pub struct UnusedArguments {
    /// Sites; without any, the one that holds the current folder
    paths: Vec<PathBuf>,
    /// End each name with a NUL instead of a newline, for `xargs -0`
    #[arg(short = '0', long)]
    null: bool,
}

pub(super) fn run(arguments: &UnusedArguments) -> Outcome {
    let here = [PathBuf::from(".")];
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut any, mut all_read) = (false, true);
    for path in if arguments.paths.is_empty() { &here[..] } else { &arguments.paths } {
        let root = Site::find_root(path)
            .ok_or_else(|| Failure::Usage(format!("{}: there is no site: no `_config.yml` in this folder or above", path.display())))?;
        let (site, problems) = Site::load(&root, &LoadOptions::default());
        problems.iter().for_each(|problem| complain(&problem.to_string()));
        let unused = site.unused_pictures();
        for (picture, _) in &unused.pictures {
            let shown = shown(path, &root).join(picture).to_string_lossy().into_owned();
            if arguments.null {
                write!(out, "{shown}\0")?;
            } else {
                writeln!(out, "{}", visible(&shown))?;
            }
        }
        out.flush()?;
        tell(&unused);
        any |= !unused.pictures.is_empty();
        all_read &= unused.unread.is_empty() && problems.is_empty();
    }
    Ok(if all_read { ExitCode::from(u8::from(any)) } else { ExitCode::from(FAILURE) })
}

/// What stands before the names: the site's folder as it was named, or its full path.
fn shown(path: &Path, root: &Path) -> PathBuf {
    let is_root = path.canonicalize().ok().is_some_and(|path| root.canonicalize().ok() == Some(path));
    match is_root {
        true if path == Path::new(".") => PathBuf::new(),
        true => path.to_owned(),
        false => root.to_owned(),
    }
}

/// The sum, and what is in doubt.
fn tell(unused: &Unused) {
    for text in &unused.unread {
        complain(&format!("{text}: cannot be read; it may refer to pictures"));
    }
    let bytes: u64 = unused.pictures.iter().map(|(_, bytes)| bytes).sum();
    let verb = if unused.pictures.len() == 1 { "is" } else { "are" };
    let size = if bytes == 0 { String::new() } else { format!(" ({})", size(bytes)) };
    notice(&format!("{} of {} pictures {verb} referred to by nothing{size}", unused.pictures.len(), unused.of));
    for (why, count) in unused.doubts.iter().take(NAMED) {
        notice(&format!("{count} not judged: {why}"));
    }
    let more: usize = unused.doubts.iter().skip(NAMED).map(|(_, count)| count).sum();
    if more > 0 {
        notice(&format!("{more} more not judged, for reasons like these"));
    }
}

/// Bytes for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
