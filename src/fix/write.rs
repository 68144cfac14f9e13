//! Puts the repaired text in the place of a file: wholly, or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("{}: reached through the symbolic link `{}`, so it is read but not written", path.display(), link.display())]
    SymbolicLink { path: PathBuf, link: PathBuf },
    #[error("{}: is read-only", .0.display())]
    ReadOnly(PathBuf),
    #[error("{}: was deleted in the meantime; not written", .0.display())]
    Vanished(PathBuf),
    #[error("{}: was changed by somebody else in the meantime; not written, run again", .0.display())]
    Changed(PathBuf),
    #[error("{}: cannot be written: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
}

/// Replaces the file `path` by `new`, through a temporary file in the same folder and a rename. Its mode stays, and
/// its owner where the system allows it.
///
/// `old` is what was read from it. No component of `path` below `root` may be a symbolic link; without a root, the
/// file itself may not.
///
/// # Errors
///
/// When the file is reached through a link, read-only, gone, no longer `old`, or the system refuses.
pub fn replace(path: &Path, root: Option<&Path>, old: &[u8], new: &[u8]) -> Result<(), WriteError> {
    if let Some(link) = link_on_the_way(path, root) {
        return Err(WriteError::SymbolicLink { path: path.to_owned(), link });
    }
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => WriteError::Vanished(path.to_owned()),
        _ => WriteError::Io { path: path.to_owned(), source },
    };
    let metadata = fs::symlink_metadata(path).map_err(failed)?;
    if metadata.permissions().readonly() {
        return Err(WriteError::ReadOnly(path.to_owned()));
    }
    if fs::read(path).map_err(failed)? != old {
        return Err(WriteError::Changed(path.to_owned()));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".postlint-").tempfile_in(folder).map_err(failed)?;
    file.write_all(new).map_err(failed)?;
    keep_owner(file.path(), &metadata);
    // after the owner: a change of owner may take bits of the mode away
    file.as_file().set_permissions(metadata.permissions()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Writes a new file; never over one that is there, or came in the meantime.
///
/// # Errors
///
/// There is one, or the system refuses.
pub fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut new = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    new.write_all(content).inspect_err(|_| {
        // half a file is worse than none
        let _ = fs::remove_file(path);
    })
}

/// The first symbolic link on the way from `root` to `path`.
fn link_on_the_way(path: &Path, root: Option<&Path>) -> Option<PathBuf> {
    let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    let below = root.and_then(|root| Some((root, path.strip_prefix(root).ok()?)));
    let Some((root, below)) = below else {
        return is_link(path).then(|| path.to_owned());
    };
    let mut at = root.to_owned();
    below.components().find_map(|component| {
        at.push(component);
        is_link(&at).then(|| at.clone())
    })
}

#[cfg(unix)]
fn keep_owner(path: &Path, metadata: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, chown};
    let same = fs::metadata(path).is_ok_and(|own| (own.uid(), own.gid()) == (metadata.uid(), metadata.gid()));
    if !same {
        // only a privileged user may give files away; for others the file becomes their own, as with any editor
        let _ = chown(path, Some(metadata.uid()), Some(metadata.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_path: &Path, _metadata: &fs::Metadata) {}
