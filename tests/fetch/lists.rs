//! Feeds, listings, sitemaps, and posts on disk.

use crate::fixture::{Folder, Record, config};
use crate::server::{Reply, Seen, Server};
use crate::sites::{article, both, post};
use duizhao::fetch::Config;
use duizhao::pipeline::fetch::{Listing, Want, Wanted};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::sync::Arc;

/// Posts `/posts/nN` of the days of one month, the originals that they cite, no robots.txt.
fn site(seen: &Seen, base: &str) -> Reply {
    let number = |prefix: &str| seen.path.strip_prefix(prefix).and_then(|n| n.parse::<usize>().ok());
    if let Some(n) = number("/posts/n") {
        let other = if n % 3 == 0 { "/other" } else { "/news/security" };
        let host = if n % 3 == 0 { base.replace("127.0.0.1", "127.0.0.3") } else { base.to_owned() };
        let time = format!(
            "<div class=art_time><span>a</span><span>b</span><span>2031-02-{:02} 12:00:00</span></div>",
            28 - n % 28
        );
        return Reply::html(
            post(n, &format!("{host}{other}/{n}"))
                .replace("<div class=art", &format!("{time}<div class=art")),
        );
    }
    number("/news/security/").map_or_else(|| Reply::status(404, ""), |n| Reply::html(article(n)))
}

fn feed(count: usize, base: &str) -> String {
    let item = |n| {
        format!(
            "<item><title>n{n}</title><link>{base}/posts/n{n}</link><pubDate>{}</pubDate></item>",
            "Mon, 03 Feb 2031 04:05:06 +0800"
        )
    };
    let items: String = (0..count).map(item).collect();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>t</title>{items}</channel></rss>")
}

#[test]
fn a_feed_with_200_items_brings_200_posts_and_their_originals() {
    let server = Server::start(|seen, base| match seen.path.as_str() {
        "/feed" => Reply::typed("application/rss+xml", feed(200, base)),
        _ => site(seen, base),
    });
    let folder = Folder::with(Config { hosts: 4, ..config() });
    let wanted = Wanted { cites: vec!["127.0.0.1".to_owned()], since: None };
    let want = Want { feeds: vec![server.url("/feed")], wanted, ..Want::default() };
    let tally = folder.get(&want);
    let others = (0..200).filter(|n| n % 3 == 0).count() as u64;
    assert_eq!((tally.lists, tally.stored), (1, 2 * (200 - others)), "{tally:?}");
    assert_eq!(tally.refused.get("cites-others"), Some(&others));
    folder.assert_whole();
    // The feed alone is asked for again.
    let asked = server.seen().len();
    folder.get(&want);
    assert_eq!(server.seen().len(), asked + 1);
}

#[test]
fn a_feed_that_has_not_changed_still_brings_the_posts_that_failed_before() {
    let server = Server::start(|seen, base| match seen.path.as_str() {
        "/feed" if seen.headers.get("if-none-match").is_some_and(|tag| tag == "\"1\"") => {
            Reply::Whole(304, vec![], vec![])
        }
        "/feed" => Reply::typed("application/rss+xml", feed(3, base)).with("ETag", "\"1\""),
        "/posts/n1" if seen.before < 3 => Reply::status(500, ""),
        _ => site(seen, base),
    });
    let folder = Folder::new();
    let wanted = Wanted { cites: vec!["127.0.0.1".to_owned()], since: None };
    let want = Want { feeds: vec![server.url("/feed")], wanted, ..Want::default() };
    assert_eq!(folder.get(&want).refused.get("server-error"), Some(&1));
    let tally = folder.get(&want);
    assert_eq!((tally.stored, server.count("/feed"), server.count("/posts/n2")), (2, 2, 1), "{tally:?}");
}

#[test]
fn a_broken_feed_is_said_to_be_broken() {
    let server = Server::start(|seen, base| match seen.path.as_str() {
        "/feed" => Reply::typed("application/rss+xml", &feed(3, base)[..200]),
        "/html" => Reply::html("<title>A</title><p>no feed"),
        _ => site(seen, base),
    });
    for path in ["/feed", "/html"] {
        let folder = Folder::new();
        let tally = folder.get(&Want { feeds: vec![server.url(path)], ..Want::default() });
        assert_eq!((tally.refused.get("feed-broken"), tally.stored), (Some(&1), 0), "{path}: {tally:?}");
        assert!(folder.line().message.unwrap().contains("feed"));
    }
}

#[test]
fn posts_older_than_since_are_left_out_by_the_dates_of_the_feed() {
    let server = Server::start(|seen, base| match seen.path.as_str() {
        "/feed" => Reply::typed("application/rss+xml", feed(5, base)),
        _ => site(seen, base),
    });
    let folder = Folder::new();
    let wanted = Wanted { cites: vec![], since: "2031-02-04".parse().ok() };
    let tally = folder.get(&Want { feeds: vec![server.url("/feed")], wanted, ..Want::default() });
    assert_eq!((tally.lists, tally.stored, server.seen().len()), (1, 0, 1));
}

#[test]
fn an_index_of_sitemaps_leads_to_packed_sitemaps_and_these_to_posts() {
    let server = Server::start(|seen, base| match seen.path.as_str() {
        "/sitemap.xml" => Reply::typed(
            "application/xml",
            format!(
                "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>\
             <sitemap><loc>{base}/1.xml.gz</loc></sitemap><sitemap><loc>{base}/2.xml</loc></sitemap>\
             <sitemap><loc>{base}/old.xml</loc><lastmod>2029-01-01</lastmod></sitemap></sitemapindex>"
            ),
        ),
        "/1.xml.gz" => {
            let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
            write!(
                gz,
                "<urlset><url><loc>{base}/posts/n1</loc></url><url><loc>{base}/posts/n2</loc></url></urlset>"
            )
            .unwrap();
            Reply::typed("application/x-gzip", gz.finish().unwrap())
        }
        "/2.xml" => Reply::typed(
            "text/xml",
            format!(
                "<urlset><url><loc>{base}/posts/n4</loc><lastmod>2031-02-05</lastmod></url>\
             <url><loc>{base}/posts/n5</loc><lastmod>2030-01-01</lastmod></url></urlset>"
            ),
        ),
        _ => site(seen, base),
    });
    let folder = Folder::new();
    let wanted = Wanted { cites: vec![], since: "2031-01-01".parse().ok() };
    let tally = folder.get(&Want { sitemaps: vec![server.url("/sitemap.xml")], wanted, ..Want::default() });
    assert_eq!((tally.lists, tally.stored, tally.refused.len()), (3, 6, 0), "{tally:?}");
    assert_eq!((server.count("/old.xml"), server.count("/posts/n5")), (0, 0));
}

/// A listing with two posts a page.
fn listing(seen: &Seen, base: &str) -> Reply {
    let number = seen.path.rsplit_once("page=").and_then(|(_, n)| n.parse::<usize>().ok()).unwrap_or(1);
    if !seen.path.starts_with("/category/") {
        return site(seen, base);
    }
    let posts = [2 * number - 1, 2 * number]
        .map(|n| format!("<div class=new_con><a href='/posts/n{n}'>{n}</a></div>"));
    Reply::html(format!(
        "<title>新闻</title><div id=post-data>{}</div><a href='/posts/n99'>热</a>",
        posts.concat()
    ))
}

#[test]
fn a_listing_is_read_page_by_page_as_far_as_was_asked() {
    let server = Server::start(listing);
    let folder = Folder::new();
    let listings = vec![Listing { url: server.url("/category/news"), pages: 3 }];
    let wanted = Wanted { cites: vec!["127.0.0.1".to_owned()], since: None };
    let tally = folder.get(&Want { listings, wanted, ..Want::default() });
    assert_eq!((tally.lists, tally.stored, tally.refused.get("cites-others")), (3, 8, Some(&2)), "{tally:?}");
    assert_eq!((server.count("/posts/n6"), server.count("/posts/n7"), server.count("/posts/n99")), (1, 0, 0));
}

#[test]
fn what_one_wish_left_out_another_brings_and_the_same_wish_does_not_ask_again() {
    let server = Server::start(listing);
    let folder = Folder::new();
    let want = |cites: &[&str]| {
        let listings = vec![Listing { url: server.url("/category/news"), pages: 2 }];
        let wanted = Wanted { cites: cites.iter().map(|c| (*c).to_owned()).collect(), since: None };
        Want { listings, wanted, ..Want::default() }
    };
    for _ in 0..2 {
        let tally = folder.get(&want(&["127.0.0.1"]));
        assert_eq!(
            (tally.refused.get("cites-others"), server.count("/posts/n3")),
            (Some(&1), 1),
            "{tally:?}"
        );
    }
    let tally = folder.get(&want(&["127.0.0.1", "127.0.0.3"]));
    assert_eq!((tally.refused.get("cites-others"), server.count("/posts/n3")), (None, 2), "{tally:?}");
}

#[test]
fn a_listing_is_left_where_its_posts_become_too_old() {
    let server = Server::start(listing);
    let folder = Folder::with(Config { hosts: 1, ..config() });
    let listings = vec![Listing { url: server.url("/category/news"), pages: 9 }];
    // Post n is of the (28 − n)th.
    let wanted = Wanted { cites: vec![], since: "2031-02-25".parse().ok() };
    let tally = folder.get(&Want { listings, wanted, ..Want::default() });
    assert_eq!(tally.refused.get("too-old"), Some(&3), "{tally:?}");
    assert_eq!((tally.lists, server.count("/posts/n7")), (3, 0));
}

#[test]
fn posts_on_disk_bring_the_originals_that_are_missing() {
    let server = Server::start(both);
    let folder = Folder::new();
    let posts = folder.beside("posts");
    fs::create_dir(&posts).unwrap();
    for stem in ["7Rwn", "9nLa", "xT7y"] {
        let (_, page) = crate::sites::page("zh", stem, &server.base()).unwrap();
        fs::write(posts.join(format!("{stem}.md")), page).unwrap();
    }
    // This original was saved by hand, under its slug.
    let slug = "malicious-packages-on-cratehaven-registry-steal-cloud-keys";
    fs::write(posts.join(format!("{slug}.md")), crate::sites::page("en", slug, &server.base()).unwrap().1)
        .unwrap();
    let wanted = Wanted { cites: vec!["127.0.0.1".to_owned()], since: None };
    let want = Want { follow: vec![posts.clone()], wanted: wanted.clone(), ..Want::default() };
    let record = Arc::new(Record::default());
    let tally = folder.try_get(&want, None, record).unwrap();
    assert_eq!((tally.stored, tally.refused.len()), (2, 0), "{tally:?}");
    for file in fs::read_dir(&posts).unwrap() {
        let file = file.unwrap().path();
        fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
    }
    let (summary, pairs) = folder.run(&folder.path());
    assert_eq!(summary.pairs.values().sum::<u64>(), 3, "{pairs:?}");
    let again = Want { follow: vec![folder.path()], wanted, ..Want::default() };
    let before = server.seen().len();
    folder.get(&again);
    assert_eq!(server.seen().len(), before);
}
