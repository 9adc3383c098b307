//! Pages that list posts: a site's categories.

use super::Entry;
use scraper::{Html, Selector};
use url::Url;

/// Where 4hou.com's listings have their links (as public scrapers read them), then what any listing has.
const LINKS: [&str; 4] = ["#post-data div.new_con a[href]", "#post-data a[href]", "main a[href]", "a[href]"];

/// The `number`th page of the listing that starts at `base`.
pub fn page(base: &Url, number: u32) -> Url {
    let mut url = base.clone();
    if number > 1 {
        let kept: Vec<(String, String)> = base
            .query_pairs()
            .filter(|(name, _)| name != "page")
            .map(|(n, v)| (n.into(), v.into()))
            .collect();
        url.query_pairs_mut().clear().extend_pairs(kept).append_pair("page", &number.to_string());
    }
    url
}

/// The posts that a listing at `base` names, in its order, each once.
///
/// A post's address has a `posts`, `post`, `news` or `article` before its last part and is on the listing's host. The
/// first of the places in which listings keep their links that names any holds, so that what surrounds the list (the most
/// read, the newest) is left out.
pub fn entries(html: &str, base: &Url) -> Vec<Entry> {
    let document = Html::parse_document(html);
    let found = |place: &str| {
        let Ok(selector) = Selector::parse(place) else { return Vec::new() };
        let mut entries: Vec<Entry> = Vec::new();
        for link in document.select(&selector).filter_map(|a| a.value().attr("href")) {
            let Ok(mut url) = base.join(link.trim()) else { continue };
            url.set_fragment(None);
            if is_post(&url, base) && entries.iter().all(|entry| entry.url != url) {
                entries.push(Entry { url, date: None });
            }
        }
        entries
    };
    LINKS.iter().map(|place| found(place)).find(|entries| !entries.is_empty()).unwrap_or_default()
}

fn is_post(url: &Url, base: &Url) -> bool {
    let parts: Vec<&str> =
        url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let marked = parts.split_last().is_some_and(|(_, before)| {
        before.iter().any(|part| matches!(*part, "posts" | "post" | "news" | "article" | "articles"))
    });
    let same_host =
        url.host_str() == base.host_str() && url.port_or_known_default() == base.port_or_known_default();
    marked && same_host && url.path() != base.path()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Url {
        Url::parse("https://www.4hou.com/category/news").unwrap()
    }

    #[test]
    fn pages_are_numbered_from_the_second_on() {
        assert_eq!(page(&base(), 1), base());
        assert_eq!(page(&base(), 3).as_str(), "https://www.4hou.com/category/news?page=3");
        let asked = Url::parse("https://a.example/list?q=x&page=9").unwrap();
        assert_eq!(page(&asked, 2).as_str(), "https://a.example/list?q=x&page=2");
    }

    #[test]
    fn a_listing_names_its_posts_once_and_nothing_around_it() {
        let html = r##"<div id="post-data"><div class="main-box"><div class="new_con"><a href="/posts/aB3d">一</a></div></div>
            <div class="main-box"><div class="new_con"><a href="https://www.4hou.com/posts/Xy9Z#c">二</a>
            <a href="/posts/aB3d">一</a><a href="/category/typ">类</a><a href="https://b.example/posts/x">b</a></div></div></div>
            <aside><a href="/posts/Old1">热</a></aside>"##;
        let found: Vec<String> = entries(html, &base()).into_iter().map(|e| e.url.to_string()).collect();
        assert_eq!(found, ["https://www.4hou.com/posts/aB3d", "https://www.4hou.com/posts/Xy9Z"]);
        let other = r#"<body><a href="/about">x</a><a href="/news/security/some-slug/">y</a></body>"#;
        assert_eq!(entries(other, &base()).len(), 1);
        assert_eq!(entries("<p>x", &base()), []);
    }
}
