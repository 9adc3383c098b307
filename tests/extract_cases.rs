//! Small fictional pages, each beside what is to be read from it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use duizhao::extract;
use duizhao::ingest;
use duizhao::model::{Article, Notice};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn describe(article: &Article, notices: &[Notice]) -> Value {
    let paragraphs: Vec<_> =
        article.paragraphs.iter().map(|p| json!([p.kind, article.paragraph_text(p)])).collect();
    json!({
        "site": article.site,
        "lang": article.lang,
        "url": article.url,
        "author": article.author,
        "published": article.published,
        "cites": article.cites.iter().map(|c| c.url.as_str()).collect::<Vec<_>>(),
        "notices": notices.iter().map(|n| n.reason.as_str()).collect::<Vec<_>>(),
        "paragraphs": paragraphs,
    })
}

fn read(path: &Path) -> Value {
    let config = ingest::Config::default();
    let listed = ingest::list(&[path.to_owned()], &config).unwrap();
    let page = ingest::pages(&listed.output[0], &config).unwrap().next().unwrap().unwrap();
    match extract::run(&page, &extract::Config::default()) {
        Ok(outcome) => describe(&outcome.output, &outcome.notices),
        Err(error) => {
            assert!(error.remedy_text().is_some());
            json!({ "refused": error.reason() })
        }
    }
}

#[test]
fn every_case_reads_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/extract");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    pages.retain(|p| p.extension().is_some_and(|e| e != "json"));
    pages.sort();
    assert!(pages.len() >= 15);
    let mut wrong = Vec::new();
    for page in pages {
        let expected = std::fs::read_to_string(page.with_extension("json")).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        let found = read(&page);
        if found != expected {
            let name = page.file_name().unwrap().to_string_lossy().into_owned();
            wrong.push(format!("{name}:\n{found:#}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
