//! A baseline hides what was there, however lines move, and nothing else: on an old blog one new mistake gives one finding.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// Old mistakes, of which posts have some: style, words, links, front matter.
const OLD: [&str; 5] = [
    "The harbour keeps a log of its own. It is read once a day.",
    "We had to proof that the clock is right.",
    "Trailing space is everywhere here. ",
    "See [the tables](http://localhost:4000/tables) for more.",
    "The the tide comes twice.",
];

/// A blog of `posts` posts with `findings` findings or a few more, in a repository of its own.
struct Blog {
    folder: TempDir,
}

impl Blog {
    fn new(posts: usize, slips: usize) -> Blog {
        let folder = TempDir::new().expect("a temporary folder");
        fs::create_dir(folder.path().join("_posts")).expect("the folder of posts");
        fs::create_dir(folder.path().join(".git")).expect("the end of the search for a configuration");
        fs::write(folder.path().join("_config.yml"), "title: Tides\n").expect("the site");
        let blog = Blog { folder };
        for post in 0..posts {
            let mut text = format!("---\nlayout: post\ntitle: Tide table {post}\ntags: [tide]\n---\n");
            for slip in (post..slips).step_by(posts) {
                let _ = write!(text, "\nEntry {slip} of the log.\n{}\n", OLD[(post + slip) % OLD.len()]);
            }
            fs::write(blog.post(post), text).expect("a post");
        }
        blog
    }

    fn post(&self, number: usize) -> PathBuf {
        let (year, month, day) = (2000 + number / 300, 1 + number % 300 / 25, 1 + number % 25);
        self.folder.path().join(format!("_posts/{year}-{month:02}-{day:02}-tide-{number}.md"))
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut postlint = Command::new(env!("CARGO_BIN_EXE_postlint"));
        postlint.current_dir(self.folder.path()).args(arguments).output().expect("the program starts")
    }

    /// The findings as lines.
    fn findings(&self, arguments: &[&str]) -> Vec<String> {
        let output = self.run(&[&["--format", "concise"], arguments].concat());
        String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
    }

    /// Writes `line` below the front matter, and so moves all that follows.
    fn insert(&self, path: &Path, line: &str) {
        let text = fs::read_to_string(path).expect("a post");
        let at = text.find("---\n\n").expect("the end of the front matter") + 4;
        fs::write(path, format!("{}{line}\n{}", &text[..at], &text[at..])).expect("a post");
    }
}

fn one_new_mistake_is_one_finding(posts: usize, slips: usize) {
    let blog = Blog::new(posts, slips);
    let old = blog.findings(&["--no-baseline"]).len();
    assert!(old * 7 >= slips * 5, "{old} findings are no old blog");
    assert_eq!(blog.run(&["--write-baseline"]).status.code(), Some(0));
    assert_eq!(blog.findings(&[]), [""; 0]);

    // in a new post, in one of the newest, and in one that is history: in a run over all, and where it is named
    for (number, expected) in [(posts - 1, "warning"), (posts / 2, "warning"), (0, "warning")] {
        let post = blog.post(number);
        let text = fs::read_to_string(&post).expect("a post");
        blog.insert(&post, "\nIt was was high water.");
        for arguments in [&[][..], &[post.to_str().expect("a path")]] {
            let found = blog.findings(arguments);
            assert_eq!(found.len(), 1, "{found:#?}");
            assert!(found[0].ends_with(&format!("{expected} spelling/repeated-word `was` stands twice")), "{found:?}");
        }
        fs::write(&post, text).expect("a post");
    }
}

#[test]
fn one_new_mistake_on_an_old_blog_is_one_finding() {
    one_new_mistake_is_one_finding(100, 250);
}

/// The full size, to be measured: `cargo test --release --test baseline -- --ignored`.
#[test]
#[ignore = "takes long without optimisation"]
fn one_new_mistake_on_a_blog_of_two_thousand_posts_is_one_finding() {
    one_new_mistake_is_one_finding(2000, 7000);
}

/// In an old post house style is one finding, whichever: one that the baseline knows must not hide a new one.
#[test]
fn a_known_departure_from_house_style_does_not_hide_a_new_one() {
    let blog = Blog::new(60, 0);
    for number in 0..60 {
        let text = format!("---\nlayout: post\ntitle: Tides\n---\n\n{}", "The tide comes in twice a day.\n".repeat(6));
        fs::write(blog.post(number), text).expect("a post");
    }
    let post = blog.post(0);
    blog.insert(&post, "\nThis is a sentence. And here is another one.");
    assert_eq!(blog.run(&["--write-baseline"]).status.code(), Some(0));
    blog.insert(&post, "\nThis is a fresh sentence. It has a neighbour.");
    for arguments in [&[][..], &[post.to_str().expect("a path")]] {
        let found = blog.findings(arguments);
        assert!(matches!(&found[..], [one] if one.contains("style/one-sentence-per-line")), "{found:#?}");
    }
}

#[test]
fn line_ends_and_moved_posts_of_others_change_nothing() {
    let blog = Blog::new(40, 100);
    assert_eq!(blog.run(&["--write-baseline"]).status.code(), Some(0));
    let post = blog.post(3);
    let text = fs::read_to_string(&post).expect("a post");
    fs::write(&post, text.replace('\n', "\r\n")).expect("a post");
    assert_eq!(blog.findings(&[]), [""; 0]);
    fs::remove_file(&post).expect("a post");
    let output = blog.run(&[]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("--prune-baseline"), "{output:?}");
}

#[test]
fn what_is_known_is_not_repaired() {
    let blog = Blog::new(10, 30);
    assert_eq!(blog.run(&["--write-baseline"]).status.code(), Some(0));
    let before = fs::read_to_string(blog.post(2)).expect("a post");
    blog.insert(&blog.post(2), "\nIt was was high water.");
    assert_eq!(blog.run(&["--fix"]).status.code(), Some(0));
    let after = fs::read_to_string(blog.post(2)).expect("a post");
    assert_eq!(after.replace("\nIt was high water.\n", ""), before);
}

#[test]
fn a_file_that_cannot_be_read_keeps_its_part_of_the_baseline() {
    let blog = Blog::new(10, 30);
    assert_eq!(blog.run(&["--write-baseline"]).status.code(), Some(0));
    let file = blog.folder.path().join(".postlint-baseline.json");
    let before = fs::read(&file).expect("the baseline");
    fs::write(blog.post(2), b"\xff\xfe").expect("a post");
    assert_eq!(blog.run(&["--prune-baseline"]).status.code(), Some(1));
    assert_eq!(fs::read(&file).expect("the baseline"), before);
}
