//! The conversation: messages in, answers and diagnostics out, until the editor says goodbye or is gone.

use super::client::Client;
use super::code_action::FIX_ALL;
use super::open_texts::{OpenText, OpenTexts};
use super::workspace::Workspace;
use super::{diagnostics, uri};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::lint::Document;
use crate::lint::run::Repair;
use crate::watch::{Watcher, is_own};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CompletionOptions, Diagnostic as Shown, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, HoverProviderCapability, InitializeParams,
    InitializeResult, PublishDiagnosticsParams, SaveOptions, ServerCapabilities, ServerInfo, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::{Duration, Instant};

/// A text is linted when nothing was said for this long…
const SILENCE: Duration = Duration::from_millis(10);
/// …or when it has waited for this long.
const LONGEST_WAIT: Duration = Duration::from_millis(250);

/// How often files are looked at for an editor that does not tell when they change.
const ROUND: Duration = Duration::from_millis(500);

/// Characters after which there may be something to complete: URLs, tags, values of the front matter.
const TRIGGERS: [&str; 8] = ["(", "/", "\"", "'", ":", "[", "%", "#"];

/// How the conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// `shutdown`, then `exit`.
    Proper,
    /// `exit` without `shutdown`.
    WithoutShutdown,
    /// Nothing comes from the editor any more.
    EditorGone,
    /// The editor does not take what is sent to it.
    EditorDeaf,
}

/// Talks with the editor at the other end of `connection` until the end.
pub fn serve(connection: &Connection) -> Ending {
    let (id, params) = match connection.initialize_start() {
        Ok(start) => start,
        // `exit`, or the end of the input
        Err(_) => return Ending::EditorGone,
    };
    let outbox = connection.sender.clone();
    let mut client = Client::new(Box::new(move |message| outbox.send(message).is_ok()));
    match serde_json::from_value::<InitializeParams>(params) {
        Ok(params) => client.introduce(&params),
        Err(error) => client.log(format!("postlint: `initialize` is not understood in full: {error}")),
    }
    client.answer(id, introduction(&client));
    let mut server = Server::new(client);
    loop {
        let message = match server.patience() {
            None => connection.receiver.recv().ok(),
            Some(patience) => match connection.receiver.recv_timeout(patience) {
                Ok(message) => Some(message),
                Err(error) if error.is_timeout() => {
                    server.look_at_files();
                    server.lint_next();
                    continue;
                }
                Err(_) => None,
            },
        };
        let ending = message.map_or(Some(Ending::EditorGone), |message| server.take(message));
        match ending {
            Some(ending) => return ending,
            None if server.client.is_gone() => return Ending::EditorDeaf,
            None => {}
        }
    }
}

/// What this server can do.
fn introduction(client: &Client) -> InitializeResult {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
        ..TextDocumentSyncOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::from(FIX_ALL)]),
        ..CodeActionOptions::default()
    };
    let completion = CompletionOptions { trigger_characters: Some(TRIGGERS.map(str::to_owned).to_vec()), ..CompletionOptions::default() };
    let capabilities = ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(actions.into()),
        completion_provider: Some(completion),
        ..ServerCapabilities::default()
    };
    let (name, version) = (env!("CARGO_PKG_NAME").to_owned(), Some(env!("CARGO_PKG_VERSION").to_owned()));
    InitializeResult { capabilities, server_info: Some(ServerInfo { name, version }) }
}

/// What was found in the newest version of a text.
pub(super) struct Linted {
    pub(super) document: Document,
    pub(super) findings: Vec<Diagnostic>,
}

pub(super) struct Server {
    pub(super) client: Client,
    pub(super) texts: OpenTexts,
    pub(super) workspace: Workspace,
    /// By URI; of texts that are open, documents, and not waiting.
    pub(super) linted: BTreeMap<String, Linted>,
    /// URIs of texts to be linted.
    pub(super) waiting: BTreeSet<String>,
    waiting_since: Instant,
    /// Files that are not open, of which something was said.
    told: BTreeSet<PathBuf>,
    last_failure: Option<String>,
    /// For an editor that does not tell when files change.
    watcher: Option<Watcher>,
    shut_down: bool,
}

impl Server {
    fn new(client: Client) -> Server {
        Server {
            client,
            texts: OpenTexts::new(),
            workspace: Workspace::default(),
            linted: BTreeMap::new(),
            waiting: BTreeSet::new(),
            waiting_since: Instant::now(),
            told: BTreeSet::new(),
            last_failure: None,
            watcher: None,
            shut_down: false,
        }
    }

    /// How long to wait for another message before there is something else to do; `None`: there is nothing.
    fn patience(&self) -> Option<Duration> {
        if self.waiting.is_empty() {
            return self.watcher.is_some().then_some(ROUND);
        }
        Some(LONGEST_WAIT.saturating_sub(self.waiting_since.elapsed()).min(SILENCE))
    }

    /// Finds out what changed on disk, where the editor does not tell.
    fn look_at_files(&mut self) {
        let Some(batch) = self.watcher.as_ref().map(Watcher::changes) else { return };
        if batch.is_incomplete {
            self.workspace.all_changed();
        }
        self.changed_on_disk(batch.paths.into_iter(), batch.is_incomplete);
    }

    fn take(&mut self, message: Message) -> Option<Ending> {
        match message {
            Message::Request(request) => self.answer(request),
            Message::Notification(notification) if notification.method == "exit" => {
                return Some(if self.shut_down { Ending::Proper } else { Ending::WithoutShutdown });
            }
            Message::Notification(notification) => self.hear(notification),
            // to the one thing that was asked, whatever it is
            Message::Response(_) => {}
        }
        None
    }

    fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        if self.shut_down {
            self.refuse(id, ErrorCode::InvalidRequest, "the server is shutting down");
            return;
        }
        match method.as_str() {
            "shutdown" => {
                self.shut_down = true;
                self.client.answer(id, Value::Null);
            }
            "textDocument/codeAction" => self.reply(id, params, Server::code_actions),
            "textDocument/completion" => self.reply(id, params, Server::completion),
            "textDocument/hover" => self.reply(id, params, Server::hover),
            _ => self.refuse(id, ErrorCode::MethodNotFound, &format!("there is no `{method}` here")),
        }
    }

    /// Answers with what `find` makes of the parameters; `null` where it finds nothing.
    fn reply<P: DeserializeOwned, A: serde::Serialize>(&mut self, id: RequestId, params: Value, find: fn(&mut Server, P) -> Option<A>) {
        match serde_json::from_value(params) {
            Ok(params) => {
                let answer = find(self, params);
                self.client.answer(id, answer);
            }
            Err(error) => self.refuse(id, ErrorCode::InvalidParams, &error.to_string()),
        }
    }

    fn refuse(&mut self, id: RequestId, code: ErrorCode, message: &str) {
        self.client.send(Response::new_err(id, code as i32, message.to_owned()));
    }

    fn hear(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let heard = match method.as_str() {
            "initialized" => {
                match self.client.watches_files {
                    true => self.client.ask_for_changes(),
                    // where files cannot be watched, a text that is saved still tells
                    false => self.watcher = Watcher::new().ok(),
                }
                Ok(())
            }
            "textDocument/didOpen" => serde_json::from_value(params).map(|params| self.open(params)),
            "textDocument/didChange" => serde_json::from_value(params).map(|params| self.change(params)),
            "textDocument/didSave" => serde_json::from_value(params).map(|params| self.saved(&params)),
            "textDocument/didClose" => serde_json::from_value(params).map(|params| self.close(&params)),
            "workspace/didChangeWatchedFiles" => serde_json::from_value(params).map(|params| self.files_changed(&params)),
            // others need no answer
            _ => Ok(()),
        };
        if let Err(error) = heard {
            self.client.log(format!("postlint: `{method}` is not understood: {error}"));
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let opened = params.text_document;
        let uri = opened.uri.as_str().to_owned();
        let text = OpenText::new(uri::file(&uri), opened.version, opened.text);
        if self.texts.insert(uri.clone(), text).is_some() {
            self.client.log(format!("postlint: {uri} was opened twice; the second text counts"));
        }
        self.wait(uri);
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let (uri, version) = (params.text_document.uri.as_str(), params.text_document.version);
        let Some(text) = self.texts.get_mut(uri) else {
            self.client.log(format!("postlint: {uri} was changed, but is not open; nothing is done"));
            return;
        };
        // messages come in order, so their changes are good whatever number they have
        if version <= text.version {
            self.client.log(format!("postlint: {uri}: version {version} comes after version {}", text.version));
        }
        text.change(version, params.content_changes, self.client.encoding);
        self.wait(uri.to_owned());
    }

    fn close(&mut self, params: &DidCloseTextDocumentParams) {
        let uri = params.text_document.uri.as_str();
        if self.texts.remove(uri).is_some() {
            self.waiting.remove(uri);
            self.linted.remove(uri);
            self.client.publish(PublishDiagnosticsParams::new(params.text_document.uri.clone(), Vec::new(), None));
        }
    }

    fn saved(&mut self, params: &DidSaveTextDocumentParams) {
        self.changed_on_disk(uri::file(params.text_document.uri.as_str()).into_iter(), false);
    }

    fn files_changed(&mut self, params: &DidChangeWatchedFilesParams) {
        self.changed_on_disk(params.changes.iter().filter_map(|change| uri::file(change.uri.as_str())), false);
    }

    fn changed_on_disk(&mut self, files: impl Iterator<Item = PathBuf>, mut any: bool) {
        for file in files {
            any |= self.workspace.changed(&file);
            // a configuration that is new belongs to no site yet
            any |= is_own(&file);
        }
        if any {
            let all: Vec<String> = self.texts.keys().cloned().collect();
            all.into_iter().for_each(|uri| self.wait(uri));
        }
    }

    fn wait(&mut self, uri: String) {
        if self.waiting.is_empty() {
            self.waiting_since = Instant::now();
        }
        self.linted.remove(&uri);
        self.waiting.insert(uri);
    }

    fn lint_next(&mut self) {
        if let Some(uri) = self.waiting.first().cloned() {
            self.lint(&uri);
        }
    }

    /// Lints the newest version of a text, and tells the editor.
    pub(super) fn lint(&mut self, uri: &str) {
        self.waiting.remove(uri);
        let Some(file) = self.texts.get(uri).and_then(|text| text.file.clone()) else { return };
        self.refresh(&file);
        let (Some(text), Ok(parsed)) = (self.texts.get(uri), Uri::from_str(uri)) else { return };
        let mut shown = Vec::new();
        if file.file_name().is_some_and(|name| name == config::FILE_NAME) {
            shown = diagnostics::of_config_text(&text.text);
        } else if let Some(session) = self.workspace.session(&file)
            && let Some(document) = session.document(&file)
        {
            let findings = session.lint(&document, &text.text, Repair::default()).diagnostics;
            shown = diagnostics::of_findings(&parsed, text, &findings, session.site().root.as_deref(), self.client.encoding);
            self.linted.insert(uri.to_owned(), Linted { document, findings });
        }
        let version = Some(text.version);
        self.client.publish(PublishDiagnosticsParams::new(parsed, shown, version));
    }

    /// Reads the site of `file` again if it changed, and says what is wrong with the site itself.
    fn refresh(&mut self, file: &Path) {
        let Some(news) = self.workspace.refresh(file) else { return };
        let mut said: BTreeMap<PathBuf, Vec<Shown>> = BTreeMap::new();
        if let Some(project) = news.session.map(|session| session.project()) {
            for problem in project.problems.iter().chain(&project.site.data().problems()) {
                let file = project.site.root.as_deref().map_or_else(|| PathBuf::from(&problem.file), |root| root.join(&problem.file));
                said.entry(file).or_default().push(diagnostics::of_problem(problem));
            }
        }
        let failure = news.failure.map(ToString::to_string);
        said.extend(news.failure.and_then(diagnostics::of_failure));
        if let Some(failure) = failure.as_ref().filter(|failure| self.last_failure.as_ref() != Some(failure)) {
            self.client.show(format!("postlint: {failure}"));
        }
        self.last_failure = failure;
        if let Some(watcher) = &mut self.watcher {
            // a folder that cannot be watched is no reason to say nothing
            let _ = watcher.watch(self.workspace.folders());
        }
        let open: Vec<&PathBuf> = self.texts.values().filter_map(|text| text.file.as_ref()).collect();
        let silent = std::mem::take(&mut self.told);
        for file in silent.iter().filter(|file| !said.contains_key(*file)) {
            said_of(&mut self.client, file, Vec::new());
        }
        for (file, shown) in said.into_iter().filter(|(file, _)| !open.contains(&file)) {
            said_of(&mut self.client, &file, shown);
            self.told.insert(file);
        }
    }
}

fn said_of(client: &mut Client, file: &Path, shown: Vec<Shown>) {
    if let Some(uri) = uri::of(file) {
        client.publish(PublishDiagnosticsParams::new(uri, shown, None));
    }
}
