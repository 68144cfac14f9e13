//! Pages that are gone, in disguise: redirections to a home page, a login or an error page.

use super::exclude::Hosts;
use super::verdict::Doubt;
use url::{Position, Url};

/// What the last parts of a login's path are called.
const LOGIN: [&str; 9] = ["login", "log-in", "log_in", "signin", "sign-in", "sign_in", "logon", "sso", "authenticate"];
/// What hosts that only log in are called.
const LOGIN_HOSTS: [&str; 6] = ["login.", "signin.", "accounts.", "auth.", "sso.", "idp."];
/// What error pages are called.
const ERRORS: [&str; 9] = ["404", "not-found", "notfound", "not_found", "page-not-found", "pagenotfound", "error", "errors", "error404"];
/// What home pages are called.
const HOMES: [&str; 6] = ["index", "default", "home", "homepage", "start", "welcome"];
/// The languages that sites have home pages in (ISO 639-1).
const LANGUAGES: [&str; 24] = [
    "ar", "cs", "da", "de", "en", "es", "fa", "fi", "fr", "he", "hu", "id", "it", "ja", "ko", "nl", "no", "pl", "pt", "ru", "sv", "tr",
    "uk", "zh",
];

/// Why a redirection from `asked` to `end`, which answers, proves nothing.
pub(super) fn doubt(asked: &Url, end: &Url) -> Option<Doubt> {
    // what follows the path says where one came from, and may be a key
    let shown = || end[..Position::AfterPath].to_owned();
    if is_login(end) && !is_login(asked) {
        return Some(Doubt::Login(shown()));
    }
    if is_error(end) && !is_error(asked) {
        return Some(Doubt::ErrorPage(shown()));
    }
    (is_home(end) && !is_home(asked) && !is_shortener(asked)).then(|| Doubt::HomePage(shown()))
}

/// The parts of the path, lower case, without extension.
fn parts(url: &Url) -> impl Iterator<Item = String> {
    let parts = url.path_segments().into_iter().flatten().filter(|part| !part.is_empty());
    parts.map(|part| part.split('.').next().unwrap_or(part).to_ascii_lowercase())
}

fn is_login(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let is_login_host = LOGIN_HOSTS.iter().any(|start| host.starts_with(start));
    is_login_host || parts(url).last().is_some_and(|part| LOGIN.contains(&part.as_str()))
}

fn is_error(url: &Url) -> bool {
    parts(url).last().is_some_and(|part| ERRORS.contains(&part.as_str()))
}

/// The root of a host, or of one of its languages, without a query.
fn is_home(url: &Url) -> bool {
    let mut parts = parts(url);
    let first = parts.next();
    let is_root = first.as_deref().is_none_or(|part| HOMES.contains(&part) || is_language(part));
    is_root && parts.next().is_none_or(|part| HOMES.contains(&part.as_str())) && parts.next().is_none() && url.query().is_none()
}

/// `de`, `pt-br`, `zh_cn`.
fn is_language(part: &str) -> bool {
    let language = part.split(['-', '_']).next().unwrap_or(part);
    LANGUAGES.contains(&language) && part.len() <= "zh-hans".len()
}

fn is_shortener(url: &Url) -> bool {
    url.host_str().is_some_and(|host| Hosts::known().is_shortener(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(asked: &str, end: &str) -> Option<Doubt> {
        doubt(&Url::parse(asked).expect(asked), &Url::parse(end).expect(end))
    }

    #[test]
    fn disguises() {
        let tides = "https://tides.example/2019/tables.html";
        for home in
            ["https://tides.example/", "https://www.tides.example", "https://tides.example/en/", "https://tides.example/de/index.html"]
        {
            assert!(matches!(found(tides, home), Some(Doubt::HomePage(_))), "{home}");
        }
        assert!(matches!(found("https://tides.example/?p=12", "https://tides.example/"), Some(Doubt::HomePage(_))));
        for login in
            ["https://tides.example/users/sign_in?back=x", "https://accounts.tides.example/x", "https://tides.example/wp-login/login.php"]
        {
            assert!(matches!(found(tides, login), Some(Doubt::Login(_))), "{login}");
        }
        assert!(matches!(found(tides, "https://tides.example/404.html"), Some(Doubt::ErrorPage(_))));
        assert!(matches!(found(tides, "https://tides.example/not-found"), Some(Doubt::ErrorPage(_))));
    }

    #[test]
    fn no_disguises() {
        assert_eq!(found("http://tides.example", "https://www.tides.example/"), None);
        assert_eq!(found("http://tides.example/index.html", "https://tides.example/"), None);
        assert_eq!(found("https://tides.example/a", "https://tides.example/b"), None);
        assert_eq!(found("https://tides.example/a", "https://tides.example/?p=3"), None);
        assert_eq!(found("https://tides.example/login", "https://tides.example/users/login"), None);
        assert_eq!(found("https://bit.ly/3abcd", "https://tides.example/"), None);
        assert_eq!(found("https://tides.example/docs", "https://tides.example/docs/en/"), None);
    }
}
