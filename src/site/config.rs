//! `_config.yml`: the fields that Jekyll reads, with its defaults.

use crate::kramdown;

/// The configuration of a site.
#[derive(Debug, Default)]
pub struct SiteConfig {
    /// `kramdown:`, merged with Jekyll's own defaults.
    pub kramdown: kramdown::Options,
}
