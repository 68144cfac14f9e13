//! What the server does for each path.

use crate::server::{Request, finish};
use std::io::{Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A page with some ids in it, one of them after bytes that are no UTF-8.
const PAGE: &[u8] = b"<!doctype html><h2 id=\"there\">x</h2><a name=named></a><h3 id=\"user-content-readme\">\xff\xfe</h3><p id='after'>";
/// How long a server is silent or dribbles.
const LONG: Duration = Duration::from_secs(20);

/// `seen`: how often the path was asked for, this time included.
pub fn answer(stream: &mut TcpStream, request: &Request, seen: usize, own: SocketAddr) -> Result<()> {
    // a proxy is sent the whole address
    let path = request.path.strip_prefix("http://tides.test").unwrap_or(&request.path);
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
    let (fault, rest) = path.split_once('/').unwrap_or((path, ""));
    let is_head = request.method == "HEAD";
    match fault {
        "reset" => Ok(()),
        "reset-once" if seen == 1 => Ok(()),
        "reset-after-header" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n<html>"),
        "silent" => {
            sleep(LONG);
            Ok(())
        }
        "header-dribble" => dribble(stream, b"HTTP/1.1 200 OK\r\nX-Long: ", b"a"),
        "body-dribble" => dribble(stream, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"<p>"),
        "endless" => endless(stream, is_head),
        "bomb" => bomb(stream, is_head),
        "truncated" => raw(stream, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p id=other>"),
        "truncated-chunk" => {
            raw(stream, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<p id=other>")
        }
        "many-headers" => {
            let mut text = "HTTP/1.1 200 OK\r\n".to_owned();
            (0..20_000).for_each(|number| text.push_str(&format!("X-{number}: y\r\n")));
            raw(stream, format!("{text}\r\n").as_bytes())
        }
        "large-header" => raw(stream, format!("HTTP/1.1 200 OK\r\nX-Large: {}\r\n\r\n", "a".repeat(2 << 20)).as_bytes()),
        "nul" => raw(stream, b"HTTP/1.1 200 OK\r\nX-Nul: a\0b\r\nContent-Length: 0\r\n\r\n"),
        "http-0.9" => raw(stream, b"<html><p id=there>hello</html>"),
        "tls-bytes" => raw(stream, b"\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03aaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        "status" => status(stream, rest.parse().unwrap_or(500), "", b""),
        "head-405" if is_head => status(stream, 405, "Allow: GET\r\n", b""),
        "head-404" if is_head => status(stream, 404, "", b""),
        "head-reset" if is_head => Ok(()),
        "503-once" if seen <= 2 => status(stream, 503, "", b""),
        "429-seconds" if seen == 1 => status(stream, 429, "Retry-After: 1\r\n", b""),
        "429-date" if seen == 1 => status(stream, 429, &format!("Retry-After: {}\r\n", date(2)), b""),
        "429-day" => status(stream, 429, "Retry-After: 86400\r\n", b""),
        "429-always" => status(stream, 429, "Retry-After: 1\r\n", b""),
        "to" => {
            let (code, target) = rest.split_once('/').unwrap_or((rest, ""));
            let query = request.path.split_once('?').map_or(String::new(), |(_, query)| format!("?{query}"));
            status(stream, code.parse().unwrap_or(500), &format!("Location: /{target}{query}\r\n"), b"")
        }
        "location" => {
            let query = request.path.split_once('?').map_or("", |(_, query)| query);
            status(stream, 301, &format!("Location: {}\r\n", query.replace("~", &own.to_string())), b"")
        }
        "no-location" => status(stream, 301, "", b""),
        "self" => status(stream, 302, "Location: /self\r\n", b""),
        "grow" => status(stream, 301, &format!("Location: /grow/{rest}x\r\n"), b""),
        "hops" => match rest.parse::<u32>().unwrap_or_default() {
            0 => status(stream, 200, "", b""),
            left => status(stream, 302, &format!("Location: /hops/{}\r\n", left - 1), b""),
        },
        "query" if request.path.ends_with("gone") => status(stream, 404, "", b""),
        "text" => status(stream, 200, "Content-Type: text/plain\r\n", b"no ids here"),
        _ => status(stream, 200, "Content-Type: text/html\r\n", if is_head { b"" } else { PAGE }),
    }
}

fn raw(stream: &mut TcpStream, bytes: &[u8]) -> Result<()> {
    stream.write_all(bytes)?;
    finish(stream)
}

fn status(stream: &mut TcpStream, code: u16, header: &str, body: &[u8]) -> Result<()> {
    let length = if code == 204 { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    let mut bytes = format!("HTTP/1.1 {code} Whatever\r\nConnection: close\r\n{header}{length}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    raw(stream, &bytes)
}

fn dribble(stream: &mut TcpStream, start: &[u8], drop: &[u8]) -> Result<()> {
    stream.write_all(start)?;
    for _ in 0..LONG.as_millis() / 100 {
        stream.write_all(drop)?;
        sleep(Duration::from_millis(100));
    }
    finish(stream)
}

/// 3 GiB, if somebody reads them.
fn endless(stream: &mut TcpStream, is_head: bool) -> Result<()> {
    stream.write_all(format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n", 3u64 << 30).as_bytes())?;
    let block = vec![b'x'; 64 << 10];
    for _ in 0..if is_head { 0 } else { 3 << 14 } {
        stream.write_all(&block)?;
    }
    finish(stream)
}

/// 1 GiB of one byte in 6.6 MiB (RFC 1951): five literals of nine bits fill up the first six bytes, and then each 13 bits
/// mean 258 bytes more of the same.
fn bomb(stream: &mut TcpStream, is_head: bool) -> Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n")?;
    let bits = |text: &str| -> Vec<u8> {
        let text: Vec<u8> = text.bytes().map(|bit| bit - b'0').collect();
        text.chunks(8).map(|byte| byte.iter().rev().fold(0, |byte, bit| byte << 1 | bit)).collect()
    };
    let start = bits(&format!("110{}", "111111111".repeat(5)));
    let block = bits(&"1100010100000".repeat(8)).repeat(1000);
    stream.write_all(b"\x1f\x8b\x08\0\0\0\0\0\0\xff")?;
    stream.write_all(&start)?;
    for _ in 0..if is_head { 0 } else { 520 } {
        stream.write_all(&block)?;
    }
    finish(stream)
}

/// A date of HTTP, so many seconds from now.
fn date(seconds: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let then = jiff::Timestamp::from_second((now + seconds) as i64).expect("a time");
    then.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
