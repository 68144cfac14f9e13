//! The command line: its types, and one file a command.

mod check;
mod completions;
mod explain;
mod init;
pub mod inspect;
mod lsp;
mod output;
mod rules;
mod schema;
mod unused;

use check::CheckArguments;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// A linter for Jekyll posts: it reads them as Jekyll does.
#[derive(Debug, Parser)]
#[command(
    name = "postlint",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "`postlint` alone is `postlint check`.\n\
        Exit status: 0 nothing to report, 1 findings, 2 something could not be read, or wrong usage."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    check: CheckArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Lint a site, folders or files
    Check(CheckArguments),
    /// Write the site's house style down as .postlint.yml
    Init(init::InitArguments),
    /// List the rules
    Rules(rules::RulesArguments),
    /// Print a rule's page
    Explain(explain::ExplainArguments),
    /// Print how Jekyll sees documents
    Inspect(inspect::InspectArguments),
    /// List pictures that nothing refers to
    Unused(unused::UnusedArguments),
    /// Serve an editor: the language server protocol over standard input and output
    Lsp(lsp::LspArguments),
    /// Print the JSON Schema of `.postlint.yml`
    Schema,
    /// Print a completion script for a shell
    Completions(completions::CompletionsArguments),
}

/// The exit code of wrong usage, and of what could not be read.
pub const FAILURE: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        None => check::run(&cli.check),
        Some(Command::Check(arguments)) => check::run(&arguments),
        Some(Command::Init(arguments)) => init::run(&arguments),
        Some(Command::Rules(arguments)) => rules::run(&arguments),
        Some(Command::Explain(arguments)) => explain::run(&arguments),
        Some(Command::Inspect(arguments)) => inspect::main(&arguments),
        Some(Command::Unused(arguments)) => unused::run(&arguments),
        Some(Command::Lsp(arguments)) => lsp::run(&arguments),
        Some(Command::Schema) => schema::run(),
        Some(Command::Completions(arguments)) => completions::run(&arguments),
    };
    match result {
        Ok(code) => code,
        // who reads has seen enough
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(&failure.to_string());
            ExitCode::from(FAILURE)
        }
    }
}

/// Why a command gave up.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("cannot write: {0}")]
    Output(#[from] std::io::Error),
    #[error("{0}")]
    Usage(String),
}

type Outcome = Result<ExitCode, Failure>;
