//! Bitextor's tab-separated text (github.com/bitextor/bitextor, `docs/OUTPUT.md`): addresses, source, target, the aligner's score.
//!
//! The English is the source. The first line is the header, as Bifixer wants it with `--header`; bicleaner-hardrules takes none, so leave it out there. Translation and
//! moved beads only.

use super::line::{line, pairs};
use super::{Format, Keeps, Meta, no_end};
use crate::model::Bitext;
use std::io::Write;

/// For Bifixer, bicleaner and what else reads Bitextor's output.
pub const FORMAT: Format = Format {
    name: "bitextor",
    stem: "bitextor",
    extension: "tsv",
    doc: "Bitextor's columns, English first, with a header, for Bifixer and bicleaner; translation and moved beads only",
    begin,
    bitext,
    keeps: Keeps::Line,
    between: "",
    end: no_end,
};

fn begin(_: &Meta, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(b"src_url\ttrg_url\tsrc_text\ttrg_text\tduizhao_score\n");
}

fn bitext(bitext: &Bitext, bytes: &mut Vec<u8>) {
    let source = line(&bitext.pair.en_url);
    let target = line(bitext.pair.documents.zh.article.url.as_deref().unwrap_or_default());
    for pair in pairs(bitext) {
        let (en, zh, score) = (&pair.texts.en, &pair.texts.zh, pair.bead.confidence);
        // Writing into memory cannot fail.
        let _ = writeln!(bytes, "{source}\t{target}\t{en}\t{zh}\t{score:.4}");
    }
}
