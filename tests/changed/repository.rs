//! A real repository with a small blog, made by the real `git`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

pub struct Repository {
    folder: TempDir,
    /// Where commands run.
    pub here: PathBuf,
}

/// An old post with one slip in line 6.
pub const EBB: &str = "---\nlayout: post\ntitle: Ebb\n---\nLow water.\nWe had to proof it.\n\nThe end.\n";
pub const FLOOD: &str =
    "---\nlayout: post\ntitle: Flood\n---\nHigh water, seen from [the ebb](/2014/01/01/ebb.html).\n\n![Map](/img/map.png)\n";

impl Repository {
    /// A site with two posts and a picture, committed on `main`.
    pub fn new() -> Repository {
        let repository = Repository::empty();
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.write("_config.yml", "title: Tides\npermalink: date\n");
        repository.write("_posts/2014-01-01-ebb.md", EBB);
        repository.write("_posts/2014-02-01-flood.md", FLOOD);
        repository.write("img/map.png", "not really");
        repository.commit("first");
        repository
    }

    /// A folder without anything.
    pub fn empty() -> Repository {
        let folder = TempDir::new().expect("a temporary folder");
        let here = folder.path().canonicalize().expect("the folder");
        Repository { folder, here }
    }

    /// Another one of which this is a part (a clone, a worktree).
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().expect("the folder").join(name)
    }

    fn isolated(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.here).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        // what a hook or an action around the tests sets
        for name in ["GITHUB_BASE_REF", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX"] {
            command.env_remove(name);
        }
        command
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        let identity = ["-c", "user.name=Ines", "-c", "user.email=ines@example.org", "-c", "commit.gpgsign=false"];
        let output = self.isolated("git").args(identity).args(arguments).output().expect("git");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.here.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.here.join(path)).expect("a file")
    }

    pub fn postlint(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
        let mut command = self.isolated(env!("CARGO_BIN_EXE_postlint"));
        command.args(["--format", "concise"]).args(arguments).envs(environment.iter().copied());
        command.output().expect("the program starts")
    }

    /// The findings as `path:line rule`.
    pub fn findings(&self, arguments: &[&str]) -> Vec<String> {
        let output = self.postlint(arguments, &[]);
        let status = output.status.code();
        assert!(status.is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
        lines(&output)
    }

    /// The exit code and what is said on stderr, with the folder's name taken out.
    pub fn complaint(&self, arguments: &[&str], environment: &[(&str, &str)]) -> (Option<i32>, String) {
        let output = self.postlint(arguments, environment);
        let text = String::from_utf8_lossy(&output.stderr).replace(&*self.here.to_string_lossy(), "[HERE]");
        (output.status.code(), text.trim_end().to_owned())
    }

    pub fn path(&self) -> &Path {
        &self.here
    }
}

pub fn lines(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let short = |line: &str| {
        let (place, rest) = line.split_once(": ").expect("a place");
        let place = place.rsplit_once(':').expect("a column").0;
        format!("{place} {}", rest.split(' ').nth(1).unwrap_or_default())
    };
    text.lines().map(short).collect()
}
