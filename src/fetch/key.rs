//! Whether two addresses mean one page: what is fetched is fetched once.

use url::Url;

/// Parameters that say where a reader came from, not what the page is.
const TRACKING: [&str; 7] = ["fbclid", "gclid", "mc_cid", "mc_eid", "ref", "spm", "share_token"];

/// A key that is equal for addresses of one page: without scheme, `www.`, fragment, trailing slash and tracking
/// parameters. Upper and lower case differ in paths: the ids of 4hou.com's posts are told apart by them.
pub(super) fn of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host).trim_end_matches('.');
    let mut key = host.to_owned();
    if let Some(port) = url.port() {
        key += &format!(":{port}");
    }
    key += url.path().trim_end_matches('/');
    let kept: Vec<String> = url
        .query_pairs()
        .filter(|(name, _)| !name.starts_with("utm_") && !TRACKING.contains(&name.as_ref()))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if !kept.is_empty() {
        key += &format!("?{}", kept.join("&"));
    }
    key
}

/// The key of an address that may be none.
pub(super) fn of_text(url: &str) -> Option<String> {
    Url::parse(url).ok().map(|url| of(&url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_page_have_one_key() {
        let key = |url| of_text(url).unwrap();
        for same in
            ["http://a.example/x", "https://www.A.example/x/", "https://a.example:443/x?utm_source=y#z"]
        {
            assert_eq!(key(same), "a.example/x", "{same}");
        }
        assert_ne!(key("https://a.example/posts/aB"), key("https://a.example/posts/ab"));
        assert_ne!(key("https://a.example/?p=1"), key("https://a.example/?p=2"));
        assert_ne!(key("https://a.example:8080/"), key("https://a.example/"));
        assert_eq!(of_text("x"), None);
    }
}
