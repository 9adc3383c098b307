//! Servers and networks that fail.

use crate::fixture::{Folder, Record, config, reason};
use crate::server::{Reply, Server};
use crate::sites::article;
use duizhao::fetch::Config;
use duizhao::pipeline::fetch::Want;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

/// Everything but `/x` is missing, robots.txt too.
fn serve(reply: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |seen, _| if seen.path == "/x" { reply(seen.before) } else { Reply::status(404, "") })
}

fn fetch(server: &Server) -> (Folder, duizhao::fetch::Tally) {
    let folder = Folder::new();
    let tally = folder.fetch(&[server.url("/x")]);
    (folder, tally)
}

#[test]
fn a_429_with_retry_after_is_waited_for() {
    let server = serve(|before| match before {
        0 => Reply::status(429, "").with("Retry-After", "1"),
        _ => Reply::html(article(1)),
    });
    let folder = Folder::new();
    let record = Arc::new(Record::default());
    let want = Want { urls: vec![server.url("/x")], ..Want::default() };
    assert_eq!(folder.try_get(&want, None, record.clone()).unwrap().stored, 1);
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert!(seen[1].at - seen[0].at >= Duration::from_secs(1));
    let events = record.0.lock().unwrap();
    assert!(events.iter().any(|e| e.contains("\"waiting\"") && e.contains("\"seconds\":1.0")), "{events:?}");
}

#[test]
fn a_host_that_asks_for_more_peace_than_there_is_patience_is_left_alone() {
    let server = serve(|_| Reply::status(429, "").with("Retry-After", "86400"));
    let (folder, tally) = fetch(&server);
    assert_eq!(reason(&folder, &tally), "too-many-requests");
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_500_twice_then_200_is_a_page() {
    let server = serve(|before| if before < 2 { Reply::status(500, "") } else { Reply::html(article(1)) });
    let (folder, tally) = fetch(&server);
    assert_eq!((tally.stored, server.count("/x")), (1, 3));
    folder.assert_whole();
}

#[test]
fn a_500_that_stays_is_given_up_after_so_many_attempts() {
    let server = serve(|_| Reply::status(500, ""));
    let (folder, tally) = fetch(&server);
    assert_eq!((reason(&folder, &tally).as_str(), server.count("/x")), ("server-error", 3));
}

#[test]
fn a_connection_that_is_reset_in_the_body_leaves_no_half_page() {
    let server = serve(|before| match before {
        0 => Reply::Raw(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90000\r\n\r\n<p>half".to_vec(),
        ),
        _ => Reply::html(article(1)),
    });
    let (folder, tally) = fetch(&server);
    assert_eq!((tally.stored, server.count("/x")), (1, 2));
    folder.assert_whole();
}

#[test]
fn headers_that_come_drop_by_drop_are_not_waited_for() {
    let server = serve(|_| {
        Reply::Drip(b"HTTP/1.1 200 OK\r\n".to_vec(), b"X-A: b\r\n".to_vec(), Duration::from_millis(40))
    });
    let (folder, tally) = fetch(&server);
    assert_eq!((reason(&folder, &tally).as_str(), server.count("/x")), ("timed-out", 3));
}

#[test]
fn headers_without_end_are_not_read_for_ever() {
    let line = format!("X-A: {}\r\n", "b".repeat(8000)).into_bytes();
    let server =
        serve(move |_| Reply::Drip(b"HTTP/1.1 200 OK\r\n".to_vec(), line.clone(), Duration::from_millis(1)));
    let (folder, tally) = fetch(&server);
    assert_eq!(reason(&folder, &tally), "unreachable");
}

#[test]
fn a_body_that_never_ends_is_left_at_the_limit() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".to_vec();
    let server = serve(move |_| Reply::Drip(head.clone(), vec![b'x'; 100_000], Duration::from_millis(1)));
    let (folder, tally) = fetch(&server);
    assert_eq!((reason(&folder, &tally).as_str(), server.count("/x")), ("too-large", 1));
}

#[test]
fn a_body_that_trickles_is_left_when_its_time_is_up() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".to_vec();
    let server = serve(move |_| Reply::Drip(head.clone(), b"x".to_vec(), Duration::from_millis(50)));
    let folder = Folder::with(Config { attempts: 1, whole_timeout: Duration::from_millis(900), ..config() });
    let tally = folder.fetch(&[server.url("/x")]);
    assert_eq!(reason(&folder, &tally), "timed-out");
}

#[test]
fn a_gzip_bomb_of_a_gibibyte_is_left_at_the_limit() {
    let mut member = GzEncoder::new(Vec::new(), Compression::best());
    member.write_all(&vec![b' '; 16 << 20]).unwrap();
    let bomb = member.finish().unwrap().repeat(64);
    assert!(bomb.len() < 2 << 20, "{}", bomb.len());
    let server = serve(move |_| Reply::html(bomb.clone()).with("Content-Encoding", "gzip"));
    let folder = Folder::with(Config { max_bytes: 10 << 20, ..config() });
    let tally = folder.fetch(&[server.url("/x")]);
    assert_eq!((reason(&folder, &tally).as_str(), server.count("/x")), ("too-large", 1));
}

#[test]
fn a_packed_page_is_stored_unpacked() {
    let server = serve(|_| {
        let mut member = GzEncoder::new(Vec::new(), Compression::fast());
        member.write_all(article(1).as_bytes()).unwrap();
        Reply::html(member.finish().unwrap()).with("Content-Encoding", "gzip")
    });
    let (folder, _) = fetch(&server);
    assert_eq!(folder.body(&folder.line()), article(1).as_bytes());
}

#[test]
fn a_content_length_that_promises_too_much_gives_no_page() {
    let server = serve(|_| {
        let (body, length) = (article(1), article(1).len() + 10);
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n");
        Reply::Raw((head + &body).into_bytes())
    });
    let (folder, tally) = fetch(&server);
    assert_eq!((reason(&folder, &tally).as_str(), server.count("/x")), ("cut-off", 3));
}

#[test]
fn a_content_length_that_promises_too_little_does_not_spoil_the_next_answer() {
    let server = Server::start(|seen, _| match seen.path.as_str() {
        "/x" => {
            let body = article(1);
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            Reply::Raw((head + &body + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil").into_bytes())
        }
        "/y" => Reply::html(article(2)),
        _ => Reply::status(404, ""),
    });
    let folder = Folder::new();
    folder.fetch(&[server.url("/x"), server.url("/y")]);
    let lines = folder.lines();
    assert_eq!(
        lines.iter().map(|line| folder.body(line)).collect::<Vec<_>>(),
        [1, 2].map(|n| article(n).into_bytes())
    );
}

#[test]
fn redirects_in_a_circle_and_without_end_are_left() {
    let server = Server::start(|seen, _| match seen.path.as_str() {
        "/a" => Reply::to(302, "/b"),
        "/b" => Reply::to(301, "/a"),
        "/robots.txt" => Reply::status(404, ""),
        path => Reply::to(307, &format!("{path}x")),
    });
    for (path, asked) in [("/a", 2), ("/c", 11)] {
        let folder = Folder::new();
        let before = server.seen().len();
        assert_eq!(reason(&folder, &folder.fetch(&[server.url(path)])), "redirect-loop");
        assert_eq!(server.seen().len() - before, asked);
        assert!(!folder.line().hops.is_empty());
    }
}

#[test]
fn a_host_that_fails_again_and_again_is_left_alone_and_that_is_said() {
    let server =
        Server::start(|seen, _| Reply::status(if seen.path == "/robots.txt" { 404 } else { 502 }, ""));
    let folder = Folder::with(Config { host_failures: 4, ..config() });
    let urls: Vec<_> = (0..20).map(|n| server.url(&format!("/{n}"))).collect();
    let record = Arc::new(Record::default());
    let tally = folder.try_get(&Want { urls, ..Want::default() }, None, record.clone()).unwrap();
    assert_eq!(server.seen().len(), 4);
    assert_eq!(tally.refused.values().sum::<u64>(), 20);
    assert!(tally.refused["host-left-alone"] >= 18, "{tally:?}");
    let events = record.0.lock().unwrap();
    assert_eq!(events.iter().filter(|e| e.contains("\"event\":\"left\"")).count(), 1);
    assert!(folder.lines().len() <= 2, "what was not asked for is not written down");
}

#[test]
fn a_host_that_is_not_there_is_said_not_to_answer() {
    let server = Server::start(|_, _| Reply::status(404, ""));
    let url = server.url("/x");
    drop(server);
    std::thread::sleep(Duration::from_millis(100));
    let folder = Folder::new();
    let tally = folder.fetch(&[url]);
    assert_eq!(reason(&folder, &tally), "robots-unreachable");
}
