//! Writes a site of posts of the bench's own making, to measure with: `POSTLINT_POSTS=folder POSTLINT_MEGABYTES=100 cargo
//! test --test measure-posts`. Without the folder there is nothing to do. `tests/measure/speed.py` calls it.

#[path = "../bench/generator.rs"]
mod generator;

use std::fs;
use std::path::PathBuf;

/// Bytes of a post.
const POST: usize = 7_500;

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

#[test]
fn write_posts() {
    let Some(folder) = std::env::var_os("POSTLINT_POSTS").map(PathBuf::from) else { return };
    let bytes = number("POSTLINT_MEGABYTES", 10) * 1_000_000;
    let length = number("POSTLINT_POST_BYTES", POST as u64) as usize;
    let posts = folder.join("_posts");
    fs::create_dir_all(&posts).expect("a folder for the posts");
    fs::write(folder.join("_config.yml"), "title: Measured\nurl: https://blog.example\n").expect("a configuration");
    let mut written = 0;
    let mut seed = 0;
    while written < bytes {
        let text = generator::post(seed, length);
        let (year, month, day) = (2005 + seed / 336 % 20, 1 + seed / 28 % 12, 1 + seed % 28);
        fs::write(posts.join(format!("{year}-{month:02}-{day:02}-post-{seed}.md")), &text).expect("a post");
        written += text.len() as u64;
        seed += 1;
    }
    println!("{seed} posts, {written} bytes in {}", folder.display());
}
