//! `.postlint-baseline.json`: one line for each rule in each file, sorted, so that branches which change it merge.

use super::{Baseline, Counts, Fingerprint};
use crate::fix::write;
use crate::lint::read::reason;
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The name of the file; it lies in the site's root.
pub const FILE_NAME: &str = ".postlint-baseline.json";

const VERSION: u32 = 1;

/// A baseline that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {message}", file.display(), line.map_or(String::new(), |line| format!(":{line}")))]
pub struct BaselineError {
    pub file: PathBuf,
    /// 1-based.
    pub line: Option<usize>,
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Line>,
}

/// The findings of one rule in one file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// Relative to the site's root, with `/`.
    file: String,
    rule: String,
    /// How many there are: as many as fingerprints.
    count: usize,
    fingerprints: Vec<String>,
}

/// Reads the baseline in `file`; `None` where there is none.
///
/// # Errors
/// The file cannot be read, or is no baseline.
pub fn read(file: &Path) -> Result<Option<Baseline>, BaselineError> {
    let fail = |line, message| BaselineError { file: file.to_owned(), line, message };
    match std::fs::read_to_string(file) {
        Ok(text) => parse(&text).map(Some).map_err(|(line, message)| fail(line, message)),
        Err(error) if error.kind() == ErrorKind::NotFound && !file.is_symlink() => Ok(None),
        Err(error) => Err(fail(None, format!("the baseline cannot be read: {}", reason(&error)))),
    }
}

type Wrong = (Option<usize>, String);

fn parse(text: &str) -> Result<Baseline, Wrong> {
    const ANEW: &str = "`postlint --write-baseline` writes it anew";
    let conflict = |line: &str| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    if let Some(at) = text.lines().position(conflict) {
        return Err((Some(at + 1), format!("a merge conflict in the baseline: keep the lines of both sides, or {ANEW}")));
    }
    #[derive(Deserialize)]
    struct OnlyVersion {
        version: u32,
    }
    let version = serde_json::from_str::<OnlyVersion>(text).map(|file| file.version);
    if let Ok(version) = version
        && version != VERSION
    {
        return Err((None, format!("a baseline of version {version}, and this postlint knows version {VERSION}; {ANEW}")));
    }
    let file: File = serde_json::from_str(text).map_err(|error| {
        let text = error.to_string();
        let what = text.split(" at line ").next().unwrap_or_default();
        let what = if error.is_data() { "another shape than it writes" } else { what };
        (Some(error.line()), format!("not a baseline: {what}; {ANEW}"))
    })?;
    debug_assert_eq!(file.version, VERSION);
    let mut baseline = Baseline::default();
    for line in file.findings {
        let Line { file, rule, count, fingerprints } = line;
        if count != fingerprints.len() {
            return Err((None, format!("the baseline counts {count} of {rule} in {file} and has {} of them; {ANEW}", fingerprints.len())));
        }
        let mut counts = Counts::new();
        for text in &fingerprints {
            let fingerprint =
                Fingerprint::parse(text).ok_or_else(|| (None, format!("`{text}` in the baseline is no fingerprint; {ANEW}")))?;
            *counts.entry(fingerprint).or_default() += 1;
        }
        // a merge that kept both sides has two lines: what either of them knows is known
        let known = baseline.files.entry(file).or_default().entry(rule).or_default();
        for (fingerprint, count) in counts {
            let old = known.entry(fingerprint).or_default();
            *old = count.max(*old);
        }
    }
    Ok(baseline)
}

/// The text of the file.
pub fn render(baseline: &Baseline) -> String {
    let mut text = format!("{{\"version\": {VERSION}, \"findings\": [");
    let mut separator = "\n";
    for (file, rules) in &baseline.files {
        for (rule, counts) in rules {
            let each = counts.iter().flat_map(|(fingerprint, &count)| std::iter::repeat_n(fingerprint.to_string(), count));
            let fingerprints: Vec<String> = each.collect();
            let line = Line { file: file.clone(), rule: rule.clone(), count: fingerprints.len(), fingerprints };
            // strings and numbers can always be written
            let _ = write!(text, "{separator}{}", serde_json::to_string(&line).unwrap_or_default());
            separator = ",\n";
        }
    }
    text.push_str("\n]}\n");
    text
}

/// Writes the baseline to `file`: wholly, or not at all. Whether that changed anything.
///
/// # Errors
/// A sentence why it cannot be written.
pub fn save(baseline: &Baseline, file: &Path) -> Result<bool, String> {
    let new = render(baseline);
    match std::fs::read(file) {
        Ok(old) if old == new.as_bytes() => Ok(false),
        Ok(old) => write::replace(file, None, &old, new.as_bytes()).map(|()| true).map_err(|error| error.to_string()),
        Err(error) if error.kind() == ErrorKind::NotFound => match write::create(file, new.as_bytes()) {
            Ok(()) => Ok(true),
            Err(error) => Err(format!("{}: cannot be written: {}", file.display(), reason(&error))),
        },
        Err(error) => Err(format!("{}: cannot be read: {}", file.display(), reason(&error))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = concat!(
        "{\"version\": 1, \"findings\": [\n",
        "{\"file\":\"_posts/a.md\",\"rule\":\"links/x\",\"count\":1,\"fingerprints\":[\"00000000000000aa\"]},\n",
        "{\"file\":\"_posts/b.md\",\"rule\":\"links/x\",\"count\":2,\"fingerprints\":[\"000000000000000a\",\"000000000000000a\"]}\n",
        "]}\n"
    );

    fn wrong(text: &str) -> String {
        parse(text).err().map(|(line, message)| format!("{} {message}", line.unwrap_or_default())).unwrap_or_default()
    }

    #[test]
    fn what_is_written_is_what_was_read() {
        assert_eq!(parse(TEXT).as_ref().map(render), Ok(TEXT.to_owned()));
        assert_eq!(parse(&TEXT.replace('\n', "\r\n")).as_ref().map(render), Ok(TEXT.to_owned()));
        let nothing = render(&Baseline::default());
        assert_eq!(parse(&nothing).as_ref().map(render), Ok(nothing));
    }

    #[test]
    fn lines_that_a_merge_kept_twice_count_once() {
        let line = TEXT.lines().nth(1).unwrap_or_default();
        let twice = TEXT.replace(line, &format!("{line}\n{line}"));
        assert_eq!(parse(&twice).as_ref().map(render), Ok(TEXT.to_owned()));
    }

    #[test]
    fn what_is_wrong_is_said_in_words() {
        for (text, message) in [
            ("", "1 not a baseline: EOF while parsing a value; "),
            ("[]", "1 not a baseline: another shape than it writes; "),
            (&TEXT[..120], "3 not a baseline: EOF while parsing"),
            (&TEXT.replace("\"version\": 1", "\"version\": 7"), "0 a baseline of version 7, and this postlint knows version 1; "),
            (&TEXT.replace("\"count\":2", "\"count\":3"), "0 the baseline counts 3 of links/x in _posts/b.md and has 2 of them; "),
            (&TEXT.replace("aa\"", "a\""), "0 `00000000000000a` in the baseline is no fingerprint; "),
            (&TEXT.replacen("{\"file", "<<<<<<< ours\n{\"file", 1), "2 a merge conflict in the baseline: "),
        ] {
            assert!(wrong(text).starts_with(message), "{}", wrong(text));
        }
    }
}
