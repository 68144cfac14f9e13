//! How many requests go out: at a time and in a second, to one host and to all.

use super::options::Limits;
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};
use url::Url;

/// A little more than a second: what goes out evenly need not arrive evenly.
const SECOND: Duration = Duration::from_millis(1020);
/// However busy a host is, it is asked so often a second: else a run would not end.
const SLOWEST: u32 = 4;
/// After so many good answers a host that was slowed down is asked twice as often again.
const TRUST: u32 = 5;
/// What a host without any limit is given when it asks for fewer requests.
const GIVEN: u32 = 20;

/// Lets requests through, one after another.
pub(super) struct Politeness {
    limits: Limits,
    all: Arc<Semaphore>,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
}

struct Host {
    at_once: Arc<Semaphore>,
    /// There was an answer, whatever it said.
    answered: AtomicBool,
    pace: Mutex<Pace>,
}

/// When a host may be asked.
struct Pace {
    /// In any second.
    most: u32,
    now: u32,
    /// When the last requests went out, or will.
    starts: VecDeque<Instant>,
    paused_until: Option<Instant>,
    /// Good answers since it was slowed down.
    good: u32,
}

/// The right to one request; it ends when this is dropped.
pub(super) struct Pass {
    _own: Option<OwnedSemaphorePermit>,
    _all: Option<OwnedSemaphorePermit>,
    host: Arc<Host>,
}

impl Politeness {
    pub fn new(limits: Limits) -> Politeness {
        Politeness { limits, all: Arc::new(semaphore(limits.at_once)), hosts: Mutex::default() }
    }

    /// Waits until the host of `url` may be asked.
    pub async fn enter(&self, url: &Url) -> Pass {
        let host = self.host(url);
        let own = acquire(&host.at_once).await;
        loop {
            let start = lock(&host.pace).reserve(Instant::now());
            sleep_until(start).await;
            // another answer may have asked for a pause in the meantime
            if lock(&host.pace).paused_until.is_none_or(|until| until <= Instant::now()) {
                break;
            }
        }
        let all = acquire(&self.all).await;
        Pass { _own: own, _all: all, host }
    }

    /// Hosts by name and port; the two ports of the web are one host.
    fn host(&self, url: &Url) -> Arc<Host> {
        let name = url.host_str().unwrap_or_default();
        let key = url.port().map_or(name.to_owned(), |port| format!("{name}:{port}"));
        Arc::clone(lock(&self.hosts).entry(key).or_insert_with(|| Arc::new(Host::new(self.limits))))
    }
}

impl Pass {
    /// The host is there.
    pub fn answered(&self) {
        self.host.answered.store(true, Ordering::Relaxed);
    }

    /// Whether it was there before.
    pub fn has_answered(&self) -> bool {
        self.host.answered.load(Ordering::Relaxed)
    }

    /// The host answered as it should.
    pub fn answered_well(&self) {
        lock(&self.host.pace).speed_up();
    }

    /// The host wants fewer requests, and none before `pause` is over.
    pub fn slow_down(&self, pause: Duration) {
        lock(&self.host.pace).slow_down(Instant::now() + pause);
    }
}

impl Host {
    fn new(limits: Limits) -> Host {
        let most = limits.per_second;
        let pace = Pace { most, now: most, starts: VecDeque::new(), paused_until: None, good: 0 };
        Host { at_once: Arc::new(semaphore(limits.per_host)), answered: AtomicBool::new(false), pace: Mutex::new(pace) }
    }
}

impl Pace {
    /// The next start that leaves no second with more than there may be.
    fn reserve(&mut self, now: Instant) -> Instant {
        let mut start = self.paused_until.map_or(now, |until| until.max(now));
        if self.now > 0 {
            let before = self.starts.len().checked_sub(self.now as usize).and_then(|index| self.starts.get(index));
            start = before.map_or(start, |&before| start.max(before + SECOND));
            self.starts.push_back(start);
            if self.starts.len() > self.most.max(GIVEN) as usize {
                self.starts.pop_front();
            }
        }
        start
    }

    fn slow_down(&mut self, until: Instant) {
        self.good = 0;
        self.now = if self.now == 0 { GIVEN } else { self.now.div_ceil(2).max(SLOWEST.min(self.now)) };
        self.paused_until = Some(self.paused_until.map_or(until, |before| before.max(until)));
    }

    fn speed_up(&mut self) {
        self.good += 1;
        if self.good >= TRUST && self.now != self.most {
            self.good = 0;
            self.now = if self.most == 0 { 0 } else { (self.now * 2).min(self.most) };
        }
    }
}

/// 0 is no limit.
fn semaphore(permits: u32) -> Semaphore {
    Semaphore::new(if permits == 0 { Semaphore::MAX_PERMITS } else { permits as usize })
}

/// The semaphores are never closed.
async fn acquire(semaphore: &Arc<Semaphore>) -> Option<OwnedSemaphorePermit> {
    Arc::clone(semaphore).acquire_owned().await.ok()
}

/// What a panic left behind is still a number of requests.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(most: u32) -> Pace {
        Pace { most, now: most, starts: VecDeque::new(), paused_until: None, good: 0 }
    }

    #[test]
    fn no_second_has_more_than_the_limit() {
        let now = Instant::now();
        let mut pace = pace(20);
        let starts: Vec<Instant> = (0..100).map(|_| pace.reserve(now)).collect();
        assert_eq!(starts[19], now);
        assert!(starts.windows(21).all(|window| window[20] - window[0] >= SECOND));
        assert!(starts[99] - now < SECOND * 5);
    }

    #[test]
    fn a_busy_host_is_asked_less_often_and_then_more_often_again() {
        let now = Instant::now();
        let mut pace = pace(20);
        pace.slow_down(now + SECOND);
        assert_eq!((pace.now, pace.reserve(now)), (10, now + SECOND));
        (0..9).for_each(|_| pace.slow_down(now));
        assert_eq!(pace.now, SLOWEST);
        (0..40).for_each(|_| pace.speed_up());
        assert_eq!(pace.now, 20);
    }

    #[test]
    fn without_a_limit_nothing_waits() {
        let now = Instant::now();
        let mut pace = pace(0);
        assert!((0..1000).all(|_| pace.reserve(now) == now));
    }
}
