//! An editor that does what its script says: it writes messages to `postlint lsp`, and reads what comes back.

use serde_json::{Value, json};
use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Nothing takes so long, on any machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A copy of the site in `fixtures`, which tests may change.
pub fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/site"), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => assert!(fs::copy(entry.path(), target).is_ok()),
        }
    }
}

pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Read, and not asked for yet.
    kept: VecDeque<Value>,
    requests: i64,
    root: PathBuf,
}

impl Client {
    /// A server that was not greeted yet.
    pub fn silent(root: &Path) -> Client {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
        let mut child = command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let input = child.stdin.take();
        let root = root.canonicalize().expect("the site");
        Client { child, input, messages, kept: VecDeque::new(), requests: 0, root }
    }

    /// A server that was greeted by an editor with these capabilities.
    pub fn new(root: &Path, capabilities: Value) -> (Client, Value) {
        let mut client = Client::silent(root);
        let answer = client.ask("initialize", json!({"processId": null, "rootUri": null, "capabilities": capabilities}));
        client.tell("initialized", json!({}));
        (client, answer)
    }

    pub fn uri(&self, path: &str) -> String {
        url::Url::from_file_path(self.root.join(path)).expect("an absolute path").to_string()
    }

    pub fn write(&self, path: &str, text: &str) {
        fs::write(self.root.join(path), text).expect("a file");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).expect("a file")
    }

    /// Sends bytes as they are.
    pub fn send_raw(&mut self, bytes: &str) {
        let input = self.input.as_mut().expect("the input is open");
        // a server that is gone is what some tests are about
        let _ = input.write_all(bytes.as_bytes()).and_then(|()| input.flush());
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_raw(&format!("Content-Length: {}\r\n\r\n{text}", text.len()));
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// The whole answer, `result` or `error`.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.wait_for(&format!("an answer to {method}"), |message| message["id"] == id && message.get("method").is_none())
    }

    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.request(method, params);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    /// The first message that is as wanted; those before it are kept for later questions.
    pub fn wait_for(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(index) = self.kept.iter().position(&wanted) {
            return self.kept.remove(index).expect("it is there");
        }
        let until = Instant::now() + PATIENCE;
        while let Ok(message) = self.messages.recv_timeout(until.saturating_duration_since(Instant::now())) {
            if wanted(&message) {
                return message;
            }
            self.kept.push_back(message);
        }
        panic!("no {what}; there was {:#?}", self.kept);
    }

    /// All that was said of a kind and not asked for yet, at this moment.
    pub fn said(&mut self, method: &str) -> Vec<Value> {
        self.kept.extend(self.messages.try_iter());
        self.kept.iter().filter(|message| message["method"] == method).cloned().collect()
    }

    pub fn open(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        self.tell("textDocument/didOpen", json!({"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}}));
    }

    /// Opens a file with the text that it has on disk.
    pub fn open_file(&mut self, path: &str) -> String {
        let text = self.read(path);
        self.open(path, &text);
        text
    }

    /// Changes `range` (line, column, line, column).
    pub fn change(&mut self, path: &str, version: i64, range: [u32; 4], text: &str) {
        self.change_raw(path, version, json!([{"range": range_of(range), "text": text}]));
    }

    pub fn change_raw(&mut self, path: &str, version: i64, changes: Value) {
        let uri = self.uri(path);
        self.tell("textDocument/didChange", json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes}));
    }

    /// The diagnostics of this version of a text.
    pub fn diagnostics(&mut self, path: &str, version: i64) -> Vec<Value> {
        self.published(path, |params| params["version"] == version)
    }

    /// The next diagnostics of a file that are as wanted.
    pub fn published(&mut self, path: &str, wanted: impl Fn(&Value) -> bool) -> Vec<Value> {
        let uri = self.uri(path);
        let is_it = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri && wanted(&message["params"])
        };
        let message = self.wait_for("diagnostics", is_it);
        message["params"]["diagnostics"].as_array().expect("a list").clone()
    }

    pub fn code_actions(&mut self, path: &str, range: [u32; 4], only: Option<&str>) -> Vec<Value> {
        let uri = self.uri(path);
        let mut context = json!({"diagnostics": [], "triggerKind": 1});
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let params = json!({"textDocument": {"uri": uri}, "range": range_of(range), "context": context});
        self.ask("textDocument/codeAction", params).as_array().cloned().unwrap_or_default()
    }

    pub fn at(&mut self, method: &str, path: &str, line: u32, character: u32) -> Value {
        let uri = self.uri(path);
        self.ask(method, json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}))
    }

    /// Labels of what could be completed at the end of `typed`, which stands on a line of its own below `above`.
    pub fn completions(&mut self, path: &str, version: i64, above: &str, typed: &str) -> Vec<Value> {
        let text = format!("{above}{typed}\n");
        self.change_raw(path, version, json!([{"text": text}]));
        let line = above.matches('\n').count() as u32;
        let answer = self.at("textDocument/completion", path, line, typed.encode_utf16().count() as u32);
        answer["items"].as_array().cloned().unwrap_or_default()
    }

    /// Ends the input without a word.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// The exit code and what was said on stderr.
    pub fn end(mut self) -> (Option<i32>, String) {
        let until = Instant::now() + PATIENCE;
        let status = loop {
            match self.child.try_wait().expect("a child") {
                Some(status) => break status,
                None if Instant::now() > until => panic!("it does not end"),
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        };
        let mut said = String::new();
        self.child.stderr.take().expect("its errors").read_to_string(&mut said).expect("UTF-8");
        (status.code(), said)
    }

    /// Says goodbye as the protocol wants it.
    pub fn leave(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        assert_eq!(self.end(), (Some(0), String::new()));
    }
}

pub fn range_of([line, character, end_line, end_character]: [u32; 4]) -> Value {
    json!({"start": {"line": line, "character": character}, "end": {"line": end_line, "character": end_character}})
}

/// `line:column-line:column` of a diagnostic or an edit.
pub fn place(value: &Value) -> String {
    let range = &value["range"];
    let at = |end: &str| format!("{}:{}", range[end]["line"], range[end]["character"]);
    format!("{}-{}", at("start"), at("end"))
}

/// Place, severity and rule of each diagnostic.
pub fn shown(diagnostics: &[Value]) -> Vec<String> {
    let code = |one: &Value| one["code"].as_str().unwrap_or_default().to_owned();
    diagnostics.iter().map(|one| format!("{} {} {}", place(one), one["severity"], code(one))).collect()
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            header => length = header.strip_prefix("Content-Length: ").map_or(length, |length| length.parse().expect("a number")),
        }
    }
    let mut bytes = vec![0; length];
    output.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}
