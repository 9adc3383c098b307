//! Figures that extraction must reach on real pages, which are not part of the project.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use duizhao::extract;
use duizhao::ingest;
use duizhao::model::{Article, Notice, Outcome, ParagraphKind, Source};
use duizhao::text::key::alphanumeric;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

type Read = Result<Outcome<Article>, duizhao::error::Error>;

/// Every page below a folder, by name.
fn read(folder: &Path) -> BTreeMap<String, Read> {
    let config = ingest::Config::default();
    let listed = ingest::list(&[folder.to_owned()], &config).unwrap();
    let mut found = BTreeMap::new();
    for file in &listed.output {
        for page in ingest::pages(file, &config).unwrap() {
            // A page cut off in mid-character brings a notice first.
            let Ok(page) = page else { continue };
            let read = extract::run(&page, &extract::Config::default());
            if let Ok(outcome) = &read {
                check_spans(&outcome.output, &page.text);
            }
            found.insert(page.id.clone(), read);
        }
    }
    found
}

/// Paragraphs make up the text, and their sources lie in the page.
fn check_spans(article: &Article, page: &str) {
    let texts: Vec<_> = article.paragraphs.iter().map(|p| article.paragraph_text(p)).collect();
    assert_eq!(texts.join("\n"), article.text, "{}", article.id);
    for paragraph in &article.paragraphs {
        if let Source::Bytes(span) = &paragraph.source {
            let source = page.get(span.range()).unwrap_or_else(|| panic!("{}: {span:?}", article.id));
            let first: String = alphanumeric(article.paragraph_text(paragraph)).chars().take(3).collect();
            assert!(alphanumeric(source).contains(&first), "{}: {first} in {source}", article.id);
        }
    }
}

fn folder(name: &str) -> Option<PathBuf> {
    common::shared().map(|shared| shared.join("real").join(name))
}

fn reasons(notices: &[Notice]) -> Vec<&str> {
    notices.iter().map(|n| n.reason.as_str()).collect()
}

#[test]
fn the_page_that_started_it_all() {
    let Some(seed) = folder("seed") else { return };
    let read = read(&seed);
    let outcome = read.values().next().unwrap().as_ref().unwrap();
    let article = &outcome.output;
    let of = |kind| article.paragraphs.iter().filter(|p| p.kind == kind).count();
    assert_eq!((article.site.as_str(), article.author.as_deref()), ("4hou", Some("胡金鱼")));
    assert_eq!(article.published.as_deref(), Some("2024-12-19"));
    assert_eq!((of(ParagraphKind::Title), of(ParagraphKind::Lead)), (1, 1));
    assert_eq!((of(ParagraphKind::Body), of(ParagraphKind::Caption)), (8, 1));
    assert_eq!((article.paragraphs.len(), article.cites.len()), (11, 1));
    assert!(article.cites[0].url.ends_with("-ransomware-attack/"));
    assert!(outcome.notices.is_empty());
}

/// Letters and digits of `text` that are in none of the `parts`, and of the parts that are not in the text.
fn differences(parts: &[String], text: &str) -> (Vec<String>, Vec<String>) {
    let whole = alphanumeric(text);
    let (mut missing, mut covered) = (Vec::new(), vec![false; whole.len()]);
    let mut from = 0;
    for part in parts {
        let part = alphanumeric(part);
        // In order where possible; a lead is said again further down.
        match whole[from..].find(&part).map(|at| at + from).or_else(|| whole.find(&part)) {
            Some(at) => {
                covered[at..at + part.len()].fill(true);
                from = at + part.len();
            }
            // Scraps of an image's address that the gold kept.
            None if part == "jpg" => {}
            None => missing.push(part),
        }
    }
    let extra: String = whole.char_indices().map(|(i, c)| if covered[i] { '\n' } else { c }).collect();
    (missing, extra.split('\n').filter(|s| !s.is_empty()).map(str::to_owned).collect())
}

#[test]
fn all_that_the_gold_has_and_nothing_else() {
    let Some(dev) = folder("dev") else { return };
    let (zh, en) = (read(&dev.join("zh")), read(&dev.join("en")));
    let pairs = std::fs::read_to_string(dev.join("pairs.tsv")).unwrap();
    let mut report = Vec::new();
    for (zh_file, en_file) in pairs.lines().filter_map(|l| l.split_once('\t')) {
        let slug = en_file.trim_end_matches(".md");
        let gold = std::fs::read_to_string(dev.join(format!("gold/{slug}.gold.json"))).unwrap();
        let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
        for (side, read) in [("zh", &zh[zh_file]), ("en", &en[en_file])] {
            let article = &read.as_ref().unwrap_or_else(|e| panic!("{e}")).output;
            let parts: Vec<String> = serde_json::from_value(gold[side].clone()).unwrap();
            let (missing, extra) = differences(&parts, &article.text);
            if !missing.is_empty() || !extra.is_empty() {
                report.push(format!("{side} {slug}: missing {missing:?}, extra {extra:?}"));
            }
        }
        let cites = &zh[zh_file].as_ref().unwrap().output.cites;
        assert!(
            cites.len() == 1 && cites[0].url.trim_end_matches('/').ends_with(slug),
            "{zh_file}: {cites:?}"
        );
    }
    assert!(report.is_empty(), "{} differences:\n{}", report.len(), report.join("\n"));
}

#[test]
fn the_pool_is_read_and_cites_what_is_known() {
    let Some(pool) = folder("pool") else { return };
    let (zh, en) = (read(&pool.join("zh")), read(&pool.join("en")));
    for (id, read) in zh.iter().chain(&en) {
        let outcome = read.as_ref().unwrap_or_else(|e| panic!("{id}: {e}"));
        assert!(outcome.output.title.is_some(), "{id}");
    }
    let pairs = std::fs::read_to_string(pool.join("pairs.tsv")).unwrap();
    for (zh_file, en_file) in pairs.lines().filter_map(|l| l.split_once('\t')) {
        let cites = &zh[zh_file].as_ref().unwrap().output.cites;
        let slug = format!("/{}/", en_file.trim_end_matches(".md"));
        assert!(cites.iter().any(|c| c.url.ends_with(&slug)), "{zh_file}: {cites:?}");
    }
    let uncited = zh.values().filter(|r| r.as_ref().is_ok_and(|o| o.output.cites.is_empty()));
    let told = uncited
        .clone()
        .filter(|r| r.as_ref().is_ok_and(|o| reasons(&o.notices).contains(&"citation-cut-off")));
    assert_eq!((uncited.count(), told.count()), (2, 2));
}

#[test]
fn odd_pages_are_refused_or_mended_for_the_right_reason() {
    let Some(odd) = folder("odd") else { return };
    for (id, read) in read(&odd) {
        let outcome = read.as_ref().map(|o| (o.output.cites.len(), reasons(&o.notices)));
        let refusal = read.as_ref().err().and_then(|e| e.reason());
        let kind = id.split('/').next().unwrap_or("");
        match kind {
            "en-truncated-navigation-only" => assert_eq!(refusal, Some("navigation-only"), "{id}"),
            "en-not-the-article" if id.ends_with("-cloud.md") => {
                assert_eq!(refusal, Some("not-an-article"), "{id}")
            }
            "en-not-the-article" => assert_eq!(outcome.ok(), Some((1, vec![])), "{id}"),
            "zh-empty-page" if id.ends_with("b.md") => {
                assert_eq!(refusal, Some("deleted-by-publisher"), "{id}")
            }
            "zh-empty-page" => assert_eq!(refusal, Some("empty-page"), "{id}"),
            "zh-wechat-layout" => assert_eq!(outcome.ok(), Some((1, vec![])), "{id}"),
            "zh-truncated-no-citation" => assert_eq!(outcome.ok(), Some((0, vec!["truncated"])), "{id}"),
            "en-with-vietnamese-appended" => {
                assert_eq!(outcome.ok(), Some((0, vec!["third-language"])), "{id}");
                let text = &read.as_ref().unwrap().output.text;
                assert!(!text.contains('ấ') && text.trim_end().ends_with("from here."), "{id}");
            }
            _ => panic!("no expectation for {id}"),
        }
    }
}
