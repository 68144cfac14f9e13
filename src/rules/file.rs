//! Rules about files that cannot be read as a post at all. There is no post for them to check: `lint/read.rs` writes
//! their findings.

pub mod not_utf8;
pub mod too_large;
pub mod unreadable;
