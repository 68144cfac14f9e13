//! The name service, with a check of each address that it gives.

use super::address::{is_local_name, is_public};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Gives only addresses that may be asked, so that no connection can reach another one, whatever a name resolves to
/// the second time.
pub(super) struct Guard {
    pub allow_private: bool,
    /// Hosts of proxies, which may be private.
    pub proxies: Vec<String>,
    pub count: Arc<Count>,
}

/// What became of names in this run.
#[derive(Debug, Default)]
pub(super) struct Count {
    resolved: AtomicUsize,
    failed: AtomicUsize,
}

impl Count {
    /// Names were asked for, and none was known: there is no name service here, or no network.
    pub fn nothing_resolves(&self) -> bool {
        self.failed.load(Ordering::Relaxed) > 0 && self.resolved.load(Ordering::Relaxed) == 0
    }
}

/// Why a name leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NameError {
    #[error("there is no such name")]
    Unknown,
    #[error("the name service has no answer")]
    NoAnswer,
    #[error("all of its addresses are private")]
    Private,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        let trusted = self.allow_private || self.proxies.contains(&name);
        let count = Arc::clone(&self.count);
        Box::pin(async move {
            let addresses = look_up(&name, &count).await?;
            let allowed: Vec<SocketAddr> = addresses.into_iter().filter(|address| trusted || is_public(address.ip())).collect();
            if allowed.is_empty() {
                return Err(NameError::Private.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

async fn look_up(name: &str, count: &Count) -> Result<Vec<SocketAddr>, NameError> {
    if is_local_name(name) {
        // whatever a name service says (RFC 6761, 6.3)
        return Ok(vec![(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()]);
    }
    let result = tokio::net::lookup_host((name, 0)).await;
    // these may stand in a file of this machine, and say nothing of the network
    let counted = !is_reserved(name);
    match result.map(Iterator::collect::<Vec<_>>) {
        Ok(addresses) if !addresses.is_empty() => {
            count.resolved.fetch_add(usize::from(counted), Ordering::Relaxed);
            Ok(addresses)
        }
        Ok(_) => Err(NameError::NoAnswer),
        Err(error) => {
            count.failed.fetch_add(usize::from(counted), Ordering::Relaxed);
            Err(if is_reserved(name) || says_unknown(&error) { NameError::Unknown } else { NameError::NoAnswer })
        }
    }
}

/// RFC 6761 and RFC 2606: nobody holds such a name, whether there is a name service or not.
pub(super) fn is_reserved(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    [".invalid", ".test", ".example"].iter().any(|end| name.ends_with(end))
}

/// Whether any well-known name resolves; asked when none of the links' own does.
pub(super) async fn names_resolve() -> bool {
    for name in ["example.com", "iana.org"] {
        if tokio::net::lookup_host((name, 0)).await.is_ok_and(|mut found| found.next().is_some()) {
            return true;
        }
    }
    false
}

/// Whether the name service was there, and said that it knows no such name. The standard library keeps the code of
/// `getaddrinfo` to itself and gives its text: `EAI_NONAME` and `EAI_NODATA` of glibc, musl, macOS and the BSDs. On
/// Windows it is `WSAHOST_NOT_FOUND`.
fn says_unknown(error: &std::io::Error) -> bool {
    const WSAHOST_NOT_FOUND: i32 = 11001;
    let text = error.to_string().to_ascii_lowercase();
    let words = ["not known", "no address associated", "does not resolve", "name does not exist", "no such host"];
    error.raw_os_error() == Some(WSAHOST_NOT_FOUND) || words.iter().any(|word| text.contains(word))
}
