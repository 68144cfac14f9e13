//! What each link of the fault server comes to.

/// Links with their verdicts, by the paths of the fault server.
pub type Links = &'static [(&'static str, &'static str)];

/// Statuses, and servers that treat HEAD or the first request otherwise.
pub const STATUSES: Links = &[
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
pub const LATER: Links = &[("/429-seconds", "good"), ("/429-date", "good"), ("/429-day", "uncertain"), ("/429-always", "uncertain")];

/// Redirections to everything.
pub const REDIRECTIONS: Links = &[
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
pub const BROKEN: Links = &[
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
pub const SLOW: Links = &[
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
pub const FRAGMENTS: Links = &[
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
