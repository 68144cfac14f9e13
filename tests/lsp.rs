//! `postlint lsp`, spoken to by a client that follows a script.

#[path = "lsp/client.rs"]
mod client;

use client::{Client, place, shown, site};
use serde_json::{Value, json};

const POST: &str = "_posts/2024-04-09-five-years-of-releases.md";
const PICTURES: &str = "_posts/2024-06-04-caching-the-tide-table.md";

/// Front matter in which nothing is wrong, up to its last line.
const HEAD: &str = "---\nlayout: post\ntitle: Tides\nauthors: [ines]\nimage: /img/posts/queue.png\ntags: [culture]\n";

fn post(body: &str) -> String {
    format!("{HEAD}---\n{body}")
}

#[test]
fn diagnostics_are_those_of_the_text_in_the_editor() {
    let site = site();
    let (mut client, answer) = Client::new(site.path(), json!({}));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(answer["serverInfo"]["name"], "postlint");
    client.open_file(POST);
    assert_eq!(shown(&client.diagnostics(POST, 1)), ["17:10-17:15 2 spelling/confused-word"]);
    // the file stays as it is
    client.change(POST, 2, [17, 10, 17, 15], "prove");
    assert_eq!(shown(&client.diagnostics(POST, 2)), Vec::<String>::new());
    client.change(POST, 3, [16, 0, 16, 0], "We had to to wait.\n");
    assert_eq!(shown(&client.diagnostics(POST, 3)), ["16:7-16:12 2 spelling/repeated-word"]);
    let uri = client.uri(POST);
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert!(client.published(POST, |params| params.get("version").is_none()).is_empty());
    client.leave();
}

#[test]
fn columns_are_right_behind_emoji_and_cjk() {
    let site = site();
    for (encodings, encoding, column) in [(json!(["utf-16", "utf-32"]), "utf-16", 30), (json!(["utf-16", "utf-8"]), "utf-8", 43)] {
        let (mut client, answer) = Client::new(site.path(), json!({"general": {"positionEncodings": encodings}}));
        assert_eq!(answer["capabilities"]["positionEncoding"], encoding);
        client.open(POST, &post("The 潮汐表 👩‍🚀 café, we had to proof it.\n"));
        let expected = format!("7:{column}-7:{} 2 spelling/confused-word", column + 5);
        assert_eq!(shown(&client.diagnostics(POST, 1)), [expected]);
        client.change(POST, 2, [7, column, 7, column + 5], "prove");
        assert!(client.diagnostics(POST, 2).is_empty());
        client.leave();
    }
}

#[test]
fn a_finding_can_be_repaired_alone_or_with_all_others() {
    let site = site();
    let edits = json!({"workspace": {"workspaceEdit": {"documentChanges": true}}});
    let (mut client, _) = Client::new(site.path(), edits);
    client.open(POST, &post("We had to proof it.\nIt is good ,and and new.\n"));
    let actions = client.code_actions(POST, [7, 12, 7, 12], Some("quickfix"));
    let fix = &actions[0];
    assert_eq!(
        (&fix["title"], &fix["kind"], &fix["isPreferred"]),
        (&json!("Write `prove` (spelling/confused-word)"), &json!("quickfix"), &json!(true))
    );
    let change = &fix["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["version"], 1);
    assert_eq!((place(&change["edits"][0]), &change["edits"][0]["newText"]), ("7:10-7:15".into(), &json!("prove")));
    let comment = &actions[1];
    assert_eq!(comment["title"], "Disable here: spelling/confused-word");
    let edit = &comment["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!((place(edit), &edit["newText"]), ("7:0-7:0".into(), &json!("<!-- postlint-disable-next-line spelling/confused-word -->\n")));

    let all = client.code_actions(POST, [0, 0, 0, 0], Some("source.fixAll"));
    assert_eq!((all.len(), &all[0]["kind"]), (1, &json!("source.fixAll.postlint")));
    let edits = all[0]["edit"]["documentChanges"][0]["edits"].as_array().expect("edits");
    let text: String = edits.iter().map(|edit| edit["newText"].as_str().unwrap_or_default()).collect();
    assert_eq!(text, "We had to prove it.\nIt is good, and new.\n");
    assert!(client.code_actions(POST, [7, 12, 7, 12], Some("refactor")).is_empty());
    client.leave();
}

#[test]
fn an_editor_without_versioned_edits_gets_plain_ones() {
    let site = site();
    let (mut client, _) = Client::new(site.path(), json!({}));
    client.open_file(PICTURES);
    // an unsafe fix is offered, and marked
    let actions = client.code_actions(PICTURES, [14, 70, 14, 70], Some("quickfix"));
    assert_eq!(actions[0]["title"], "Write `cache.png` (images/broken-path, look at it)");
    assert_eq!(actions[0].get("isPreferred"), None);
    let edits = &actions[0]["edit"]["changes"][client.uri(PICTURES)];
    assert_eq!(edits[0]["newText"], "cache.png");
    client.leave();
}

#[test]
fn the_page_of_a_rule_is_shown_where_it_found_something_or_is_named() {
    let site = site();
    let (mut client, _) = Client::new(site.path(), json!({}));
    client.open(POST, &post("We had to proof it.\n\n<!-- postlint-disable links/bare-url -->\n"));
    let hover = client.at("textDocument/hover", POST, 7, 11);
    assert_eq!(place(&hover), "7:10-7:15");
    let text = hover["contents"]["value"].as_str().expect("Markdown");
    assert!(text.starts_with("# spelling/confused-word") && text.contains("## Why"), "{text}");
    let named = client.at("textDocument/hover", POST, 9, 32);
    assert!(named["contents"]["value"].as_str().is_some_and(|text| text.starts_with("# links/bare-url")), "{named}");
    assert_eq!(client.at("textDocument/hover", POST, 7, 1), Value::Null);
    client.leave();
}

fn labels(items: &[Value]) -> Vec<&str> {
    items.iter().filter_map(|item| item["label"].as_str()).collect()
}

#[test]
fn what_the_site_knows_can_be_completed() {
    let site = site();
    let (mut client, _) = Client::new(site.path(), json!({}));
    client.open(POST, "");
    let keys = client.completions(POST, 2, "---\ntitle: x\n", "");
    assert_eq!(labels(&keys)[..4], ["image", "layout", "tags", "authors"]);
    assert!(!labels(&keys).contains(&"title") && labels(&keys).contains(&"permalink"));
    let keys = client.completions(POST, 3, "---\ntitle: x\n", "lay");
    assert_eq!(
        (labels(&keys)[0], place(&keys[0]["textEdit"]), &keys[0]["textEdit"]["newText"]),
        ("layout", "2:0-2:3".into(), &json!("layout: "))
    );
    assert_eq!(labels(&client.completions(POST, 4, "---\n", "layout:")), ["post"]);
    assert_eq!(labels(&client.completions(POST, 5, "---\nauthors:\n", "  - m")), ["mira"]);
    assert!(labels(&client.completions(POST, 6, "---\n", "tags: [culture, ")).contains(&"operations"));
    assert!(labels(&client.completions(POST, 7, "---\n", "image: /img/posts/q")).contains(&"/img/posts/queue.png"));
    assert!(client.completions(POST, 8, "---\n", "title: ").is_empty());

    let head = post("");
    let pictures = client.completions(POST, 9, &head, "潮 ![A crane](/img/posts/c");
    assert_eq!(
        (labels(&pictures), place(&pictures[0]["textEdit"])),
        (vec!["/img/posts/Crane.png", "/img/posts/cache.png"], "7:13-7:25".into())
    );
    let links = client.completions(POST, 10, &head, "See [the queue](");
    assert_eq!(links[0]["detail"], "What the harbour master knows");
    assert!(labels(&links).iter().any(|url| url.ends_with("/a-queue-is-a-promise.html")), "{links:?}");
    let posts = client.completions(POST, 11, &head, "See [it]({% post_url 2024-02");
    assert_eq!(labels(&posts), ["2024-02-27-dashboards-for-humans", "2024-02-06-cranes-and-containers"]);
    assert_eq!(labels(&client.completions(POST, 12, &format!("{head}# One heading\n\n"), "[up](#")), ["one-heading"]);
    assert!(client.completions(POST, 13, &head, "just prose").is_empty());
    client.leave();
}

#[test]
fn the_site_is_read_again_when_its_files_change() {
    let site = site();
    let (mut client, _) = Client::new(site.path(), json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}}));
    let asked = client.wait_for("registration", |message| message["method"] == "client/registerCapability");
    assert_eq!(asked["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    let broken = |client: &mut Client| {
        let found = client.published(PICTURES, |params| params["version"] == 1);
        shown(&found).iter().any(|line| line.contains("images/broken-path"))
    };
    client.open_file(PICTURES);
    assert!(broken(&mut client));
    // a picture that was missing
    client.write("img/posts/cash.png", "");
    let changed = |client: &mut Client, path: &str| {
        let uri = client.uri(path);
        client.tell("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri, "type": 2}]}));
    };
    changed(&mut client, "img/posts/cash.png");
    assert!(!broken(&mut client));
    // a configuration that is new, then one that is broken: the last good one stays
    client.write(".postlint.yml", "rules:\n  images/broken-path: off\n  spelling/space-before-punctuation: error\n");
    changed(&mut client, ".postlint.yml");
    let found = client.diagnostics(PICTURES, 1);
    assert!(shown(&found).iter().any(|line| line.contains("1 spelling/space-before-punctuation")), "{found:?}");
    client.write(".postlint.yml", "rules:\n  images/broken-pth: off\n");
    changed(&mut client, ".postlint.yml");
    let told = client.published(".postlint.yml", |_| true);
    assert_eq!((place(&told[0]), &told[0]["severity"]), ("1:2-1:2".into(), &json!(1)));
    assert!(client.wait_for("word", |message| message["method"] == "window/showMessage").to_string().contains("broken-path"));
    let found = client.diagnostics(PICTURES, 1);
    assert!(shown(&found).iter().any(|line| line.contains("1 spelling/space-before-punctuation")), "{found:?}");
    // what is typed there counts at once
    client.open(".postlint.yml", "rules:\n  nonsense/rule: off\n");
    assert_eq!(client.diagnostics(".postlint.yml", 1).len(), 1);
    client.write(".postlint.yml", "rules: {}\n");
    client.change_raw(".postlint.yml", 2, json!([{"text": "rules: {}\n"}]));
    assert!(client.diagnostics(".postlint.yml", 2).is_empty());
    client.leave();
}

#[test]
fn an_editor_that_does_not_watch_files_need_not() {
    let site = site();
    let (mut client, _) = Client::new(site.path(), json!({}));
    client.open_file(PICTURES);
    assert!(client.diagnostics(PICTURES, 1).iter().any(|one| one["code"] == "images/broken-path"));
    client.write("img/posts/cash.png", "");
    assert!(!client.diagnostics(PICTURES, 1).iter().any(|one| one["code"] == "images/broken-path"));
    client.leave();
}

#[test]
fn only_the_newest_of_many_versions_is_linted() {
    let site = site();
    let (mut client, _) = Client::new(site.path(), json!({}));
    client.open(POST, &post(&"A line of prose that is long enough to take a while.\n\n".repeat(1000)));
    client.diagnostics(POST, 1);
    for version in 2..=200 {
        client.change(POST, version, [7, 0, 7, 0], "x");
    }
    client.diagnostics(POST, 200);
    let published = client.said("textDocument/publishDiagnostics").len();
    assert!(published < 100, "{published} of 199 versions were linted");
    client.leave();
}

#[test]
fn other_files_are_left_alone() {
    let site = site();
    let (mut client, _) = Client::new(site.path(), json!({}));
    client.open("README.txt", "We had to proof to every team.\n");
    client.open("about.md", "---\ntitle: About\n---\nWe had to proof it.\n");
    assert!(client.diagnostics("README.txt", 1).is_empty());
    assert!(client.diagnostics("about.md", 1).is_empty());
    client
        .tell("textDocument/didOpen", json!({"textDocument": {"uri": "untitled:1", "languageId": "markdown", "version": 1, "text": "x"}}));
    assert!(client.code_actions("about.md", [0, 0, 0, 0], None).is_empty());
    client.leave();
}

#[test]
fn a_client_that_lies_is_answered() {
    let site = site();
    let (mut client, _) = Client::new(site.path(), json!({}));
    // a text that is not open
    client.change(POST, 7, [0, 0, 0, 0], "x");
    client.wait_for("word", |message| message["method"] == "window/logMessage");
    client.open(POST, &post("Short.\n"));
    client.diagnostics(POST, 1);
    // versions that go back, ranges that are nowhere or the wrong way round
    client.change(POST, -4, [7, 5, 7, 99], "er.");
    client.wait_for("word", |message| message["method"] == "window/logMessage");
    client.diagnostics(POST, -4);
    client.change(POST, 8, [900, 0, 4_000_000_000, 7], "We had to proof it.\n");
    assert_eq!(shown(&client.diagnostics(POST, 8)), ["8:10-8:15 2 spelling/confused-word"]);
    client.change(POST, 9, [8, 15, 8, 10], "prove");
    assert!(client.diagnostics(POST, 9).is_empty());
    // parameters that are none
    assert_eq!(client.request("textDocument/hover", json!({"where": "here"}))["error"]["code"], -32602);
    assert_eq!(client.request("textDocument/rename", json!({}))["error"]["code"], -32601);
    client.tell("textDocument/didChange", json!([1, 2]));
    client.wait_for("word", |message| message["method"] == "window/logMessage" && message.to_string().contains("not understood"));
    assert_eq!(client.at("textDocument/hover", POST, 4_000_000_000, 4_000_000_000), Value::Null);
    // nothing is answered after goodbye, but goodbye itself
    client.ask("shutdown", Value::Null);
    assert_eq!(client.request("textDocument/hover", json!({}))["error"]["code"], -32600);
    client.tell("exit", Value::Null);
    assert_eq!(client.end().0, Some(0));
}

#[test]
fn the_exit_code_says_how_it_ended() {
    let site = site();
    let (mut client, _) = Client::new(site.path(), json!({}));
    client.tell("exit", Value::Null);
    assert_eq!(client.end().0, Some(1));

    let (mut client, _) = Client::new(site.path(), json!({}));
    client.open(POST, &post("Text.\n"));
    client.hang_up();
    let (code, said) = client.end();
    assert_eq!((code, said.as_str()), (Some(1), "postlint: the editor went away without `shutdown` and `exit`\n"));

    let mut client = Client::silent(site.path());
    assert_eq!(client.request("textDocument/hover", json!({}))["error"]["code"], -32002);
    client.hang_up();
    assert_eq!(client.end().0, Some(1));

    let (mut client, _) = Client::new(site.path(), json!({}));
    client.send_raw("Content-Length: many\r\n\r\n{}");
    let (code, said) = client.end();
    assert_eq!(code, Some(2), "{said}");
    assert!(said.starts_with("postlint: the editor's messages cannot be read"), "{said}");
}
