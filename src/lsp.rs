//! `postlint lsp`: the language server. An editor asks, over standard input and output; the answers are those of
//! `postlint check FILE`, for the text in the editor.
//!
//! One thread does everything, in the order of the messages. Linting waits until the editor is silent for a moment, so that
//! of many versions of a text only the newest is linted; a question about a text lints it at once, if need be.
//!
//! A request is one file: [`code_action`], [`completion`], [`hover`]. What the server says on its own is in [`diagnostics`].

mod answers;
mod client;
mod code_action;
mod completion;
mod diagnostics;
mod hover;
mod open_texts;
mod position;
mod server;
mod text_edits;
mod uri;
mod workspace;

pub use server::{Ending, serve};
