//! One address: what is sent, how often, and which answer counts.

use super::client::Client;
use super::failure::Failure;
use super::fragment;
use super::options::{Deadlines, Options, seconds};
use super::politeness::{Pass, Politeness};
use super::resolve::NameError;
use super::retry_after;
use super::verdict::{Death, Doubt, Stage, Verdict};
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use reqwest::{Method, Response, StatusCode};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, SystemTime};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use url::Url;

/// Tries after the first one, for all addresses on the way of a link.
const RETRIES: u32 = 2;
/// So many pages are read at a time: each takes up to a mebibyte, and what its compression needs.
const BODIES: usize = 4;

/// Sends requests.
pub(super) struct Requester {
    pub client: Client,
    pub options: Options,
    politeness: Politeness,
    bodies: Semaphore,
}

/// An answer that counts.
pub(super) struct Answer {
    pub status: StatusCode,
    /// As it was sent.
    pub location: Option<Vec<u8>>,
    /// Fragments that the page does not have, or that could not be looked for.
    pub doubts: Vec<(String, Doubt)>,
}

/// What a link has left for all of its addresses.
pub(super) struct Budget {
    time: Duration,
    tries: u32,
    deadlines: Deadlines,
}

/// What follows from an answer, or from none.
enum Step {
    Take(Response),
    /// HEAD proves nothing: ask with GET, at once.
    Get,
    /// Try again after a pause; the verdict, should there be no try left.
    Again(Duration, Verdict),
    End(Verdict),
}

impl Budget {
    pub fn new(deadlines: Deadlines) -> Budget {
        Budget { time: seconds(deadlines.link), tries: RETRIES, deadlines }
    }

    fn spend(&mut self, time: Duration) {
        self.time = self.time.saturating_sub(time);
    }

    /// Half of the pause, and as much again by chance: who fails together shall not come back together.
    fn pause(&self) -> Duration {
        let whole = seconds(self.deadlines.pause) * (1 << (RETRIES - self.tries.min(RETRIES)));
        let chance = RandomState::new().build_hasher().finish() % 1000;
        whole / 2 + whole.mul_f64(chance as f64 / 1000.0)
    }
}

impl Requester {
    pub fn new(client: Client, options: Options) -> Requester {
        let politeness = Politeness::new(options.limits);
        Requester { client, options, politeness, bodies: Semaphore::new(BODIES) }
    }

    /// Asks until there is an answer that counts: with HEAD, and with GET when that fails, or when `fragments` are to be
    /// looked for in the page. `Err`: there is none.
    pub async fn request(&self, url: &Url, fragments: &[String], budget: &mut Budget) -> Result<Answer, Verdict> {
        let mut method = if fragments.is_empty() { Method::HEAD } else { Method::GET };
        let mut refused = false;
        loop {
            let pass = self.politeness.enter(url).await;
            let began = Instant::now();
            let sent = self.send(url, &method, budget).await;
            budget.spend(began.elapsed());
            let step = match sent {
                Ok(response) => self.weigh(response, &method, &pass, budget),
                Err(failure) => self.weigh_failure(failure, url, &method, &mut refused, &pass, budget),
            };
            let pause = match step {
                Step::Take(response) => return Ok(self.read(response, fragments, budget).await),
                Step::End(verdict) => return Err(verdict),
                Step::Get => Duration::ZERO,
                Step::Again(pause, otherwise) => {
                    // a second refusal is worth a try of its own: it makes the difference between dead and not
                    if budget.tries == 0 && !refused || budget.time <= pause {
                        return Err(otherwise);
                    }
                    budget.tries = budget.tries.saturating_sub(1);
                    budget.spend(pause);
                    pause
                }
            };
            drop(pass);
            method = Method::GET;
            sleep(pause).await;
        }
    }

    async fn send(&self, url: &Url, method: &Method, budget: &Budget) -> Result<Response, Failure> {
        let header = seconds(budget.deadlines.header);
        let (limit, stage) = if budget.time < header { (budget.time, Stage::All) } else { (header, Stage::Answering) };
        match timeout(limit, self.client.http.request(method.clone(), url.clone()).send()).await {
            Err(_) => Err(Failure::TimedOut(stage)),
            Ok(sent) => sent.map_err(|error| Failure::of(&error)),
        }
    }

    fn weigh(&self, response: Response, method: &Method, pass: &Pass, budget: &Budget) -> Step {
        let status = response.status();
        pass.answered();
        let wait = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        let wait = wait.and_then(|value| retry_after::parse(value, SystemTime::now()));
        match status.as_u16() {
            200..=399 => {
                pass.answered_well();
                Step::Take(response)
            }
            429 => self.weigh_later(status, wait.unwrap_or_else(|| budget.pause()), pass),
            503 if wait.is_some() => self.weigh_later(status, wait.unwrap_or_default(), pass),
            _ if method == Method::HEAD => Step::Get,
            408 | 425 | 500 | 502..=504 | 520..=527 => Step::Again(budget.pause(), Verdict::Uncertain(Doubt::Status(status.as_u16()))),
            _ => Step::Take(response),
        }
    }

    /// The server names a time to come back at.
    fn weigh_later(&self, status: StatusCode, wait: Duration, pass: &Pass) -> Step {
        let otherwise = Verdict::Uncertain(Doubt::RetryLater(status.as_u16()));
        let is_bearable = wait <= seconds(self.options.deadlines.retry_after);
        pass.slow_down(if is_bearable { wait } else { Duration::ZERO });
        if is_bearable { Step::Again(wait, otherwise) } else { Step::End(otherwise) }
    }

    fn weigh_failure(&self, failure: Failure, url: &Url, method: &Method, refused: &mut bool, pass: &Pass, budget: &Budget) -> Step {
        let host = url.host_str().unwrap_or_default().to_owned();
        let again = |doubt| Step::Again(budget.pause(), Verdict::Uncertain(doubt));
        let was_refused = std::mem::take(refused);
        match failure {
            Failure::Name(NameError::Private) => Step::End(Verdict::Uncertain(Doubt::Private(host))),
            // what a proxy's name or port does says nothing of the link
            Failure::Name(NameError::Unknown) if !self.client.has_proxy => Step::End(Verdict::Dead(Death::NoSuchHost(host))),
            Failure::Name(_) => again(Doubt::NameService(host)),
            // a host that was there a moment ago is starting anew
            Failure::Refused if self.client.has_proxy || pass.has_answered() => again(Doubt::Broken),
            Failure::Refused if was_refused => Step::End(Verdict::Dead(Death::Refused(host))),
            Failure::Refused => {
                *refused = true;
                again(Doubt::Broken)
            }
            Failure::TimedOut(stage) => again(Doubt::TimedOut(stage)),
            Failure::Broken => again(Doubt::Broken),
            Failure::NotHttp if method == Method::HEAD => Step::Get,
            Failure::NotHttp => Step::End(Verdict::Uncertain(Doubt::NotHttp)),
            Failure::Tls(why) => Step::End(Verdict::Uncertain(Doubt::Tls(why))),
            Failure::Unaskable => Step::End(Verdict::Uncertain(Doubt::Unaskable)),
        }
    }

    /// What counts of an answer; reads the page where there is something to look for.
    async fn read(&self, response: Response, fragments: &[String], budget: &mut Budget) -> Answer {
        let status = response.status();
        let location = response.headers().get(LOCATION).map(|value| value.as_bytes().to_owned());
        let mut answer = Answer { status, location, doubts: Vec::new() };
        if fragments.is_empty() || !status.is_success() || !is_html(&response) {
            return answer;
        }
        let Ok(_permit) = self.bodies.acquire().await else { return answer };
        let began = Instant::now();
        let limit = seconds(budget.deadlines.body).min(budget.time);
        let (page, cut) = read_page(response, began + limit).await;
        budget.spend(began.elapsed());
        if fragment::is_made_by_script(&page) {
            return answer;
        }
        for fragment in fragments.iter().filter(|fragment| !fragment::is_in(&page, fragment)) {
            let doubt = match cut {
                None => Doubt::NoFragment(fragment.clone()),
                Some(why) => Doubt::UnknownFragment(fragment.clone(), why.to_owned()),
            };
            answer.doubts.push((fragment.clone(), doubt));
        }
        answer
    }
}

/// Whether ids can be looked for in what is sent.
fn is_html(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    let is_page = kind.starts_with("text/html") || kind.starts_with("application/xhtml");
    // what could be decoded has lost this header
    is_page && !kind.contains("utf-16") && !response.headers().contains_key(CONTENT_ENCODING)
}

/// The first mebibyte of a page, and what kept the rest away.
async fn read_page(mut response: Response, deadline: Instant) -> (Vec<u8>, Option<&'static str>) {
    let mut page = Vec::new();
    loop {
        match timeout_at(deadline, response.chunk()).await {
            Err(_) => return (page, Some("took too long")),
            Ok(Err(_)) => return (page, Some("broke off")),
            Ok(Ok(None)) => return (page, None),
            Ok(Ok(Some(chunk))) => {
                let room = fragment::MOST.saturating_sub(page.len());
                page.extend_from_slice(chunk.get(..room.min(chunk.len())).unwrap_or_default());
                if chunk.len() >= room {
                    return (page, Some("its first mebibyte was over"));
                }
            }
        }
    }
}
