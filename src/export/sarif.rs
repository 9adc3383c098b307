//! `findings.sarif`: SARIF 2.1.0 (OASIS, <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>), for code-scanning tools.
//!
//! A location is a place in the saved page, in bytes, where the page is Markdown or plain text: the marked words where the
//! paragraph stands in the page as it stands in the article, else the whole paragraph. Pages of HTML are pointed into by
//! the node's path. The marked words are quoted in the location's message in any case. Text that was imported leads back
//! to no page.

use super::{Format, Keeps, Meta};
use crate::model::{Article, Bitext, Finding, Lang, Severity, Source, Span};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

/// Findings for tools that show what static analysis found.
pub const FORMAT: Format = Format {
    name: "sarif",
    stem: "findings",
    extension: "sarif",
    doc: "SARIF 2.1.0: findings with their places in the pages",
    begin,
    bitext,
    keeps: Keeps::Nothing,
    between: ",\n",
    end,
};

/// What the pages' names are relative to: the folder that the program was run on.
const BASE: &str = "PAGES";

/// What may stand in a relative path as it is (RFC 3986, `unreserved` and `/`).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

fn begin(meta: &Meta, bytes: &mut Vec<u8>) {
    let rules: Vec<Value> = meta
        .rules
        .iter()
        .map(|rule| {
            json!({
                "id": rule.name,
                "shortDescription": { "text": rule.what },
                "fullDescription": { "text": rule.why },
                "help": { "text": rule.known_problems },
                "properties": { "category": rule.category, "aspect": rule.aspect },
            })
        })
        .collect();
    let driver = json!({
        "name": "duizhao",
        "version": meta.version,
        "properties": { "signature": meta.signature },
        "rules": rules,
    });
    let head = format!(
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":\
         {{\"driver\":{driver}}},\"columnKind\":\"unicodeCodePoints\",\"originalUriBaseIds\":{{\"{BASE}\":{{\
         \"description\":{{\"text\":\"The folder that pages were read from.\"}}}}}},\"results\":[\n"
    );
    bytes.extend_from_slice(head.as_bytes());
}

fn end(bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(b"\n]}]}\n");
}

fn bitext(bitext: &Bitext, bytes: &mut Vec<u8>) {
    let results: Vec<String> = bitext.findings.iter().map(|f| result(bitext, f).to_string()).collect();
    bytes.extend_from_slice(results.join(",\n").as_bytes());
}

fn result(bitext: &Bitext, finding: &Finding) -> Value {
    // A location must say where: what is missing in the Chinese stands in the English.
    let (own, other) = if finding.spans.zh.is_empty() { (Lang::En, Lang::Zh) } else { (Lang::Zh, Lang::En) };
    let related: Vec<Value> = locations(bitext, finding, other)
        .into_iter()
        .enumerate()
        .map(|(n, mut location)| {
            location["id"] = json!(n + 1);
            location
        })
        .collect();
    let mut text = finding.message.en.clone();
    if let Some(suggestion) = &finding.suggestion {
        text = format!("{text} Suggestion: {suggestion}");
    }
    json!({
        "ruleId": finding.check,
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": locations(bitext, finding, own),
        "relatedLocations": related,
        "partialFingerprints": { "duizhao/v1": finding.id },
        "properties": {
            "severity": finding.severity,
            "category": finding.category,
            "confidence": (f64::from(finding.confidence) * 1e4).round() / 1e4,
            "group": finding.group,
            "bead": bitext.id(finding.bead as usize),
            "message-zh": finding.message.zh,
            "suggestion": finding.suggestion,
        },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "note",
        Severity::Minor => "warning",
        Severity::Major | Severity::Critical => "error",
    }
}

fn locations(bitext: &Bitext, finding: &Finding, lang: Lang) -> Vec<Value> {
    let article = &bitext.pair.documents.get(lang).article;
    finding.spans.get(lang).iter().map(|&span| location(article, span)).collect()
}

fn location(article: &Article, span: Span) -> Value {
    let uri = utf8_percent_encode(article.id.trim_start_matches('/'), PATH).to_string();
    let mut physical = json!({ "artifactLocation": { "uri": uri, "uriBaseId": BASE } });
    let mut location = json!({ "message": { "text": span.slice(&article.text) } });
    let paragraph = article.paragraphs.iter().rfind(|p| p.span.start() <= span.start());
    // What an importer made up for a source is a place in no page.
    match paragraph.filter(|_| article.site != "imported").map(|p| (p, &p.source)) {
        Some((paragraph, &Source::Bytes(page))) => {
            let is_verbatim = page.len() == paragraph.span.len();
            let region = match is_verbatim.then(|| span.start() - paragraph.span.start()) {
                Some(offset) => Span::new(page.start() + offset, page.start() + offset + span.len()),
                None => page,
            };
            physical["region"] = json!({ "byteOffset": region.start(), "byteLength": region.len() });
        }
        Some((_, Source::Node(path))) => {
            location["logicalLocations"] = json!([{ "fullyQualifiedName": path, "kind": "element" }]);
        }
        None => {}
    }
    location["physicalLocation"] = physical;
    location
}
