//! `--format html`: nothing from a post becomes markup, and large sites make a page that opens.

use std::fs;
use std::process::Command;
use std::time::Instant;
use tempfile::TempDir;

fn blog(posts: &[(&str, String)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("_posts")).expect("a folder");
    fs::write(folder.path().join("_config.yml"), "title: Tides & <i>boats</i>\n").expect("a file");
    for (name, text) in posts {
        fs::write(folder.path().join("_posts").join(name), text).expect("a file");
    }
    folder
}

fn page(blog: &TempDir, select: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
    let output = command.args(["--format", "html", "--select", select]).arg(blog.path()).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn post(title: &str, body: &str) -> String {
    format!("---\nlayout: post\ntitle: {title}\n---\n{body}\n")
}

#[test]
fn nothing_from_a_post_is_markup() {
    let hostile = r#"<script>alert(1)</script> proof it <img src=x onerror="alert('2')"> \u{1b}[31m"#;
    let posts = [
        ("2024-01-01-a.md", post("'<script>alert(3)</script>'", &format!("We had to {hostile}\n\nWe had to proof {hostile}"))),
        ("2024-01-02-'b' \"onclick=x.md", post("b", "We had to proof it.\n\n![x](/\"><script>alert(4)</script>.png)")),
        ("2024-01-03-c.md", post("c", "Fine.")),
    ];
    let page = page(&blog(&posts), "spelling,images,kramdown");
    assert!(!page.contains("<script"), "{page}");
    assert!(!page.contains("<img"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains("<title>Tides &amp; &lt;i&gt;boats&lt;/i&gt;: what postlint found</title>"));
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
    // nothing is fetched
    assert!(!page.contains("<link") && !page.contains("@import") && !page.contains("url("));
}

#[test]
fn every_document_and_every_finding_is_on_the_page_once() {
    let posts = [
        ("2024-01-01-a.md", post("First", "We had to proof it.\n\nWe had to proof it again.")),
        ("2024-01-02-b.md", post("Second", "Fine.")),
    ];
    let page = page(&blog(&posts), "spelling/confused-word");
    assert!(page.contains("<h1><span class=warning>2 warnings</span> in 1 of 2 documents</h1>"), "{page}");
    assert_eq!(page.matches("<article class=\"finding").count(), 2);
    assert_eq!(page.matches("<mark>proof</mark>").count(), 2);
    assert!(page.contains("<li title=\"2024-01-02-b.md\">"));
    assert!(page.contains("<h2>First</h2>"));
    assert!(page.contains("had to <del>proof</del><ins>prove</ins> it"), "whole words change");
}

#[test]
fn the_page_says_what_became_of_the_baseline() {
    let posts = [
        ("2024-01-01-a.md", post("First", "We had to proof it.\n\nThey had to proof it again.")),
        ("2024-01-02-b.md", post("Second", "You had to proof it.")),
    ];
    let blog = blog(&posts);
    let postlint = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_postlint")).args(arguments).arg(blog.path()).output().expect("the program starts");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    postlint(&["--write-baseline"]);
    fs::write(blog.path().join("_posts/2024-01-02-b.md"), post("Second", "You had to prove it.\n\nWe had to proof it, too."))
        .expect("a file");
    let page = postlint(&["--format", "html"]);
    assert!(page.contains("<b class=mended>1 is mended</b>"), "{page}");
    assert!(page.contains("not shown here; <b>1 new</b>"), "{page}");
    assert_eq!(page.matches("<article class").count(), 1);
}

#[test]
fn ten_thousand_findings_are_written_in_a_moment() {
    let body = "We had to proof it, and so did they.\n\n".repeat(100);
    let posts: Vec<(String, String)> =
        (0..100).map(|day| (format!("2024-{:02}-{:02}-x.md", day / 28 + 1, day % 28 + 1), post("x", &body))).collect();
    let posts: Vec<(&str, String)> = posts.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let start = Instant::now();
    let page = page(&blog(&posts), "spelling/confused-word");
    assert_eq!(page.matches("<article").count(), 10_000);
    assert!(page.len() < 12 << 20, "{} bytes", page.len());
    // a debug build on a busy machine takes a few seconds
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    assert!(!page.contains(" open>"), "so many are folded");
}
