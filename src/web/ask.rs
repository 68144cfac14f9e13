//! One link: its redirections, each address checked again, and the verdict.

use super::address::is_private_literal;
use super::disguise;
use super::request::{Answer, Budget, Requester};
use super::verdict::{Death, Doubt, Verdict};
use reqwest::StatusCode;
use std::collections::HashSet;
use url::{Position, Url};

/// So many redirections are followed.
const MOST_HOPS: usize = 10;
/// Longer URLs are not asked for, in bytes; RFC 9110 (4.1) asks servers for 8,000.
const LONGEST: usize = 16 << 10;

/// A page to ask for.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// Without user info and fragment.
    pub url: Url,
    /// What stands after the `#` in the places that lead there, where it can be looked for.
    pub fragments: Vec<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    pub verdict: Verdict,
    /// Fragments of a page that answers, about which there is something to say.
    pub doubts: Vec<(String, Doubt)>,
}

/// One redirection.
struct Hop {
    status: u16,
    from: Url,
    to: Url,
}

impl Hop {
    /// For good: by its status (RFC 9110, 15.4), or because it only leads to `https`.
    fn is_permanent(&self) -> bool {
        let encrypts = self.from.scheme() == "http"
            && self.to.scheme() == "https"
            && self.from[Position::BeforeHost..] == self.to[Position::BeforeHost..];
        matches!(self.status, 301 | 308) || encrypts
    }
}

/// Asks for a link.
pub(super) async fn ask(requester: &Requester, link: &Link) -> Outcome {
    let mut doubts = Vec::new();
    let verdict = match follow(requester, link, &mut doubts).await {
        Ok(verdict) | Err(verdict) => verdict,
    };
    Outcome { verdict, doubts }
}

/// Follows redirections to the end. `Err`: the way ends before it.
async fn follow(requester: &Requester, link: &Link, doubts: &mut Vec<(String, Doubt)>) -> Result<Verdict, Verdict> {
    let mut budget = Budget::new(requester.options.deadlines);
    let mut hops: Vec<Hop> = Vec::new();
    let mut seen: HashSet<Url> = HashSet::new();
    let mut url = link.url.clone();
    loop {
        admit(&url, requester.options.allow_private)?;
        let answer = requester.request(&url, &link.fragments, &mut budget).await?;
        let Some(to) = redirection(&url, &answer)? else {
            *doubts = answer.doubts;
            return Ok(judge(link, &url, &hops, answer.status));
        };
        seen.insert(url.clone());
        if seen.contains(&to) {
            return Err(Verdict::Uncertain(Doubt::Circle));
        }
        if hops.len() == MOST_HOPS {
            return Err(Verdict::Uncertain(Doubt::TooManyRedirects));
        }
        hops.push(Hop { status: answer.status.as_u16(), from: url, to: to.clone() });
        url = to;
    }
}

/// Whether the address may be asked at all.
pub(super) fn admit(url: &Url, allow_private: bool) -> Result<(), Verdict> {
    if !allow_private && is_private_literal(url) {
        return Err(Verdict::Uncertain(Doubt::Private(url.host_str().unwrap_or_default().to_owned())));
    }
    match url.as_str().len() {
        length if length > LONGEST => Err(Verdict::Uncertain(Doubt::TooLong(length))),
        _ => Ok(()),
    }
}

/// Where the answer leads; `None`: it is the end.
fn redirection(url: &Url, answer: &Answer) -> Result<Option<Url>, Verdict> {
    let status = answer.status;
    if !status.is_redirection() {
        return Ok(None);
    }
    let bad = || Verdict::Uncertain(Doubt::BadRedirect(status.as_u16()));
    let location =
        answer.location.as_deref().map(String::from_utf8_lossy).filter(|location| !location.trim().is_empty()).ok_or_else(bad)?;
    if !matches!(status.as_u16(), 300..=303 | 307 | 308) {
        return Err(bad());
    }
    let to = url.join(location.trim()).map_err(|_| bad())?;
    without_secrets(to).map(Some).ok_or_else(bad)
}

/// A web address without user info and fragment; `None` for anything else.
pub(super) fn without_secrets(mut url: Url) -> Option<Url> {
    let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty());
    if !is_web || url.set_username("").is_err() || url.set_password(None).is_err() {
        return None;
    }
    url.set_fragment(None);
    Some(url)
}

/// The verdict about a link that ends at `end`.
fn judge(link: &Link, end: &Url, hops: &[Hop], status: StatusCode) -> Verdict {
    let code = status.as_u16();
    if matches!(code, 404 | 410) {
        return Verdict::Dead(Death::Status { status: code, at: (!hops.is_empty()).then(|| end.to_string()) });
    }
    if !status.is_success() {
        return Verdict::Uncertain(Doubt::Status(code));
    }
    if !hops.is_empty()
        && let Some(doubt) = disguise::doubt(&link.url, end)
    {
        return Verdict::Uncertain(doubt);
    }
    // what comes after a redirection that is not for good may change any day
    match hops.iter().take_while(|hop| hop.is_permanent()).last() {
        Some(last) => Verdict::Moved { status: hops.first().map_or(0, |hop| hop.status), to: last.to.to_string() },
        None => Verdict::Good,
    }
}
