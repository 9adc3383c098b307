//! Time of each stage on the fictional sample: `cargo bench`.
#![allow(clippy::unwrap_used, missing_docs)]

use divan::Bencher;
use duizhao::lexicon::{Lexicon, Table};
use duizhao::model::{Document, Page, Sides};
use duizhao::pipeline::{self, Settings};
use duizhao::{align, extract, ingest, segment};
use std::path::{Path, PathBuf};

fn main() {
    Lexicon::builtin();
    divan::main();
}

fn page(name: &str) -> Page {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/sample").join(name);
    let config = ingest::Config::default();
    let files = ingest::list(&[path], &config).unwrap().output;
    ingest::pages(&files[0], &config).unwrap().next().unwrap().unwrap()
}

const ZH: &str = "zh/pX8q.md";
const EN: &str = "en/police-disrupt-tidalmoth-botnet-of-hacked-smart-tvs.md";

fn document(name: &str) -> Document {
    pipeline::read(&page(name), &Settings::default()).unwrap().document
}

#[divan::bench(args = [ZH, "zh/mB4e.html", EN])]
fn ingest_page(name: &str) -> Page {
    page(name)
}

#[divan::bench(args = [ZH, "zh/mB4e.html", EN])]
fn extract_article(bencher: Bencher<'_, '_>, name: &str) {
    let page = page(name);
    bencher.bench_local(|| extract::run(&page, &extract::Config::default()).unwrap());
}

#[divan::bench(args = [ZH, EN])]
fn segment_article(bencher: Bencher<'_, '_>, name: &str) {
    let article = document(name).article;
    bencher.bench_local(|| segment::run(article.clone(), &segment::Config::default()));
}

#[divan::bench]
fn align_pair(bencher: Bencher<'_, '_>) {
    let documents = Sides::new(document(ZH), document(EN));
    let config = align::Config::default();
    bencher.bench_local(|| align::run(&documents, &config).unwrap());
}

const GENERAL: &[u8] = include_bytes!("../corpora/lexicon/general.lexicon");

/// The lexicon's file alone: under 60 ms.
#[divan::bench]
fn read_lexicon() -> Table {
    Table::read(GENERAL).unwrap()
}

/// With the tokeniser that is made of it.
#[divan::bench]
fn load_lexicon() -> Lexicon {
    Lexicon::new(Table::read(GENERAL).unwrap(), &[])
}
