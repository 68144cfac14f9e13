//! A server that misbehaves on demand: the path says how. Raw sockets, because libraries are too polite.

use crate::faults;
use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    /// With the query.
    pub path: String,
    /// The whole header, lower case.
    pub header: String,
    pub at: Instant,
}

/// A running server; it ends with the process.
#[derive(Clone)]
pub struct Server {
    pub address: SocketAddr,
    log: Arc<Mutex<Vec<Request>>>,
    /// How often each path was asked for.
    counts: Arc<Mutex<HashMap<String, usize>>>,
    /// Connections that are open now, and the most there ever were.
    open: Arc<Mutex<(usize, usize)>>,
}

impl Server {
    pub fn start() -> Server {
        Server::on(IpAddr::from([127, 0, 0, 1])).expect("a port of the machine itself")
    }

    /// `None` where the machine has no such address (IPv6).
    pub fn on(address: IpAddr) -> Option<Server> {
        let listener = TcpListener::bind((address, 0)).ok()?;
        let address = listener.local_addr().ok()?;
        let server = Server { address, log: Arc::default(), counts: Arc::default(), open: Arc::default() };
        let running = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = running.clone();
                std::thread::spawn(move || server.serve(stream));
            }
        });
        Some(server)
    }

    /// `path` begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.log.lock().expect("no panic").clone()
    }

    pub fn most_at_a_time(&self) -> usize {
        self.open.lock().expect("no panic").1
    }

    fn serve(&self, mut stream: TcpStream) {
        {
            let mut open = self.open.lock().expect("no panic");
            open.0 += 1;
            open.1 = open.1.max(open.0);
        }
        if let Some(request) = head(&stream) {
            self.log.lock().expect("no panic").push(request.clone());
            let seen = {
                let mut counts = self.counts.lock().expect("no panic");
                let count = counts.entry(request.path.clone()).or_default();
                *count += 1;
                *count
            };
            // an error is the client's goodbye
            let _ = faults::answer(&mut stream, &request, seen, self.address);
        }
        self.open.lock().expect("no panic").0 -= 1;
    }
}

/// The request, left unread: closing a socket with unread bytes resets the connection.
fn head(stream: &TcpStream) -> Option<Request> {
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let mut buffer = vec![0; 32 << 10];
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(5) {
        let length = stream.peek(&mut buffer).ok()?;
        let text = String::from_utf8_lossy(&buffer[..length]).into_owned();
        if length == 0 {
            return None;
        }
        if let Some((header, _)) = text.split_once("\r\n\r\n") {
            let mut words = header.split(' ');
            let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
            return Some(Request { method, path, header: header.to_ascii_lowercase(), at: Instant::now() });
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    None
}

/// Reads what was left unread, and closes in peace.
pub fn finish(stream: &mut TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_millis(20)))?;
    let mut buffer = [0; 32 << 10];
    let _ = stream.read(&mut buffer);
    stream.flush()?;
    stream.shutdown(Shutdown::Write)
}
