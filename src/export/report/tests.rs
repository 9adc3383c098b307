//! The report's markup, from the bitext that all formats are tried on. What a browser makes of it: `tests/report.rs`.

use super::*;
use crate::export::tests::{meta, sample};
use crate::qa::{self, score};
use regex::Regex;
use std::collections::BTreeSet;

/// The report on these bitexts, and the pages of single articles.
fn report(bitexts: &[Bitext], lang: Lang) -> (String, Vec<(String, String)>) {
    let (look, config) = (Look::new(lang, bitexts.len()), qa::Config::default());
    let (mut report, mut overview) = (Report::new(&meta(), look), Overview::default());
    let mut pages = Vec::new();
    for (number, bitext) in bitexts.iter().enumerate() {
        let assessment = score::assess(&bitext.pair, &bitext.alignment, &bitext.findings, &config);
        score::add(&mut overview, &assessment, &config);
        let page = report.add(look.article(number, bitext, &assessment));
        pages.extend(page.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())));
    }
    (String::from_utf8(report.finish(&overview)).unwrap(), pages)
}

fn one(lang: Lang) -> String {
    report(&[sample()], lang).0
}

fn captures<'t>(pattern: &str, text: &'t str) -> Vec<&'t str> {
    Regex::new(pattern).unwrap().captures_iter(text).map(|c| c.get(1).unwrap().as_str()).collect()
}

#[test]
fn the_markup_is_as_it_was() {
    for (name, lang) in [("report-en", Lang::En), ("report-zh", Lang::Zh)] {
        let shown = one(lang).replace(STYLE, "…").replace(SCRIPT, "…");
        let shown = shown.replace(&hash(STYLE), "sha256-…").replace(&hash(SCRIPT), "sha256-…");
        insta::assert_snapshot!(name, shown);
    }
}

#[test]
fn nothing_but_our_own_style_and_script_may_run_or_load() {
    let html = one(Lang::En);
    let policy = captures("Content-Security-Policy\" content=\"([^\"]*)\"", &html)[0];
    for (tag, text) in [("style", STYLE), ("script", SCRIPT)] {
        let inside = captures(&format!("(?s)<{tag}>(.*?)</{tag}>"), &html);
        assert_eq!(inside, [text], "one <{tag}>, which is ours");
        assert!(policy.contains(&format!("{tag}-src '{}'", hash(text))), "{policy}");
    }
    assert!(policy.starts_with("default-src 'none';"));
    let markup = html.replace(STYLE, "").replace(SCRIPT, "");
    for pattern in
        [" style=", "\\ssrc=", "\\son[a-z]+=", "<(img|iframe|object|link|base|form)\\b", "javascript:"]
    {
        assert!(!Regex::new(pattern).unwrap().is_match(&markup), "{pattern}");
    }
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import") && !STYLE.contains("http"));
    assert!(!SCRIPT.contains("innerHTML") && SCRIPT.lines().count() < 300);
}

#[test]
fn what_pages_say_is_text() {
    let mut bitext = sample();
    let evil =
        "<img src=x onerror=alert(1)> hxxps://evil[.]example https://evil.example '\"</style></script>";
    bitext.pair.documents.zh.article.title = Some(evil.to_owned());
    bitext.pair.documents.en.article.title = Some(evil.to_owned());
    bitext.pair.id = evil.to_owned();
    for finding in &mut bitext.findings {
        finding.message = crate::model::Message::new(evil, evil);
        finding.suggestion = Some(evil.to_owned());
        finding.category = evil.to_owned();
    }
    let html = report(&[bitext], Lang::En).0;
    assert!(!html.contains("<img") && html.contains("&#60;img src=x"), "not escaped");
    assert_eq!((html.matches("</script").count(), html.matches("</style").count()), (1, 1));
    let addresses = captures("href=\"([^\"#][^\"]*)\"", &html);
    assert_eq!(
        addresses,
        ["https://post.example/a?x=1&#38;y=%3C2%3E", "https://news.example/c%22d?p=1&#38;q=2"]
    );
    for link in captures("(<a [^>]*href=\"http[^>]*>)", &html) {
        assert!(link.contains("rel=\"noopener noreferrer\""), "{link}");
    }
}

#[test]
fn an_address_that_is_not_of_the_web_is_no_link() {
    let mut bitext = sample();
    bitext.pair.documents.zh.article.url = Some("javascript:alert(1)".to_owned());
    bitext.pair.en_url = "tarnwick-attacked".to_owned();
    let html = report(&[bitext], Lang::En).0;
    assert_eq!(captures("href=\"([^\"#][^\"]*)\"", &html), [""; 0]);
}

#[test]
fn every_link_leads_somewhere_and_every_id_is_one() {
    let html = report(&[sample(), sample()], Lang::Zh).0;
    let ids = captures("\\sid=\"([^\"]+)\"", &html);
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "an id is used twice");
    let leads = captures("href=\"#([^\"]*)\"", &html);
    assert!(leads.len() > 20, "{leads:?}");
    for id in leads {
        assert!(known.contains(id), "#{id} leads nowhere");
    }
    for ids in captures("data-f=\"([^\"]*)\"", &html) {
        assert!(ids.split(' ').all(|id| known.contains(id)), "{ids}");
    }
    let labels = captures("aria-labelledby=\"([^\"]*)\"", &html);
    assert!(labels.iter().all(|id| known.contains(id)), "{labels:?}");
}

#[test]
fn overlapping_marks_name_both_findings_and_hold_all_of_the_text() {
    let html = one(Lang::En);
    let shared: Vec<&str> = captures("<mark class=\"m3\" data-f=\"([^\"]* [^\"]*)\"", &html);
    assert_eq!(shared.len(), 1, "{shared:?}");
    let zh = captures("(?s)<p class=\"zh\"[^>]*>(.*?)</p>", &html);
    let plain = |markup: &str| Regex::new("<[^>]*>").unwrap().replace_all(markup, "").into_owned();
    assert_eq!(plain(zh[4]), "6=cmd()");
    assert_eq!(
        zh[4],
        "<span class=\"n\" aria-hidden=\"true\">6</span><mark class=\"m1\" data-f=\"a1-f3\">=cmd()</mark>"
    );
}

#[test]
fn what_is_moved_repeated_missing_or_added_says_so() {
    let html = one(Lang::En);
    let badges = captures("(?s)<span class=\"badge\">(.*?)</span>", &html);
    let shown: Vec<String> =
        badges.iter().map(|b| Regex::new("<[^>]*>").unwrap().replace_all(b, "").into_owned()).collect();
    assert_eq!(
        shown,
        ["Repeat of sentence 3", "Moved from sentence 5", "Not rendered", "Not in the original"]
    );
    assert!(html.contains(">Sentence 5 stands elsewhere ↗</a>"));
}

#[test]
fn of_many_articles_each_has_a_page() {
    let many = vec![sample(); MOST_IN_ONE + 1];
    let (index, pages) = report(&many, Lang::En);
    assert_eq!(pages.len(), many.len());
    assert_eq!((pages[0].0.as_str(), pages[200].0.as_str()), ("report/0001.html", "report/0201.html"));
    assert!(index.contains("href=\"report/0201.html#a201\"") && !index.contains("class=\"bead"));
    assert!(pages[200].1.contains("id=\"a201-b0\"") && pages[200].1.contains("href=\"../report.html\""));
    assert!(index.len() < 400_000, "{}", index.len());
    assert!(report(&many[..MOST_IN_ONE], Lang::En).1.is_empty());
}

#[test]
fn nothing_found_and_nothing_there() {
    let none = report(&[], Lang::En).0;
    assert!(none.contains("Nothing was found."));
    let clean = report(&[Bitext { findings: Vec::new(), ..sample() }], Lang::Zh).0;
    assert!(clean.contains("未发现问题。") && clean.contains("<dd>100.0"));
}
