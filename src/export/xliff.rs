//! XLIFF 2.1 (OASIS, <https://docs.oasis-open.org/xliff/xliff-core/v2.1/xliff-core-v2.1.html>): a file an article pair, a unit a
//! bead, findings as notes.
//!
//! Translation and moved beads are translated segments, what was left out is a segment without a target; what was added or
//! repeated has no source and is not in the file. Characters that XML cannot hold are `<cp hex="…"/>`, as the standard has it,
//! in sources and targets; elsewhere they are left out.

use super::{Format, Keeps, Meta, joined, of_bead, provenance, xml};
use crate::model::{Bead, Bitext, Finding, Lang, Relation, Severity};
use std::fmt::Write;

/// For translators' tools.
pub const FORMAT: Format = Format {
    name: "xliff",
    stem: "aligned",
    extension: "xlf",
    doc: "XLIFF 2.1 with findings as notes; no added and repeated beads",
    begin,
    bitext,
    keeps: Keeps::All,
    between: "",
    end,
};

fn begin(_: &Meta, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" \
          xmlns:mda=\"urn:oasis:names:tc:xliff:metadata:2.0\" version=\"2.1\" srcLang=\"en\" trgLang=\"zh-Hans\">\n",
    );
}

fn end(bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(b"</xliff>\n");
}

/// Whether a bead has a source.
fn has_source(bead: &Bead) -> bool {
    matches!(bead.relation, Relation::Translation | Relation::Moved | Relation::Omitted)
}

/// The units of the beads that have one.
pub(super) fn units(bitext: &Bitext, unit: fn(&Bitext, usize, &Bead, &mut String)) -> String {
    let mut units = String::new();
    let beads = bitext.alignment.beads().iter().enumerate().filter(|(_, bead)| has_source(bead));
    beads.for_each(|(number, bead)| unit(bitext, number, bead, &mut units));
    units
}

fn bitext(bitext: &Bitext, bytes: &mut Vec<u8>) {
    let units = units(bitext, unit);
    if units.is_empty() {
        return;
    }
    let id = &bitext.pair.id;
    let mut about = vec![
        ("signature".to_owned(), bitext.alignment.signature()),
        ("licence".to_owned(), provenance::licence(bitext)),
    ];
    for lang in [Lang::En, Lang::Zh] {
        let prefix = if lang == Lang::En { "en" } else { "zh" };
        let side = provenance::of_side(bitext, lang);
        about.extend(side.into_iter().map(|(name, value)| (format!("{prefix}-{name}"), value)));
    }
    let file = format!(
        "<file id=\"{}\" original=\"{}\">\n{}{units}</file>\n",
        xml::token(id),
        xml::attribute(id),
        metadata(&about)
    );
    bytes.extend_from_slice(file.as_bytes());
}

fn unit(bitext: &Bitext, number: usize, bead: &Bead, out: &mut String) {
    let confidence = format!("{:.4}", bead.confidence);
    let about =
        metadata(&[("relation".to_owned(), bead.relation.name()), ("confidence".to_owned(), &confidence)]);
    let notes: String = of_bead(bitext, number).enumerate().map(|(n, finding)| note(n, finding)).collect();
    let notes = if notes.is_empty() { notes } else { format!("<notes>\n{notes}</notes>\n") };
    let is_translated = bead.relation != Relation::Omitted;
    let state = if is_translated { "translated" } else { "initial" };
    let source = content(&joined(bitext, bead, Lang::En));
    // Writing into a string cannot fail.
    let _ = write!(
        out,
        "<unit id=\"{number}\" xml:space=\"preserve\">\n{about}{notes}<segment state=\"{state}\">\n<source>{source}</source>\n"
    );
    if is_translated {
        let _ = writeln!(out, "<target>{}</target>", content(&joined(bitext, bead, Lang::Zh)));
    }
    out.push_str("</segment>\n</unit>\n");
}

fn note(number: usize, finding: &Finding) -> String {
    let side = if finding.spans.zh.is_empty() { "source" } else { "target" };
    format!(
        "<note id=\"n{number}\" category=\"{}\" priority=\"{}\" appliesTo=\"{side}\">{}</note>\n",
        xml::attribute(&finding.check),
        priority(finding.severity),
        xml::text(&remark(finding)),
    )
}

/// What a note says: that a program says so, how grave it is, what is wrong, what it should be.
pub(super) fn remark(finding: &Finding) -> String {
    let suggestion = finding.suggestion.as_ref().map(|s| format!(" Suggestion: {s}")).unwrap_or_default();
    let (severity, message) = (finding.severity.name(), &finding.message.en);
    format!("automatic, {}, {severity}: {message}{suggestion}", finding.check)
}

/// A note's priority; 1 is the highest.
pub(super) fn priority(severity: Severity) -> u8 {
    match severity {
        Severity::Critical => 1,
        Severity::Major => 2,
        Severity::Minor => 5,
        Severity::Info => 9,
    }
}

fn metadata(entries: &[(String, &str)]) -> String {
    let meta = |(name, value): &(String, &str)| {
        let value = xml::text(value);
        if value.is_empty() {
            String::new()
        } else {
            format!("<mda:meta type=\"{name}\">{value}</mda:meta>\n")
        }
    };
    let entries: String = entries.iter().map(meta).collect();
    if entries.is_empty() {
        return entries;
    }
    let group = format!("<mda:metaGroup category=\"duizhao\">\n{entries}</mda:metaGroup>\n");
    format!("<mda:metadata>\n{group}</mda:metadata>\n")
}

/// A source's or target's content.
fn content(text: &str) -> String {
    let mut out = String::new();
    for part in text.split_inclusive(|c: char| !xml::is_legal(c)) {
        match part.char_indices().next_back().filter(|&(_, c)| !xml::is_legal(c)) {
            None => out.push_str(&xml::text(part)),
            Some((at, c)) => {
                out.push_str(&xml::text(part.get(..at).unwrap_or_default()));
                let _ = write!(out, "<cp hex=\"{:04X}\"/>", u32::from(c));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_a_code_point() {
        assert_eq!(
            content("a\u{0}\u{1b}<b>]]>\u{fffe}"),
            "a<cp hex=\"0000\"/><cp hex=\"001B\"/>&lt;b&gt;]]&gt;<cp hex=\"FFFE\"/>"
        );
        assert_eq!(content("𠮷\u{202e}\t\r\n"), "𠮷\u{202e}\t&#13;\n");
        assert_eq!(content(""), "");
    }
}
