//! Findings for people and for scripts.

use super::io;
use duizhao::model::{Bitext, Finding, Lang};
use std::fmt::Write;

/// Findings under the sentences that they are about.
pub fn table(bitexts: &[Bitext], in_chinese: bool) -> String {
    let mut text = String::new();
    for (bitext, finding) in bitexts.iter().flat_map(|b| b.findings.iter().map(move |f| (b, f))) {
        let message = if in_chinese { &finding.message.zh } else { &finding.message.en };
        let (name, check) = (finding.severity.name(), &finding.check);
        // Writing into a string cannot fail.
        let _ =
            writeln!(text, "{}#{}  {name} {check}: {}", bitext.pair.id, finding.bead, io::visible(message));
        for lang in [Lang::Zh, Lang::En] {
            let article = &bitext.pair.documents.get(lang).article.text;
            let marked: Vec<&str> = finding.spans.get(lang).iter().map(|span| span.slice(article)).collect();
            if !marked.is_empty() {
                let _ = writeln!(text, "    {}", io::visible(&marked.join(" … ")));
            }
        }
    }
    text
}

/// One finding a line, as JSON, with the pair that it is of.
pub fn lines(bitexts: &[Bitext]) -> Vec<u8> {
    #[derive(serde::Serialize)]
    struct Line<'f> {
        pair: &'f str,
        #[serde(flatten)]
        finding: &'f Finding,
    }
    let mut bytes = Vec::new();
    for (bitext, finding) in bitexts.iter().flat_map(|b| b.findings.iter().map(move |f| (b, f))) {
        // Writing plain data into memory cannot fail.
        if serde_json::to_writer(&mut bytes, &Line { pair: &bitext.pair.id, finding }).is_ok() {
            bytes.push(b'\n');
        }
    }
    bytes
}
