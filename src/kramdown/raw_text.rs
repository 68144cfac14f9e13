//! Text of a block that waits for the second pass.

use crate::text::{Extract, ExtractBuilder};
use std::ops::Range;
use std::rc::Rc;

/// The raw text of a block: nearly always one range of what the block was read from, put together from several when
/// paragraphs are joined.
#[derive(Debug)]
pub(super) enum RawText<'a> {
    Range(Rc<Extract<'a>>, Range<usize>),
    Joined(ExtractBuilder<'a>),
}
