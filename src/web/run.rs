//! All links of a run: which are asked for, at the same time, until when.

use super::Verdicts;
use super::address::is_private_literal;
use super::ask::{Link, Outcome, admit, ask, without_secrets};
use super::cache::Cache;
use super::client::Client;
use super::exclude::excludes;
use super::fragment;
use super::options::{Options, seconds};
use super::progress::Progress;
use super::request::Requester;
use super::resolve::{is_reserved, names_resolve};
use super::verdict::{Death, Doubt, Verdict};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use url::Url;

/// So many links are under way or wait for their host; the others have not begun.
const WINDOW: usize = 512;
/// Without a limit as many as there may be files open, less these for other purposes.
const OTHER_FILES: usize = 64;
const WIDEST_WINDOW: usize = 1000;

/// Asks the web, for all sites of a run. Nothing is set up before the first question.
#[derive(Default)]
pub struct Web {
    runtime: Option<Runtime>,
    /// When the run's time is over.
    end: Option<std::time::Instant>,
    interrupted: bool,
    /// For the options of the last questions.
    requester: Option<Arc<Requester>>,
    /// What this run asked for with it.
    known: HashMap<Url, (Link, Outcome)>,
}

/// What is to be asked for one site.
pub struct Questions<'q> {
    /// As [`super::target`] gives them, each once.
    pub urls: &'q [Url],
    pub options: &'q Options,
    /// Patterns of links that are left out.
    pub exclude: &'q [String],
    /// The folder of the cache; `None`: nothing is read from it, or kept.
    pub cache: Option<&'q Path>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Answers {
    pub verdicts: Verdicts,
    pub summary: Summary,
    /// Sentences about what kept links from being checked.
    pub problems: Vec<String>,
    /// Somebody pressed Ctrl-C: what is there is not all.
    pub interrupted: bool,
}

/// How many pages were asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    pub checked: usize,
    /// Known from an earlier run.
    pub cached: usize,
    /// Excluded.
    pub skipped: usize,
    /// Left when the run was interrupted, or its time over.
    pub left: usize,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Links: {} checked, {} from the cache, {} skipped", self.checked, self.cached, self.skipped)?;
        if self.left > 0 {
            write!(f, ", {} not reached", self.left)?;
        }
        Ok(())
    }
}

impl Web {
    /// Asks for all of the URLs, and returns when each has its verdict or the run's time is over.
    pub fn ask(&mut self, questions: &Questions) -> Answers {
        let mut answers = Answers::default();
        let mut problems = Vec::new();
        let mut cache = Cache::load(questions.cache, &mut |problem| problems.push(problem));
        let mut outcomes: HashMap<Url, Outcome> = HashMap::new();
        let mut open = Vec::new();
        if self.requester.as_ref().is_some_and(|requester| requester.options != *questions.options) {
            (self.requester, self.known) = (None, HashMap::new());
        }
        for link in links(questions, &mut answers.summary) {
            if let Err(verdict) = admit(&link.url, questions.options.allow_private) {
                outcomes.insert(link.url, Outcome { verdict, doubts: Vec::new() });
            } else if let Some(verdict) = cache.get(&link) {
                answers.summary.cached += 1;
                outcomes.insert(link.url, Outcome { verdict, doubts: Vec::new() });
            } else if let Some(outcome) = self.known(&link) {
                answers.summary.cached += 1;
                cache.put(&link, &outcome);
                outcomes.insert(link.url, outcome);
            } else {
                open.push(link);
            }
        }
        answers.summary.left = open.len();
        if !open.is_empty() && !self.interrupted {
            let asked = self.ask_all(questions.options, in_turns(open), &mut problems);
            let was_reached = |outcome: &Outcome| outcome.verdict != Verdict::Uncertain(Doubt::RunOver);
            answers.summary.checked = asked.iter().filter(|(_, outcome)| was_reached(outcome)).count();
            answers.summary.left -= answers.summary.checked;
            for (link, outcome) in asked {
                cache.put(&link, &outcome);
                self.known.insert(link.url.clone(), (link.clone(), outcome.clone()));
                outcomes.insert(link.url, outcome);
            }
        }
        cache.store(&mut |problem| problems.push(problem));
        answers.verdicts = spread(questions.urls, &outcomes);
        answers.problems = problems;
        answers.interrupted = self.interrupted;
        answers
    }

    /// The outcomes of all links, or of those that there was time for.
    fn ask_all(&mut self, options: &Options, links: Vec<Link>, problems: &mut Vec<String>) -> Vec<(Link, Outcome)> {
        let begin = std::time::Instant::now();
        let end = *self.end.get_or_insert(begin + seconds(options.deadlines.run));
        let (requester, runtime) = match self.prepare(options) {
            Ok(prepared) => prepared,
            Err(problem) => {
                problems.push(problem);
                return links.into_iter().map(|link| (link, doubtful(Doubt::NoNetwork))).collect();
            }
        };
        let (count, without_certificates) = (Arc::clone(&requester.client.count), requester.client.without_certificates);
        let (mut asked, interrupted, nothing_resolves) = runtime.block_on(async {
            let (asked, interrupted) = until(end.into(), requester, links).await;
            let nothing_resolves = !interrupted && count.nothing_resolves() && !names_resolve().await;
            (asked, interrupted, nothing_resolves)
        });
        self.interrupted |= interrupted;
        if nothing_resolves {
            problems.push("no name can be resolved: is there a network? What is said of links is not certain".to_owned());
            doubt_all(&mut asked);
        } else if all_refuse(&asked) {
            problems.push(
                "every host refuses the connection: is there a wall around this network? What is said of links is not certain".to_owned(),
            );
            doubt_all(&mut asked);
        }
        if without_certificates && asked.iter().any(|(_, outcome)| matches!(outcome.verdict, Verdict::Uncertain(Doubt::Tls(_)))) {
            problems.push("there are no certificates on this machine (see SSL_CERT_FILE): links to https are not certain".to_owned());
        }
        asked
    }

    /// What this run has found out about a link before, for another site.
    fn known(&self, link: &Link) -> Option<Outcome> {
        let (before, outcome) = self.known.get(&link.url)?;
        link.fragments.iter().all(|fragment| before.fragments.contains(fragment)).then(|| outcome.clone())
    }

    fn prepare(&mut self, options: &Options) -> Result<(Arc<Requester>, &Runtime), String> {
        let runtime = match self.runtime.take() {
            Some(runtime) => runtime,
            None => {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(32).build();
                runtime.map_err(|error| format!("links cannot be checked: {error}"))?
            }
        };
        let requester = match self.requester.take() {
            Some(requester) => requester,
            None => Arc::new(Requester::new(Client::new(options)?, options.clone())),
        };
        Ok((Arc::clone(self.requester.insert(requester)), self.runtime.insert(runtime)))
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        // a name service that does not answer must not keep the program
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The pages behind the URLs, each with the fragments to look for; excluded ones are counted.
fn links(questions: &Questions, summary: &mut Summary) -> Vec<Link> {
    let mut links: BTreeMap<Url, Vec<String>> = BTreeMap::new();
    for url in questions.urls {
        if let Some(page) = without_secrets(url.clone()) {
            let fragments = links.entry(page).or_default();
            let fragment = url.fragment().filter(|fragment| fragment::is_checkable(fragment));
            if let Some(fragment) = fragment
                && !fragments.iter().any(|known| known == fragment)
            {
                fragments.push(fragment.to_owned());
            }
        }
    }
    let all = links.len();
    links.retain(|url, _| !excludes(questions.exclude, url));
    summary.skipped = all - links.len();
    links.into_iter().map(|(url, fragments)| Link { url, fragments }).collect()
}

/// The first link of every host, then the second of every host, so that a host with many does not hold up the others.
fn in_turns(links: Vec<Link>) -> Vec<Link> {
    let mut turns: HashMap<String, usize> = HashMap::new();
    let mut ordered: Vec<(usize, Link)> = links
        .into_iter()
        .map(|link| {
            let turn = turns.entry(link.url.authority().to_owned()).or_default();
            *turn += 1;
            (*turn, link)
        })
        .collect();
    ordered.sort_by_key(|(turn, _)| *turn);
    ordered.into_iter().map(|(_, link)| link).collect()
}

/// Asks for links until all are done, the time is over, or somebody interrupts (then `true`).
async fn until(end: Instant, requester: Arc<Requester>, links: Vec<Link>) -> (Vec<(Link, Outcome)>, bool) {
    let progress = Progress::new(links.len());
    let mut asked = Vec::with_capacity(links.len());
    let window = window(&requester.options);
    let mut waiting = links.into_iter();
    let mut under_way: HashMap<tokio::task::Id, Link> = HashMap::new();
    let mut tasks = JoinSet::new();
    let mut interrupted = false;
    // one listener for the whole time, so that no signal falls between two
    let interrupt = tokio::signal::ctrl_c();
    tokio::pin!(interrupt);
    let mut listens = true;
    loop {
        while tasks.len() < window
            && let Some(link) = waiting.next()
        {
            let (requester, own) = (Arc::clone(&requester), link.clone());
            let task = tasks.spawn(async move { ask(&requester, &own).await });
            under_way.insert(task.id(), link);
        }
        let joined = tokio::select! {
            joined = tasks.join_next_with_id() => joined,
            () = sleep_until(end) => break,
            heard = &mut interrupt, if listens => {
                // an error means that there is nothing to listen to
                (interrupted, listens) = (heard.is_ok(), false);
                if interrupted {
                    break;
                }
                continue;
            }
        };
        let Some(joined) = joined else { break };
        let (id, outcome) = match joined {
            Ok((id, outcome)) => (id, outcome),
            Err(error) => (error.id(), doubtful(Doubt::Unaskable)),
        };
        if let Some(link) = under_way.remove(&id) {
            progress.done(link.url.host_str().unwrap_or_default());
            asked.push((link, outcome));
        }
    }
    if !interrupted {
        asked.extend(under_way.into_values().chain(waiting).map(|link| (link, doubtful(Doubt::RunOver))));
    }
    (asked, interrupted)
}

/// How many links may be under way: each may hold a connection, unless there is a limit of these.
fn window(options: &Options) -> usize {
    if options.limits.at_once > 0 {
        return WINDOW;
    }
    // "Max open files  1024  524288  files": the first number counts (Linux)
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files")?.split_whitespace().next()?.parse::<usize>().ok());
    // 256 is what macOS gives
    files.unwrap_or(256).saturating_sub(OTHER_FILES).clamp(OTHER_FILES, WIDEST_WINDOW)
}

fn doubtful(doubt: Doubt) -> Outcome {
    Outcome { verdict: Verdict::Uncertain(doubt), doubts: Vec::new() }
}

/// Without a network nothing is known but what is on the machine itself, and names that are nowhere.
fn doubt_all(asked: &mut [(Link, Outcome)]) {
    let is_sure = |url: &Url| is_private_literal(url) || url.host_str().is_some_and(is_reserved);
    for (_, outcome) in asked.iter_mut().filter(|(link, _)| !is_sure(&link.url)) {
        *outcome = doubtful(Doubt::NoNetwork);
    }
}

/// Every host refuses: that is a wall around this machine. Few hosts may do so by chance.
fn all_refuse(asked: &[(Link, Outcome)]) -> bool {
    const FEW: usize = 2;
    let outside = || asked.iter().filter(|(link, _)| !is_private_literal(&link.url));
    let is_refused = |outcome: &Outcome| matches!(outcome.verdict, Verdict::Dead(Death::Refused(_)));
    let hosts: BTreeSet<&str> = outside().filter_map(|(link, _)| link.url.host_str()).collect();
    hosts.len() > FEW && outside().all(|(_, outcome)| is_refused(outcome))
}

/// The verdict of each URL: that of its page, and what there is to say of its fragment.
fn spread(urls: &[Url], outcomes: &HashMap<Url, Outcome>) -> Verdicts {
    let mut verdicts = Verdicts::default();
    for url in urls {
        let Some(outcome) = without_secrets(url.clone()).and_then(|page| outcomes.get(&page)) else { continue };
        let doubt = url.fragment().and_then(|own| outcome.doubts.iter().find(|(fragment, _)| fragment == own));
        let verdict = match (&outcome.verdict, doubt) {
            (Verdict::Good | Verdict::Moved { .. }, Some((_, doubt))) => Verdict::Uncertain(doubt.clone()),
            (Verdict::Moved { status, to }, None) => Verdict::Moved { status: *status, to: with_fragment(to, url.fragment()) },
            (verdict, _) => verdict.clone(),
        };
        verdicts.insert(url.clone(), verdict);
    }
    verdicts
}

/// A browser keeps the fragment on its way.
fn with_fragment(url: &str, fragment: Option<&str>) -> String {
    fragment.map_or(url.to_owned(), |fragment| format!("{url}#{fragment}"))
}
