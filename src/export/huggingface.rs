//! JSON Lines in the `translation` layout of Hugging Face `datasets`, with a dataset card.
//!
//! `load_dataset("FOLDER")` reads it: the card names the file and its columns. Nothing is `null`, since a column's type is
//! guessed from the first lines. The text is as it is in the articles: JSON can hold all of it.

use super::set::{FileSet, Per};
use super::{Format, Keeps, Meta, joined, no_end, nothing, of_bead, provenance};
use crate::model::{Bitext, Lang, Relation, UNKNOWN};
use serde::Serialize;

/// The dataset.
pub const FILES: FileSet = FileSet {
    name: "huggingface",
    doc: "JSON Lines in the `translation` layout of Hugging Face datasets, with a dataset card; translation and moved beads",
    per: Per::Corpus,
    files: &[
        Format {
            name: "huggingface",
            stem: "train",
            extension: "jsonl",
            doc: "a segment a line",
            begin: nothing,
            bitext: write,
            keeps: Keeps::All,
            between: "",
            end: no_end,
        },
        Format {
            name: "huggingface",
            stem: "README",
            extension: "md",
            doc: "the dataset card",
            begin: card,
            bitext: |_, _| (),
            keeps: Keeps::Nothing,
            between: "",
            end: no_end,
        },
    ],
};

#[derive(Serialize)]
struct Line<'b> {
    id: String,
    translation: Translation,
    pair: &'b str,
    relation: &'static str,
    confidence: f64,
    orig_lang: &'static str,
    translation_method: &'static str,
    license: &'b str,
    en_url: &'b str,
    zh_url: &'b str,
    en_published: &'b str,
    zh_published: &'b str,
    en_retrieved: &'b str,
    zh_retrieved: &'b str,
    en_lang: &'b str,
    zh_lang: &'b str,
    author: &'b str,
    translator: &'b str,
    /// What the pages say of text and data mining.
    en_tdm: &'b str,
    zh_tdm: &'b str,
    /// Names of checks with severities; found by a program, by no reader.
    automatic_findings: String,
}

#[derive(Serialize)]
struct Translation {
    en: String,
    zh: String,
}

fn write(bitext: &Bitext, bytes: &mut Vec<u8>) {
    let articles = bitext.pair.documents.as_ref().map(|document| &document.article);
    for (number, bead) in bitext.alignment.beads().iter().enumerate() {
        if !matches!(bead.relation, Relation::Translation | Relation::Moved) {
            continue;
        }
        let findings: Vec<String> = of_bead(bitext, number)
            .map(|finding| format!("{}:{}", finding.check, finding.severity.name()))
            .collect();
        let line = Line {
            id: bitext.id(number),
            translation: Translation {
                en: joined(bitext, bead, Lang::En),
                zh: joined(bitext, bead, Lang::Zh),
            },
            pair: &bitext.pair.id,
            relation: bead.relation.name(),
            confidence: (f64::from(bead.confidence) * 1e4).round() / 1e4 + 0.0,
            orig_lang: "en",
            translation_method: UNKNOWN,
            license: provenance::licence(bitext),
            en_url: &bitext.pair.en_url,
            zh_url: articles.zh.url.as_deref().unwrap_or_default(),
            en_published: articles.en.published.as_deref().unwrap_or_default(),
            zh_published: articles.zh.published.as_deref().unwrap_or_default(),
            en_retrieved: articles.en.provenance.retrieved.as_deref().unwrap_or_default(),
            zh_retrieved: articles.zh.provenance.retrieved.as_deref().unwrap_or_default(),
            en_lang: articles.en.tag(),
            zh_lang: articles.zh.tag(),
            author: articles.en.author.as_deref().unwrap_or_default(),
            translator: articles.zh.author.as_deref().unwrap_or_default(),
            en_tdm: articles.en.provenance.tdm.as_ref().map_or("", |tdm| &tdm.statement),
            zh_tdm: articles.zh.provenance.tdm.as_ref().map_or("", |tdm| &tdm.statement),
            automatic_findings: findings.join(" "),
        };
        // Writing plain data into memory cannot fail.
        if serde_json::to_writer(&mut *bytes, &line).is_ok() {
            bytes.push(b'\n');
        }
    }
}

fn card(meta: &Meta, bytes: &mut Vec<u8>) {
    let strings = ["pair", "relation"];
    let behind = [
        "orig_lang",
        "translation_method",
        "license",
        "en_url",
        "zh_url",
        "en_published",
        "zh_published",
        "en_retrieved",
        "zh_retrieved",
        "en_lang",
        "zh_lang",
        "author",
        "translator",
        "en_tdm",
        "zh_tdm",
        "automatic_findings",
    ];
    let column = |name: &str, kind: &str| format!("  - name: {name}\n    dtype: {kind}\n");
    let text = |names: &[&str]| names.iter().map(|name| column(name, "string")).collect::<String>();
    let features = [
        column("id", "string"),
        "  - name: translation\n    dtype:\n      translation:\n        languages:\n        - en\n        - zh\n".to_owned(),
        text(&strings),
        column("confidence", "float64"),
        text(&behind),
    ]
    .concat();
    let quoted = |text: &str| super::line::line(&text.replace('`', "'"));
    let card = format!(
        "---\nlanguage:\n- en\n- zh\n{}\nmultilinguality:\n- translation\ntask_categories:\n- translation\n\
         configs:\n- config_name: default\n  data_files:\n  - split: train\n    path: train.jsonl\ndataset_info:\n  features:\n\
         {features}---\n{BODY}\nMade by duizhao `{}`, signature `{}`.\n",
        license(meta.licence.as_deref()),
        quoted(&meta.version),
        quoted(&meta.signature),
    );
    bytes.extend_from_slice(card.as_bytes());
}

/// The card's `license`: an identifier as the hub has them, or `other` with the licence's own words.
fn license(licence: Option<&str>) -> String {
    let licence = licence.unwrap_or(UNKNOWN);
    if licence.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')) && !licence.is_empty() {
        return format!("license: {}", licence.to_ascii_lowercase());
    }
    // A text in JSON is one in YAML.
    format!("license: other\nlicense_name: {}", serde_json::Value::from(licence))
}

/// What the card says to people.
const BODY: &str = "
# Aligned security news, English and Chinese

English articles with Chinese posts that were translated from them, aligned sentence by sentence by a program.

* **Direction**: the English is the original (`orig_lang`), the Chinese its translation.
* **How it was translated** is not known (`translation_method`); posts of this kind often look like edited machine translation.
* **Licence**: as every line says (`license`); `unknown` means that nobody has said. The texts belong to their publishers,
  whose addresses stand with every line; ask them before passing the texts on. `en_tdm` and `zh_tdm` hold what their pages
  say of text and data mining; they are empty where a page says nothing.
* **Left out**: sentences without a counterpart, and what a post says a second time.
* `confidence` is the aligner's, 0 to 1. `automatic_findings` names what a program took for faults; no person has judged them.
* `id` is the article pair and the bead's number in it. Split by `pair`, never by line.
";
