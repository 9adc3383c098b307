//! RSS and Atom feeds.

use super::Entry;
use super::failure::Refusal;
use url::Url;

/// What a feed at `base` names, in its order.
///
/// # Errors
/// If it is no feed: `feed-broken`.
pub fn entries(feed: &[u8], base: &Url) -> Result<Vec<Entry>, Refusal> {
    let parser = feed_rs::parser::Builder::new().base_uri(Some(base.as_str())).build();
    let feed = parser.parse(feed).map_err(|e| {
        let message = format!("the feed cannot be read: {e}");
        Refusal::new(
            "feed-broken",
            message,
            "check the address; `--list` and single addresses do without a feed",
        )
    })?;
    let entry = |entry: feed_rs::model::Entry| {
        let alternate = entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|rel| rel == "alternate"));
        let link = alternate.or(entry.links.first()).map(|link| link.href.clone()).unwrap_or(entry.id);
        let date = entry.published.or(entry.updated).map(|date| date.format("%Y-%m-%d").to_string());
        Some(Entry { url: base.join(link.trim()).ok()?, date })
    };
    Ok(feed.entries.into_iter().filter_map(entry).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(feed: &str) -> Result<Vec<(String, Option<String>)>, &'static str> {
        let base = Url::parse("https://a.example/feed").unwrap();
        let entries = entries(feed.as_bytes(), &base).map_err(|refusal| refusal.reason)?;
        Ok(entries.into_iter().map(|entry| (entry.url.to_string(), entry.date)).collect())
    }

    #[test]
    fn rss_and_atom_name_their_pages_and_dates() {
        let rss = "<?xml version='1.0'?><rss version='2.0'><channel><title>t</title><item><title>x</title>\
            <link>https://a.example/posts/Ab</link><pubDate>Mon, 03 Feb 2031 04:05:06 +0800</pubDate></item>\
            <item><link>/posts/cD</link></item></channel></rss>";
        let date = |text: &str| Some(text.to_owned());
        let (first, second) =
            ("https://a.example/posts/Ab".to_owned(), "https://a.example/posts/cD".to_owned());
        assert_eq!(read(rss), Ok(vec![(first.clone(), date("2031-02-02")), (second, None)]));
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><id>i</id><title>t</title><updated>2031-02-03T00:00:00Z</updated>\
            <entry><id>urn:x</id><title>x</title><updated>2031-02-03T00:00:00Z</updated>\
            <link rel='self' href='/api/1'/><link rel='alternate' href='posts/Ab'/></entry></feed>";
        assert_eq!(read(atom), Ok(vec![(first, date("2031-02-03"))]));
    }

    #[test]
    fn what_is_no_feed_is_said_to_be_broken() {
        for broken in ["", "<rss><channel><item>", "<html><p>x</html>", "junk"] {
            assert!(read(broken).is_err() || read(broken) == Ok(vec![]), "{broken}: {:?}", read(broken));
        }
        assert_eq!(read("junk"), Err("feed-broken"));
    }

    proptest! {
        #[test]
        fn junk_never_panics(feed in "(<rss version='2.0'>|<channel>|<item>|<link>|</link>|</item>|<feed xmlns='http://www.w3.org/2005/Atom'>|<entry>|http://a/|&#0;|\\PC){0,30}") {
            let _ = read(&feed);
        }
    }
}
