//! `postlint lsp`: the language server, over standard input and output.

use super::output::complain;
use super::{Failure, Outcome};
use crate::lsp::{self, Ending};
use clap::Args;
use lsp_server::Connection;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct LspArguments {
    /// What editors add, and what is done in any case
    #[arg(long, hide = true)]
    stdio: bool,
}

pub fn run(_: &LspArguments) -> Outcome {
    let (connection, threads) = Connection::stdio();
    let ending = lsp::serve(&connection);
    drop(connection);
    match ending {
        Ending::Proper => {
            threads.join()?;
            Ok(ExitCode::SUCCESS)
        }
        // the protocol's own exit code for this
        Ending::WithoutShutdown => {
            threads.join()?;
            Ok(ExitCode::FAILURE)
        }
        // the threads know why, if there is a reason
        Ending::EditorGone => {
            threads.join().map_err(|error| Failure::Usage(format!("the editor's messages cannot be read: {error}")))?;
            complain("the editor went away without `shutdown` and `exit`");
            Ok(ExitCode::FAILURE)
        }
        // the thread that reads may wait for ever
        Ending::EditorDeaf => {
            complain("the editor does not read what it is told");
            Ok(ExitCode::FAILURE)
        }
    }
}
