//! URLs made comparable: a citation seldom spells the address the way the cited page does.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, percent_encode};
use url::{Host, Url, form_urlencoded};

/// What stays percent-encoded in a canonical URL, so that making it canonical again changes nothing.
const ENCODED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'/').add(b'<').add(b'>').add(b'?').add(b'\\');

/// What may surround a URL in running text and never begins or ends one.
const SURROUNDINGS: &[char] = &[
    '<', '>', '"', '“', '”', '‘', '’', '（', '）', '《', '》', '「', '」', '【', '】', '，', '。', '；',
    '：', '、', '！', '？',
];

/// Sites whose articles are told apart by their paths alone, whatever stands in the query.
const BY_PATH: [&str; 2] = ["4hou.com", "bleepingcomputer.com"];

/// Where articles of WeChat stand: at one path, told apart by account, message and place in the message.
const WECHAT: (&str, [&str; 3]) = ("mp.weixin.qq.com", ["__biz", "mid", "idx"]);

/// Keys of a query that say where a reader comes from, or how a page is shown, as ad networks, newsletters, Google, Facebook,
/// Alibaba and Blogger write them; those that begin with `utm` come on top.
const TRACKING: &[&str] = &[
    "_ga", "_gl", "_hsenc", "_hsmi", "amp", "cmpid", "dclid", "fbclid", "from", "gbraid", "gclid", "igshid",
    "m", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "ncid", "ocid", "ref", "ref_src", "referrer", "scm",
    "share", "source", "spm", "src", "wbraid", "yclid",
];

/// The canonical form of a web address, for comparing only: host and path in lower case, as in
/// `bleepingcomputer.com/news/security/some-slug`, and what of the query tells pages apart, its keys in order.
///
/// Dropped: scheme, user, default port, `www.`, empty path segments (thereby the trailing slash), fragment, keys of the
/// query that only track (of 4hou.com and BleepingComputer the whole query), the `index.php/` that 4hou.com writes into some
/// of its addresses, and the prefix of the Internet Archive. Percent-encoding is made uniform. A Markdown escape (`\_`),
/// which cannot occur in a URL, is undone.
///
/// `None` for what is no web address: another scheme, or no host with a dot in it.
pub fn canonical(url: &str) -> Option<String> {
    let text = unescape(url);
    let text = text.trim_matches(|c: char| c.is_whitespace() || SURROUNDINGS.contains(&c));
    let text = without_archive(text);
    let parsed = parse(text).filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = match parsed.host()? {
        Host::Domain(name) => domain(name)?,
        address => address.to_string(),
    };
    let mut canonical = match parsed.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.clone(),
    };
    let is_4hou = host == "4hou.com";
    let segments = parsed.path_segments().into_iter().flatten().filter(|segment| !segment.is_empty());
    for (i, segment) in segments.map(fold_segment).enumerate() {
        if !(is_4hou && i == 0 && segment == "index.php") {
            canonical.push('/');
            canonical.push_str(&segment);
        }
    }
    if let Some(query) = telling(&host, &parsed) {
        canonical.push('?');
        canonical.push_str(&query);
    }
    Some(canonical)
}

/// What of an address's query tells its pages apart.
fn telling(host: &str, url: &Url) -> Option<String> {
    let tells = |key: &str| match host {
        host if BY_PATH.contains(&host) => false,
        host if host == WECHAT.0 => WECHAT.1.contains(&key),
        _ => {
            !key.to_ascii_lowercase().starts_with("utm")
                && !TRACKING.contains(&key.to_ascii_lowercase().as_str())
        }
    };
    let mut pairs: Vec<_> = url.query_pairs().filter(|(key, _)| tells(key)).collect();
    pairs.sort();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    (!query.is_empty()).then_some(query)
}

/// A canonical address without its query, and the query, which may be empty.
pub fn cut(canonical: &str) -> (&str, &str) {
    canonical.split_once('?').unwrap_or((canonical, ""))
}

/// The last path segment of a URL, without `.html` or `.htm`, decoded and in lower case; `None` if the URL has
/// no path. It is the name by which a saved page is usually filed.
pub fn slug(url: &str) -> Option<String> {
    let canonical = canonical(url)?;
    let (_, last) = cut(&canonical).0.rsplit_once('/')?;
    let slug = fold_slug(last);
    let stem = [".html", ".htm"].iter().find_map(|end| slug.strip_suffix(end)).unwrap_or(&slug);
    (!stem.is_empty()).then(|| stem.to_owned())
}

/// A file's stem made comparable with [`slug`]: percent-decoded, in lower case.
pub fn fold_slug(stem: &str) -> String {
    percent_decode_str(stem).decode_utf8_lossy().to_lowercase()
}

/// Parses an address that may lack its scheme.
fn parse(text: &str) -> Option<Url> {
    if text.split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme)) {
        return Url::parse(text).ok();
    }
    let bare = text.trim_start_matches('/');
    let is_mail = bare.split(['/', '?', '#']).next().is_some_and(|authority| authority.contains('@'));
    if is_mail { None } else { Url::parse(&format!("https://{bare}")).ok() }
}

fn is_scheme(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// A domain without `www.` and the root's dot; `None` if no dot remains, or if it is no domain for all that a
/// browser would try it (`."`).
fn domain(name: &str) -> Option<String> {
    let mut name = name.trim_end_matches('.');
    let is_label =
        |l: &str| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if !name.split('.').all(is_label) {
        return None;
    }
    while let Some(rest) = name.strip_prefix("www.").filter(|rest| rest.contains('.')) {
        name = rest;
    }
    name.contains('.').then(|| name.to_owned())
}

/// Undoes Markdown's backslash escapes.
fn unescape(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    let mut chars = url.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' || !chars.peek().is_some_and(char::is_ascii_punctuation) {
            out.push(c);
        }
    }
    out
}

/// The address that an Internet Archive address keeps a copy of
/// (`https://web.archive.org/web/20250101000000/https://example.com/`).
fn without_archive(url: &str) -> &str {
    let mut url = url;
    while let Some((_, rest)) = url.split_once("web.archive.org/web/")
        && let Some((_, inner)) = rest.split_once('/')
        && (inner.starts_with("http://") || inner.starts_with("https://"))
    {
        url = inner;
    }
    url
}

/// One path segment in lower case with uniform percent-encoding.
fn fold_segment(segment: &str) -> String {
    let bytes: Vec<u8> = percent_decode_str(segment).collect();
    let folded = match String::from_utf8(bytes) {
        Ok(text) => text.to_lowercase().into_bytes(),
        Err(error) => error.into_bytes().to_ascii_lowercase(),
    };
    percent_encode(&folded, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_address_are_equal() {
        let plain = "example.com/news/some-slug";
        for (url, expected) in [
            ("https://example.com/news/some-slug", plain),
            ("http://www.example.com/news/some-slug/", plain),
            ("HTTPS://WWW.Example.COM/News/Some-Slug//", plain),
            ("//example.com/news/some-slug", plain),
            ("www.example.com/news/some-slug", plain),
            ("https://example.com./news/./x/../some-slug", plain),
            ("https://user@example.com:443/news//some-slug?utm_source=feed#comments", plain),
            ("https://example.com/news/some%2Dslug", plain),
            (" <https://example.com/news/some-slug> ", plain),
            ("“https://example.com/news/some-slug/”。", plain),
            ("https://web.archive.org/web/20250102030405id_/https://example.com/news/some-slug", plain),
            (r"https://example.com/a\_b\-c", "example.com/a_b-c"),
            ("https://www.4hou.com/index.php/posts/Ab3D", "4hou.com/posts/ab3d"),
            ("https://www.4hou.com/posts/Ab3D", "4hou.com/posts/ab3d"),
            ("https://example.com/index.php/x", "example.com/index.php/x"),
            ("https://example.com:8080/x", "example.com:8080/x"),
            ("example.com:8080/x", "example.com:8080/x"),
            ("https://example.com", "example.com"),
            ("https://例子.测试/漏洞", "xn--fsqu00a.xn--0zwm56d/%E6%BC%8F%E6%B4%9E"),
            ("https://example.com/%e6%bc%8f%E6%B4%9E", "example.com/%E6%BC%8F%E6%B4%9E"),
            ("https://example.com/a%2fb%ff", "example.com/a%2Fb%FF"),
            ("https://example.com/100%25", "example.com/100%25"),
            ("http://127.0.0.1:3000/x", "127.0.0.1:3000/x"),
            ("https://example.com/story.php?id=2&utm_source=x", "example.com/story.php?id=2"),
            ("https://example.com/?p=7&FBCLID=a&b=%E6%BC%8F", "example.com?b=%E6%BC%8F&p=7"),
            ("https://example.com/?漏", "example.com?%E6%BC%8F="),
            ("https://www.bleepingcomputer.com/news/x/?page=2", "bleepingcomputer.com/news/x"),
            (
                "https://mp.weixin.qq.com/s?__biz=MzA=&mid=22&idx=1&sn=0a&chksm=b&scene=21#wechat_redirect",
                "mp.weixin.qq.com/s?__biz=MzA%3D&idx=1&mid=22",
            ),
        ] {
            assert_eq!(canonical(url).as_deref(), Some(expected), "{url}");
        }
    }

    #[test]
    fn what_is_no_web_address_has_no_canonical_form() {
        for junk in [
            "",
            " ",
            "/",
            "://",
            "https://",
            "nothing",
            "mailto:a@example.com",
            ".\"?",
            "https://a..com/",
            "ftp://example.com/x",
            "见下文",
        ] {
            assert_eq!(canonical(junk), None, "{junk}");
        }
    }

    #[test]
    fn a_slug_is_the_last_segment_without_its_extension() {
        for (url, expected) in [
            ("https://example.com/news/Some-Slug/", Some("some-slug")),
            ("https://example.com/2024/01/some-slug.html?m=1", Some("some-slug")),
            ("https://example.com/some-slug.HTM", Some("some-slug")),
            ("https://example.com/v1.2-is-out", Some("v1.2-is-out")),
            ("https://example.com/%E6%BC%8F%E6%B4%9E", Some("漏洞")),
            ("https://example.com/", None),
            ("https://example.com/.html", None),
            ("junk", None),
        ] {
            assert_eq!(slug(url).as_deref(), expected, "{url}");
        }
        assert_eq!(fold_slug("Some%2DSlug"), "some-slug");
    }

    proptest! {
        #[test]
        fn junk_never_panics_and_canonical_forms_stay(text in any::<String>()) {
            if let Some(once) = canonical(&text) {
                prop_assert_eq!(canonical(&once), Some(once));
            }
            slug(&text);
        }

        #[test]
        fn canonical_forms_of_addresses_stay(path in "[ -~é漏ΣİK]{0,24}", host in "(www\\.){0,2}[a-z4]{1,6}\\.com\\.?") {
            let once = canonical(&format!("https://{host}/{path}"));
            prop_assert!(once.is_some());
            prop_assert_eq!(once.as_deref().and_then(canonical), once);
        }
    }
}
