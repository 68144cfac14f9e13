//! The HTTP client: no redirections, no cookies, no address that may not be asked.

use super::options::{Options, seconds};
use super::resolve::{Count, Guard};
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Names the tool.
const USER_AGENT: &str = concat!("postlint/", env!("CARGO_PKG_VERSION"), " (checks the links of a blog)");
/// Connections that nobody uses are closed after this time: a run meets many hosts, and a process may have few files open.
const IDLE: Duration = Duration::from_secs(1);
/// What a server may send ahead on one stream of HTTP/2, in bytes; most of it is never read.
const WINDOW: u32 = 64 << 10;
/// The variables that name proxies (those that curl reads).
const PROXIES: [&str; 6] = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// A client with what is known of its surroundings.
pub(super) struct Client {
    pub http: reqwest::Client,
    /// What goes wrong with a connection may be the proxy's fault.
    pub has_proxy: bool,
    /// There are no certificates on this machine: nothing encrypted can be trusted.
    pub without_certificates: bool,
    pub count: Arc<Count>,
}

impl Client {
    /// # Errors
    /// What the system lacks, as a sentence.
    pub fn new(options: &Options) -> Result<Client, String> {
        // fails only when it is done already
        let _ = rustls::crypto::ring::default_provider().install_default();
        let count = Arc::new(Count::default());
        let proxies = proxies();
        let has_proxy = !proxies.is_empty();
        let guard = Arc::new(Guard { allow_private: options.allow_private, proxies, count: Arc::clone(&count) });
        let builder = || {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_static("text/html, */*;q=0.8"));
            reqwest::Client::builder()
                .user_agent(USER_AGENT)
                .default_headers(headers)
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .referer(false)
                .connect_timeout(seconds(options.deadlines.connect))
                .pool_idle_timeout(IDLE)
                .http2_initial_stream_window_size(WINDOW)
                .http2_initial_connection_window_size(WINDOW * 4)
                .dns_resolver(Arc::clone(&guard))
        };
        if let Ok(http) = builder().build() {
            return Ok(Client { http, has_proxy, without_certificates: false, count });
        }
        // the platform's certificates are all that depends on the machine
        let http = builder().tls_certs_only([]).build().map_err(|error| format!("links cannot be checked: {error}"))?;
        Ok(Client { http, has_proxy, without_certificates: true, count })
    }
}

/// Hosts of the proxies that the environment names.
fn proxies() -> Vec<String> {
    let values = PROXIES.iter().filter_map(|name| std::env::var(name).ok()).filter(|value| !value.is_empty());
    let host = |value: String| {
        let url = if value.contains("://") { Url::parse(&value) } else { Url::parse(&format!("http://{value}")) };
        Some(url.ok()?.host_str()?.to_owned())
    };
    values.filter_map(host).collect()
}
