//! `postlint schema`: the JSON Schema of `.postlint.yml`, for editors.

use super::{Failure, Outcome};
use std::io::Write;
use std::process::ExitCode;

pub fn run() -> Outcome {
    let schema = serde_json::to_string_pretty(&crate::config::schema::schema()).map_err(|error| Failure::Usage(error.to_string()))?;
    writeln!(std::io::stdout().lock(), "{schema}")?;
    Ok(ExitCode::SUCCESS)
}
