//! A corpus in plots: one page, nothing from the network, no script. What a page or a file said is text here, which askama
//! escapes; a content security policy lets nothing load but the style that is compiled in.

use super::bars::{Bars, most};
use super::columns::{Columns, Scale};
use super::plots::{percent, thousands};
use super::{SideStats, Stats};
use askama::Template;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("stats.css");

/// The lengths of Chinese sides.
const ZH: Scale = Scale { id: "zh", title: "Chinese side", unit: "characters", decimals: 0, end: None };
/// The lengths of English sides.
const EN: Scale = Scale { id: "en", title: "English side", unit: "words", decimals: 0, end: None };
/// Their proportion.
const RATIO: Scale =
    Scale { id: "ratio", title: "Proportion of lengths", unit: "characters a word", decimals: 2, end: None };
/// How sure the aligner is.
const CONFIDENCE: Scale =
    Scale { id: "confidence", title: "Confidence", unit: "confidence", decimals: 2, end: Some(100) };

/// The page.
#[derive(Template)]
#[template(path = "stats.html")]
struct Page<'s> {
    version: &'static str,
    style: &'static str,
    style_hash: String,
    stats: &'s Stats,
    figures: Vec<(&'static str, String, String)>,
    sides: Vec<(&'static str, [String; 4])>,
    histograms: Vec<Columns>,
    months: Option<Columns>,
    kinds: Vec<Bars>,
    groups: Vec<Bars>,
    findings: Bars,
}

/// The figures as a page with plots, each with a table behind it; the same figures, the same bytes.
pub fn html(stats: &Stats) -> String {
    let histograms = [
        Columns::histogram(ZH, &stats.zh_chars),
        Columns::histogram(EN, &stats.en_words),
        Columns::histogram(RATIO, &stats.ratio),
        Columns::histogram(CONFIDENCE, &stats.confidence),
    ];
    let page = Page {
        version: env!("CARGO_PKG_VERSION"),
        style: STYLE,
        style_hash: format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(STYLE))),
        stats,
        figures: figures(stats),
        sides: vec![("Chinese", side(&stats.zh)), ("English", side(&stats.en))],
        histograms: histograms.into_iter().flatten().collect(),
        months: Columns::months(&stats.months),
        kinds: vec![
            Bars::counts("relations", "Relations", "relation", &most(stats.relations.iter())),
            Bars::counts("shapes", "Shapes", "Chinese : English", &most(stats.shapes.iter())),
        ],
        groups: vec![
            Bars::groups("sites", "By site of the translation", "site", &stats.sites),
            Bars::groups("translators", "By translator", "translator", &stats.translators),
        ],
        findings: Bars::findings(&stats.findings),
    };
    // Writing into a string cannot fail, and the template calls nothing that can.
    page.render().unwrap_or_default()
}

fn figures(stats: &Stats) -> Vec<(&'static str, String, String)> {
    let files = match stats.files {
        1 => "1 file".to_owned(),
        files => format!("{} files", thousands(files as u64)),
    };
    let articles = format!(
        "{} Chinese, {} English articles",
        thousands(stats.zh_articles),
        thousands(stats.en_articles)
    );
    vec![
        ("beads", thousands(stats.beads), format!("in {files}")),
        ("pairs of articles", thousands(stats.pairs), articles),
        ("with findings", thousands(stats.with_findings), percent(stats.with_findings, stats.beads)),
        (
            "median confidence",
            format!("{:.2}", f64::from(stats.confidence.quantile(0.5)) / 100.0),
            String::new(),
        ),
    ]
}

fn side(side: &SideStats) -> [String; 4] {
    [side.sentences, side.chars, side.han, side.words].map(thousands)
}

#[cfg(test)]
mod tests;
