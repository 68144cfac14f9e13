//! `postlint --watch`: what changes is linted again, however it is saved.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Nothing takes so long, on any machine.
const PATIENCE: Duration = Duration::from_secs(60);

struct Watching {
    site: TempDir,
    child: Child,
    /// Lines of both outputs.
    lines: Receiver<String>,
}

const POST: &str = "_posts/2024-01-01-tides.md";

fn post(body: &str) -> String {
    format!("---\nlayout: post\ntitle: Tides\n---\n{body}\n")
}

impl Watching {
    fn new() -> Watching {
        let site = tempfile::tempdir().expect("a temporary folder");
        for folder in ["_posts", "_layouts", "img"] {
            fs::create_dir_all(site.path().join(folder)).expect("a folder");
        }
        write(&site, "_config.yml", "title: Tides\n");
        write(&site, "_layouts/post.html", "{{ content }}\n");
        write(&site, POST, &post("Fine."));
        write(&site, "_posts/2024-01-02-other.md", &post("![Boats](/img/boats.png)"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
        let arguments = ["--watch", "--format", "concise", "--select", "spelling,images,front-matter"];
        let mut child =
            command.args(arguments).arg(site.path()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let (sender, lines) = channel();
        let outputs: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().expect("its output")), Box::new(child.stderr.take().expect("its errors"))];
        for output in outputs {
            let sender = sender.clone();
            std::thread::spawn(move || {
                BufReader::new(output).lines().map_while(Result::ok).for_each(|line| drop(sender.send(line)));
            });
        }
        let watching = Watching { site, child, lines };
        watching.wait_for("Watching for changes");
        watching
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.site.path().join(path)
    }

    /// The lines up to one that holds `text`.
    fn wait_for(&self, text: &str) -> Vec<String> {
        let until = Instant::now() + PATIENCE;
        let mut said = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            said.push(line);
            if said.last().is_some_and(|line| line.contains(text)) {
                return said;
            }
        }
        panic!("nobody said {text:?}, but {said:#?}");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill().and_then(|()| self.child.wait().map(drop));
    }
}

fn write(site: &TempDir, path: &str, text: &str) {
    fs::write(site.path().join(path), text).expect("a file");
}

/// As careful editors do: a new file takes the place of the old one.
fn rename_over(path: &Path, text: &str) {
    let temporary = path.with_extension("md.tmp~");
    fs::write(&temporary, text).expect("a file");
    fs::rename(&temporary, path).expect("a new name");
}

/// As vim does: the old file becomes a copy, the new one is written, the copy goes.
fn with_backup(path: &Path, text: &str) {
    let backup = path.with_file_name("2024-01-01-tides.md~");
    let probe = path.with_file_name("4913");
    fs::write(&probe, "").and_then(|()| fs::remove_file(&probe)).expect("a probe");
    fs::rename(path, &backup).expect("a copy");
    fs::write(path, text).expect("a file");
    fs::remove_file(&backup).expect("no copy");
}

#[test]
fn a_post_is_linted_again_however_it_is_saved() {
    let watching = Watching::new();
    let path = watching.path(POST);
    fs::write(&path, post("We had to proof it.")).expect("a file");
    watching.wait_for("5:11: warning spelling/confused-word");
    rename_over(&path, &post("So we had to proof it."));
    watching.wait_for("5:14: warning spelling/confused-word");
    with_backup(&path, &post("And so we had to proof it."));
    watching.wait_for("5:18: warning spelling/confused-word");
    // another post has nothing to do with it
    let said = {
        fs::write(&path, post("Then we had to proof it.")).expect("a file");
        watching.wait_for("5:16: warning spelling/confused-word")
    };
    assert!(!said.iter().any(|line| line.contains("other.md")), "{said:?}");
}

#[test]
fn the_site_is_read_again_when_anything_else_changes() {
    let watching = Watching::new();
    // a picture that was missing
    write(&watching.site, "img/boats.png", "");
    watching.wait_for("_posts/2024-01-02-other.md: nothing found any more");
    fs::remove_file(watching.path("img/boats.png")).expect("no picture");
    watching.wait_for("images/broken-path");
    // a folder that was not there
    fs::create_dir(watching.path("_drafts")).expect("a folder");
    write(&watching.site, "_drafts/new.md", &post("We had to proof it."));
    watching.wait_for("_drafts/new.md:5:11: warning spelling/confused-word");
    // a configuration that is new, broken, and whole again
    write(&watching.site, ".postlint.yml", "rules: { spelling/confused-word: error }\n");
    watching.wait_for("_drafts/new.md:5:11: error spelling/confused-word");
    write(&watching.site, ".postlint.yml", "rules: { spelling/confused-wrd: error }\n");
    watching.wait_for("spelling/confused-word");
    write(&watching.site, ".postlint.yml", "rules: { spelling/confused-word: info }\n");
    watching.wait_for("_drafts/new.md:5:11: info spelling/confused-word");
    // front matter is what other posts see
    write(&watching.site, POST, "---\nlayout: post\n---\nFine.\n");
    watching.wait_for("front-matter/missing-key");
}

#[test]
#[cfg(unix)]
fn an_interrupt_ends_it_without_a_word() {
    use std::os::unix::process::ExitStatusExt;
    let mut watching = Watching::new();
    let id = watching.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
    assert_eq!(watching.child.wait().expect("a child").signal(), Some(2));
    // the two outputs come in any order
    let said: Vec<String> = watching.lines.iter().filter(|line| !line.contains("images/broken-path")).collect();
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn a_path_that_is_not_there_is_not_watched() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
    let output = command.args(["--watch", "no/such/place"]).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no such file or folder"));
}
