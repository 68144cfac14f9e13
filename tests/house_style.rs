//! House style: what is learned from the site's own posts, and what becomes of the posts that do not keep it.

use postlint::diagnostic::{Diagnostic, Severity};
use postlint::lint::Selection;
use postlint::lint::project;
use postlint::lint::run::{Repair, Run, house_style, run};
use postlint::style::pin::configuration;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const RULE: &str = "style/one-sentence-per-line";

/// Twelve sentences, each on its line.
const KEPT: &str = "The tide comes in.\nThe boats come back.\nThe gulls wait.\nThe nets dry.\nThe sun sets.\nThe lamps burn.\n\
    The town sleeps.\nThe tide goes out.\nThe boats lie dry.\nThe cats walk by.\nThe bells ring.\nThe day begins.\n";
/// As many, two on each line.
const BROKEN: &str = "The tide comes in. The boats come back.\nThe gulls wait. The nets dry.\nThe sun sets. The lamps burn.\n\
    The town sleeps. The tide goes out.\nThe boats lie dry. The cats walk by.\nThe bells ring. The day begins.\n";

struct Blog {
    folder: TempDir,
}

impl Blog {
    /// A site with posts, the newest first; `true` keeps the style.
    fn new(posts: impl IntoIterator<Item = bool>) -> Blog {
        let blog = Blog { folder: tempfile::tempdir().expect("a temporary folder") };
        blog.write("_config.yml", "collections: { docs: { output: true } }\n");
        for (index, kept) in posts.into_iter().enumerate() {
            blog.post(&name(index), if kept { KEPT } else { BROKEN });
        }
        blog
    }

    fn post(&self, path: &str, body: &str) {
        self.write(path, &format!("---\nlayout: post\ntitle: Tides\n---\n{body}"));
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("files");
    }

    fn run(&self, paths: &[&str], select: &[&str]) -> Run {
        let paths: Vec<_> = paths.iter().map(|path| self.folder.path().join(path)).collect();
        let found = project::discover(&paths, None);
        assert!(found.failures.is_empty(), "{:?}", found.failures);
        let project = found.projects.first().expect("a site");
        let select: Vec<String> = select.iter().map(|name| (*name).to_owned()).collect();
        run(project, &Selection::new(&select, &[]).expect("known names"), Repair::default(), None).expect("known options")
    }

    /// The whole site.
    fn lint(&self) -> Run {
        self.run(&["."], &[])
    }
}

/// The path of the post that comes after `index` newer ones.
fn name(index: usize) -> String {
    format!("_posts/2024-{:02}-{:02}-tides.md", 12 - index / 28, 28 - index % 28)
}

fn all_found<'r>(run: &'r Run, path: &str) -> impl Iterator<Item = &'r Diagnostic> {
    let document = run.documents.iter().find(|document| Path::new(&document.path) == Path::new(path));
    document.into_iter().flat_map(|document| &document.diagnostics)
}

fn found<'r>(run: &'r Run, path: &str) -> Vec<&'r Diagnostic> {
    all_found(run, path).filter(|diagnostic| diagnostic.rule == RULE).collect()
}

fn severities(run: &Run, path: &str) -> Vec<Severity> {
    found(run, path).iter().map(|diagnostic| diagnostic.severity).collect()
}

/// The newest posts keep the style, but for the third.
fn all_but_the_third(count: usize) -> impl Iterator<Item = bool> {
    (0..count).map(|index| index != 2)
}

#[test]
fn the_newest_posts_are_asked_to_keep_what_most_of_them_keep() {
    let run = Blog::new(all_but_the_third(40)).lint();
    assert_eq!(severities(&run, &name(2)), [Severity::Warning; 6]);
    assert!(found(&run, &name(2)).iter().all(|diagnostic| !diagnostic.fixes.is_empty()));
    let line = run.house_style.expect("something was learned");
    assert!(line.starts_with("House style of the last 30 posts (not pinned): "), "{line}");
    assert!(line.contains("one sentence per line 29/30"), "{line}");
    assert!(line.ends_with(". Pin it: postlint init"), "{line}");
}

#[test]
fn what_few_keep_is_asked_of_nobody() {
    let run = Blog::new((0..40).map(|index| index % 2 == 0)).lint();
    assert!(run.documents.iter().all(|document| found(&run, &document.path).is_empty()));
    assert!(run.house_style.is_none_or(|line| line.contains("not enforced: one sentence per line 15/30")));
}

#[test]
fn an_older_post_has_one_mild_finding_and_nothing_to_repair() {
    let blog = Blog::new((0..40).map(|index| index < 30));
    let run = blog.lint();
    assert_eq!(severities(&run, &name(35)), [Severity::Info]);
    let finding = found(&run, &name(35))[0];
    assert!(finding.fixes.is_empty());
    assert!(finding.notes.iter().any(|note| note.starts_with("5 more in this post")), "{:?}", finding.notes);
    // a post that is named is not history
    assert_eq!(severities(&blog.run(&[&name(35)], &[]), &name(35)), [Severity::Warning; 6]);
}

#[test]
fn drafts_keep_the_style_of_the_posts_and_other_documents_have_their_own() {
    let blog = Blog::new(all_but_the_third(30));
    blog.post("_drafts/idea.md", BROKEN);
    blog.post("_docs/manual.md", BROKEN);
    let run = blog.lint();
    assert_eq!(severities(&run, "_drafts/idea.md"), [Severity::Warning; 6]);
    assert_eq!(severities(&run, "_docs/manual.md"), []);
}

#[test]
fn with_few_posts_the_rules_only_advise() {
    let blog = Blog::new([true, false, true, true]);
    let run = blog.lint();
    assert_eq!(severities(&run, &name(1)), [Severity::Info; 6]);
    assert_eq!(run.house_style, None);
}

#[test]
fn a_post_that_keeps_the_style_itself_is_held_to_it() {
    let blog = Blog::new([true, true]);
    blog.post("_posts/2024-12-31-own.md", &format!("{KEPT}The end comes. The end is here.\n"));
    assert_eq!(severities(&blog.lint(), "_posts/2024-12-31-own.md"), [Severity::Warning]);
}

#[test]
fn what_is_wrong_in_any_style_is_found_in_all_posts() {
    let blog = Blog::new([true; 40]);
    blog.write("_config.yml", "baseurl: /tides\n");
    for path in [name(2), name(35)] {
        blog.write(&path, "---\nlayout: post\n---\nSee [the page](/tides/tides/about).\n");
    }
    let run = blog.lint();
    for path in [name(2), name(35)] {
        let rules: Vec<_> = all_found(&run, &path).map(|diagnostic| (diagnostic.rule, diagnostic.severity)).collect();
        assert!(rules.contains(&("links/missing-baseurl", Severity::Error)), "{path}: {rules:?}");
        assert!(rules.contains(&("front-matter/missing-key", Severity::Warning)), "{path}: {rules:?}");
    }
}

#[test]
fn what_is_pinned_is_asked_of_all_posts_and_says_where() {
    let blog = Blog::new((0..40).map(|index| index % 2 == 0));
    blog.write(".postlint.yml", &format!("rules:\n  {RULE}: error\n"));
    let run = blog.lint();
    for index in [1, 39] {
        assert_eq!(severities(&run, &name(index)), [Severity::Error; 6]);
    }
    let label = found(&run, &name(1))[0].labels.iter().find(|label| label.file.as_deref() == Some(".postlint.yml"));
    assert!(label.is_some_and(|label| label.span.of("rules:\n  style/one-sentence-per-line: error\n") == format!("{RULE}: error")));
    assert!(run.house_style.is_none_or(|line| !line.contains("one sentence per line")));
}

#[test]
fn what_is_selected_runs_whatever_the_posts_keep() {
    let blog = Blog::new((0..40).map(|index| index % 2 == 0));
    assert_eq!(severities(&blog.run(&["."], &[RULE]), &name(39)), [Severity::Warning; 6]);
    // and what is not selected does not
    assert!(found(&blog.run(&["."], &["style/trailing-space"]), &name(39)).is_empty());
}

#[test]
fn an_override_is_for_its_documents() {
    let blog = Blog::new(all_but_the_third(30));
    blog.post("_drafts/idea.md", BROKEN);
    blog.write(".postlint.yml", &format!("overrides:\n  - files: _drafts/**\n    rules: {{ {RULE}: off }}\n"));
    let run = blog.lint();
    assert_eq!(severities(&run, "_drafts/idea.md"), []);
    assert_eq!(severities(&run, &name(2)), [Severity::Warning; 6]);
}

#[test]
fn two_runs_say_the_same() {
    let blog = Blog::new(all_but_the_third(40));
    let said = |run: &Run| format!("{:?}{:?}", run.documents, run.house_style);
    assert_eq!(said(&blog.lint()), said(&blog.lint()));
}

#[test]
fn what_init_writes_is_a_configuration_that_the_newest_posts_keep() {
    let blog = Blog::new(all_but_the_third(10));
    for index in 0..10 {
        let layout = if index % 2 == 0 { "post" } else { "note" };
        let key = if index % 2 == 0 { "'true': yes\nimage: a.png\n" } else { "mood: calm\n" };
        blog.write(&name(index), &format!("---\nlayout: {layout}\ntitle: Tides\n{key}---\n{KEPT}"));
    }
    let site = project::discover(&[blog.folder.path().to_owned()], None).projects.pop().expect("a site").site;
    let text = configuration(&house_style(&site).expect("enough posts"));
    assert!(text.contains("    by-layout:\n      note:\n        - layout"), "{text}");
    assert!(text.contains("        - 'true'  # 5 of 5\n"), "{text}");
    blog.write(".postlint.yml", &text);
    let run = blog.lint();
    assert_eq!(run.house_style, None, "everything is pinned");
    assert_eq!(run.documents.iter().flat_map(|document| &document.diagnostics).count(), 0);

    // another post of the layout is asked for its keys, however old it is
    blog.write("_posts/2001-01-01-old.md", &format!("---\nlayout: note\ntitle: Tides\n---\n{KEPT}"));
    let run = blog.lint();
    let found: Vec<_> = run.documents.iter().flat_map(|document| &document.diagnostics).map(|found| found.message.as_str()).collect();
    assert_eq!(found, ["the front matter has no `mood`"]);
}
