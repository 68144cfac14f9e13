//! Any text parses, and every span lies on the borders of characters.

#![no_main]

use libfuzzer_sys::fuzz_target;
use postlint::post::{DocumentKind, Post};
use postlint::site::Site;

fuzz_target!(|text: &str| {
    let site = Site::none();
    let post = Post::parse("_posts/2024-01-01-fuzz.md", DocumentKind::Post, text, &site);
    let nodes = post.tree.walk().map(|id| post.tree.node(id).span);
    let hazards = post.tree.hazards.iter().map(|hazard| hazard.span);
    for span in nodes.chain(hazards) {
        assert!(text.get(span.range()).is_some(), "{span:?}");
    }
});
