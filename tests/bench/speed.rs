//! How fast posts are read and linted, and how long the program takes to start.
//!
//! `cargo bench` measures text of the bench's own making; with `POSTLINT_BENCH_FOLDER=path/to/site` also that folder.
//! The parser stands beside pulldown-cmark on the same text in the same run: compare the two, not the times.

mod generator;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use postlint::post::{DocumentKind, Post};
use postlint::site::Site;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How many posts the bench makes, and how long each is, in bytes.
const POSTS: u64 = 200;
const BYTES: usize = 8_000;

fn generated() -> Vec<String> {
    (0..POSTS).map(|seed| generator::post(seed, BYTES)).collect()
}

/// The Markdown files below the folder that is named in the environment.
fn named() -> Vec<String> {
    let Some(folder) = std::env::var_os("POSTLINT_BENCH_FOLDER") else { return Vec::new() };
    let mut texts = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md" || extension == "markdown") {
                texts.extend(fs::read_to_string(path));
            }
        }
    }
    texts
}

fn parse(criterion: &mut Criterion) {
    for (name, texts) in [("generated", generated()), ("folder", named())] {
        if texts.is_empty() {
            continue;
        }
        let mut group = criterion.benchmark_group(format!("parse {name}"));
        group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
        group.sample_size(10);
        let site = Site::none();
        group.bench_function("postlint", |bench| {
            bench.iter(|| {
                for text in &texts {
                    black_box(Post::parse("_posts/2024-01-01-a.md", DocumentKind::Post, text, &site));
                }
            });
        });
        group.bench_function("pulldown-cmark", |bench| {
            bench.iter(|| {
                for text in &texts {
                    black_box(pulldown_cmark::Parser::new_ext(text, pulldown_cmark::Options::all()).count());
                }
            });
        });
        group.finish();
    }
}

fn run(arguments: &[&str], folder: &Path) {
    let status = Command::new(env!("CARGO_BIN_EXE_postlint"))
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(status.is_ok_and(|status| status.code().is_some_and(|code| code < 2)), "postlint did not run");
}

fn lint(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder for the posts");
    let posts = folder.path().join("_posts");
    fs::create_dir(&posts).expect("a folder for the posts");
    fs::write(folder.path().join("_config.yml"), "title: bench\n").expect("a configuration");
    let mut bytes = 0;
    for (number, text) in generated().into_iter().enumerate() {
        bytes += text.len() as u64;
        fs::write(posts.join(format!("2024-01-{:02}-post-{number}.md", number % 28 + 1)), text).expect("a post");
    }
    let mut group = criterion.benchmark_group("lint");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("all rules, one thread", |bench| {
        bench.iter(|| run(&["--format", "json", "--fail-on", "never", "-j", "1"], folder.path()));
    });
    group.finish();
    criterion.bench_function("start-up", |bench| bench.iter(|| run(&["--version"], folder.path())));
}

criterion_group!(benches, parse, lint);
criterion_main!(benches);
