//! Spans.

use super::parser::Parser;
use crate::markup::NodeId;
use crate::text::Extract;
use std::ops::Range;

impl<'a> Parser<'a> {
    pub(super) fn parse_spans(&mut self, parent: NodeId, text: &Extract<'a>, range: Range<usize>) {
        self.push_text(parent, text, range);
    }
}
