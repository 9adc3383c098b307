//! XLIFF 1.2 (OASIS, <https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html>), for tools that do not read 2.1: a file an article
//! pair, a unit a bead, findings as notes.
//!
//! What is in it is what is in [`xliff`](super::xliff), but characters that XML cannot hold are left out: 1.2 has no form for them.

use super::xliff::{priority, remark, units};
use super::{Format, Keeps, Meta, joined, of_bead, provenance, xml};
use crate::model::{Bead, Bitext, Finding, Lang, Relation};
use std::fmt::Write;

/// For translators' tools.
pub const FORMAT: Format = Format {
    name: "xliff-12",
    stem: "aligned-12",
    extension: "xlf",
    doc: "XLIFF 1.2 with findings as notes; no added and repeated beads",
    begin,
    bitext,
    keeps: Keeps::Xml,
    between: "",
    end,
};

fn begin(_: &Meta, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n",
    );
}

fn end(bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(b"</xliff>\n");
}

fn bitext(bitext: &Bitext, bytes: &mut Vec<u8>) {
    let units = units(bitext, unit);
    if units.is_empty() {
        return;
    }
    let file = format!(
        "<file original=\"{}\" source-language=\"en\" target-language=\"{}\" datatype=\"plaintext\">\n<header>\n\
         <note from=\"duizhao\">{}</note>\n</header>\n<body>\n{units}</body>\n</file>\n",
        xml::attribute(&bitext.pair.id),
        xml::attribute(bitext.pair.documents.zh.article.tag()),
        xml::text(&about(bitext)),
    );
    bytes.extend_from_slice(file.as_bytes());
}

/// Where both texts stood, under which licence they may be used, and what made the alignment.
fn about(bitext: &Bitext) -> String {
    let zh_url = bitext.pair.documents.zh.article.url.as_deref().unwrap_or("unknown");
    let (en_url, signature) = (&bitext.pair.en_url, bitext.alignment.signature());
    let licence = provenance::licence(bitext);
    format!("English: {en_url} Chinese: {zh_url} Licence: {licence} Signature: {signature}")
}

fn unit(bitext: &Bitext, number: usize, bead: &Bead, out: &mut String) {
    // Writing into a string cannot fail.
    let _ = writeln!(
        out,
        "<trans-unit id=\"{number}\" xml:space=\"preserve\">\n<source>{}</source>",
        xml::text(&joined(bitext, bead, Lang::En))
    );
    if bead.relation != Relation::Omitted {
        let target = joined(bitext, bead, Lang::Zh);
        let _ = writeln!(out, "<target state=\"translated\">{}</target>", xml::text(&target));
    }
    let _ = writeln!(
        out,
        "<context-group purpose=\"information\"><context context-type=\"x-relation\">{}</context>\
         <context context-type=\"x-confidence\">{:.4}</context></context-group>",
        bead.relation.name(),
        bead.confidence
    );
    of_bead(bitext, number).for_each(|finding| out.push_str(&note(finding)));
    out.push_str("</trans-unit>\n");
}

fn note(finding: &Finding) -> String {
    let side = if finding.spans.zh.is_empty() { "source" } else { "target" };
    format!(
        "<note from=\"duizhao\" priority=\"{}\" annotates=\"{side}\">{}</note>\n",
        priority(finding.severity),
        xml::text(&remark(finding)),
    )
}
