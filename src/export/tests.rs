//! All formats, written from one bitext with everything in it that a format could stumble over.

use super::*;
use crate::model::{
    Alignment, Article, ArticlePair, Aspect, Document, Evidence, Finding, Message, Paragraph, ParagraphKind,
    Part, Record, Relation, Rule, Sentence, Severity, Sides, Source, Span,
};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

mod columns;
#[cfg(feature = "report")]
mod review_sheet;
mod sets;
#[cfg(feature = "report")]
mod spreadsheet;
mod xliff;

/// Sentence by sentence: plain; markup; a tab, a line break and quotes; characters that XML cannot hold; characters
/// beyond 16 bits and a mark that turns the direction of writing; what a spreadsheet takes for a formula.
const ZH: [&str; 7] = [
    "Tarnwick遭攻击",
    "攻击者窃取了<b>数据</b>&密钥]]>。",
    "他说：“不\t要\n点击\"它\"。”",
    "控制\u{1}字符\u{fffe}在此。",
    "𠮷野家\u{202e}的网站𪚥。",
    "=cmd()",
    "译者补充了一句。",
];
const EN: [&str; 7] = [
    "Tarnwick attacked",
    "Attackers stole <b>data</b> & keys]]>.",
    "\"Don't\tclick\r\nit,\" he said.",
    "A control\u{1} character\u{fffe} here.",
    "The site \u{202e}of Yoshinoya\u{2028}is down.",
    "=cmd()",
    "Source: Tarnwick",
];

fn document(id: &str, lang: Lang, url: Option<&str>, sentences: &[&str]) -> Document {
    let mut text = String::new();
    let (mut paragraphs, mut cut) = (Vec::new(), Vec::new());
    for (number, sentence) in sentences.iter().enumerate() {
        let span = Span::new(text.len(), text.len() + sentence.len());
        text.push_str(sentence);
        text.push('\n');
        let kind = if number == 0 { ParagraphKind::Title } else { ParagraphKind::Body };
        // The post is a Markdown page whose last paragraph is longer there; the original is a page of HTML.
        let behind = span.shifted(100);
        let source = match (lang, number) {
            (Lang::En, n) => Source::Node(format!("html/body/p[{}]", n + 1)),
            (_, 6) => Source::Bytes(Span::new(behind.start(), behind.end() + 4)),
            _ => Source::Bytes(behind),
        };
        paragraphs.push(Paragraph { kind, span, source });
        cut.push(Sentence { paragraph: number as u32, span });
    }
    let article = Article {
        id: id.to_owned(),
        site: "generic".to_owned(),
        lang,
        url: url.map(str::to_owned),
        aliases: Vec::new(),
        provenance: Default::default(),
        title: sentences.first().map(|s| (*s).to_owned()),
        lead: None,
        author: None,
        published: None,
        cites: Vec::new(),
        text,
        paragraphs,
    };
    Document { article, sentences: cut }
}

fn bead(zh: &[u32], en: &[u32], relation: Relation, confidence: f32) -> Bead {
    let parts = [("lexicon", 1.5), ("length", -0.25)];
    let parts = parts.map(|(signal, value)| Part { signal: signal.to_owned(), value }).to_vec();
    Bead { zh: zh.to_vec(), en: en.to_vec(), relation, confidence, parts }
}

pub fn sample() -> Bitext {
    let beads = vec![
        bead(&[0], &[0], Relation::Translation, 1.0),
        bead(&[1], &[2], Relation::Repeat, 0.75),
        bead(&[2, 3], &[1, 2], Relation::Translation, 0.981_25),
        bead(&[4], &[4], Relation::Moved, 0.5),
        bead(&[5], &[3, 5], Relation::Translation, 0.333_333_34),
        bead(&[], &[6], Relation::Omitted, 0.9),
        bead(&[6], &[], Relation::Added, 0.0),
    ];
    let pair = ArticlePair {
        id: "zh/a&b.md+en/c\"d.html".to_owned(),
        documents: Sides::new(
            document("zh/a&b.md", Lang::Zh, Some("https://post.example/a?x=1&y=<2>"), &ZH),
            document("en/c\"d.html", Lang::En, None, &EN),
        ),
        evidence: Evidence::Given,
        en_url: "https://news.example/c\"d?p=1&q=2".to_owned(),
        licence: None,
    };
    let alignment = Alignment::new(beads, ZH.len(), EN.len(), "made-by-hand".to_owned()).unwrap();
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| pair.documents.get(lang).article.text.clone());
    let findings = vec![
        finding((1, "term", Severity::Info), (&zh, &["窃取了"]), (&en, &[]), "a house's way"),
        finding(
            (2, "number", Severity::Major),
            (&zh, &["不\t要\n", "此"]),
            (&en, &["click\r\nit"]),
            "overlaps",
        ),
        finding(
            (2, "negation", Severity::Critical),
            (&zh, &["要\n点击\"它\"。”"]),
            (&en, &["Don't"]),
            "and is overlapped",
        ),
        finding(
            (4, "number", Severity::Minor),
            (&zh, &["=cmd()"]),
            (&en, &[]),
            "=HYPERLINK(\"https://evil.example\")",
        ),
        finding((5, "omission", Severity::Minor), (&zh, &[]), (&en, &["Source: Tarnwick"]), "is missing"),
        finding((6, "addition", Severity::Info), (&zh, &["补充"]), (&en, &[]), "</script><b>\u{1}"),
    ];
    Bitext { pair, alignment, findings, numbers: Vec::new(), revisions: Default::default() }
}

/// A finding that marks the first places of these words in both texts.
fn finding(
    (bead, check, severity): (u32, &str, Severity),
    zh: (&str, &[&str]),
    en: (&str, &[&str]),
    message: &str,
) -> Finding {
    let spans = |(text, marked): (&str, &[&str])| {
        let span = |words: &&str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        marked.iter().map(span).collect::<Vec<Span>>()
    };
    Finding {
        id: format!("{bead:02}23456789ab"),
        group: if check == "number" { "ba9876543210".to_owned() } else { format!("{bead:02}23456789ab") },
        confidence: 0.75,
        check: check.to_owned(),
        severity,
        category: "Accuracy/Mistranslation".to_owned(),
        bead,
        spans: Sides::new(spans(zh), spans(en)),
        message: Message::new(format!("a \"quoted\" <message>: {message}"), format!("一条“消息”：{message}")),
        suggestion: (severity == Severity::Major).then(|| "=1+1".to_owned()),
    }
}

pub fn meta() -> Meta {
    let rule = |name: &str, aspect| Rule {
        name: name.to_owned(),
        category: "Accuracy/Mistranslation".to_owned(),
        aspect,
        what: format!("What <{name}> finds."),
        why: "Because.".to_owned(),
        known_problems: "None that we know.".to_owned(),
    };
    let rules = vec![
        rule("addition", Aspect::Coverage),
        rule("negation", Aspect::Meaning),
        rule("number", Aspect::Values),
        rule("omission", Aspect::Coverage),
        rule("term", Aspect::Meaning),
    ];
    let signature = "config:<&> lexicon:\"0\"".to_owned();
    Meta { version: "1.2.3".to_owned(), signature, licence: None, rules }
}

fn written(name: &str) -> String {
    String::from_utf8(write(format(name).unwrap(), &meta(), &[sample()])).unwrap()
}

#[test]
fn every_format_is_as_it_was() {
    for format in FORMATS {
        insta::assert_snapshot!(format.name, shown(&written(format.name)));
    }
}

/// What a terminal or an editor would hide is shown as an escape.
pub fn shown(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => "\n".to_owned(),
        '\t' => "\u{2409}".to_owned(),
        '\u{202e}' | '\u{2028}' | '\u{fffe}' | '\u{feff}' => c.escape_unicode().to_string(),
        c if c.is_control() => c.escape_unicode().to_string(),
        c => c.to_string(),
    };
    text.chars().map(shown).collect()
}

/// The texts of the beads that translate.
pub fn translated(bitext: &Bitext) -> Vec<Sides<String>> {
    let beads = bitext.alignment.beads().iter();
    let linked = beads.filter(|b| matches!(b.relation, Relation::Translation | Relation::Moved));
    linked.map(|b| Sides::new(Lang::Zh, Lang::En).map(|lang| joined(bitext, b, lang))).collect()
}

#[test]
fn no_bitext_is_a_whole_file_too() {
    let empty = |name: &str| String::from_utf8(write(format(name).unwrap(), &meta(), &[])).unwrap();
    assert_eq!(
        (empty("jsonl").as_str(), empty("vecalign").as_str(), empty("findings").as_str()),
        ("", "", "")
    );
    assert_eq!(empty("mqm").lines().count(), 1);
    assert_eq!(results(&empty("sarif")).len(), 0);
    assert_eq!(empty("tsv"), "pair\trelation\tconfidence\tzh\ten\n");
    assert!(segments(&empty("tmx")).is_empty());
}

/// The segments of a TMX file, as an XML parser reads them.
fn segments(tmx: &str) -> Vec<String> {
    let mut reader = Reader::from_str(tmx);
    reader.config_mut().expand_empty_elements = true;
    let (mut segments, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "seg" => {
                inside = true;
                segments.push(String::new());
            }
            Event::End(tag) if tag.name().as_ref() == "seg" => inside = false,
            Event::Text(text) if inside => segments.last_mut().unwrap().push_str(&text.xml10_content()),
            Event::GeneralRef(entity) if inside => {
                let character = entity.resolve_char_ref().unwrap();
                let named = || quick_xml::escape::resolve_xml_entity(&entity).unwrap().to_owned();
                let text = character.map_or_else(named, |c| c.to_string());
                segments.last_mut().unwrap().push_str(&text);
            }
            Event::Eof => return segments,
            _ => {}
        }
    }
}

#[test]
fn tmx_holds_the_text_but_for_what_xml_cannot() {
    let (tmx, bitext) = (written("tmx"), sample());
    let linked = bitext
        .alignment
        .beads()
        .iter()
        .filter(|b| matches!(b.relation, Relation::Translation | Relation::Moved));
    let texts = linked.flat_map(|b| [Lang::Zh, Lang::En].map(|lang| joined(&bitext, b, lang)));
    let expected: Vec<String> = texts.map(|t| t.replace(['\u{1}', '\u{fffe}'], "")).collect();
    assert_eq!(segments(&tmx), expected);
    assert!(!tmx.contains(['\u{1}', '\u{fffe}']) && !tmx.contains("]]>"), "{tmx}");
}

#[test]
fn jsonl_keeps_to_its_schema_and_loses_nothing() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let (jsonl, bitext) = (written("jsonl"), sample());
    let expected: Vec<Record> = records(&bitext).collect();
    assert_eq!((jsonl.lines().count(), expected.len()), (7, 7));
    for (line, expected) in jsonl.lines().zip(&expected) {
        let value: Value = serde_json::from_str(line).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?} in {line}");
        assert_eq!(serde_json::from_str::<Record>(line).unwrap(), *expected);
    }
    let all = |side: fn(&Record) -> &[String]| expected.iter().flat_map(side).cloned().collect::<Vec<_>>();
    assert_eq!(all(|r| &r.zh), ZH);
}

/// A schema that lets everything pass would be no schema.
#[test]
fn the_schema_refuses_what_is_wrong() {
    let validator = jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap();
    let good: Value = serde_json::from_str(written("jsonl").lines().next().unwrap()).unwrap();
    assert!(validator.is_valid(&good));
    for (field, wrong) in [
        ("relation", Value::from("unsure")),
        ("relation", Value::from("omitted")),
        ("confidence", Value::from(1.5)),
        ("zh", Value::Array(Vec::new())),
        ("zh_index", serde_json::json!([-1])),
        ("zh_span", serde_json::json!([[1]])),
        ("id", Value::from("no number")),
        ("surprise", Value::Null),
    ] {
        let mut bad = good.clone();
        bad.as_object_mut().unwrap().insert(field.to_owned(), wrong);
        assert!(!validator.is_valid(&bad), "{field}");
    }
    let fields: Vec<String> = good.as_object().unwrap().keys().cloned().collect();
    for field in fields {
        let mut bad = good.clone();
        bad.as_object_mut().unwrap().remove(&field);
        assert!(!validator.is_valid(&bad), "{field} may be missing");
    }
}

#[test]
fn tsv_has_as_many_cells_in_every_line() {
    let tsv = written("tsv");
    assert_eq!(tsv.split('\n').count(), 1 + 7 + 1);
    assert!(tsv.lines().all(|line| line.split('\t').count() == 5), "{tsv}");
}

#[test]
fn vecalign_names_every_sentence_exactly_once() {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for line in written("vecalign").lines() {
        let mut fields = line.split(':');
        let mut numbers = || serde_json::from_str::<Vec<usize>>(fields.next().unwrap()).unwrap();
        zh.extend(numbers());
        en.extend(numbers());
    }
    zh.sort_unstable();
    en.sort_unstable();
    assert_eq!((zh, en), ((0..ZH.len()).collect(), (0..EN.len()).collect::<Vec<_>>()));
}

/// The results of a SARIF file.
fn results(sarif: &str) -> Vec<Value> {
    let log: Value = serde_json::from_str(sarif).unwrap();
    log["runs"][0]["results"].as_array().unwrap().clone()
}

/// The schema is that of the npm package `@microsoft/jest-sarif` (MIT); its `$schema` is draft 4.
#[test]
fn sarif_keeps_to_its_schema() {
    // One of its patterns has a bracket too many, which only some dialects of regular expressions let pass.
    let schema = include_str!("../../tests/cases/sarif/sarif-2.1.0.json").replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let three = [sample(), Bitext { findings: Vec::new(), ..sample() }, sample()];
    for bitexts in [&three[..0], &three[..1], &three] {
        let text = String::from_utf8(write(format("sarif").unwrap(), &meta(), bitexts)).unwrap();
        let log: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = validator.iter_errors(&log).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        let expected: usize = bitexts.iter().map(|b| b.findings.len()).sum();
        assert_eq!(results(&text).len(), expected);
    }
    let mut bad: Value = serde_json::from_str(&written("sarif")).unwrap();
    bad["runs"][0]["results"][0]["level"] = Value::from("major");
    assert!(!validator.is_valid(&bad));
}

#[test]
fn sarif_points_to_the_marked_bytes_of_the_page() {
    let bitext = sample();
    let page = format!("{}{}", "-".repeat(100), bitext.pair.documents.zh.article.text);
    let results = results(&written("sarif"));
    let region = |n: usize| &results[n]["locations"][0]["physicalLocation"]["region"];
    let cut = |n: usize| {
        let number = |key: &str| region(n)[key].as_u64().unwrap() as usize;
        page[number("byteOffset")..number("byteOffset") + number("byteLength")].to_owned()
    };
    assert_eq!((cut(0).as_str(), cut(3).as_str()), ("窃取了", "=cmd()"));
    // What stands otherwise in the page is pointed to as a whole.
    assert_eq!(region(5)["byteLength"], ZH[6].len() + 4);
    let omission = &results[4];
    assert_eq!(omission["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "html/body/p[7]");
    assert_eq!(omission["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "en/c%22d.html");
    assert_eq!(omission["relatedLocations"], serde_json::json!([]));
    assert_eq!(results[1]["relatedLocations"][0]["message"]["text"], "click\r\nit");
}

#[test]
fn imported_text_is_no_place_in_a_page() {
    let mut bitext = sample();
    bitext.pair.documents.zh.article.site = "imported".to_owned();
    let sarif = String::from_utf8(write(format("sarif").unwrap(), &meta(), &[bitext])).unwrap();
    assert!(results(&sarif).iter().all(|r| r["locations"][0]["physicalLocation"].get("region").is_none()));
}

#[test]
fn mqm_has_every_bead_and_its_marks_take_nothing_away() {
    let (tsv, bitext) = (written("mqm"), sample());
    let rows: Vec<Vec<&str>> = tsv.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == 10), "{tsv}");
    let numbers: Vec<usize> = rows.iter().map(|row| row[2].parse().unwrap()).collect();
    assert_eq!(numbers, [1, 2, 3, 3, 4, 5, 6, 7], "no gap, a line for each finding");
    for row in &rows {
        let bead = &bitext.alignment.beads()[row[2].parse::<usize>().unwrap() - 1];
        for (column, lang) in [(5, Lang::En), (6, Lang::Zh)] {
            let plain = row[column].replace("<v>", "").replace("</v>", "");
            assert_eq!(plain, cell(&joined(&bitext, bead, lang)), "{row:?}");
        }
        assert!(["no-error", "Neutral", "Minor", "Major"].contains(&row[8]));
        serde_json::from_str::<Value>(row[9]).unwrap();
    }
    assert_eq!(rows[3][8], "Major");
    assert_eq!(serde_json::from_str::<Value>(rows[3][9]).unwrap()["severity"], "critical");
    assert_eq!(rows[2][6], "他说：“<v>不 要 </v>点击\"它\"。”控制 字符\u{fffe}在<v>此</v>。");
}
