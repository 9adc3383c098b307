//! Signs that an answer is not the page that was asked for: checks for robots, walls of consent, pages that say 200 and
//! mean 404. The article's own reader sees more (`extract`); here is what status, headers and title show.

use super::answer::{Answer, Exchange};
use super::failure::{CHALLENGE, FORBIDDEN, Refusal, SAVE_BY_BROWSER, TRY_LATER};
use regex::bytes::Regex as BytesRegex;
use std::sync::LazyLock;
use url::Url;

/// How titles of pages begin that want to see a person first.
const CHALLENGES: [&str; 16] = [
    "just a moment",
    "attention required",
    "checking your browser",
    "verify you are human",
    "verifying you are human",
    "are you a robot",
    "security check",
    "access denied",
    "access to this page has been denied",
    "ddos-guard",
    "captcha",
    "please wait...",
    "人机验证",
    "安全验证",
    "访问验证",
    "滑动验证",
];

/// What stands in the body of such pages, in lower case; asked only where the status already refuses.
const CHALLENGE_MARKS: [&str; 8] = [
    "cf-chl",
    "cf_chl",
    "challenge-platform",
    "cf-browser-verification",
    "g-recaptcha",
    "h-captcha",
    "_incapsula_",
    "captcha-delivery.com",
];

/// How titles of pages begin that first ask for consent.
const CONSENTS: [&str; 8] = [
    "before you continue",
    "we value your privacy",
    "your privacy choices",
    "cookie consent",
    "consent",
    "privacy settings",
    "cookies on ",
    "隐私设置",
];

/// How hosts begin that ask for consent in another's place.
const CONSENT_HOSTS: [&str; 2] = ["consent.", "guce."];

/// How titles of pages begin that are not there.
const MISSING: [&str; 21] = [
    "404 not",
    "404 error",
    "404 page",
    "404 -",
    "404 –",
    "404 |",
    "404:",
    "error 404",
    "page not found",
    "not found",
    "page cannot be found",
    "page can't be found",
    "page doesn't exist",
    "page does not exist",
    "oops",
    "404页",
    "页面不存在",
    "页面未找到",
    "找不到页面",
    "您访问的页面",
    "文章不存在",
];

/// A page with more letters outside of markup is more than a check or a wall.
const SLIGHT: usize = 1500;

/// The longest title that is taken for such a page's: an article may speak of captchas.
const LONGEST_TITLE: usize = 60;

/// How much of a body is looked at.
const HEAD: usize = 65_536;

static TITLE: LazyLock<Option<BytesRegex>> =
    LazyLock::new(|| BytesRegex::new(r"(?is-u)<title[^>]*>(.{0,400}?)</title").ok());

static MARKUP: LazyLock<Option<BytesRegex>> = LazyLock::new(|| {
    BytesRegex::new(r"(?is-u)<script\b.*?</script|<style\b.*?</style|<!--.*?-->|<[^>]*>").ok()
});

/// Why an answer with this status is no page, if it is none; `body` is unpacked.
pub(super) fn of_status(exchange: &Exchange, body: &[u8]) -> Option<Refusal> {
    let status = exchange.status;
    if exchange.header("cf-mitigated") == Some("challenge") {
        return Some(challenge(format!("the site answers {status} with a check for robots")));
    }
    match status {
        200 | 203 => None,
        401 | 403 | 429 | 503 if is_challenge(body) => {
            Some(challenge(format!("the site answers {status} with a check for robots")))
        }
        401 | 403 | 451 => {
            let message = format!("the site refuses to show the page ({status})");
            Some(Refusal::new(FORBIDDEN, message, SAVE_BY_BROWSER))
        }
        404 | 410 => {
            let message = format!("there is no such page ({status})");
            Some(Refusal::new("not-found", message, "look for the article under another address"))
        }
        429 => Some(Refusal::new(
            "too-many-requests",
            "the site wants to be asked less often (429)",
            "raise --rate",
        )),
        500.. => Some(Refusal::new("server-error", format!("the server failed ({status})"), TRY_LATER)),
        _ => {
            let message = format!("the server answers {status}, which is no page");
            Some(Refusal::new("unexpected-status", message, "look at the page in a browser"))
        }
    }
}

/// What may be over in a moment: the server is busy or broken, and shows no check for robots.
pub(super) fn is_passing(exchange: &Exchange) -> Option<Refusal> {
    let passes = matches!(exchange.status, 408 | 425 | 429 | 500 | 502 | 503 | 504 | 520..=524);
    let is_check = exchange.header("cf-mitigated").is_some() || is_challenge(&exchange.body);
    if !passes || is_check {
        return None;
    }
    let status = exchange.status;
    Some(match status {
        429 => {
            Refusal::new("too-many-requests", "the site wants to be asked less often (429)", "raise --rate")
        }
        _ => Refusal::new("server-error", format!("the server failed ({status})"), TRY_LATER),
    })
}

/// Why a page that came with a good status is not the one that was asked for, if it is not.
pub fn of_page(answer: &Answer) -> Option<Refusal> {
    if answer.body.iter().all(u8::is_ascii_whitespace) {
        return Some(Refusal::new("empty-body", "the server sent an empty page", TRY_LATER));
    }
    let title = title(&answer.body).unwrap_or_default();
    let slight = letters(&answer.body) < SLIGHT;
    if slight && starts(&title, &CHALLENGES) {
        return Some(challenge(format!("the site shows a check for robots, “{title}”")));
    }
    if slight && starts(&title, &CONSENTS) || is_consent_host(&answer.final_url) {
        let message = format!("the site asks for consent first, “{title}”");
        return Some(Refusal::new("consent-wall", message, SAVE_BY_BROWSER));
    }
    if title == "404" || starts(&title, &MISSING) {
        let message = format!("the page says that it is not there, “{title}”");
        return Some(Refusal::new("soft-404", message, "look for the article under another address"));
    }
    if leads_home(&answer.asked, &answer.final_url) {
        let message = "the address leads to the site's front page: the article is gone";
        return Some(Refusal::new("soft-404", message, "look for the article under another address"));
    }
    None
}

fn challenge(message: String) -> Refusal {
    Refusal::new(CHALLENGE, message, SAVE_BY_BROWSER)
}

fn is_challenge(body: &[u8]) -> bool {
    let head = String::from_utf8_lossy(body.get(..HEAD).unwrap_or(body)).to_lowercase();
    starts(&title(body).unwrap_or_default(), &CHALLENGES)
        || CHALLENGE_MARKS.iter().any(|mark| head.contains(mark))
}

fn is_consent_host(url: &str) -> bool {
    let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    CONSENT_HOSTS.iter().any(|start| host.starts_with(start))
}

/// Whether an address with a path ended at one without.
fn leads_home(asked: &str, found: &str) -> bool {
    let path = |url: &str| Url::parse(url).ok().map(|url| url.path().trim_matches('/').to_owned());
    path(asked).is_some_and(|path| !path.is_empty()) && path(found).is_some_and(|path| path.is_empty())
}

/// Whether a title begins with one of `starts`, and is hardly longer.
fn starts(title: &str, starts: &[&str]) -> bool {
    let lower = title.to_lowercase();
    title.chars().count() <= LONGEST_TITLE && starts.iter().any(|start| lower.starts_with(start))
}

/// How many letters (bytes beyond ASCII count as such) stand outside of tags and scripts, roughly.
fn letters(body: &[u8]) -> usize {
    let Some(markup) = MARKUP.as_ref() else { return 0 };
    let text = markup.replace_all(body, &b" "[..]);
    text.iter().filter(|b| b.is_ascii_alphanumeric() || !b.is_ascii()).count()
}

/// A page's title, where it can be read as UTF-8.
fn title(body: &[u8]) -> Option<String> {
    let found = TITLE.as_ref()?.captures(body.get(..HEAD).unwrap_or(body))?;
    let text = String::from_utf8_lossy(found.get(1)?.as_bytes()).into_owned();
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(title: &str, asked: &str, found: &str) -> Option<&'static str> {
        let body = format!("<html><head><title>\n {title} </title></head><p>x</p>").into_bytes();
        let (asked, final_url) = (asked.to_owned(), found.to_owned());
        let answer =
            Answer { asked, final_url, hops: vec![], status: 200, headers: Default::default(), body };
        of_page(&answer).map(|refusal| refusal.reason)
    }

    #[test]
    fn titles_give_away_what_is_no_article() {
        let here = "https://a.example/x";
        for (title, reason) in [
            ("Just a moment...", Some("challenge")),
            ("安全验证", Some("challenge")),
            ("Before you continue to A", Some("consent-wall")),
            ("404 Not Found", Some("soft-404")),
            ("页面不存在 - A", Some("soft-404")),
            (
                "Captcha service of a harbour was used to spread malware among its sailors, say researchers",
                None,
            ),
            ("Harbour closed", None),
            ("404 Media was attacked", None),
            ("404", Some("soft-404")),
        ] {
            assert_eq!(page(title, here, here), reason, "{title}");
        }
        let long = format!("Captcha scam grows</title><p>{}", "A long text about it. ".repeat(100));
        assert_eq!(page(&long, here, here), None);
        assert_eq!(page("A", here, "https://a.example/"), Some("soft-404"));
        assert_eq!(page("A", "https://a.example/", "https://a.example/"), None);
        assert_eq!(page("A", here, "https://consent.a.example/m?x"), Some("consent-wall"));
    }

    #[test]
    fn a_refusing_status_with_the_marks_of_a_check_is_a_challenge() {
        let ask = |status, body: &str, headers: Vec<(String, Vec<u8>)>| {
            let url = Url::parse("https://a.example/").unwrap();
            let exchange = Exchange { url, status, headers, body: body.as_bytes().to_vec() };
            (of_status(&exchange, body.as_bytes()).map(|r| r.reason), is_passing(&exchange).is_some())
        };
        let mitigated = vec![("cf-mitigated".to_owned(), b"challenge".to_vec())];
        assert_eq!(
            ask(403, "<script src='/cdn-cgi/challenge-platform/x'>", vec![]),
            (Some("challenge"), false)
        );
        assert_eq!(ask(503, "<title>Just a moment...</title>", vec![]), (Some("challenge"), false));
        assert_eq!(ask(200, "", mitigated), (Some("challenge"), false));
        assert_eq!(ask(200, "challenge-platform", vec![]), (None, false));
        assert_eq!(ask(403, "no", vec![]), (Some("forbidden"), false));
        assert_eq!(ask(503, "busy", vec![]), (Some("server-error"), true));
        assert_eq!(ask(429, "", vec![]), (Some("too-many-requests"), true));
        assert_eq!(ask(410, "", vec![]), (Some("not-found"), false));
        assert_eq!(ask(204, "", vec![]), (Some("unexpected-status"), false));
    }

    proptest! {
        #[test]
        fn junk_never_panics(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = is_challenge(&body);
            let _ = title(&[b"<title>", body.as_slice(), b"</title>"].concat());
        }
    }
}
