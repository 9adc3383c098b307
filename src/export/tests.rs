//! All formats, written from one bitext with everything in it that a format could stumble over.

use super::*;
use crate::model::{
    Alignment, Article, ArticlePair, Document, Evidence, Finding, Message, Paragraph, ParagraphKind, Part,
    Record, Relation, Sentence, Severity, Sides, Source, Span,
};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

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
        paragraphs.push(Paragraph { kind, span, source: Source::Bytes(span) });
        cut.push(Sentence { paragraph: number as u32, span });
    }
    let article = Article {
        id: id.to_owned(),
        site: "generic".to_owned(),
        lang,
        url: url.map(str::to_owned),
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

fn sample() -> Bitext {
    let beads = vec![
        bead(&[0], &[0], Relation::Translation, 1.0),
        bead(&[1], &[2], Relation::Repeat, 0.75),
        bead(&[2, 3], &[1, 2], Relation::Translation, 0.981_25),
        bead(&[4], &[4], Relation::Moved, 0.5),
        bead(&[5], &[3, 5], Relation::Translation, 0.333_333_34),
        bead(&[], &[6], Relation::Omitted, 0.9),
        bead(&[6], &[], Relation::Added, 0.0),
    ];
    let finding = Finding {
        id: "0123456789ab".to_owned(),
        group: "ba9876543210".to_owned(),
        confidence: 0.75,
        check: "numbers".to_owned(),
        severity: Severity::Major,
        category: "Accuracy/Mistranslation".to_owned(),
        bead: 2,
        spans: Sides::new(vec![Span::new(3, 6)], Vec::new()),
        message: Message::new("a \"quoted\" <message>", "一条“消息”"),
        suggestion: None,
    };
    let pair = ArticlePair {
        id: "zh/a&b.md+en/c\"d.html".to_owned(),
        documents: Sides::new(
            document("zh/a&b.md", Lang::Zh, Some("https://post.example/a?x=1&y=<2>"), &ZH),
            document("en/c\"d.html", Lang::En, None, &EN),
        ),
        evidence: Evidence::Given,
        en_url: "https://news.example/c\"d?p=1&q=2".to_owned(),
    };
    let alignment = Alignment::new(beads, ZH.len(), EN.len(), "made-by-hand".to_owned()).unwrap();
    Bitext { pair, alignment, findings: vec![finding] }
}

fn written(name: &str) -> String {
    let meta = Meta { version: "1.2.3".to_owned(), signature: "config:<&> lexicon:\"0\"".to_owned() };
    String::from_utf8(write(format(name).unwrap(), &meta, &[sample()])).unwrap()
}

#[test]
fn every_format_is_as_it_was() {
    for format in FORMATS {
        // What a terminal or an editor would hide is shown as an escape.
        let shown: String = written(format.name)
            .chars()
            .map(|c| match c {
                '\n' => "\n".to_owned(),
                '\t' => "\u{2409}".to_owned(),
                '\u{202e}' | '\u{2028}' | '\u{fffe}' => c.escape_unicode().to_string(),
                c if c.is_control() => c.escape_unicode().to_string(),
                c => c.to_string(),
            })
            .collect();
        insta::assert_snapshot!(format.name, shown);
    }
}

#[test]
fn no_bitext_is_a_whole_file_too() {
    let meta = Meta { version: "1.2.3".to_owned(), signature: String::new() };
    let empty = |name: &str| String::from_utf8(write(format(name).unwrap(), &meta, &[])).unwrap();
    assert_eq!((empty("jsonl").as_str(), empty("vecalign").as_str()), ("", ""));
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
