//! Files and their URIs.

use crate::lint::project::absolute_file;
use lsp_types::Uri;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The file behind a `file:` URI, its folder without links.
pub fn file(uri: &str) -> Option<PathBuf> {
    let url = url::Url::parse(uri).ok().filter(|url| url.scheme() == "file")?;
    let path = url.to_file_path().ok()?;
    path.file_name()?;
    // the folder of a file that was never saved need not be there
    Some(absolute_file(&path).unwrap_or(path))
}

/// The URI of an absolute path.
pub fn of(path: &Path) -> Option<Uri> {
    Uri::from_str(url::Url::from_file_path(path).ok()?.as_str()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_umlauts_survive() {
        let path = std::env::temp_dir().join("_posts/2024-01-01-für alle #1.md");
        let uri = of(&path).map(|uri| uri.as_str().to_owned());
        assert_eq!(
            uri.as_deref().and_then(file).map(|file| file.file_name().map(ToOwned::to_owned)),
            Some(path.file_name().map(ToOwned::to_owned))
        );
        assert_eq!(file("untitled:Untitled-1"), None);
        assert_eq!(file("nonsense"), None);
    }
}
