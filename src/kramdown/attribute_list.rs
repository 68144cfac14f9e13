//! Attribute lists.

use crate::markup::{Hazard, Value};
use crate::text::{Extract, Span};
use std::ops::Range;

#[derive(Debug, Clone)]
pub(super) struct AttributeList<'a> {
    pub span: Span,
    pub references: Vec<Value<'a>>,
    pub attributes: Vec<(Value<'a>, Value<'a>)>,
}

pub(super) fn parse<'a>(extract: &Extract<'a>, range: Range<usize>, _hazards: &mut Vec<Hazard>) -> AttributeList<'a> {
    AttributeList { span: extract.span(range), references: Vec::new(), attributes: Vec::new() }
}
