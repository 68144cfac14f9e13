//! Live links, against a server on this machine that misbehaves on demand. Nothing here needs a network.

#[path = "web/faults.rs"]
mod faults;
#[path = "web/run.rs"]
mod run;
#[path = "web/server.rs"]
mod server;
#[path = "web/tls.rs"]
mod tls;

use run::{Run, Site};
use server::Server;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr, TcpListener};
use std::time::{Duration, Instant};

/// Links with their verdicts, by the paths of the fault server.
type Links = &'static [(&'static str, &'static str)];

/// Statuses, and servers that treat HEAD or the first request otherwise.
const STATUSES: Links = &[
    ("/status/200", "good"),
    ("/status/204", "good"),
    ("/status/206", "good"),
    ("/status/300", "uncertain"),
    ("/status/304", "uncertain"),
    ("/status/400", "uncertain"),
    ("/status/401", "uncertain"),
    ("/status/403", "uncertain"),
    ("/status/404", "dead"),
    ("/status/410", "dead"),
    ("/status/416", "uncertain"),
    ("/status/451", "uncertain"),
    ("/status/500", "uncertain"),
    ("/status/999", "uncertain"),
    ("/head-405", "good"),
    ("/head-404", "good"),
    ("/head-reset", "good"),
    ("/503-once", "good"),
    ("/query?here", "good"),
    ("/query?gone", "dead"),
];

/// 429, with `Retry-After` in all forms.
const LATER: Links = &[("/429-seconds", "good"), ("/429-date", "good"), ("/429-day", "uncertain"), ("/429-always", "uncertain")];

/// Redirections to everything.
const REDIRECTIONS: Links = &[
    ("/to/301/page", "moved"),
    ("/to/302/page", "good"),
    ("/to/303/page", "good"),
    ("/to/307/page", "good"),
    ("/to/308/page", "moved"),
    ("/to/301/to/302/page", "moved"),
    ("/to/302/to/301/page", "good"),
    ("/to/301/status/404", "dead"),
    ("/to/302/status/410", "dead"),
    ("/to/301/status/503", "uncertain"),
    ("/to/301/", "uncertain"),
    ("/location?/login", "uncertain"),
    ("/location?/404.html", "uncertain"),
    ("/self", "uncertain"),
    ("/grow/x", "uncertain"),
    ("/hops/15", "uncertain"),
    ("/hops/8", "good"),
    ("/no-location", "uncertain"),
    ("/location?", "uncertain"),
    ("/location?http://[bad", "uncertain"),
    ("/location?file:///etc/passwd", "uncertain"),
    ("/location?javascript:alert(1)", "uncertain"),
    ("/location?http://nowhere.invalid/", "dead"),
    ("/location?//~/page", "moved"),
];

/// Connections that break, answers that are none.
const BROKEN: Links = &[
    ("/reset", "uncertain"),
    ("/reset-once", "good"),
    ("/many-headers", "uncertain"),
    ("/large-header", "uncertain"),
    ("/nul", "uncertain"),
    ("/http-0.9", "uncertain"),
    ("/tls-bytes", "uncertain"),
    ("/truncated", "good"),
    ("/truncated#there", "uncertain"),
    ("/truncated#other", "good"),
    ("/truncated-chunk#there", "uncertain"),
    ("/reset-after-header#there", "uncertain"),
];

/// Servers that never end.
const SLOW: Links = &[
    ("/silent", "uncertain"),
    ("/silent#there", "uncertain"),
    ("/header-dribble", "uncertain"),
    ("/body-dribble", "good"),
    ("/body-dribble#there", "uncertain"),
    ("/endless", "good"),
    ("/endless#there", "uncertain"),
    ("/bomb", "good"),
    ("/bomb#there", "uncertain"),
];

/// Parts of pages.
const FRAGMENTS: Links = &[
    ("/page#there", "good"),
    ("/page#named", "good"),
    ("/page#after", "good"),
    ("/page#readme", "good"),
    ("/page#L10-L20", "good"),
    ("/page#:~:text=x", "good"),
    ("/page#missing", "uncertain"),
    ("/to/301/page#there", "moved"),
    ("/to/301/page#missing", "uncertain"),
    ("/text#missing", "good"),
    ("/status/404#there", "dead"),
];

/// Checks that each link gets its verdict: `good`, `moved`, `dead`, `uncertain`.
fn expect(run: &Run, links: &[(String, &str)]) {
    let mut wrong = Vec::new();
    for (url, expected) in links {
        let found = run.verdict(url);
        if found != *expected {
            wrong.push(format!("{}: {found} instead of {expected} {:?}", &url[..url.len().min(100)], run.messages(url)));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.join("\n"), run.stderr);
}

/// Lints a post with these links.
fn check(links: &[(String, &str)]) -> Run {
    let site = Site::new("");
    let run = site.post_with(links.iter().map(|(url, _)| url.as_str())).lint(&["--online"]);
    expect(&run, links);
    run
}

fn on<'e>(server: &Server, paths: &[(&str, &'e str)]) -> Vec<(String, &'e str)> {
    paths.iter().map(|(path, expected)| (server.url(path), *expected)).collect()
}

#[test]
fn statuses() {
    check(&on(&Server::start(), STATUSES));
}

#[test]
fn servers_that_want_to_be_asked_later() {
    let server = Server::start();
    check(&on(&server, LATER));
    let asked = server.requests();
    let day: Vec<_> = asked.iter().filter(|request| request.path == "/429-day").collect();
    assert_eq!(day.len(), 1, "who asks for a day is not asked again");
    let times: Vec<Instant> = asked.iter().filter(|request| request.path == "/429-seconds").map(|request| request.at).collect();
    assert!(times[1] - times[0] >= Duration::from_millis(950), "{:?}", times[1] - times[0]);
}

#[test]
fn redirections() {
    let server = Server::start();
    let run = check(&on(&server, REDIRECTIONS));
    let fix = run.fix(&server.url("/to/301/to/302/page"));
    assert_eq!(fix.as_deref(), Some(server.url("/to/302/page").as_str()));
}

#[test]
fn broken_connections_and_answers() {
    let server = Server::start();
    let mut links = on(&server, BROKEN);
    links.push((format!("//{}/page", server.address), "uncertain"));
    // a port that nobody listens on
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    links.push((format!("http://{closed}/"), "dead"));
    links.push(("http://nowhere.invalid/".to_owned(), "dead"));
    links.push(("http://nobody.test/".to_owned(), "dead"));
    links.push((format!("http://harbour.localhost:{}/page", server.address.port()), "good"));
    links.push(("https://fähre.invalid/tafel".to_owned(), "dead"));
    links.push((server.url(&format!("/{}", "a".repeat(100 << 10))), "uncertain"));
    if let Some(server) = Server::on(IpAddr::from(Ipv6Addr::LOCALHOST)) {
        links.push((server.url("/page"), "good"));
        links.push((server.url("/status/404"), "dead"));
    }
    check(&links);
}

#[test]
fn slow_servers_and_large_bodies_cost_neither_time_nor_memory() {
    let run = check(&on(&Server::start(), SLOW));
    assert!(run.took < Duration::from_secs(15), "{:?}", run.took);
    // what the program itself needs is there before the first link
    if let Some(memory) = run.memory {
        assert!(memory < 40 << 20, "{memory} bytes");
    }
}

#[test]
fn fragments_are_looked_for() {
    let server = Server::start();
    let run = check(&on(&server, FRAGMENTS));
    assert_eq!(run.fix(&server.url("/to/301/page#there")).as_deref(), Some(server.url("/page#there").as_str()));
    let pages = server.requests().iter().filter(|request| request.path == "/page").count();
    assert!(pages <= 3, "one page is asked for once, and once more for each redirection to it: {pages}");
}

#[test]
fn certificates() {
    let links = [
        (tls::start("good.pem"), "good"),
        (tls::start("expired.pem"), "uncertain"),
        (tls::start("wrong-host.pem"), "uncertain"),
        (tls::start("self-signed.pem"), "uncertain"),
    ];
    let run = check(&links);
    for (index, why) in [(1, "expired"), (2, "another host"), (3, "vouches")] {
        assert!(run.messages(&links[index].0)[0].contains(why), "{:?}", run.messages(&links[index].0));
    }
}

#[test]
fn without_certificates_nothing_encrypted_is_certain() {
    let (https, http) = (tls::start("good.pem"), Server::start().url("/page"));
    let site = Site::new("").post_with([https.as_str(), &http].into_iter());
    let run = site.lint_with(&["--online"], &[("SSL_CERT_FILE", "/nowhere.pem")]);
    expect(&run, &[(https, "uncertain"), (http, "good")]);
    assert_eq!(run.stderr.matches("no certificates").count(), 1, "{}", run.stderr);
}

#[test]
fn each_place_gets_its_finding() {
    let server = Server::start();
    let (gone, moved) = (server.url("/status/404"), server.url("/to/301/page"));
    let text = format!(
        "---\ntitle: Links\nsource: \"{gone}\"\nmore:\n  - url: {gone}\n---\n[ä]({gone}) and ![b]({gone} \"b\")\n\n<a href=\"{gone}\">c</a> <{gone}>\n\n\
         [d][e] and [f][e], [g]({moved})\n\n<img src='{gone}' alt=''>\n\n{{{{ site.gone }}}} [h]({{{{ site.gone }}}})\n\n[e]: {gone}\n"
    );
    let site = Site::new(&format!("gone: {gone}\n")).post(&text);
    let run = site.lint(&["--online"]);
    let places: Vec<&str> = run.findings("links/dead").map(|finding| &text[finding.start..finding.end]).collect();
    assert_eq!(places.iter().filter(|place| **place == gone).count(), 8, "{places:?}");
    assert_eq!(places.iter().filter(|place| **place == "{{ site.gone }}").count(), 1, "{places:?}");
    assert_eq!(places.len(), 9);
    assert_eq!(run.findings("links/moved").count(), 1);
    let asked = server.requests().iter().filter(|request| request.path == "/status/404").count();
    assert_eq!(asked, 2, "HEAD and GET, once for all places");
}

#[test]
fn what_is_no_web_address_is_not_asked() {
    let server = Server::start();
    let text =
        "---\ntitle: x\n---\n[a]() [b](#x) [c](data:text/html,x) [d](mailto:a@b.example) [e](tel:+1) [f](/g) [g](https://example.org/x)\n";
    let run = Site::new("").post(text).lint(&["--online"]);
    assert_eq!(run.found.iter().filter(|finding| run::LIVE.contains(&finding.rule.as_str())).count(), 0, "{:?}", run.found);
    assert!(run.stderr.contains("0 checked, 0 from the cache, 1 skipped"), "{}", run.stderr);
    assert!(server.requests().is_empty());
}

#[test]
fn credentials_stay_at_home() {
    let server = Server::start();
    let host = server.address;
    let links = [
        (format!("http://harbour:t1desTurn@{host}/page"), "good"),
        (format!("http://harbour:t1desTurn@{host}/status/404"), "dead"),
        (format!("http://harbour:t1desTurn@{host}/location?http://pilot:t1desTurn@~/page"), "moved"),
    ];
    let site = Site::new("").post_with(links.iter().map(|(url, _)| url.as_str()));
    let run = site.lint(&["--online", "--select", "links/dead,links/moved,links/uncertain"]);
    expect(&run, &links);
    assert!(server.requests().iter().all(|request| !request.header.contains("authorization") && !request.header.contains("cookie")));
    assert!(server.requests().iter().all(|request| request.header.contains("user-agent: postlint/")));
    let cache = std::fs::read_to_string(site.path(".postlint-cache/links.json")).expect("a cache");
    let pretty = site.pretty(&["--online"]);
    for text in [&run.stdout, &run.stderr, &cache, &pretty] {
        assert!(!text.contains("t1desTurn"), "{text}");
    }
}

#[test]
fn private_addresses_are_refused() {
    let server = Server::start();
    let port = server.address.port();
    let hosts = ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "0", "169.254.169.254", "10.0.0.1", "[::1]"];
    let links: Vec<(String, &str)> = hosts.iter().map(|host| (format!("http://{host}:{port}/status/404"), "uncertain")).collect();
    let site = Site::with("", "links/dead: { allow-private: false }").post_with(links.iter().map(|(url, _)| url.as_str()));
    let run = site.lint(&["--online"]);
    expect(&run, &links);
    assert!(run.took < Duration::from_secs(5), "{:?}", run.took);
    assert!(server.requests().is_empty(), "{:?}", server.requests());
}

/// A proxy stands for the public host that cannot be had without a network.
#[test]
fn redirections_to_private_addresses_are_refused() {
    let server = Server::start();
    let proxy = server.url("");
    let target = Server::start();
    let links = [
        (format!("http://tides.test/location?{}", target.url("/page")), "uncertain"),
        ("http://tides.test/location?http://169.254.169.254/latest/".to_owned(), "uncertain"),
        ("http://tides.test/location?http://localhost:1/".to_owned(), "uncertain"),
        ("http://tides.test/status/404".to_owned(), "dead"),
    ];
    let site = Site::with("", "links/dead: { allow-private: false }").post_with(links.iter().map(|(url, _)| url.as_str()));
    let run = site.lint_with(&["--online"], &[("http_proxy", &proxy)]);
    expect(&run, &links);
    assert!(target.requests().is_empty(), "{:?}", target.requests());
}

#[test]
fn hosts_are_not_pressed() {
    let server = Server::start();
    let links: Vec<(String, &str)> = (0..60).map(|number| (server.url(&format!("/page/{number}")), "good")).collect();
    let run = check(&links);
    assert!(server.most_at_a_time() <= 5, "four, and perhaps one that is about to close: {}", server.most_at_a_time());
    let mut times: Vec<Instant> = server.requests().iter().map(|request| request.at).collect();
    times.sort();
    assert_eq!(times.len(), 60);
    assert!(times.windows(21).all(|window| window[20] - window[0] > Duration::from_millis(900)));
    assert!(run.took < Duration::from_secs(6), "{:?}", run.took);
}

#[test]
fn the_cache_spares_the_second_run() {
    let server = Server::start();
    let links = on(
        &server,
        &[("/page", "good"), ("/page#there", "good"), ("/status/404", "dead"), ("/to/301/page?x", "moved"), ("/status/403", "uncertain")],
    );
    let site = Site::new("").post_with(links.iter().map(|(url, _)| url.as_str()));
    let first = site.lint(&["--online"]);
    expect(&first, &links);
    assert!(first.stderr.contains("4 checked, 0 from the cache, 0 skipped"), "{}", first.stderr);
    let before = server.requests().len();
    let second = site.lint(&["--online"]);
    expect(&second, &links);
    assert!(second.stderr.contains("1 checked, 3 from the cache, 0 skipped"), "{}", second.stderr);
    let new: BTreeMap<String, usize> = server.requests()[before..].iter().map(|request| (request.path.clone(), 1)).collect();
    assert_eq!(new.keys().collect::<Vec<_>>(), ["/status/403"]);
    let third = site.lint(&["--online", "--no-cache"]);
    assert!(third.stderr.contains("4 checked, 0 from the cache"), "{}", third.stderr);
    // damaged: one line, and all is checked
    std::fs::write(site.path(".postlint-cache/links.json"), "{").expect("a file");
    let fourth = site.lint(&["--online"]);
    expect(&fourth, &links);
    assert_eq!(fourth.stderr.matches("is damaged").count(), 1, "{}", fourth.stderr);
}

#[test]
fn sites_of_one_run_share_what_is_asked() {
    let server = Server::start();
    let url = server.url("/status/404");
    let (one, two) = (Site::new("").post_with([url.as_str()].into_iter()), Site::new("").post_with([url.as_str()].into_iter()));
    let run = one.lint(&["--online", two.path("").to_str().expect("a path")]);
    assert_eq!(run.findings("links/dead").count(), 2, "{}", run.stderr);
    assert_eq!(server.requests().len(), 2, "HEAD and GET");
}

#[test]
fn nobody_is_asked_without_being_told_to() {
    let server = Server::start();
    let url = server.url("/status/404");
    let site = Site::with("", "links/dead: { online: false }").post_with([url.as_str()].into_iter());
    for arguments in [&[][..], &["--select", "links/dead"], &["--online", "--offline"], &["--online", "--ignore", "links"]] {
        let run = site.lint(arguments);
        assert_eq!(run.findings("links/dead").count(), 0, "{arguments:?}");
    }
    let configured = Site::with("", "links/dead: { online: true }").post_with([url.as_str()].into_iter());
    assert_eq!(configured.lint(&["--offline"]).findings("links/dead").count(), 0);
    assert!(server.requests().is_empty(), "{:?}", server.requests());
    assert_eq!(configured.lint(&[]).findings("links/dead").count(), 1);
    assert_eq!(configured.lint(&[]).code, Some(1));
}

#[test]
fn what_is_uncertain_fails_no_build() {
    let server = Server::start();
    let run = Site::new("").post_with([server.url("/status/403").as_str()].into_iter()).lint(&["--online", "--select", "links/uncertain"]);
    assert_eq!(run.findings("links/uncertain").count(), 1);
    assert_eq!(run.code, Some(0), "{}", run.stdout);
}

#[test]
fn the_run_ends_in_time() {
    let server = Server::start();
    let urls: Vec<String> = (0..30).map(|number| server.url(&format!("/silent/{number}"))).collect();
    let site = Site::with("", "links/dead: { deadlines: { header: 5, link: 10, run: 1 } }").post_with(urls.iter().map(String::as_str));
    let run = site.lint(&["--online"]);
    assert!(run.took < Duration::from_secs(4), "{:?}", run.took);
    assert_eq!(run.findings("links/uncertain").count(), 30);
}

#[cfg(unix)]
#[test]
fn an_interrupt_prints_what_is_known() {
    let server = Server::start();
    let urls = [server.url("/status/404"), server.url("/silent")];
    let site = Site::with("", "links/dead: { deadlines: { header: 15, link: 15 } }").post_with(urls.iter().map(String::as_str));
    let run = site.interrupt(&["--online"], Duration::from_secs(2));
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.took < Duration::from_secs(8), "{:?}", run.took);
    assert_eq!(run.findings("links/dead").count(), 1, "{}", run.stdout);
    assert_eq!(run.findings("links/uncertain").count(), 0, "{}", run.stdout);
    assert!(run.stderr.contains("1 not reached") && run.stderr.contains("interrupted"), "{}", run.stderr);
}

#[test]
fn dead_links_are_led_to_the_archive() {
    let server = Server::start();
    let url = server.url("/status/404");
    let run = Site::new("").post_with([url.as_str()].into_iter()).lint(&["--online"]);
    assert_eq!(run.fix(&url), Some(format!("https://web.archive.org/web/20240102/{url}")));
}

/// Takes a minute: `cargo test --test web -- --ignored`.
#[test]
#[ignore = "takes a minute"]
fn the_whole_list_on_one_host_ends_with_the_defaults() {
    let server = Server::start();
    let all = [STATUSES, LATER, REDIRECTIONS, BROKEN, SLOW, FRAGMENTS].concat();
    let links = on(&server, &all);
    let site = Site::with("", "links/dead: { deadlines: {} }").post_with(links.iter().map(|(url, _)| url.as_str()));
    let run = site.lint(&["--online"]);
    println!("{} links in {:?}, {:?} bytes", links.len(), run.took, run.memory);
    expect(&run, &links);
    assert!(run.took < Duration::from_secs(90), "{:?}", run.took);
    assert!(run.memory.is_none_or(|memory| memory < 40 << 20), "{:?}", run.memory);
}

#[test]
fn fixes_are_written_when_asked_for() {
    let server = Server::start();
    let (gone, moved) = (server.url("/status/404"), server.url("/to/301/page"));
    let site = Site::new("").post(&format!(
        "---\nlayout: post\ntitle: Links\nsource: '{moved}#there'\n---\n\nSee [this]({gone}), [that][1] and ![it]({gone}).\n\n[1]: {moved}?a=b&c\n"
    ));
    let run = site.lint(&["--online", "--select", "links/dead,links/moved", "--fix", "--unsafe-fixes"]);
    assert_eq!(run.code, Some(0), "{}", run.stdout);
    let new = server.url("/page");
    let archive = format!("https://web.archive.org/web/20240102/{gone}");
    let picture = format!("https://web.archive.org/web/20240102im_/{gone}");
    let expected = format!(
        "---\nlayout: post\ntitle: Links\nsource: '{new}#there'\n---\n\nSee [this]({archive}), [that][1] and ![it]({picture}).\n\n[1]: {new}?a=b&c\n"
    );
    assert_eq!(site.text(), expected);
}

#[test]
fn suppressions_of_live_links_are_not_in_vain_without_them() {
    let server = Server::start();
    let site = Site::new("").post(&format!(
        "---\nlayout: post\ntitle: Links\n---\n\n<!-- postlint-disable-next-line links/dead -->\n[a]({})\n",
        server.url("/status/404")
    ));
    for arguments in [&["--online"][..], &[]] {
        let run = site.lint(arguments);
        assert_eq!(run.findings("links/dead").count() + run.findings("suppression/unused").count(), 0, "{}", run.stdout);
    }
}
