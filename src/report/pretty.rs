//! `--format pretty`.
use super::{Findings, Options};
use std::io::{self, Write};

pub fn write(findings: &Findings, _options: &Options, out: &mut dyn Write) -> io::Result<()> {
    super::concise::write(findings, out)
}
