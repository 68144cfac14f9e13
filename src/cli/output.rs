//! What a command has to say beside its output.

use crate::report::visible::visible;
use std::io::Write;

/// Writes a complaint to stderr. Where even that fails, nobody is listening.
pub fn complain(message: &str) {
    for line in message.lines() {
        let _ = writeln!(std::io::stderr(), "postlint: {}", visible(line));
    }
}

/// Writes a notice to stderr.
pub fn notice(message: &str) {
    let _ = writeln!(std::io::stderr(), "{}", visible(message));
}
