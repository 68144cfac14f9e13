//! Rules about suppressions. What a suppression did is known when all other rules have spoken: `suppress.rs` writes
//! their findings.

pub mod unknown;
pub mod unused;
