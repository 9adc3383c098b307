//! Findings for people, on a terminal.

use super::io;
use duizhao::model::{Bitext, Lang};
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
