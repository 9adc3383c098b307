//! MQM annotations as Google's tools read them: tab-separated, one error a line, marked `<v>…</v>`.
//!
//! Columns as Marot documents them (github.com/google-research/google-research, `marot/README.md`) and mt-metrics-eval
//! reads them, which look at no quotation marks. A document is an article pair, a segment a bead; `doc_id` counts the
//! beads from 1, and a bead without a finding says so, because the readers take no gaps. There is no numbering across
//! documents, for which Marot asks a constant 0. Severity `critical` counts nothing there, so it is written as Major; ours
//! stands in the last column.

use super::line::word;
use super::marks::pieces;
use super::{Format, Keeps, Meta, cell, no_end, of_bead};
use crate::model::{Bead, Bitext, Finding, Lang, Severity, Span};
use serde_json::json;
use std::io::Write;

/// MQM annotations.
pub const FORMAT: Format = Format {
    name: "mqm",
    stem: "mqm",
    extension: "tsv",
    doc: "MQM annotations, tab-separated, as Marot and mt-metrics-eval read them",
    begin,
    bitext,
    keeps: Keeps::Nothing,
    between: "",
    end: no_end,
};

/// Who says so.
const RATER: &str = "duizhao";

fn begin(_: &Meta, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(
        b"system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\tmetadata\n",
    );
}

fn bitext(bitext: &Bitext, bytes: &mut Vec<u8>) {
    for (number, bead) in bitext.alignment.beads().iter().enumerate() {
        let mut is_clean = true;
        for finding in of_bead(bitext, number) {
            is_clean = false;
            line(bitext, (number, bead), Some(finding), bytes);
        }
        if is_clean {
            line(bitext, (number, bead), None, bytes);
        }
    }
}

fn line(bitext: &Bitext, (number, bead): (usize, &Bead), finding: Option<&Finding>, bytes: &mut Vec<u8>) {
    let (category, severity, metadata) = match finding {
        None => ("no-error", "no-error", json!({})),
        Some(finding) => (
            finding.category.as_str(),
            severity(finding.severity),
            json!({
                "id": finding.id,
                "check": finding.check,
                "severity": finding.severity,
                "note": finding.message.en,
            }),
        ),
    };
    // Writing into memory cannot fail.
    let _ = writeln!(
        bytes,
        "{}\t{}\t{}\t0\t{RATER}\t{}\t{}\t{}\t{severity}\t{}",
        word(&bitext.pair.documents.zh.article.site),
        word(&bitext.pair.id),
        number + 1,
        cell(&marked(bitext, bead, finding, Lang::En)),
        cell(&marked(bitext, bead, finding, Lang::Zh)),
        cell(category),
        cell(&metadata.to_string()),
    );
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "Neutral",
        Severity::Minor => "Minor",
        Severity::Major | Severity::Critical => "Major",
    }
}

/// A bead's side with what a finding marks in it.
fn marked(bitext: &Bitext, bead: &Bead, finding: Option<&Finding>, lang: Lang) -> String {
    let document = bitext.pair.documents.get(lang);
    let (indices, blank) = if lang == Lang::Zh { (&bead.zh, "") } else { (&bead.en, " ") };
    let spans: &[Span] = finding.map_or(&[], |f| f.spans.get(lang));
    let sentence = |&index: &u32| {
        let span = document.sentences.get(index as usize).map(|s| s.span).unwrap_or_default();
        let mut text = String::new();
        let mut inside = false;
        for piece in pieces(&document.article.text, span, spans) {
            let is_marked = !piece.marks.is_empty();
            if inside != is_marked {
                text.push_str(if is_marked { "<v>" } else { "</v>" });
                inside = is_marked;
            }
            text.push_str(piece.text);
        }
        if inside {
            text.push_str("</v>");
        }
        text
    };
    indices.iter().map(sentence).collect::<Vec<_>>().join(blank)
}
