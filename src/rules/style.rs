//! Rules about how a post's text is laid out.

pub mod final_newline;
