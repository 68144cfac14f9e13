//! Transcripts of the command line: what is typed, what is printed, how it exits.
//!
//! `TRYCMD=overwrite cargo test --test cli` writes what is printed now into them; read the difference before keeping it.

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("README.md").case("tests/cli/*.trycmd").case("tests/cli/*.toml");
}

/// Who reads the output may stop at any time (`postlint | head -1`).
#[test]
fn a_closed_pipe_is_no_error() {
    use std::process::{Command, Stdio};
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/check.in");
    let mut postlint = Command::new(env!("CARGO_BIN_EXE_postlint"));
    let mut child = postlint.arg(folder).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.code().is_some_and(|code| code < 2), "{:?}", output.status);
}
