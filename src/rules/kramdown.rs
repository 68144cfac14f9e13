//! Rules about what kramdown does in silence.

pub mod attribute_list_as_text;
pub mod attribute_list_ignored;
