//! The editor: what it can do, and what is said to it.

use super::position::Encoding;
use lsp_server::{Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self, LogMessage, PublishDiagnostics, ShowMessage};
use lsp_types::request::{self, RegisterCapability};
use lsp_types::{
    ClientCapabilities, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, InitializeParams, LogMessageParams,
    MessageType, PublishDiagnosticsParams, Registration, RegistrationParams, ShowMessageParams,
};
use serde::Serialize;

/// The editor at the other end.
pub struct Client {
    outbox: Box<dyn Fn(Message) -> bool>,
    /// Columns count this.
    pub encoding: Encoding,
    /// Takes edits that name the version of the text that they are for.
    pub versioned_edits: bool,
    /// Can be asked to tell when files change.
    pub watches_files: bool,
    requests: i32,
    gone: bool,
}

impl Client {
    /// `outbox` says whether the message could be sent.
    pub fn new(outbox: Box<dyn Fn(Message) -> bool>) -> Client {
        Client { outbox, encoding: Encoding::default(), versioned_edits: false, watches_files: false, requests: 0, gone: false }
    }

    /// Takes over what the editor says of itself.
    pub fn introduce(&mut self, params: &InitializeParams) {
        let ClientCapabilities { general, workspace, .. } = &params.capabilities;
        let offered = general.as_ref().and_then(|general| general.position_encodings.as_deref()).unwrap_or_default();
        self.encoding = Encoding::choose(offered);
        let edits = workspace.as_ref().and_then(|workspace| workspace.workspace_edit.as_ref());
        self.versioned_edits = edits.and_then(|edits| edits.document_changes).unwrap_or_default();
        let watching = workspace.as_ref().and_then(|workspace| workspace.did_change_watched_files);
        self.watches_files = watching.and_then(|watching| watching.dynamic_registration).unwrap_or_default();
    }

    /// Nobody reads what is sent.
    pub fn is_gone(&self) -> bool {
        self.gone
    }

    pub fn send(&mut self, message: impl Into<Message>) {
        self.gone |= !(self.outbox)(message.into());
    }

    pub fn answer<A: Serialize>(&mut self, id: RequestId, answer: A) {
        self.send(Response::new_ok(id, answer));
    }

    pub fn publish(&mut self, params: PublishDiagnosticsParams) {
        self.notify::<PublishDiagnostics>(params);
    }

    /// Writes into the editor's log.
    pub fn log(&mut self, message: impl Into<String>) {
        self.notify::<LogMessage>(LogMessageParams { typ: MessageType::WARNING, message: message.into() });
    }

    /// Shows something to who sits before the editor.
    pub fn show(&mut self, message: impl Into<String>) {
        self.notify::<ShowMessage>(ShowMessageParams { typ: MessageType::ERROR, message: message.into() });
    }

    /// Asks to be told when files of the site change.
    pub fn ask_for_changes(&mut self) {
        let watcher = FileSystemWatcher { glob_pattern: GlobPattern::String("**/*".into()), kind: None };
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher] };
        let registration = Registration {
            id: "site".into(),
            method: <notification::DidChangeWatchedFiles as notification::Notification>::METHOD.into(),
            register_options: serde_json::to_value(options).ok(),
        };
        self.request::<RegisterCapability>(RegistrationParams { registrations: vec![registration] });
    }

    fn notify<N: notification::Notification>(&mut self, params: N::Params) {
        self.send(Notification::new(N::METHOD.to_owned(), params));
    }

    fn request<R: request::Request>(&mut self, params: R::Params) {
        self.requests += 1;
        self.send(Request::new(self.requests.into(), R::METHOD.to_owned(), params));
    }
}
