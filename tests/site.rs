//! The site model on little sites: what links lead to, and what is said of broken parts.

use postlint::post::{DocumentKind, Engine, Post};
use postlint::site::page::Page;
use postlint::site::target::{Target, resolve};
use postlint::site::templates::Presence;
use postlint::site::value::Value;
use postlint::site::{LoadOptions, Problem, Site};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A site of files with their contents.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    for (path, text) in files {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a temporary folder takes folders");
        fs::write(file, text).expect("a temporary folder takes files");
    }
    folder
}

fn load(folder: &TempDir) -> (Site, Vec<Problem>) {
    Site::load(folder.path(), &LoadOptions::default())
}

const HEADER: &str = "---\ntitle: x\n---\n";

/// The targets of URLs in the post `_posts/2023-05-01-a.md`, short.
fn targets(site: &Site, urls: &[&str]) -> Vec<String> {
    let post = Post::parse("_posts/2023-05-01-a.md", DocumentKind::Post, HEADER, site);
    let page = Page::of_post(&post);
    urls.iter().map(|url| short(&resolve(&page, url))).collect()
}

fn short(target: &Target) -> String {
    match target {
        Target::External(_) => "external".to_owned(),
        Target::SamePage => "same page".to_owned(),
        Target::Published(found) => found.path.clone(),
        Target::OtherCase { url, .. } => format!("other case: {url}"),
        Target::NotPublished { path, why } => format!("{path}: {why}"),
        Target::Generated { by } => format!("by {by}"),
        Target::Missing { path } => format!("missing: {path}"),
        Target::WithoutBaseurl(inner) => format!("without baseurl: {}", short(inner)),
        Target::Unknown(why) => format!("unknown: {why}"),
    }
}

fn check(site: &Site, expected: &[(&str, &str)]) {
    let urls: Vec<&str> = expected.iter().map(|(url, _)| *url).collect();
    let found = targets(site, &urls);
    let pairs: Vec<(&str, &str)> = urls.iter().copied().zip(found.iter().map(String::as_str)).collect();
    assert_eq!(pairs, expected);
}

#[test]
fn links_lead_to_what_jekyll_publishes() {
    let folder = folder(&[
        (
            "_config.yml",
            "url: https://example.org\nplugins: [jekyll-feed, jekyll-redirect-from]\nexclude: [drop]\ncollections: {docs: {output: true}, notes: {}}\n",
        ),
        ("_posts/2023-05-01-a.md", HEADER),
        ("_posts/2023-06-01-b.md", "---\nredirect_from: /old/\n---\n"),
        ("_posts/2023-06-02-hidden.md", "---\npublished: false\n---\n"),
        ("_drafts/idea.md", HEADER),
        ("_docs/guide.md", HEADER),
        ("_docs/img/a.png", ""),
        ("_notes/note.md", HEADER),
        ("about.md", HEADER),
        ("plain.md", "no header"),
        ("page.html", HEADER),
        ("copied.html", "<p>"),
        ("sub/index.html", "<p>"),
        ("css/main.scss", "---\n---\n"),
        ("css/part.scss", ""),
        ("img/Photo.JPG", ""),
        ("img/two words.png", ""),
        ("img/_raw.png", ""),
        ("drop/x.png", ""),
        (".secret/x.png", ""),
        ("node_modules/x/y.png", ""),
    ]);
    let (site, problems) = load(&folder);
    assert_eq!(problems, []);
    check(
        &site,
        &[
            ("https://other.org/x", "external"),
            ("mailto:a@example.org", "external"),
            ("//cdn.example.net/x.js", "external"),
            ("#anchor", "same page"),
            ("", "same page"),
            ("/img/Photo.JPG", "img/Photo.JPG"),
            ("/img/photo.jpg", "other case: /img/Photo.JPG"),
            ("/IMG/Photo.JPG", "other case: /img/Photo.JPG"),
            ("/img/two%20words.png?x=1#y", "img/two words.png"),
            ("/img/two words.png", "img/two words.png"),
            ("/img/missing.png", "missing: /img/missing.png"),
            ("/img/_raw.png", "img/_raw.png: Jekyll leaves out names like `_raw.png`"),
            ("/drop/x.png", "drop/x.png: `exclude: drop` leaves it out"),
            ("/.secret/x.png", ".secret/x.png: Jekyll leaves out names like `.secret`"),
            ("/node_modules/x/y.png", "node_modules/x/y.png: `exclude: node_modules` leaves it out"),
            ("/node_modules/x/z.png", "missing: /node_modules/x/z.png"),
            ("/about.html", "about.md"),
            ("/about", "about.md"),
            ("/About.html", "other case: /about.html"),
            ("/about.md", "missing: /about.md"),
            ("/page.html", "page.html"),
            ("/copied.html", "copied.html"),
            ("/copied", "copied.html"),
            ("/sub/", "sub/index.html"),
            ("/sub", "sub/index.html"),
            ("/", "missing: /"),
            ("/css/main.css", "css/main.scss"),
            ("/css/main.css.map", "unknown: the Sass converter writes such files"),
            ("/css/part.css", "missing: /css/part.css"),
            ("/plain.html", "unknown: `plain.md` has no front matter, but GitHub Pages makes a page of it"),
            ("/2023/06/01/b.html", "_posts/2023-06-01-b.md"),
            ("../../06/01/b.html", "_posts/2023-06-01-b.md"),
            ("/old/", "_posts/2023-06-01-b.md"),
            ("/2023/06/02/hidden.html", "_posts/2023-06-02-hidden.md: it has `published: false`"),
            ("/docs/guide.html", "_docs/guide.md"),
            ("/docs/img/a.png", "_docs/img/a.png"),
            ("/notes/note.html", "_notes/note.md: the collection `notes` has no `output: true`"),
            ("/feed.xml", "by jekyll-feed"),
            ("https://example.org/about.html", "about.md"),
            ("https://example.org/other-project/", "unknown: the host may serve it from elsewhere"),
            ("../../../../../../about.html", "about.md"),
            ("{{ '/img/Photo.JPG' | relative_url }}", "img/Photo.JPG"),
            ("{{ site.url }}/about.html", "about.md"),
            ("{% post_url 2023-06-01-b %}", "_posts/2023-06-01-b.md"),
            ("{{ some.thing }}/x", "unknown: it depends on Liquid"),
            ("https://other.org/{{ some.thing }}", "external"),
        ],
    );
}

#[test]
fn baseurl_is_taken_off() {
    let folder =
        folder(&[("_config.yml", "url: https://example.org\nbaseurl: /blog\n"), ("_posts/2023-05-01-a.md", HEADER), ("x.png", "")]);
    let (site, _) = load(&folder);
    check(
        &site,
        &[
            ("/blog/x.png", "x.png"),
            ("/x.png", "without baseurl: x.png"),
            ("/blog/blog/x.png", "missing: /blog/x.png"),
            ("/blogger/x.png", "without baseurl: missing: /blogger/x.png"),
            ("{{ '/x.png' | relative_url }}", "x.png"),
            ("../../../x.png", "x.png"),
            ("https://example.org/blog/x.png", "x.png"),
            ("https://example.org/elsewhere", "external"),
        ],
    );
}

#[test]
fn plugins_and_themes_may_bring_what_is_not_there() {
    let folder = folder(&[
        ("_config.yml", "plugins: [jekyll-archives]\ntheme: minima\npaginate: 5\n"),
        ("_posts/2023-05-01-a.md", HEADER),
        ("_layouts/post.html", ""),
    ]);
    let (site, _) = load(&folder);
    check(
        &site,
        &[
            ("/tag/x/", "unknown: `jekyll-archives` may make it"),
            ("/page2/", "by jekyll-paginate"),
            ("/x.png", "missing: /x.png"),
            ("/assets/main.css", "unknown: the theme may bring it"),
        ],
    );
    assert_eq!((site.has_layout("post"), site.has_layout("page")), (Presence::There, Presence::Unknown));
}

#[test]
fn source_may_be_a_folder_below() {
    let folder = folder(&[
        ("_config.yml", "source: src\n"),
        ("src/_posts/2023-05-01-a.md", HEADER),
        ("src/_data/authors.yml", "ada: {name: Ada}\n"),
        ("src/x.png", ""),
        ("outside.md", HEADER),
    ]);
    let (site, problems) = load(&folder);
    assert_eq!(problems, []);
    let paths: Vec<&str> = site.documents().iter().map(|document| document.path.as_str()).collect();
    assert_eq!(paths, ["src/_posts/2023-05-01-a.md"]);
    let page = Page::of_document(&site, &site.documents()[0]);
    assert_eq!(short(&resolve(&page, "/x.png")), "src/x.png");
    let authors = site.data().file("authors").and_then(|file| file.value().ok());
    assert_eq!(authors.and_then(|authors| authors.get("ada")).and_then(|ada| ada.get("name")), Some(&Value::from("Ada")));
    assert_eq!(Site::find_root(&folder.path().join("src/_posts")).as_deref(), Some(folder.path()));
}

#[test]
fn a_broken_configuration_is_said_and_nothing_is_judged() {
    let folder = folder(&[("_config.yml", "title: x\nbaseurl: [\n"), ("_posts/2023-05-01-a.md", HEADER)]);
    let (site, problems) = load(&folder);
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].file.as_str(), problems[0].line), ("_config.yml", Some(3)));
    assert!(problems[0].message.contains("does not parse"), "{}", problems[0].message);
    check(&site, &[("/x.png", "unknown: the site's configuration cannot be read"), ("mailto:a@example.org", "external")]);
    assert_eq!(site.documents().len(), 1);
}

#[test]
fn configurations_are_merged_and_toml_is_read() {
    let folder = folder(&[
        ("_config.toml", "markdown = \"CommonMark\"\n[author]\nname = \"Ada\"\n"),
        ("more.yml", "author: {mail: a@example.org}\nmarkdown_ext: md,mdx\n"),
        ("_posts/2023-05-01-a.md", HEADER),
    ]);
    let options = LoadOptions { config_files: vec!["_config.toml".into(), "more.yml".into()], ..LoadOptions::default() };
    let (site, problems) = Site::load(folder.path(), &options);
    assert_eq!(problems, []);
    let author = site.config.values.get("author");
    assert_eq!(author.and_then(|author| author.get("name")), Some(&Value::from("Ada")));
    assert!(author.and_then(|author| author.get("mail")).is_some());
    assert_eq!(
        (site.engine_of("a.mdx"), site.engine_of("a.html"), site.engine_of("a.txt")),
        (Engine::CommonMark, Engine::Html, Engine::Plain)
    );
}

#[test]
fn a_broken_data_file_is_said_when_it_is_used() {
    let folder = folder(&[("_config.yml", ""), ("_data/bad.yml", "a: [\n"), ("_data/deep/list.csv", "name\nAda\n")]);
    let (site, problems) = load(&folder);
    assert_eq!(problems, []);
    assert_eq!(site.data().problems(), []);
    assert!(site.data().file("bad").is_some_and(|file| file.value().is_err()));
    let problems = site.data().problems();
    assert_eq!(problems.iter().map(|problem| problem.file.as_str()).collect::<Vec<_>>(), ["_data/bad.yml"]);
    let names: Vec<String> = site.data().files().into_iter().map(|(key, _)| key).collect();
    assert_eq!(names, ["bad", "deep.list"]);
}

#[test]
fn posts_are_given_the_newest_first() {
    let folder = folder(&[
        ("_config.yml", ""),
        ("_posts/2021-01-01-old.md", HEADER),
        ("_posts/2020-01-01-moved.md", "---\ndate: 2023-01-01\n---\n"),
        ("_posts/2022-01-01-broken.md", "---\na: [\n---\n"),
        ("_posts/undated.md", HEADER),
    ]);
    let (site, _) = load(&folder);
    let names: Vec<&str> = site.posts_newest_first().iter().map(|post| post.file_name().slug).collect();
    assert_eq!(names, ["moved", "broken", "old"]);
}

#[test]
fn near_names_are_found() {
    let folder = folder(&[("_config.yml", ""), ("img/banner.png", ""), ("img/logo.svg", ""), ("img/other.png", "")]);
    let (site, _) = load(&folder);
    assert_eq!(site.near_names("img/baner.png"), ["img/banner.png"]);
    assert_eq!(site.near_names("img/logo.png"), ["img/logo.svg"]);
    assert!(site.near_names("img/nothing-like-it.png").is_empty());
}

#[test]
fn a_site_may_be_shared_between_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Site>();
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    fn link(folder: &Path, from: &str, to: &str) {
        symlink(to, folder.join(from)).expect("links can be made");
    }

    #[test]
    fn loops_and_dangling_links_are_said_and_end() {
        let folder = folder(&[("_config.yml", ""), ("a/x.png", ""), ("b/y.png", ""), ("_posts/2023-05-01-a.md", HEADER)]);
        link(folder.path(), "a/b", "../b");
        link(folder.path(), "b/a", "../a");
        link(folder.path(), "self", ".");
        link(folder.path(), "nowhere.png", "missing.png");
        let _socket = UnixListener::bind(folder.path().join("socket.md"));
        let (site, problems) = load(&folder);
        let files: Vec<&str> = problems.iter().map(|problem| problem.file.as_str()).collect();
        assert_eq!(files, ["a/b/a", "b/a/b", "nowhere.png", "self"]);
        check(
            &site,
            &[
                ("/a/b/y.png", "a/b/y.png"),
                ("/self/a/x.png", "unknown: what is in `self` cannot be read"),
                ("/nowhere.png", "missing: /nowhere.png"),
            ],
        );
    }

    #[test]
    fn what_lies_behind_a_link_out_of_the_site_is_unknown() {
        let elsewhere = folder(&[("x.png", ""), ("2023-05-01-b.md", HEADER)]);
        let folder = folder(&[("_config.yml", ""), ("_posts/2023-05-01-a.md", HEADER)]);
        symlink(elsewhere.path(), folder.path().join("out")).expect("links can be made");
        symlink(elsewhere.path().join("2023-05-01-b.md"), folder.path().join("_posts/2023-05-01-b.md")).expect("links can be made");
        let (site, problems) = load(&folder);
        assert_eq!(problems, []);
        assert_eq!(site.documents().len(), 1, "a post outside of the site is not read");
        check(&site, &[("/out/x.png", "unknown: what is in `out` cannot be read")]);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(400))]

    /// URLs and values come from outside: nothing in them may stop the program.
    #[test]
    fn no_text_is_too_odd(text in "([-a-z0-9/:.%?#{}|' \"\\[\\]*é\u{fffc}&+,@]|\\{\\{|\\}\\}|\\{%|site\\.|page\\.| \\| |jan|pm|UTC){0,24}") {
        let site = Site::none();
        let post = Post::parse("_posts/2023-05-01-a.md", DocumentKind::Post, HEADER, &site);
        let page = Page::of_post(&post);
        resolve(&page, &text);
        postlint::site::liquid_value::evaluate(&format!("{{{{ '{text}' | slugify | relative_url }}}}{text}"), &page);
        site.parse_date(&Value::from(text.as_str()));
        postlint::site::url::escape_path(&text);
        postlint::site::url::sanitize(&text);
        postlint::site::file_name::FileName::parse(&text);
        site.files().lookup(&text);
        site.near_names(&text);
        site.post_named(&text);
    }
}
