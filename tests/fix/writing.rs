//! Files are replaced wholly or not at all, and never through a link.

use postlint::fix::WriteError;
use postlint::fix::write::replace;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use tempfile::TempDir;

fn folder_with(name: &str, text: &str) -> (TempDir, std::path::PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    (folder, path)
}

#[test]
fn the_mode_stays_and_nothing_is_left_behind() {
    let (folder, path) = folder_with("x.md", "old");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    replace(&path, None, b"old", b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_link_is_not_written_through() {
    let (folder, path) = folder_with("x.md", "old");
    let link = folder.path().join("link.md");
    symlink(&path, &link).unwrap();
    assert!(matches!(replace(&link, None, b"old", b"new"), Err(WriteError::SymbolicLink { .. })));
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}

#[test]
fn nor_is_a_linked_folder_of_the_site() {
    let (folder, path) = folder_with("elsewhere/x.md", "old");
    let site = folder.path().join("site");
    fs::create_dir(&site).unwrap();
    symlink(path.parent().unwrap(), site.join("_posts")).unwrap();
    let linked = site.join("_posts/x.md");
    assert!(matches!(replace(&linked, Some(&site), b"old", b"new"), Err(WriteError::SymbolicLink { .. })));
    // a site that itself is reached through a link is the user's own choice
    let site_link = folder.path().join("link");
    symlink(path.parent().unwrap(), &site_link).unwrap();
    replace(&site_link.join("x.md"), Some(&site_link), b"old", b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
}

#[test]
fn what_others_changed_stays() {
    let (folder, path) = folder_with("x.md", "theirs");
    assert!(matches!(replace(&path, None, b"old", b"new"), Err(WriteError::Changed(_))));
    assert_eq!(fs::read(&path).unwrap(), b"theirs");
    assert!(matches!(replace(&folder.path().join("gone.md"), None, b"old", b"new"), Err(WriteError::Vanished(_))));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    assert!(matches!(replace(&path, None, b"theirs", b"new"), Err(WriteError::ReadOnly(_))));
    assert_eq!(fs::read(&path).unwrap(), b"theirs");
}
