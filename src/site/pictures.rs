//! What the files of pictures are made of: read when a rule asks for it, from their first bytes.

use super::Site;
use crate::unwind::caught;
use imagesize::ImageType;
use rustc_hash::FxHashMap;
use std::fs::File;
use std::io::{BufReader, Seek};

/// Extensions of pictures, lower case.
const EXTENSIONS: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico"];

/// Whether a name has the extension of a picture.
pub fn is_picture(name: &str) -> bool {
    let ext = name.rsplit_once('.').map_or("", |(_, ext)| ext);
    EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(ext))
}

/// What a picture's file says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureFacts {
    /// Length of the file.
    pub bytes: u64,
    /// Width and height in pixels; `None` for formats that have none, such as SVG.
    pub size: Option<(usize, usize)>,
    /// `PNG`, `JPEG`, `GIF`, `WebP`, `BMP`, `HEIF`.
    pub format: Option<&'static str>,
}

/// Where the published pictures are, by their names in lower case; `None` where several have one name.
pub type PicturesByName = FxHashMap<String, Option<String>>;

impl Site {
    /// The path from the site's root of the only published picture of this name, whatever its folder and letter case.
    pub fn only_picture_named(&self, name: &str) -> Option<String> {
        let pictures = self.pictures_by_name.get_or_init(|| {
            let mut pictures = PicturesByName::default();
            for (path, entry) in self.files().files() {
                if is_picture(&entry.name) && self.files().exclusion(entry).is_none() {
                    pictures.entry(entry.name.to_ascii_lowercase()).and_modify(|known| *known = None).or_insert(Some(format!("/{path}")));
                }
            }
            pictures
        });
        pictures.get(&name.to_ascii_lowercase()).cloned().flatten()
    }

    /// What the picture `path` (relative to the site's root) is; `None` where it cannot be read or is empty.
    pub fn picture_facts(&self, path: &str) -> Option<PictureFacts> {
        let file = File::open(self.root.as_deref()?.join(path)).ok()?;
        let bytes = file.metadata().ok().filter(|metadata| metadata.is_file() && metadata.len() > 0)?.len();
        let mut reader = BufReader::new(file);
        // a file from anywhere
        let format = caught(|| imagesize::reader_type(&mut reader).ok()).ok().flatten();
        reader.rewind().ok()?;
        let size = caught(|| imagesize::reader_size(&mut reader).ok()).ok().flatten();
        Some(PictureFacts {
            bytes,
            size: size.map(|size| (size.width, size.height)).filter(|(width, height)| *width > 0 && *height > 0),
            format: format.map(name).filter(|name| !name.is_empty()),
        })
    }
}

fn name(format: ImageType) -> &'static str {
    match format {
        ImageType::Png => "PNG",
        ImageType::Jpeg => "JPEG",
        ImageType::Gif => "GIF",
        ImageType::Webp => "WebP",
        ImageType::Bmp => "BMP",
        ImageType::Heif(_) => "HEIF",
        _ => "",
    }
}
