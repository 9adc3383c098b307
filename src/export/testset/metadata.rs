//! What a test set says of itself, in `metadata.json` beside its texts.

use super::{Direction, TestSet};
use crate::export::Meta;
use crate::export::set::Written;
use crate::model::{Severity, UNKNOWN};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Metadata<'t> {
    tool: &'static str,
    version: &'t str,
    signature: &'t str,
    language_pair: &'static str,
    orig_lang: &'static str,
    /// Whether the source is itself a translation.
    reverse_created: bool,
    direction: &'static str,
    translation_method: &'static str,
    licence: &'t str,
    findings: &'static str,
    max_severity: Severity,
    left_out: &'t BTreeMap<&'static str, usize>,
    segments: usize,
    systems: Vec<&'t str>,
    score_with: Vec<String>,
    documents: Vec<Document<'t>>,
}

#[derive(Serialize)]
struct Document<'t> {
    name: &'t str,
    en_url: &'t str,
    zh_url: &'t str,
    segments: usize,
}

/// The file. `score_with` holds commands that are run in the folder.
pub(super) fn file(set: &TestSet, meta: &Meta, score_with: Vec<String>) -> Written {
    let documents = set.documents.iter().map(|document| Document {
        name: &document.name,
        en_url: &document.en_url,
        zh_url: &document.zh_url,
        segments: document.segments.len(),
    });
    let metadata = Metadata {
        tool: "duizhao",
        version: &meta.version,
        signature: &meta.signature,
        language_pair: set.options.direction.name(),
        orig_lang: "en",
        reverse_created: set.options.direction == Direction::ZhEn,
        direction: match set.options.direction {
            Direction::EnZh => "the source is the original, the reference its published translation",
            Direction::ZhEn => "reverse-created: the source is a translation of the reference",
        },
        translation_method: UNKNOWN,
        licence: meta.licence.as_deref().unwrap_or(UNKNOWN),
        findings: "automatic: made by a program, judged by no person",
        max_severity: set.options.max_severity,
        left_out: &set.left_out,
        segments: set.len(),
        systems: set.systems.iter().map(|system| system.name.as_str()).collect(),
        score_with,
        documents: documents.collect(),
    };
    // Writing plain data into memory cannot fail.
    let mut bytes = serde_json::to_vec_pretty(&metadata).unwrap_or_default();
    bytes.push(b'\n');
    Written { path: "metadata.json".to_owned(), bytes }
}
