//! How a guest behaves: robots.txt, pace, one connection, no needless request.

use crate::fixture::{Folder, config, reason};
use crate::server::{Reply, Server};
use crate::sites::{article, both};
use duizhao::fetch::Config;
use std::time::Duration;

/// A site whose robots.txt is this; every page is an article.
fn with_robots(robots: impl Fn() -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |seen, _| match seen.path.as_str() {
        "/robots.txt" => robots(),
        path => Reply::html(article(path.len())),
    })
}

#[test]
fn robots_txt_that_forbids_is_obeyed_and_asked_for_once() {
    let server =
        with_robots(|| Reply::typed("text/plain", "User-agent: *\nDisallow: /private\nDisallow: /*.php$"));
    let folder = Folder::new();
    let urls = ["/private/x", "/public", "/a.php", "/a.phpx"].map(|path| server.url(path));
    let tally = folder.fetch(&urls);
    assert_eq!((tally.stored, tally.refused.get("robots-forbid")), (2, Some(&2)), "{tally:?}");
    let seen: Vec<String> = server.all().into_iter().map(|seen| seen.path).collect();
    assert_eq!(seen, ["/robots.txt", "/public", "/a.phpx"]);
}

#[test]
fn a_group_of_our_own_holds_in_place_of_the_one_for_all() {
    let server = with_robots(|| {
        Reply::typed("text/plain", "User-agent: *\nAllow: /\n\nUser-agent: duizhao\nDisallow: /")
    });
    let folder = Folder::new();
    assert_eq!(reason(&folder, &folder.fetch(&[server.url("/x")])), "robots-forbid");
}

#[test]
fn robots_txt_that_times_out_forbids_everything() {
    let server = with_robots(|| Reply::Drip(Vec::new(), Vec::new(), Duration::from_millis(50)));
    let folder = Folder::with(Config { attempts: 2, ..config() });
    assert_eq!(reason(&folder, &folder.fetch(&[server.url("/x"), server.url("/y")])), "robots-unreachable");
    assert_eq!((server.seen().len(), server.count("/robots.txt")), (0, 2));
}

#[test]
fn robots_txt_that_fails_forbids_and_one_that_is_missing_or_refused_allows() {
    for (status, stored) in [(503, 0), (404, 1), (403, 1)] {
        let server = with_robots(move || Reply::status(status, ""));
        assert_eq!(Folder::new().fetch(&[server.url("/x")]).stored, stored, "{status}");
    }
}

#[test]
fn robots_txt_of_500_kib_is_read_to_there() {
    let mut text = "User-agent: *\nDisallow: /first\n".to_owned();
    while text.len() < 499 << 10 {
        text += &format!("Disallow: /filler/{}\n", text.len());
    }
    text += "Disallow: /last\n";
    text += &"# beyond\n".repeat(2000);
    text += "Disallow: /beyond\n";
    let server = with_robots(move || Reply::typed("text/plain", text.clone()));
    let folder = Folder::new();
    let tally = folder.fetch(&["/first", "/last", "/beyond", "/free"].map(|path| server.url(path)));
    assert_eq!((tally.stored, tally.refused.get("robots-forbid")), (2, Some(&2)), "{tally:?}");
}

#[test]
fn robots_txt_behind_a_redirect_holds() {
    let server = Server::start(|seen, _| match seen.path.as_str() {
        "/robots.txt" => Reply::to(301, "/robots"),
        "/robots" => Reply::typed("text/plain", "User-agent: *\nDisallow: /x"),
        _ => Reply::html(article(1)),
    });
    let folder = Folder::new();
    assert_eq!(reason(&folder, &folder.fetch(&[server.url("/x")])), "robots-forbid");
}

#[test]
fn requests_to_a_host_keep_their_distance_as_the_server_sees_it() {
    let server = with_robots(|| Reply::status(404, ""));
    let pace = Duration::from_millis(150);
    let folder = Folder::with(Config { pace, ..config() });
    folder.fetch(&[1, 2, 3, 4].map(|n| server.url(&format!("/{}", "x".repeat(n)))));
    let all = server.all();
    assert_eq!(all.len(), 5);
    for pair in all.windows(2) {
        assert!(pair[1].at - pair[0].at >= pace, "{:?}", pair[1].at - pair[0].at);
    }
}

#[test]
fn a_crawl_delay_is_kept_where_it_is_longer() {
    let server = with_robots(|| Reply::typed("text/plain", "User-agent: *\nCrawl-delay: 0.3"));
    let folder = Folder::new();
    folder.fetch(&[server.url("/a"), server.url("/ab")]);
    let all = server.all();
    assert_eq!(all.len(), 3);
    for pair in all.windows(2) {
        assert!(pair[1].at - pair[0].at >= Duration::from_millis(300));
    }
}

#[test]
fn a_crawl_delay_beyond_all_patience_leaves_the_host_alone() {
    let server = with_robots(|| Reply::typed("text/plain", "User-agent: *\nCrawl-delay: 86400"));
    let folder = Folder::new();
    let tally = folder.fetch(&[server.url("/x")]);
    assert_eq!((tally.refused.get("host-left-alone"), server.seen().len()), (Some(&1), 0));
}

#[test]
fn a_host_is_asked_over_one_connection_and_many_hosts_side_by_side() {
    let servers: Vec<Server> = (0..4)
        .map(|_| {
            Server::start(|seen, _| {
                std::thread::sleep(Duration::from_millis(20));
                if seen.path == "/robots.txt" {
                    Reply::status(404, "")
                } else {
                    Reply::html(article(seen.path.len()))
                }
            })
        })
        .collect();
    let urls: Vec<_> =
        (1..6).flat_map(|n| servers.iter().map(move |s| s.url(&format!("/{}", "x".repeat(n))))).collect();
    // A moment, in which the connection goes back to where the next request looks for one.
    let folder = Folder::with(Config { pace: Duration::from_millis(20), ..config() });
    assert_eq!(folder.fetch(&urls).stored, 20);
    for server in &servers {
        assert_eq!((server.most_open(), server.seen().len()), (1, 5));
    }
    // The last request of each came after the first of every other.
    let first = servers.iter().map(|s| s.all()[0].at).max().unwrap();
    let last = servers.iter().map(|s| s.all().last().unwrap().at).min().unwrap();
    assert!(first < last, "one host waited for another");
}

#[test]
fn the_user_agent_names_the_tool_and_a_contact() {
    let server = with_robots(|| Reply::status(404, ""));
    let folder = Folder::with(Config { contact: Some("mailto:a@b.example".to_owned()), ..config() });
    folder.fetch(&[server.url("/x")]);
    let expected = format!("duizhao/{} (+mailto:a@b.example)", env!("CARGO_PKG_VERSION"));
    for seen in server.all() {
        assert_eq!(seen.headers["user-agent"], expected);
    }
}

#[test]
fn a_page_that_has_not_changed_is_not_sent_again() {
    let server = Server::start(|seen, _| match seen.headers.get("if-none-match").map(String::as_str) {
        _ if seen.path == "/robots.txt" => Reply::status(404, ""),
        Some("\"v1\"") => Reply::Whole(304, vec![], vec![]),
        _ => Reply::html(article(1))
            .with("ETag", "\"v1\"")
            .with("Last-Modified", "Mon, 03 Feb 2031 04:05:06 GMT"),
    });
    let folder = Folder::with(Config { refetch: true, ..config() });
    assert_eq!(folder.fetch(&[server.url("/x")]).stored, 1);
    let before = folder.files();
    let tally = folder.fetch(&[server.url("/x")]);
    assert_eq!((tally.stored, tally.known, folder.files()), (0, 1, before));
    let seen = server.seen();
    assert_eq!(seen[1].headers["if-modified-since"], "Mon, 03 Feb 2031 04:05:06 GMT");
    assert_eq!(folder.lines().len(), 2);
    folder.assert_whole();
}

#[test]
fn a_page_that_has_changed_takes_the_place_of_the_old_one() {
    let server = Server::start(|seen, _| match seen.path.as_str() {
        "/robots.txt" => Reply::status(404, ""),
        _ => Reply::html(article(seen.before)),
    });
    let folder = Folder::with(Config { refetch: true, ..config() });
    folder.fetch(&[server.url("/x")]);
    folder.fetch(&[server.url("/x")]);
    assert_eq!(folder.files().len(), 1);
    assert_eq!(folder.body(folder.lines().last().unwrap()), article(1).as_bytes());
}

#[test]
fn a_page_that_is_refused_when_asked_again_stays() {
    let server = Server::start(|seen, _| match seen.path.as_str() {
        "/robots.txt" => Reply::status(404, ""),
        _ if seen.before == 0 => Reply::html(article(1)),
        _ => Reply::status(404, ""),
    });
    let folder = Folder::with(Config { refetch: true, ..config() });
    folder.fetch(&[server.url("/x")]);
    let tally = folder.fetch(&[server.url("/x")]);
    assert_eq!((tally.refused.get("not-found"), folder.files().len()), (Some(&1), 1));
    folder.assert_whole();
}

#[test]
fn addresses_of_one_page_are_asked_for_once() {
    let server = Server::start(both);
    let folder = Folder::new();
    let spellings = ["/posts/7Rwn", "/posts/7Rwn/", "/posts/7Rwn?utm_source=x", "/posts/7Rwn#c"];
    folder.fetch(&spellings.map(|path| server.url(path)));
    assert_eq!(server.seen().len(), 2);
}
