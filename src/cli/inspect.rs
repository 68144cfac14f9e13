//! `postlint inspect`: how Jekyll sees a document.

pub mod facts;
mod plain;
mod summary;

use crate::post::Post;
use facts::Facts;
use std::io::{self, Write};

/// Writes what Jekyll sees in `post` as one JSON object on one line.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_json(post: &Post, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Facts::of(post))?;
    writeln!(out)
}

/// Writes what Jekyll sees in `post` as a short text for people.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_text(post: &Post, out: &mut impl Write) -> io::Result<()> {
    summary::write(post, &Facts::of(post), out)
}
