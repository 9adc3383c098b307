//! What may not be asked is not asked, whichever way it is named.

use crate::fixture::{Folder, config, reason};
use crate::server::{Reply, Server};
use crate::sites::{article, post};
use duizhao::fetch::{Config, Lookup};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[path = "tls.rs"]
mod tls;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));

/// Only the server's own address counts as the open web.
fn guarded() -> Config {
    Config { allow_private: false, allowed: vec![HERE], ..config() }
}

/// A server that nobody may ask.
fn secret() -> Server {
    Server::at("127.0.0.2:0", |_, _| Reply::html(article(1)))
}

#[test]
fn a_redirect_to_a_private_address_is_not_followed() {
    let secret = secret();
    let target = secret.url("/secret").to_string();
    let server = Server::start(move |seen, _| match seen.path.as_str() {
        "/x" => Reply::to(302, &target),
        "/metadata" => Reply::to(302, "http://169.254.169.254/latest/meta-data/"),
        "/v6" => Reply::to(302, "http://[::ffff:127.0.0.2]/"),
        "/file" => Reply::to(302, "file:///etc/passwd"),
        _ => Reply::status(404, ""),
    });
    for (path, expected) in
        [("/x", "not-public"), ("/metadata", "not-public"), ("/v6", "not-public"), ("/file", "not-http")]
    {
        let folder = Folder::with(guarded());
        let tally = folder.fetch(&[server.url(path)]);
        assert_eq!(reason(&folder, &tally), expected, "{path}");
        assert_eq!(folder.line().status, Some(302));
    }
    assert_eq!(secret.all().len(), 0);
}

#[test]
fn a_citation_of_a_private_address_is_not_followed() {
    let secret = secret();
    let target = secret.url("/secret").to_string();
    let server = Server::start(move |seen, _| match seen.path.as_str() {
        "/posts/a" => Reply::html(post(1, &target)),
        _ => Reply::status(404, ""),
    });
    let folder = Folder::with(guarded());
    let tally = folder.fetch(&[server.url("/posts/a")]);
    assert_eq!((tally.stored, tally.refused.get("not-public"), secret.all().len()), (1, Some(&1), 0));
}

#[test]
fn a_name_that_resolves_to_loopback_is_not_asked() {
    let server = Server::start(|_, _| Reply::html(article(1)));
    let folder = Folder::with(Config { allow_private: false, ..config() });
    let url = url::Url::parse(&format!("http://localhost:{}/x", server.port())).unwrap();
    let tally = folder.fetch(&[url]);
    assert_eq!((reason(&folder, &tally).as_str(), server.all().len()), ("not-public", 0));
    let urls = ["/x", "/y", "/z"]
        .map(|path| url::Url::parse(&format!("http://localhost:{}{path}", server.port())).unwrap());
    assert_eq!(folder.fetch(&urls).refused.get("host-left-alone"), Some(&2), "its name is looked up once");
    assert!(tally.remedies["not-public"].contains("--allow-private"));
}

/// Means the good address at first, and another ever after.
struct Rebinding(AtomicUsize);

impl Lookup for Rebinding {
    fn addresses(&self, _: &str) -> std::io::Result<Vec<IpAddr>> {
        Ok(vec![if self.0.fetch_add(1, Ordering::SeqCst) == 0 { HERE } else { ELSEWHERE }])
    }
}

#[test]
fn a_name_that_means_another_address_a_moment_later_gains_nothing() {
    let server = Server::start(|seen, _| match seen.path.as_str() {
        // Closes the connection, so that the page needs another one, and the name is looked up anew.
        "/robots.txt" => {
            Reply::Raw(b"HTTP/1.1 404 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec())
        }
        _ => Reply::html(article(1)),
    });
    let secret = Server::at(&format!("127.0.0.2:{}", server.port()), |_, _| Reply::html(article(1)));
    let lookup = Arc::new(Rebinding(AtomicUsize::new(0)));
    let folder = Folder::with(Config { lookup: lookup.clone(), ..guarded() });
    let url = url::Url::parse(&format!("http://rebinding.example:{}/x", server.port())).unwrap();
    let tally = folder.fetch(&[url]);
    assert_eq!(reason(&folder, &tally), "not-public");
    assert_eq!((server.all().len(), secret.all().len(), lookup.0.load(Ordering::SeqCst)), (1, 0, 2));
}

#[test]
fn no_cookie_goes_to_anyone() {
    let server = Server::start(|seen, _| match seen.path.as_str() {
        "/x" => Reply::to(302, "/y").with("Set-Cookie", "id=1; Path=/"),
        "/robots.txt" => Reply::status(404, "").with("Set-Cookie", "robots=1"),
        _ => Reply::html(article(1)),
    });
    let folder = Folder::new();
    assert_eq!(folder.fetch(&[server.url("/x")]).stored, 1);
    for seen in server.all() {
        assert!(!seen.headers.contains_key("cookie") && !seen.headers.contains_key("referer"), "{seen:?}");
    }
}

#[test]
fn names_of_files_never_come_from_the_page() {
    let server = Server::start(|seen, _| match seen.path.as_str() {
        "/robots.txt" => Reply::status(404, ""),
        _ => Reply::html(article(1)).with("Content-Disposition", "attachment; filename=\"../../evil.sh\""),
    });
    let folder = Folder::new();
    folder.fetch(&[server.url("/..%2f..%2fevil.sh"), server.url("/CON"), server.url("/%00.html")]);
    let files = folder.files();
    assert_eq!(files.len(), 1, "one text under three addresses is one file: {files:?}");
    let (stem, ending) = files[0].split_once('.').unwrap();
    assert!(stem.len() == 32 && stem.bytes().all(|b| b.is_ascii_hexdigit()) && ending == "html");
}

#[test]
fn a_certificate_that_nobody_signed_is_not_believed() {
    let server = tls::Server::start();
    let folder = Folder::new();
    let tally = folder.fetch(&[server.url()]);
    assert_eq!(reason(&folder, &tally), "certificate");
    assert_eq!(server.asked(), 0, "something was asked over a connection that is not safe");
}
