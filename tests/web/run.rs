//! A site with one post, linted by the program itself.

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The rules about live links.
pub const LIVE: [&str; 3] = ["links/dead", "links/moved", "links/uncertain"];

/// Short, so that tests are.
const DEADLINES: &str = "deadlines: { connect: 1, header: 1, body: 1, link: 4, pause: 0.1, retry-after: 2 }";
const POST: &str = "_posts/2024-01-02-links.md";

pub struct Site {
    folder: TempDir,
}

/// One finding, by bytes.
#[derive(Debug, Clone)]
pub struct Finding {
    pub rule: String,
    pub message: String,
    pub start: usize,
    pub end: usize,
    /// What the fix writes.
    pub fix: Option<String>,
}

pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    pub found: Vec<Finding>,
    pub took: Duration,
    /// The most memory of its own that the process was seen with, in bytes; `None` where the system does not tell.
    pub memory: Option<usize>,
    text: String,
}

impl Site {
    /// `config` is the text of `_config.yml`.
    pub fn new(config: &str) -> Site {
        Site::with(config, &format!("links/dead: {{ allow-private: true, {DEADLINES} }}"))
    }

    /// `rule`: one setting of a rule, with `allow-private` and short deadlines where it says nothing of them.
    pub fn with(config: &str, rule: &str) -> Site {
        let folder = tempfile::tempdir().expect("a folder");
        let mut rule = rule.to_owned();
        for (key, value) in [("allow-private", "allow-private: true"), ("deadlines", DEADLINES)] {
            if !rule.contains(key) {
                rule = rule.replacen('{', &format!("{{ {value},"), 1);
            }
        }
        std::fs::create_dir(folder.path().join("_posts")).expect("a folder");
        std::fs::write(folder.path().join("_config.yml"), config).expect("a file");
        std::fs::write(folder.path().join(".postlint.yml"), format!("rules:\n  {rule}\n")).expect("a file");
        Site { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn post(self, text: &str) -> Site {
        std::fs::write(self.path(POST), text).expect("a file");
        self
    }

    /// The post as it is now.
    pub fn text(&self) -> String {
        std::fs::read_to_string(self.path(POST)).expect("text")
    }

    /// A post with a link a paragraph.
    pub fn post_with<'u>(self, urls: impl Iterator<Item = &'u str>) -> Site {
        let links: Vec<String> = urls.map(|url| format!("See [this](<{url}>).\n")).collect();
        self.post(&format!("---\nlayout: post\ntitle: Links\n---\n\n{}", links.join("\n")))
    }

    pub fn lint(&self, arguments: &[&str]) -> Run {
        self.lint_with(arguments, &[])
    }

    pub fn lint_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
        let begin = Instant::now();
        let child = self.start(arguments, environment);
        self.end(child, begin)
    }

    /// What people are shown, both streams.
    pub fn pretty(&self, arguments: &[&str]) -> String {
        let output = self.command(&[]).args(arguments).arg(self.folder.path()).output().expect("the program runs");
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    }

    /// Sends an interrupt after a time.
    #[cfg(unix)]
    pub fn interrupt(&self, arguments: &[&str], after: Duration) -> Run {
        let begin = Instant::now();
        let child = self.start(arguments, &[]);
        std::thread::sleep(after);
        let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()));
        self.end(child, begin)
    }

    fn command(&self, environment: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
        for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
            command.env_remove(name).env_remove(name.to_uppercase());
        }
        command.env("SSL_CERT_FILE", crate::tls::file("authority.pem")).env_remove("SSL_CERT_DIR").envs(environment.iter().copied());
        command
    }

    fn start(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Child {
        let mut command = self.command(environment);
        command.args(arguments).args(["--format", "json"]).arg(self.folder.path());
        // files, so that nobody has to read while the program runs
        let file = |name: &str| std::fs::File::create(self.path(name)).expect("a file");
        command.stdin(Stdio::null()).stdout(file("stdout")).stderr(file("stderr")).spawn().expect("the program starts")
    }

    fn end(&self, mut child: Child, begin: Instant) -> Run {
        let mut memory = None;
        let code = loop {
            memory = memory.max(own_memory(child.id()));
            match child.try_wait().expect("a process") {
                Some(status) => break status.code(),
                None => std::thread::sleep(Duration::from_millis(10)),
            }
        };
        let read = |name: &str| std::fs::read_to_string(self.path(name)).expect("text");
        let (stdout, stderr) = (read("stdout"), read("stderr"));
        let report: Value = serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stdout}\n{stderr}"));
        let found = report["diagnostics"].as_array().expect("a list").iter().map(finding).collect();
        Run { code, stdout, stderr, found, took: begin.elapsed(), memory, text: read(POST) }
    }
}

impl Run {
    pub fn findings<'r>(&'r self, rule: &'r str) -> impl Iterator<Item = &'r Finding> {
        self.found.iter().filter(move |finding| finding.rule == rule)
    }

    /// Findings about live links at this very URL.
    fn at<'r>(&'r self, url: &'r str) -> impl Iterator<Item = &'r Finding> {
        let live = self.found.iter().filter(|finding| LIVE.contains(&finding.rule.as_str()));
        live.filter(move |finding| self.text[finding.start..finding.end].trim_matches(['<', '>']) == url)
    }

    pub fn verdict(&self, url: &str) -> String {
        let rules: Vec<&str> = self.at(url).map(|finding| finding.rule.trim_start_matches("links/")).collect();
        if rules.is_empty() { "good".to_owned() } else { rules.join(" and ") }
    }

    pub fn messages<'r>(&'r self, url: &'r str) -> Vec<&'r str> {
        self.at(url).map(|finding| finding.message.as_str()).collect()
    }

    pub fn fix(&self, url: &str) -> Option<String> {
        self.at(url).next()?.fix.clone()
    }
}

fn finding(value: &Value) -> Finding {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let number = |key: &str| value[key].as_u64().unwrap_or_default() as usize;
    let fix = value["fix"]["edits"][0]["text"].as_str().map(str::to_owned);
    Finding { rule: text("rule"), message: text("message"), start: number("start_byte"), end: number("end_byte"), fix }
}

/// What the process holds beside its files (Linux).
fn own_memory(process: u32) -> Option<usize> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<usize>().ok()? << 10)
}
