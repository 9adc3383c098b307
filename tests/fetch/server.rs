//! A server on loopback that answers as it is told, also badly, and writes down what it was asked.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A request, as the server saw it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Path and query.
    pub path: String,
    /// Headers, names in lower case.
    pub headers: HashMap<String, String>,
    /// When it had come whole.
    pub at: Instant,
    /// How many requests for this path there were before.
    pub before: usize,
}

/// What the server does with a request.
pub enum Reply {
    /// Status, headers, body; the connection stays open.
    Whole(u16, Vec<(String, String)>, Vec<u8>),
    /// These bytes instead of an answer; then the connection is closed.
    Raw(Vec<u8>),
    /// The first bytes, then these again and again with pauses until the client goes away.
    Drip(Vec<u8>, Vec<u8>, Duration),
}

impl Reply {
    pub fn html(body: impl Into<Vec<u8>>) -> Self {
        Self::typed("text/html; charset=utf-8", body)
    }

    pub fn typed(media: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::Whole(200, vec![("Content-Type".to_owned(), media.to_owned())], body.into())
    }

    pub fn status(status: u16, body: &str) -> Self {
        Self::Whole(
            status,
            vec![("Content-Type".to_owned(), "text/html".to_owned())],
            body.as_bytes().to_vec(),
        )
    }

    pub fn to(status: u16, location: &str) -> Self {
        Self::Whole(status, vec![("Location".to_owned(), location.to_owned())], Vec::new())
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        if let Self::Whole(_, headers, _) = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

/// Whether the client went away, or how many bytes went out.
type Sent = std::io::Result<()>;

struct Shared {
    seen: Mutex<Vec<Seen>>,
    open: AtomicUsize,
    most_open: AtomicUsize,
    stop: AtomicBool,
}

/// The server; it stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl Server {
    /// Answers with what `answer` makes of a request and of the server's own address.
    pub fn start(answer: impl Fn(&Seen, &str) -> Reply + Send + Sync + 'static) -> Self {
        Self::at("127.0.0.1:0", answer)
    }

    pub fn at(address: &str, answer: impl Fn(&Seen, &str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            seen: Mutex::default(),
            open: AtomicUsize::new(0),
            most_open: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
        });
        let (answer, inner) = (Arc::new(answer), Arc::clone(&shared));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if inner.stop.load(Ordering::SeqCst) {
                    break;
                }
                let (answer, inner) = (Arc::clone(&answer), Arc::clone(&inner));
                std::thread::spawn(move || {
                    let open = inner.open.fetch_add(1, Ordering::SeqCst) + 1;
                    inner.most_open.fetch_max(open, Ordering::SeqCst);
                    let _ = serve(&stream, &inner, &format!("http://{address}"), &*answer);
                    inner.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { address, shared }
    }

    /// The server's address, without a slash at the end.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn url(&self, path: &str) -> url::Url {
        url::Url::parse(&format!("{}{path}", self.base())).unwrap()
    }

    /// All requests so far but those for robots.txt.
    pub fn seen(&self) -> Vec<Seen> {
        self.all().into_iter().filter(|seen| seen.path != "/robots.txt").collect()
    }

    pub fn all(&self) -> Vec<Seen> {
        self.shared.seen.lock().unwrap().clone()
    }

    /// How often a path was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.all().iter().filter(|seen| seen.path == path).count()
    }

    /// The most connections that were open at a time.
    pub fn most_open(&self) -> usize {
        self.shared.most_open.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(stream: &TcpStream, shared: &Shared, base: &str, answer: &dyn Fn(&Seen, &str) -> Reply) -> Sent {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut headers = HashMap::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
        let seen = {
            let mut all = shared.seen.lock().unwrap();
            let before = all.iter().filter(|seen| seen.path == path).count();
            let seen = Seen { path, headers, at: Instant::now(), before };
            all.push(seen.clone());
            seen
        };
        match answer(&seen, base) {
            Reply::Whole(status, headers, body) => whole(stream, status, &headers, &body)?,
            Reply::Raw(bytes) => return send(stream, &bytes),
            Reply::Drip(first, again, pause) => {
                send(stream, &first)?;
                while !shared.stop.load(Ordering::SeqCst) {
                    std::thread::sleep(pause);
                    send(stream, &again)?;
                }
                return Ok(());
            }
        }
    }
}

fn whole(stream: &TcpStream, status: u16, headers: &[(String, String)], body: &[u8]) -> Sent {
    let mut head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    send(stream, &[head.as_bytes(), b"\r\n", body].concat())
}

fn send(mut stream: &TcpStream, bytes: &[u8]) -> Sent {
    stream.write_all(bytes)?;
    stream.flush()
}
