//! What a run did, in numbers.

use crate::model::{Bitext, Lang, Notice, Stage};
use serde::Serialize;
use std::collections::BTreeMap;

/// The counts of a run; written into `manifest.json` and shown at its end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files that were read.
    pub files: u64,
    /// Chinese articles.
    pub posts: u64,
    /// English articles.
    pub originals: u64,
    /// Pairs by evidence.
    pub pairs: BTreeMap<&'static str, u64>,
    /// Beads by relation.
    pub beads: BTreeMap<&'static str, u64>,
    /// Chinese sentences in pairs.
    pub zh_sentences: u64,
    /// English sentences in pairs.
    pub en_sentences: u64,
    /// Findings by severity.
    pub findings: BTreeMap<&'static str, u64>,
    /// What was left out, by stage and reason.
    pub skipped: BTreeMap<String, u64>,
    /// Remarks on articles of pairs (something in them was left out), by reason.
    pub remarks: BTreeMap<String, u64>,
    /// Inputs that could not be read or parsed.
    pub failures: u64,
}

impl Summary {
    /// Counts an article.
    pub fn article(&mut self, lang: Lang) {
        match lang {
            Lang::Zh => self.posts += 1,
            Lang::En => self.originals += 1,
        }
    }

    /// Counts what was said of an article of a pair.
    pub fn remark(&mut self, reasons: &[String]) {
        for reason in reasons {
            *self.remarks.entry(reason.clone()).or_default() += 1;
        }
    }

    /// Counts something left out.
    pub fn skip(&mut self, notice: &Notice) {
        let stage = match notice.stage {
            Stage::Ingest => "ingest",
            Stage::Extract => "extract",
            Stage::Pair => "pair",
            Stage::Segment => "segment",
            Stage::Align => "align",
        };
        *self.skipped.entry(format!("{stage}/{}", notice.reason)).or_default() += 1;
        self.failures += u64::from(notice.is_failure());
    }

    /// Counts a pair with its beads.
    pub fn bitext(&mut self, bitext: &Bitext) {
        *self.pairs.entry(bitext.pair.evidence.name()).or_default() += 1;
        for bead in bitext.alignment.beads() {
            *self.beads.entry(bead.relation.name()).or_default() += 1;
        }
        for finding in &bitext.findings {
            *self.findings.entry(finding.severity.name()).or_default() += 1;
        }
        self.zh_sentences += bitext.pair.documents.zh.sentences.len() as u64;
        self.en_sentences += bitext.pair.documents.en.sentences.len() as u64;
    }
}
