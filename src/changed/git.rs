//! Asks `git` itself, by its commands: what it thinks of worktrees, attributes and renames is what counts.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why there is nothing to compare with.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    #[error("--changed asks git, and there is no `git` to run")]
    NoGit,
    #[error("{}: is in no git repository, so that --changed has nothing to compare with", .0.display())]
    NoRepository(PathBuf),
    #[error("{0}: lies outside of the current folder, whose repository --changed asks: run postlint there")]
    Outside(String),
    #[error("there is no commit yet, so that --changed has nothing to compare with")]
    NoCommit,
    #[error("git knows no `{name}` here{}", shallow_hint(*.shallow))]
    UnknownRevision { name: String, shallow: bool },
    #[error(
        "which branch the changes are for is not known: there is no `origin/HEAD`, `main` or `master`; name it: --changed=BRANCH{}",
        shallow_hint(*.shallow)
    )]
    NoMainBranch { shallow: bool },
    #[error("HEAD and `{name}` have no commit in common{}", shallow_hint(*.shallow))]
    NoMergeBase { name: String, shallow: bool },
    #[error("git {command} failed: {message}")]
    Failed { command: String, message: String },
}

fn shallow_hint(shallow: bool) -> &'static str {
    if shallow { "; the clone is shallow: `git fetch --unshallow` gets its history (`fetch-depth: 0` for actions/checkout)" } else { "" }
}

/// Variables that git sets for hooks, relative to where it started them.
const RELATIVE: [&str; 3] = ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"];

/// A repository, asked from one of its folders.
#[derive(Debug)]
pub struct Git {
    folder: PathBuf,
    /// The folder below the top of the working tree: nothing, or with a slash at its end.
    pub prefix: String,
    pub shallow: bool,
}

impl Git {
    /// The repository that holds `folder`.
    ///
    /// # Errors
    /// There is none, or no git.
    pub fn open(folder: &Path) -> Result<Git, GitError> {
        let mut git = Git { folder: plain(folder), prefix: String::new(), shallow: false };
        let answer = git.text(&["rev-parse", "--is-shallow-repository", "--show-prefix"])?;
        let mut lines = answer.lines();
        git.shallow = lines.next() == Some("true");
        git.prefix = lines.next().unwrap_or_default().to_owned();
        Ok(git)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.current_dir(&self.folder).args(arguments).stdin(Stdio::null()).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        for name in RELATIVE {
            let path = std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_relative());
            if let Some(path) = path.and_then(|path| std::path::absolute(path).ok()) {
                command.env(name, path);
            }
        }
        command
    }

    /// What git prints.
    ///
    /// # Errors
    /// It cannot be run, or fails.
    pub fn bytes(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        self.answer(self.command(arguments), arguments, Vec::new())
    }

    fn answer(&self, mut command: Command, arguments: &[&str], input: Vec<u8>) -> Result<Vec<u8>, GitError> {
        let name = || arguments.first().copied().unwrap_or_default().to_owned();
        let failed = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => GitError::NoGit,
            _ => GitError::Failed { command: name(), message: error.to_string() },
        };
        let stdin = if input.is_empty() { Stdio::null() } else { Stdio::piped() };
        let mut child = command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(failed)?;
        // while the answer is read: both pipes are short
        let writer = child.stdin.take().map(|mut stdin| std::thread::spawn(move || stdin.write_all(&input)));
        let output = child.wait_with_output().map_err(failed)?;
        // git that stopped reading says why itself
        let _ = writer.map(std::thread::JoinHandle::join);
        if output.status.success() {
            return Ok(output.stdout);
        }
        let message = String::from_utf8_lossy(&output.stderr);
        if message.contains("not a git repository") {
            return Err(GitError::NoRepository(self.folder.clone()));
        }
        let message = message.lines().next().unwrap_or("it says nothing").trim_start_matches("fatal: ").to_owned();
        Err(GitError::Failed { command: name(), message })
    }

    fn text(&self, arguments: &[&str]) -> Result<String, GitError> {
        Ok(String::from_utf8_lossy(&self.bytes(arguments)?).trim_end_matches('\n').to_owned())
    }

    /// The commit that `revision` names.
    ///
    /// # Errors
    /// Git cannot be asked; a name that it does not know is `None`.
    pub fn commit(&self, revision: &str) -> Result<Option<String>, GitError> {
        let revision = format!("{revision}^{{commit}}");
        match self.text(&["rev-parse", "--verify", "--quiet", "--end-of-options", &revision]) {
            Ok(commit) => Ok(commit.lines().last().map(str::to_owned)),
            Err(GitError::Failed { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The branch that `origin/HEAD` stands for (`origin/main`), if the clone knows it.
    ///
    /// # Errors
    /// Git cannot be asked.
    pub fn default_branch(&self) -> Result<Option<String>, GitError> {
        match self.text(&["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]) {
            Ok(name) => Ok(Some(name)),
            Err(GitError::Failed { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The newest commit that both have in their history.
    ///
    /// # Errors
    /// There is none, or git cannot be asked.
    pub fn merge_base(&self, name: &str, commit: &str) -> Result<String, GitError> {
        match self.text(&["merge-base", "HEAD", commit]) {
            Ok(base) if !base.is_empty() => Ok(base),
            Ok(_) | Err(GitError::Failed { .. }) => Err(GitError::NoMergeBase { name: name.to_owned(), shallow: self.shallow }),
            Err(error) => Err(error),
        }
    }

    /// The contents of files at a commit, in the order of `paths`, which are relative to the top of the tree. `None`:
    /// there is no such file.
    ///
    /// # Errors
    /// Git cannot be asked.
    pub fn contents(&self, commit: &str, paths: &[&str]) -> Result<Vec<Option<Vec<u8>>>, GitError> {
        // a name with a line end cannot be asked for
        let asked: Vec<bool> = paths.iter().map(|path| !path.contains('\n')).collect();
        let lines = paths.iter().zip(&asked).filter(|(_, asked)| **asked).map(|(path, _)| format!("{commit}:{path}\n"));
        let input: String = lines.collect();
        if input.is_empty() {
            return Ok(vec![None; paths.len()]);
        }
        let arguments = ["cat-file", "--batch"];
        let output = self.answer(self.command(&arguments), &arguments, input.into_bytes())?;
        let mut rest = output.as_slice();
        Ok(asked.iter().map(|asked| if *asked { next_object(&mut rest) } else { None }).collect())
    }
}

/// A folder as programs on Windows take it: `C:\site` for `\\?\C:\site`.
fn plain(folder: &Path) -> PathBuf {
    let short = folder.to_str().and_then(|text| text.strip_prefix(r"\\?\")).filter(|text| text.as_bytes().get(1) == Some(&b':'));
    short.map_or_else(|| folder.to_owned(), PathBuf::from)
}

/// The next object in what `git cat-file --batch` prints: `<id> blob <size>`, the content, a line end; or `… missing`.
fn next_object(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = memchr::memchr(b'\n', rest)?;
    let (header, after) = (rest.get(..end)?, rest.get(end + 1..)?);
    *rest = after;
    let header = std::str::from_utf8(header).ok()?;
    let [_, kind, size] = header.split(' ').collect::<Vec<_>>().try_into().ok()?;
    let size: usize = size.parse().ok()?;
    let content = after.get(..size)?.to_vec();
    *rest = after.get(size + 1..)?;
    (kind == "blob").then_some(content)
}

#[cfg(test)]
mod tests {
    use super::{next_object, plain};
    use std::path::Path;

    #[test]
    fn folders_of_windows_are_written_plainly() {
        assert_eq!(plain(Path::new(r"\\?\C:\site")), Path::new(r"C:\site"));
        assert_eq!(plain(Path::new(r"\\?\UNC\host\site")), Path::new(r"\\?\UNC\host\site"));
        assert_eq!(plain(Path::new("/site")), Path::new("/site"));
    }

    #[test]
    fn objects_are_read_one_after_the_other() {
        let mut rest = &b"aa blob 3\na\nb\nHEAD:x missing\nbb tree 1\nx\ncc blob 0\n\n"[..];
        assert_eq!(next_object(&mut rest), Some(b"a\nb".to_vec()));
        assert_eq!(next_object(&mut rest), None);
        assert_eq!(next_object(&mut rest), None);
        assert_eq!(next_object(&mut rest), Some(Vec::new()));
        assert_eq!(next_object(&mut rest), None);
    }
}
