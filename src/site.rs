//! The site around the posts: all that rules know of the disk.

pub mod config;

use crate::post::Engine;
use config::SiteConfig;
use std::path::PathBuf;

/// A Jekyll site, read once, before the posts.
#[derive(Debug)]
pub struct Site {
    /// The folder with `_config.yml`; `None` for posts without a site.
    pub root: Option<PathBuf>,
    pub config: SiteConfig,
}

impl Site {
    /// No site: Jekyll's defaults, and nothing known of any file.
    pub fn none() -> Site {
        Site { root: None, config: SiteConfig::default() }
    }

    /// Which engine reads the file `path`.
    pub fn engine_of(&self, path: &str) -> Engine {
        match path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).as_deref() {
            Some("markdown" | "mkdown" | "mkdn" | "mkd" | "md") => Engine::Kramdown,
            Some("html" | "htm") => Engine::Html,
            _ => Engine::Plain,
        }
    }
}
