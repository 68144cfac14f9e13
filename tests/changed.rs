//! `--changed`, on real repositories: what a branch changes is reported, and nothing else.

#[path = "changed/repository.rs"]
mod repository;

use repository::{EBB, FLOOD, Repository, lines};
use std::fs;

const NOTHING: [&str; 0] = [];

/// On a branch of its own.
fn on_branch() -> Repository {
    let repository = Repository::new();
    repository.git(&["switch", "--quiet", "--create", "work"]);
    repository
}

#[test]
fn lines_that_were_not_touched_are_not_reported() {
    let repository = on_branch();
    assert_eq!(repository.findings(&[]), ["_posts/2014-01-01-ebb.md:6 spelling/confused-word"]);
    assert_eq!(repository.findings(&["--changed"]), NOTHING);
    repository.write("_posts/2014-01-01-ebb.md", &EBB.replace("Low water.", "New line.\n\nThe the low water."));
    assert_eq!(repository.findings(&["--changed"]), ["_posts/2014-01-01-ebb.md:7 spelling/repeated-word"]);
    repository.commit("second");
    assert_eq!(repository.findings(&["--changed"]), ["_posts/2014-01-01-ebb.md:7 spelling/repeated-word"]);
    assert_eq!(repository.findings(&["--changed=HEAD"]), NOTHING);
    assert_eq!(repository.findings(&["--changed=HEAD~1"]), ["_posts/2014-01-01-ebb.md:7 spelling/repeated-word"]);
}

#[test]
fn a_touched_line_is_reported_with_what_was_wrong_there_before() {
    let repository = on_branch();
    repository.write("_posts/2014-01-01-ebb.md", &EBB.replace("proof it.", "proof it again."));
    assert_eq!(repository.findings(&["--changed"]), ["_posts/2014-01-01-ebb.md:6 spelling/confused-word"]);
}

#[test]
fn a_finding_that_the_change_causes_elsewhere_is_reported() {
    let repository = on_branch();
    let text = "---\nlayout: post\ntitle: Ebb\n---\nSee [the tables][t] for more.\n\nThe end.\n\n[t]: /img/map.png\n";
    repository.write("_posts/2014-01-01-ebb.md", text);
    repository.commit("second");
    repository.write("_posts/2014-01-01-ebb.md", &text.replace("\n[t]: /img/map.png\n", ""));
    assert_eq!(repository.findings(&["--changed=HEAD"]), ["_posts/2014-01-01-ebb.md:5 kramdown/undefined-reference"]);
}

#[test]
fn new_files_are_reported_whole_and_renames_are_followed() {
    let repository = on_branch();
    repository.write("_posts/2014-03-01-spring.md", &EBB.replace("Ebb", "Spring"));
    assert_eq!(repository.findings(&["--changed"]), ["_posts/2014-03-01-spring.md:6 spelling/confused-word"]);
    fs::remove_file(repository.path().join("_posts/2014-03-01-spring.md")).expect("the post");
    repository.git(&["mv", "_posts/2014-01-01-ebb.md", "_posts/2014-01-01-neap.md"]);
    repository.write("_posts/2014-01-01-neap.md", &EBB.replace("The end.", "The the end."));
    let expected = [
        "_posts/2014-01-01-neap.md:1 site/changed-url",
        "_posts/2014-01-01-neap.md:8 spelling/repeated-word",
        "_posts/2014-02-01-flood.md:5 site/deleted-target",
    ];
    assert_eq!(repository.findings(&["--changed"]), expected);
}

#[test]
fn findings_about_the_whole_document_stay_where_its_front_matter_changed() {
    let repository = Repository::new();
    for day in 1..32 {
        repository.write(&format!("_posts/2015-01-{day:02}-tide.md"), "---\nlayout: post\ntitle: Tide\ntags: [tide]\n---\nTide.\n");
    }
    let text = "---\nlayout: post\ntitle: Neap\n---\nLow water.\n";
    repository.write("_posts/2014-01-01-ebb.md", text);
    repository.commit("second");
    assert_eq!(repository.findings(&["_posts/2014-01-01-ebb.md"]), ["_posts/2014-01-01-ebb.md:1 front-matter/missing-key"]);
    repository.write("_posts/2014-01-01-ebb.md", &text.replace("Low", "Very low"));
    assert_eq!(repository.findings(&["--changed=HEAD"]), NOTHING);
    repository.write("_posts/2014-01-01-ebb.md", &text.replace("Neap", "Spring"));
    assert_eq!(repository.findings(&["--changed=HEAD"]), ["_posts/2014-01-01-ebb.md:1 front-matter/missing-key"]);
}

#[test]
fn links_to_what_was_deleted_are_found_in_posts_that_were_not_touched() {
    let repository = on_branch();
    repository.git(&["rm", "--quiet", "_posts/2014-01-01-ebb.md", "img/map.png"]);
    let expected = ["_posts/2014-02-01-flood.md:5 site/deleted-target", "_posts/2014-02-01-flood.md:7 site/deleted-target"];
    assert_eq!(repository.findings(&["--changed"]), expected);
    // the same once it is committed, and when the link itself is touched it is said once
    repository.write("_posts/2014-02-01-flood.md", &FLOOD.replace("![Map]", "![The map]"));
    repository.commit("second");
    let expected = ["_posts/2014-02-01-flood.md:5 site/deleted-target", "_posts/2014-02-01-flood.md:7 images/broken-path"];
    assert_eq!(repository.findings(&["--changed"]), expected);
}

#[test]
fn a_post_that_only_left_the_index_is_not_deleted() {
    let repository = on_branch();
    repository.git(&["rm", "--quiet", "--cached", "_posts/2014-01-01-ebb.md"]);
    assert_eq!(repository.findings(&["--changed"]), NOTHING);
}

#[test]
fn a_url_that_changed_needs_a_redirect() {
    let repository = on_branch();
    let text = EBB.replace("title: Ebb", "title: Ebb\npermalink: /low/");
    repository.write("_posts/2014-01-01-ebb.md", &text);
    let found = repository.findings(&["--changed", "_posts/2014-01-01-ebb.md"]);
    assert_eq!(found, ["_posts/2014-01-01-ebb.md:4 site/changed-url"]);
    let text = text.replace("permalink", "redirect_from: /2014/01/01/ebb.html\npermalink");
    repository.write("_posts/2014-01-01-ebb.md", &text);
    assert_eq!(repository.findings(&["--changed"]), NOTHING);
}

#[test]
fn a_new_post_of_long_ago_is_found_when_asked_for() {
    let repository = on_branch();
    repository.write("_posts/2014-03-01-spring.md", "---\nlayout: post\ntitle: Spring\n---\nSpring tide.\n");
    assert_eq!(repository.findings(&["--changed"]), NOTHING);
    assert_eq!(repository.findings(&["--changed", "--max-age=30"]), ["_posts/2014-03-01-spring.md:1 site/backdated-post"]);
    // a draft that becomes a post is new, too
    repository
        .write("_drafts/neap.md", "---\nlayout: post\ntitle: Neap\n---\nNeap tide, neither high nor low.\nIt comes with the half moon.\n");
    repository.commit("a draft");
    repository.git(&["mv", "_drafts/neap.md", "_posts/2014-04-01-neap.md"]);
    assert_eq!(repository.findings(&["--changed=HEAD", "--max-age=30"]), ["_posts/2014-04-01-neap.md:1 site/backdated-post"]);
}

#[test]
fn fixes_leave_lines_alone_that_were_not_touched() {
    let repository = on_branch();
    repository.write("_posts/2014-01-01-ebb.md", &EBB.replace("Low water.", "The the low water.\n\nIt was was new."));
    repository.postlint(&["--changed", "--fix"], &[]);
    assert_eq!(repository.read("_posts/2014-01-01-ebb.md"), EBB.replace("Low water.", "The low water.\n\nIt was new."));
}

#[test]
fn line_ends_are_no_change() {
    let repository = on_branch();
    repository.write("_posts/2014-01-01-ebb.md", &EBB.replace('\n', "\r\n"));
    assert_eq!(repository.findings(&["--changed"]), NOTHING);
}

#[test]
fn it_works_in_subfolders_worktrees_and_on_a_detached_head() {
    let mut repository = Repository::empty();
    repository.git(&["init", "--quiet", "--initial-branch=main"]);
    repository.write("docs/_config.yml", "title: Tides\n");
    repository.write("docs/_posts/2014-01-01-ebb.md", EBB);
    repository.write("README.md", "Tides\n");
    repository.commit("first");
    repository.git(&["worktree", "add", "--quiet", "--detach", "other"]);
    repository.here = repository.beside("other/docs/_posts");
    repository.write("2014-01-01-ebb.md", &EBB.replace("Low", "The the low"));
    repository.write("2014-02-01-neu früh.md", &EBB.replace("Ebb", "Flood"));
    let expected = [
        "_posts/2014-01-01-ebb.md:5 spelling/repeated-word",
        "_posts/2014-02-01-neu früh.md:1 site/space-in-name",
        "_posts/2014-02-01-neu früh.md:6 spelling/confused-word",
    ];
    assert_eq!(repository.findings(&["--changed"]), expected);
    assert_eq!(repository.findings(&["--changed", ".."]), expected);
    assert_eq!(repository.findings(&["--changed", "2014-01-01-ebb.md"]), expected[..1]);
}

#[test]
fn inside_of_a_hook_the_index_of_git_is_found() {
    let mut repository = on_branch();
    repository.write("_posts/2014-01-01-ebb.md", &EBB.replace("Low", "The the low"));
    repository.here.push("_posts");
    let output =
        repository.postlint(&["--changed"], &[("GIT_DIR", "../.git"), ("GIT_INDEX_FILE", "../.git/index"), ("GIT_WORK_TREE", "..")]);
    assert_eq!(lines(&output), ["_posts/2014-01-01-ebb.md:5 spelling/repeated-word"], "{output:?}");
}

#[test]
fn in_an_action_the_base_of_the_pull_request_counts() {
    let mut repository = on_branch();
    repository.write("_posts/2014-01-01-ebb.md", &EBB.replace("Low", "The the low"));
    repository.commit("second");
    let origin = repository.here.to_string_lossy().into_owned();
    repository.git(&["clone", "--quiet", &origin, "clone"]);
    repository.here = repository.beside("clone");
    // the clone's main branch is what was checked out there: the base tells otherwise
    assert_eq!(repository.findings(&["--changed"]), NOTHING);
    let output = repository.postlint(&["--changed"], &[("GITHUB_BASE_REF", "main")]);
    assert_eq!(lines(&output), ["_posts/2014-01-01-ebb.md:5 spelling/repeated-word"]);
    let unknown = repository.complaint(&["--changed"], &[("GITHUB_BASE_REF", "develop")]);
    assert_eq!(unknown, (Some(2), "postlint: git knows no `origin/develop` here".to_owned()));
}

const SHALLOW: &str = "; the clone is shallow: `git fetch --unshallow` gets its history (`fetch-depth: 0` for actions/checkout)";

#[test]
fn a_shallow_clone_says_what_it_lacks() {
    let mut repository = on_branch();
    repository.write("_posts/2014-01-01-ebb.md", &EBB.replace("Low", "The the low"));
    repository.commit("second");
    let origin = format!("file://{}", repository.here.display());
    repository.git(&["clone", "--quiet", "--depth=1", "--branch=work", &origin, "clone"]);
    repository.here = repository.beside("clone");
    let unknown = repository.complaint(&["--changed"], &[("GITHUB_BASE_REF", "main")]);
    assert_eq!(unknown, (Some(2), format!("postlint: git knows no `origin/main` here{SHALLOW}")));
    repository.git(&["fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main"]);
    let apart = repository.complaint(&["--changed"], &[("GITHUB_BASE_REF", "main")]);
    assert_eq!(apart, (Some(2), format!("postlint: HEAD and `origin/main` have no commit in common{SHALLOW}")));
    repository.git(&["fetch", "--quiet", "--unshallow", "origin", "main"]);
    let output = repository.postlint(&["--changed"], &[("GITHUB_BASE_REF", "main")]);
    assert_eq!(lines(&output), ["_posts/2014-01-01-ebb.md:5 spelling/repeated-word"]);
}

#[test]
fn what_cannot_be_compared_is_said_in_words() {
    let repository = Repository::empty();
    repository.write("_config.yml", "");
    let complaint = |arguments: &[&str], environment: &[(&str, &str)]| repository.complaint(arguments, environment);
    let no_repository = "postlint: [HERE]: is in no git repository, so that --changed has nothing to compare with";
    assert_eq!(complaint(&["--changed"], &[]), (Some(2), no_repository.to_owned()));
    let no_git = "postlint: --changed asks git, and there is no `git` to run";
    assert_eq!(complaint(&["--changed"], &[("PATH", "")]), (Some(2), no_git.to_owned()));
    repository.git(&["init", "--quiet", "--initial-branch=trunk"]);
    let no_commit = "postlint: there is no commit yet, so that --changed has nothing to compare with";
    assert_eq!(complaint(&["--changed"], &[]), (Some(2), no_commit.to_owned()));
    repository.commit("first");
    let no_main =
        "postlint: which branch the changes are for is not known: there is no `origin/HEAD`, `main` or `master`; name it: --changed=BRANCH";
    assert_eq!(complaint(&["--changed"], &[]), (Some(2), no_main.to_owned()));
    assert_eq!(complaint(&["--changed=v9"], &[]), (Some(2), "postlint: git knows no `v9` here".to_owned()));
    // an option of git is no name
    assert_eq!(complaint(&["--changed=--all"], &[]), (Some(2), "postlint: git knows no `--all` here".to_owned()));
    repository.git(&["switch", "--quiet", "--orphan", "lone"]);
    repository.write("_config.yml", "");
    repository.commit("another first");
    assert_eq!(complaint(&["--changed=trunk"], &[]), (Some(2), "postlint: HEAD and `trunk` have no commit in common".to_owned()));
}

#[test]
fn a_file_outside_of_site_and_folder_is_refused() {
    let mut repository = Repository::empty();
    repository.write("posts/2014-01-01-ebb.md", EBB);
    repository.git(&["init", "--quiet", "--initial-branch=main"]);
    repository.commit("first");
    repository.write("posts/2014-01-01-ebb.md", &EBB.replace("Low", "The the low"));
    assert_eq!(repository.findings(&["--changed", "posts"]), ["posts/2014-01-01-ebb.md:5 spelling/repeated-word"]);
    repository.here = repository.beside("elsewhere");
    fs::create_dir(&repository.here).expect("a folder");
    let (code, message) = repository.complaint(&["--changed", "../posts/2014-01-01-ebb.md"], &[]);
    assert_eq!(code, Some(2));
    assert!(message.contains("lies outside of the current folder"), "{message}");
}
