//! What is no article is not stored as one, and the reason is written down.

use crate::fixture::{Folder, reason};
use crate::server::{Reply, Server};
use crate::sites::{article, both, page, post};
use encoding_rs::GBK;

/// Fetches one page that a server answers with `reply`; gives the reason for which it was refused.
fn refused(reply: impl Fn() -> Reply + Send + Sync + 'static) -> String {
    let server =
        Server::start(move |seen, _| if seen.path == "/x" { reply() } else { Reply::status(404, "") });
    let folder = Folder::new();
    let tally = folder.fetch(&[server.url("/x")]);
    let reason = reason(&folder, &tally);
    let line = folder.line();
    assert_eq!(line.reason.as_ref(), Some(&reason));
    assert!(line.message.is_some_and(|message| message.len() > 10) && !tally.remedies[&reason].is_empty());
    reason
}

#[test]
fn a_404_is_no_page() {
    assert_eq!(refused(|| Reply::status(404, "<title>Gone</title>")), "not-found");
}

#[test]
fn a_403_with_a_challenge_is_no_article_and_the_summary_says_what_to_do() {
    let server = Server::start(|_, _| {
        Reply::status(
            403,
            "<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x></script>",
        )
    });
    let folder = Folder::new();
    let tally = folder.fetch(&[server.url("/x")]);
    assert_eq!(reason(&folder, &tally), "challenge");
    assert!(tally.remedies["challenge"].contains("browser"));
    assert_eq!(server.seen().len(), 1, "a check for robots is not asked again");
}

#[test]
fn a_challenge_with_status_200_is_none_either() {
    let body =
        "<html><title>Attention Required! | Cloudflare</title><p>Please complete the captcha.</p></html>";
    assert_eq!(refused(move || Reply::html(body)), "challenge");
}

#[test]
fn a_wall_of_consent_is_no_article() {
    let body = "<title>Before you continue</title><p>We use cookies. Accept all or reject all.</p>";
    assert_eq!(refused(move || Reply::html(body)), "consent-wall");
}

#[test]
fn a_page_that_says_200_and_means_404_is_no_article() {
    assert_eq!(
        refused(|| Reply::html("<title>Page not found - A</title><h1>Page not found</h1>")),
        "soft-404"
    );
}

#[test]
fn an_address_that_leads_to_the_front_page_is_gone() {
    let server = Server::start(|seen, _| match seen.path.as_str() {
        "/x" => Reply::to(302, "/"),
        "/" => Reply::html(article(1)),
        _ => Reply::status(404, ""),
    });
    let folder = Folder::new();
    assert_eq!(reason(&folder, &folder.fetch(&[server.url("/x")])), "soft-404");
}

#[test]
fn an_empty_body_is_no_article() {
    assert_eq!(refused(|| Reply::html("\r\n  ")), "empty-body");
}

#[test]
fn a_page_without_an_article_is_none() {
    assert_eq!(refused(|| Reply::html("<title>Login</title><form><input name=user></form>")), "no-article");
}

#[test]
fn what_is_no_text_is_no_page() {
    assert_eq!(refused(|| Reply::typed("application/pdf", "%PDF-1.7")), "not-a-page");
}

#[test]
fn a_page_in_a_third_language_is_refused_and_so_is_an_original_in_chinese() {
    let vietnamese = "Công ty an ninh mạng cho biết kẻ tấn công đã đánh cắp dữ liệu của hàng nghìn người dùng trong tháng này. ";
    let body = format!(
        "<html><title>Tin tức an ninh mạng</title><article><p>{}</p></article></html>",
        vietnamese.repeat(5)
    );
    assert_eq!(refused(move || Reply::html(body.clone())), "wrong-language");
    let server = Server::start(|seen, base| match seen.path.as_str() {
        "/posts/a" => Reply::html(post(1, &format!("{base}/news/b"))),
        "/news/b" => Reply::html(post(2, "http://c.example/")),
        _ => Reply::status(404, ""),
    });
    let folder = Folder::new();
    let tally = folder.fetch(&[server.url("/posts/a")]);
    assert_eq!((tally.stored, tally.refused.get("wrong-language")), (1, Some(&1)), "{tally:?}");
}

#[test]
fn a_page_in_gbk_is_stored_as_it_came_and_run_reads_it_by_the_charset_of_its_header() {
    let server = Server::start(|seen, base| match seen.path.as_str() {
        "/posts/gbk" => {
            let text = post(7, &format!("{base}/news/security/x")).replace("<meta charset=utf-8>", "");
            Reply::typed("text/html; charset=gbk", GBK.encode(&text).0.into_owned())
        }
        "/news/security/x" => Reply::html(article(7)),
        _ => Reply::status(404, ""),
    });
    let folder = Folder::new();
    let tally = folder.fetch(&[server.url("/posts/gbk")]);
    assert_eq!(tally.stored, 2, "{tally:?}");
    let lines = folder.lines();
    let line = lines.iter().find(|line| line.asked.ends_with("gbk")).unwrap();
    assert!(String::from_utf8(folder.body(line)).is_err(), "it was recoded");
    let (summary, pairs) = folder.run(&folder.path());
    assert_eq!(summary.pairs.get("citation"), Some(&1), "{pairs:?} {summary:?}");
}

#[test]
fn the_sample_has_a_page_that_is_not_utf8_and_declares_it() {
    let (_, bytes) = page("zh", "mB4e", "http://a.example").unwrap();
    assert!(String::from_utf8(bytes).is_err());
    let server = Server::start(both);
    let folder = Folder::new();
    assert_eq!(folder.fetch(&[server.url("/posts/mB4e")]).stored, 2);
}

#[test]
fn final_refusals_are_remembered_and_passing_ones_are_tried_again() {
    let server = Server::start(|seen, _| match seen.path.as_str() {
        "/gone" => Reply::status(410, ""),
        "/busy" if seen.before == 0 => Reply::status(403, "no"),
        "/busy" => Reply::html(article(1)),
        _ => Reply::status(404, ""),
    });
    let folder = Folder::new();
    let urls = [server.url("/gone"), server.url("/busy")];
    assert_eq!(folder.fetch(&urls).refused.len(), 2);
    let tally = folder.fetch(&urls);
    assert_eq!((tally.stored, tally.refused.get("not-found"), server.count("/gone")), (1, Some(&1), 1));
}
