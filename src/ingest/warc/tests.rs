//! What archives of other programs hold, whole and broken.

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{Cursor, Write};

fn record(kind: &str, target: &str, media: &str, block: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {target}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
}

fn response(target: &str, head: &str, body: &str) -> String {
    record(
        "response",
        target,
        "application/http; msgtype=response",
        &format!("HTTP/1.1 {head}\r\n\r\n{body}"),
    )
}

fn read(bytes: Vec<u8>, max: u64) -> Vec<Result<Page, Notice>> {
    Records::new("a.warc", Box::new(Cursor::new(bytes)), max).collect()
}

fn sample() -> String {
    [
        record("warcinfo", "", "application/warc-fields", "software: x"),
        response("http://a.example/old", "301 Moved\r\nLocation: /new", ""),
        record(
            "request",
            "http://a.example/new",
            "application/http; msgtype=request",
            "GET /new HTTP/1.1\r\n\r\n",
        ),
        response("http://a.example/new", "200 OK\r\nContent-Type: text/html; charset=gbk", "<p>x"),
        response("http://a.example/p.png", "200 OK\r\nContent-Type: image/png", "\u{1}"),
        response("http://a.example/robots.txt", "200 OK\r\nContent-Type: text/plain", "User-agent: *"),
        response("http://a.example/gone", "404 Not Found\r\nContent-Type: text/html", "<p>gone"),
        record("resource", "http://b.example/", "text/html", "<p>y"),
    ]
    .concat()
}

#[test]
fn pages_come_with_the_addresses_that_led_to_them() {
    let pages = read(sample().into_bytes(), 1000);
    let first = pages[0].as_ref().unwrap();
    assert_eq!((first.id.as_str(), first.text.as_str()), ("a.warc#4", "<p>x"));
    let origin = &first.origin;
    assert_eq!(origin.url.as_deref(), Some("http://a.example/old"));
    assert_eq!(origin.final_url.as_deref(), Some("http://a.example/new"));
    assert_eq!((origin.hops.len(), origin.record), (0, Some(4)));
    assert_eq!(pages[1].as_ref().unwrap().id, "a.warc#8");
    let said = pages[2].as_ref().unwrap_err();
    assert_eq!((said.reason.as_str(), &said.message[..9], pages.len()), ("not-a-page", "3 records", 3));
}

#[test]
fn the_day_and_what_is_said_of_mining_are_kept() {
    let head = "200 OK\r\nContent-Type: text/html\r\nTDM-Reservation: 1\r\nTDM-Policy: http://a.example/tdm";
    let record = response("http://a.example/x", head, "<p>x");
    let record = record.replacen("WARC-Type", "WARC-Date: 2031-05-19T12:00:00Z\r\nWARC-Type", 1);
    let pages = read(record.into_bytes(), 1000);
    let fields = &pages[0].as_ref().unwrap().front_matter;
    let known = ["fetch_date", "tdm-reservation", "tdm-policy"].map(|key| fields[key].as_str());
    assert_eq!(known, ["2031-05-19T12:00:00Z", "1", "http://a.example/tdm"]);
}

#[test]
fn packed_archives_are_read_up_to_where_they_break() {
    let mut bytes = Vec::new();
    for (n, text) in ["<p>one", "<p>two"].iter().enumerate() {
        let mut member = GzEncoder::new(Vec::new(), Compression::fast());
        let record = response(&format!("http://a.example/{n}"), "200 OK\r\nContent-Type: text/html", text);
        member.write_all(record.as_bytes()).unwrap();
        bytes.extend(member.finish().unwrap());
    }
    assert_eq!(read(bytes.clone(), 1000).iter().filter(|page| page.is_ok()).count(), 2);
    bytes.truncate(bytes.len() - 20);
    let pages = read(bytes, 1000);
    assert_eq!(pages[0].as_ref().unwrap().text, "<p>one");
    assert_eq!(pages[1].as_ref().unwrap_err().reason, "unreadable");
}

#[test]
fn what_is_too_long_is_passed_over_and_the_rest_is_read() {
    let long = response("http://a.example/l", "200 OK\r\nContent-Type: text/html", &"x".repeat(500));
    let short = response("http://a.example/s", "200 OK\r\nContent-Type: text/html", "<p>s");
    let pages = read(format!("{long}{short}").into_bytes(), 100);
    assert_eq!(pages[0].as_ref().unwrap_err().reason, "too-large");
    assert_eq!(pages[1].as_ref().unwrap().text, "<p>s");
}

#[test]
fn junk_and_records_of_any_length_do_no_harm() {
    for junk in [
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 18446744073709551615\r\n\r\nx",
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 9\r\n\r\nx",
        "WARC/1.0\r\nWARC-Type: response\r\n\r\n",
        "something else",
        &"\n".repeat(100_000),
    ] {
        let pages = read(junk.as_bytes().to_vec(), 100);
        assert!(pages.iter().any(|page| page.as_ref().is_err_and(|n| n.is_failure())), "{junk:.40}");
    }
    assert_eq!(read(Vec::new(), 100).len(), 0);
}
