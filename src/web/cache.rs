//! What earlier runs found out: `.postlint-cache/links.json` in the site's folder.
//!
//! It holds no user info, and no link whose query looks like a key. Whatever is wrong with the file, a run goes on
//! without it.

use super::ask::{Link, Outcome};
use super::verdict::{Death, Verdict};
use crate::lint::read::reason;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use url::{Position, Url};

/// Another form of the file has another number.
const VERSION: u32 = 1;
const FOLDER: &str = ".postlint-cache";
const FILE: &str = "links.json";
/// A larger file is not read, in bytes.
const LARGEST: u64 = 64 << 20;

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// What queries call their keys.
const SECRETS: [&str; 12] =
    ["token", "key", "secret", "password", "passwd", "pwd", "signature", "sig", "auth", "credential", "session", "jwt"];

#[derive(Debug, Default, Serialize, Deserialize)]
struct File {
    version: u32,
    links: BTreeMap<String, Entry>,
}

/// What is known of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    /// Seconds since 1970.
    checked: u64,
    verdict: Verdict,
    /// Fragments that the page has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fragments: Vec<String>,
}

impl Entry {
    fn is_fresh(&self, now: u64) -> bool {
        let age = match self.verdict {
            Verdict::Good => 7 * DAY,
            Verdict::Moved { .. } => DAY,
            Verdict::Dead(_) => HOUR,
            Verdict::Uncertain(_) => 0,
        };
        // what comes from the future was written by a wrong clock
        self.checked <= now && now - self.checked < age
    }
}

/// The cache of one site.
#[derive(Debug, Default)]
pub(super) struct Cache {
    /// `None`: nothing is kept.
    folder: Option<PathBuf>,
    known: BTreeMap<String, Entry>,
    new: BTreeMap<String, Entry>,
}

impl Cache {
    /// Reads what there is. `problem` is told why it cannot be used.
    pub fn load(root: Option<&Path>, problem: &mut dyn FnMut(String)) -> Cache {
        let Some(root) = root else { return Cache::default() };
        let folder = root.join(FOLDER);
        let file = folder.join(FILE);
        let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
        if is_link(&folder) || is_link(&file) {
            problem(format!("{}: is reached through a symbolic link, so it is not used", file.display()));
            return Cache::default();
        }
        let (folder, known) = match read(&file) {
            Ok(known) => (Some(folder), known),
            Err(unusable) => {
                problem(format!("{}: {}; all links are checked anew", file.display(), unusable.why));
                (Some(folder).filter(|_| unusable.is_replaced), BTreeMap::new())
            }
        };
        Cache { folder, known, new: BTreeMap::new() }
    }

    /// What is known of a link, if it is fresh and says all that is asked.
    pub fn get(&self, link: &Link) -> Option<Verdict> {
        let entry = self.known.get(link.url.as_str()).filter(|entry| entry.is_fresh(now()))?;
        let is_dead = matches!(entry.verdict, Verdict::Dead(_));
        let says_all = is_dead || link.fragments.iter().all(|fragment| entry.fragments.contains(fragment));
        says_all.then(|| entry.verdict.clone())
    }

    /// Keeps what came of a link.
    pub fn put(&mut self, link: &Link, outcome: &Outcome) {
        let is_sure = !matches!(outcome.verdict, Verdict::Uncertain(_));
        if self.folder.is_none() || !is_sure || has_secret(&link.url) || names_secret(&outcome.verdict) {
            return;
        }
        let is_doubtful = |fragment: &String| outcome.doubts.iter().any(|(doubtful, _)| doubtful == fragment);
        let fragments = link.fragments.iter().filter(|fragment| !is_doubtful(fragment)).cloned().collect();
        self.new.insert(link.url.to_string(), Entry { checked: now(), verdict: outcome.verdict.clone(), fragments });
    }

    /// Writes what is new, and what is still fresh of the old, wholly or not at all.
    pub fn store(self, problem: &mut dyn FnMut(String)) {
        let Some(folder) = self.folder else { return };
        if self.new.is_empty() {
            return;
        }
        let file = folder.join(FILE);
        // another run may have written in the meantime
        let mut links = read(&file).unwrap_or_default();
        links.extend(self.new);
        let now = now();
        links.retain(|_, entry| entry.is_fresh(now));
        if let Err(error) = write(&folder, &file, &File { version: VERSION, links }) {
            problem(format!("{}: cannot be written: {}", file.display(), reason(&error)));
        }
    }
}

/// A file that cannot be used.
struct Unusable {
    /// The end of a sentence.
    why: String,
    /// Another one may take its place.
    is_replaced: bool,
}

fn read(file: &Path) -> Result<BTreeMap<String, Entry>, Unusable> {
    let unread = |error: io::Error| Unusable { why: format!("cannot be read: {}", reason(&error)), is_replaced: false };
    let unfit = |why: &str| Unusable { why: why.to_owned(), is_replaced: true };
    let mut text = Vec::new();
    match fs::File::open(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(unread(error)),
        Ok(file) => file.take(LARGEST + 1).read_to_end(&mut text).map_err(unread)?,
    };
    if text.len() as u64 > LARGEST {
        return Err(unfit("is too large"));
    }
    let version = serde_json::from_slice::<Version>(&text).map_err(|_| unfit("is damaged"))?.version;
    if version != VERSION {
        return Err(unfit(&format!("is of version {version}, not {VERSION}")));
    }
    Ok(serde_json::from_slice::<File>(&text).map_err(|_| unfit("is damaged"))?.links)
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

fn write(folder: &Path, file: &Path, content: &File) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        fs::write(ignore, "*\n")?;
    }
    let mut temporary = tempfile::Builder::new().prefix(".links-").tempfile_in(folder)?;
    serde_json::to_writer(io::BufWriter::new(&mut temporary), content)?;
    temporary.flush()?;
    temporary.persist(file).map_err(|error| error.error)?;
    Ok(())
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Whether a parameter of the query may open a door, or a URL within the URL carries user info.
fn has_secret(url: &Url) -> bool {
    let rest = &url[Position::BeforePath..];
    let nested = rest.split_once("//").is_some_and(|(_, inner)| inner.contains('@')) || rest.to_ascii_lowercase().contains("%40");
    nested
        || url.query_pairs().any(|(name, _)| {
            let name = name.to_ascii_lowercase();
            SECRETS.iter().any(|secret| name.contains(secret))
        })
}

/// The same, of a URL that a redirection led to.
fn names_secret(verdict: &Verdict) -> bool {
    let named = match verdict {
        Verdict::Moved { to, .. } => Some(to),
        Verdict::Dead(Death::Status { at, .. }) => at.as_ref(),
        _ => None,
    };
    named.and_then(|url| Url::parse(url).ok()).is_some_and(|url| has_secret(&url))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::verdict::Doubt;

    fn link(url: &str, fragments: &[&str]) -> Link {
        Link { url: Url::parse(url).expect(url), fragments: fragments.iter().map(|one| (*one).to_owned()).collect() }
    }

    fn load(root: &Path) -> (Cache, Vec<String>) {
        let mut problems = Vec::new();
        let cache = Cache::load(Some(root), &mut |problem| problems.push(problem));
        (cache, problems)
    }

    fn good() -> Outcome {
        Outcome { verdict: Verdict::Good, doubts: Vec::new() }
    }

    #[test]
    fn what_is_sure_is_kept() {
        let root = tempfile::tempdir().expect("a folder");
        let (mut cache, _) = load(root.path());
        cache.put(
            &link("https://a.example/", &["x", "y"]),
            &Outcome { doubts: vec![("y".into(), Doubt::NoFragment("y".into()))], ..good() },
        );
        cache.put(&link("https://b.example/", &[]), &Outcome { verdict: Verdict::Uncertain(Doubt::Broken), ..good() });
        cache.put(&link("https://c.example/?access_token=1", &[]), &good());
        cache.store(&mut |problem| panic!("{problem}"));
        let (cache, problems) = load(root.path());
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(cache.get(&link("https://a.example/", &["x"])), Some(Verdict::Good));
        assert_eq!(cache.get(&link("https://a.example/", &["x", "y"])), None);
        assert_eq!(cache.get(&link("https://b.example/", &[])), None);
        assert_eq!(cache.get(&link("https://c.example/?access_token=1", &[])), None);
        assert_eq!(fs::read_to_string(root.path().join(".postlint-cache/.gitignore")).ok().as_deref(), Some("*\n"));
    }

    #[test]
    fn verdicts_age() {
        let at = |verdict, checked| Entry { checked, verdict, fragments: Vec::new() };
        let dead = || Verdict::Dead(Death::Refused("x".into()));
        let moved = || Verdict::Moved { status: 301, to: "https://x.example/".into() };
        assert!(at(Verdict::Good, 100).is_fresh(7 * DAY) && !at(Verdict::Good, 100).is_fresh(7 * DAY + 100));
        assert!(at(moved(), 100).is_fresh(DAY) && !at(moved(), 100).is_fresh(DAY + 100));
        assert!(at(dead(), 100).is_fresh(HOUR) && !at(dead(), 100).is_fresh(HOUR + 100));
        assert!(!at(Verdict::Good, 100).is_fresh(99));
    }

    #[test]
    fn a_damaged_cache_is_one_line_and_no_more() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join(FOLDER);
        fs::create_dir(&folder).expect("a folder");
        let with = [
            (&b"{\"version\":1,\"links\":"[..], "damaged"),
            (b"\xff\x00", "damaged"),
            (b"{\"version\":7}", "version 7"),
            (b"[]", "damaged"),
        ];
        for (bytes, why) in with {
            fs::write(folder.join(FILE), bytes).expect("a file");
            let (mut cache, problems) = load(root.path());
            assert!(problems.len() == 1 && problems[0].contains(why), "{problems:?}");
            cache.put(&link("https://a.example/", &[]), &good());
            cache.store(&mut |problem| panic!("{problem}"));
            assert_eq!(load(root.path()).1, Vec::<String>::new());
        }
    }

    #[test]
    fn a_cache_that_cannot_be_is_one_line_too() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join(FOLDER), "no folder").expect("a file");
        let (mut cache, problems) = load(root.path());
        assert_eq!(problems.len(), 1, "{problems:?}");
        cache.put(&link("https://a.example/", &[]), &good());
        cache.store(&mut |problem| panic!("{problem}"));
    }

    #[test]
    fn runs_at_the_same_time_lose_nothing_of_each_other() {
        let root = tempfile::tempdir().expect("a folder");
        let (mut one, mut two) = (load(root.path()).0, load(root.path()).0);
        one.put(&link("https://a.example/", &[]), &good());
        two.put(&link("https://b.example/", &[]), &good());
        one.store(&mut |problem| panic!("{problem}"));
        two.store(&mut |problem| panic!("{problem}"));
        assert_eq!(load(root.path()).0.known.len(), 2);
    }
}
