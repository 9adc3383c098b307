//! Pages, stand-off lines of them, and what is made of both; fiction.

use super::*;
use crate::export;
use crate::export::standoff::of;
use crate::ingest;
use crate::model::{Alignment, Bead, Bitext, Document, Evidence, Relation};
use crate::pipeline::{self, Silent, read_all};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

const ZH: &str = "# 雾狐组织入侵塔恩威克公司\n\n雾狐组织于5月3日入侵了塔恩威克公司。它窃取了500份文件。\n\n公司称没有支付赎金，也没有联系攻击者。\n";
const EN: &str = "# Mistfox breaches Tarnwick\n\nMistfox breached Tarnwick on May 3. It took 500 files.\n\nThe company said it has paid no ransom, nor has it talked to the attackers.\n";
const PAGE: &str = "<html><head><title>Mistfox breaches Quillmark</title><link rel=\"canonical\" href=\"https://en.example/quillmark\"></head><body><nav><a href=\"/\">Home</a></nav><article><h1>Mistfox breaches Quillmark</h1><p>Mistfox breached Quillmark on May 9. It took nothing at all, the company said.</p><p>The attackers have not answered any of the questions that were sent to them.</p></article></body></html>";

/// A folder of pages in `pages/`, and files beside it.
struct Work(TempDir);

impl Work {
    fn new(pages: &[(&str, &str)]) -> Self {
        let work = Self(tempfile::tempdir().unwrap());
        pages.iter().for_each(|(name, text)| work.put(&format!("pages/{name}"), text));
        work
    }

    /// Two pairs that share nothing.
    fn of_two_pairs() -> Self {
        Self::new(&[
            ("zh/a.md", ZH),
            ("en/a.md", EN),
            ("zh/b.md", &ZH.replace("塔恩威克", "奎尔马克")),
            ("en/b.html", PAGE),
        ])
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    fn documents(&self) -> Vec<Document> {
        let settings = Settings::default();
        let files = ingest::list(&[self.path("pages")], &settings.ingest).unwrap().output;
        let mut documents = Vec::new();
        read_all(&files, &settings, &Silent, |reading| {
            documents.push(reading.unwrap().document);
            Ok(())
        })
        .unwrap();
        documents
    }

    /// The lines of these pairs, by the pages' names; sentence n translates sentence n.
    fn aligned(&self, pairs: &[(&str, &str)]) -> Vec<Record> {
        let documents = self.documents();
        let named = |name: &str| documents.iter().find(|d| d.article.id == name).unwrap().clone();
        let records = pairs.iter().flat_map(|(zh, en)| {
            let sides = Sides::new(named(zh), named(en));
            let (n, m) = (sides.zh.sentences.len() as u32, sides.en.sentences.len() as u32);
            let bead = |i: u32| {
                let (zh, en) = (Vec::from_iter((i < n).then_some(i)), Vec::from_iter((i < m).then_some(i)));
                let relation = match (zh.is_empty(), en.is_empty()) {
                    (false, false) => Relation::Translation,
                    (true, _) => Relation::Omitted,
                    _ => Relation::Added,
                };
                Bead { zh, en, relation, confidence: 0.123_456, parts: Vec::new() }
            };
            let beads = (0..n.max(m)).map(bead).collect();
            let alignment = Alignment::new(beads, n as usize, m as usize, String::new()).unwrap();
            let pair = pipeline::pair(sides, Evidence::Given);
            export::records(&Bitext {
                pair,
                alignment,
                findings: Vec::new(),
                numbers: Vec::new(),
                revisions: Default::default(),
            })
            .collect::<Vec<_>>()
        });
        records.collect()
    }

    /// Writes the stand-off lines of these beads; gives the text that must come of them.
    fn standoff(&self, records: &[Record]) -> String {
        let lines = records.iter().map(|r| serde_json::to_string(&of(r.clone()).unwrap()).unwrap() + "\n");
        self.put("standoff.jsonl", &lines.collect::<String>());
        text(records)
    }

    fn restore(&self, pages: &[&str]) -> Result<(Report, String)> {
        let mut bytes = Vec::new();
        let mut output = Output::stream("memory", &mut bytes);
        let pages: Vec<PathBuf> = pages.iter().map(|name| self.path(name)).collect();
        let report = run(&[self.path("standoff.jsonl")], &pages, &Settings::default(), &Silent, &mut output)?;
        output.finish()?;
        Ok((report, String::from_utf8(bytes).unwrap()))
    }
}

fn text(records: &[Record]) -> String {
    records.iter().map(|r| serde_json::to_string(r).unwrap() + "\n").collect()
}

const BOTH: [(&str, &str); 2] = [("zh/a.md", "en/a.md"), ("zh/b.md", "en/b.html")];

fn reasons(report: &Report) -> Vec<(&str, Vec<&str>)> {
    let refused = report.refused.iter();
    refused.map(|r| (r.pair.as_str(), r.causes.iter().map(|c| c.reason).collect())).collect()
}

#[test]
fn what_was_taken_apart_comes_together_to_the_byte() {
    let work = Work::of_two_pairs();
    let expected = work.standoff(&work.aligned(&BOTH));
    let standoff = fs::read_to_string(work.path("standoff.jsonl")).unwrap();
    for word in ["雾狐", "入侵", "Mistfox", "ransom", "Quillmark"] {
        assert!(!standoff.contains(word) && expected.contains(word), "{word}");
    }
    let (report, restored) = work.restore(&["pages"]).unwrap();
    assert_eq!(restored, expected);
    assert_eq!(
        (report.read, report.written, report.pairs),
        (report.written, expected.lines().count() as u64, 2)
    );
    assert!(report.refused.is_empty());
    // No line stands twice.
    work.put("standoff.jsonl", &(standoff.clone() + &standoff));
    let said = work.restore(&["pages"]).unwrap_err().to_string();
    assert!(said.contains("stands a second time"), "{said}");
    // Wherever the pages lie now, and whatever else is there.
    let moved = Work::new(&[
        ("x.md", ZH),
        ("y.md", EN),
        ("z.md", "# Another\n\nAnother page that nobody has asked for.\n"),
    ]);
    let expected = moved.standoff(&work.aligned(&BOTH[..1]));
    assert_eq!(moved.restore(&["pages/x.md", "pages"]).unwrap().1, expected);
}

#[test]
fn a_changed_page_is_named_and_refused_and_the_rest_goes_on() {
    let work = Work::of_two_pairs();
    let records = work.aligned(&BOTH);
    work.standoff(&records);
    let rest = text(&records.iter().filter(|r| r.zh_file == "zh/b.md").cloned().collect::<Vec<_>>());
    work.put("pages/en/a.md", &EN.replace("500", "600"));
    let (report, restored) = work.restore(&["pages"]).unwrap();
    assert_eq!(restored, rest);
    assert_eq!(reasons(&report), [("zh/a.md+en/a.md", vec!["page-changed"])]);
    let cause = &report.refused[0].causes[0];
    assert_eq!(cause.file.as_deref(), Some("en/a.md"));
    assert_eq!(cause.found, Some(sha256(&EN.replace("500", "600"))));
    assert_eq!(report.refused[0].beads as usize, records.len() - rest.lines().count());
    // The same, its folder given by itself; both sides are told.
    work.put("pages/zh/a.md", &(ZH.to_owned() + " "));
    let report = work.restore(&["pages/zh", "pages/en"]).unwrap().0;
    assert_eq!(reasons(&report), [("zh/a.md+en/a.md", vec!["page-changed", "page-changed"])]);
    fs::remove_file(work.path("pages/zh/a.md")).unwrap();
    let report = work.restore(&["pages"]).unwrap().0;
    assert_eq!(reasons(&report), [("zh/a.md+en/a.md", vec!["page-missing", "page-changed"])]);
}

#[test]
fn a_page_that_was_changed_outside_its_article_is_refused_too() {
    let work = Work::of_two_pairs();
    let before = work.documents();
    work.standoff(&work.aligned(&BOTH));
    work.put("pages/en/b.html", &PAGE.replace("Home", "Start"));
    let text = |documents: Vec<Document>| documents.into_iter().map(|d| d.article.text).collect::<Vec<_>>();
    assert_eq!(text(work.documents()), text(before));
    let report = work.restore(&["pages"]).unwrap().0;
    assert_eq!(reasons(&report), [("zh/b.md+en/b.html", vec!["page-changed"])]);
}

#[test]
fn a_page_under_another_name_is_known_by_its_address() {
    let work = Work::of_two_pairs();
    work.standoff(&work.aligned(&BOTH[1..]));
    fs::remove_file(work.path("pages/en/b.html")).unwrap();
    let changed = PAGE.replace("nothing", "something");
    // By what the page says itself, and by what an archive says of it.
    work.put("pages/other.html", &changed);
    let cause = work.restore(&["pages"]).unwrap().0.refused[0].causes[0].clone();
    assert_eq!((cause.reason, cause.found.as_deref()), ("page-changed", Some(sha256(&changed).as_str())));
    fs::remove_file(work.path("pages/other.html")).unwrap();
    let record =
        json!({"url": "http://www.en.example/quillmark?utm=1", "text": "Another text of the same address."});
    work.put("pages/archive.jsonl", &format!("{record}\n"));
    let cause = work.restore(&["pages"]).unwrap().0.refused[0].causes[0].clone();
    assert!(cause.reason == "page-changed" && cause.message.contains("archive.jsonl#1"), "{cause:?}");
}

#[test]
fn one_page_in_two_forms_is_tried_in_both() {
    let body = "Mistfox breached Tarnwick on May 3. It took 500 files, the company said.";
    let record = |title: &str| format!("{}\n", json!({"title": title, "text": body}));
    let work = Work::new(&[("en/a.jsonl", &record("Mistfox breaches Tarnwick")), ("zh/a.md", ZH)]);
    let records = work.aligned(&[("zh/a.md", "en/a.jsonl#1")]);
    let expected = work.standoff(&records);
    work.put("pages/en/0.jsonl", &record("Another title of the same text"));
    assert_eq!(work.restore(&["pages"]).unwrap().1, expected);
    fs::remove_file(work.path("pages/en/a.jsonl")).unwrap();
    let (report, restored) = work.restore(&["pages"]).unwrap();
    assert_eq!(
        (reasons(&report), restored.as_str()),
        (vec![("zh/a.md+en/a.jsonl#1", vec!["other-article"])], "")
    );
}

#[test]
fn a_page_in_which_no_article_is_read_is_told_from_one_that_is_not_there() {
    let work = Work::of_two_pairs();
    work.standoff(&work.aligned(&BOTH[..1]));
    let empty = "<html><body><nav>Home</nav></body></html>";
    work.put("pages/empty.html", empty);
    let lines = fs::read_to_string(work.path("standoff.jsonl")).unwrap();
    work.put("standoff.jsonl", &lines.replace(&sha256(ZH), &sha256(empty)));
    let report = work.restore(&["pages"]).unwrap().0;
    assert_eq!(reasons(&report), [("zh/a.md+en/a.md", vec!["no-article"])]);
    assert!(report.refused[0].causes[0].message.contains("zh/a.md is the same page"));
}

/// What comes of the lines if every line is changed so.
fn tampered(change: impl Fn(&mut Value)) -> Result<(Report, String)> {
    let work = Work::of_two_pairs();
    let expected = work.standoff(&work.aligned(&BOTH[..1]));
    let lines = fs::read_to_string(work.path("standoff.jsonl")).unwrap();
    let changed = lines.lines().map(|line| {
        let mut value = serde_json::from_str(line).unwrap();
        change(&mut value);
        format!("{value}\n")
    });
    work.put("standoff.jsonl", &changed.collect::<String>());
    let (report, restored) = work.restore(&["pages"])?;
    assert!(restored.is_empty() || restored == expected);
    Ok((report, restored))
}

/// What is expected, and how a line is changed.
type Tampering = (&'static str, fn(&mut Value));

#[test]
fn hostile_lines_are_refused_or_named() {
    let refused: [Tampering; 7] = [
        ("other-article", |line| line["zh_span"][0] = json!([1, 5])),
        ("other-article", |line| line["zh_span"][0] = json!([4_000_000_000u32, 4_000_000_001u32])),
        ("other-article", |line| line["en_sha256"][0] = json!("0".repeat(64))),
        ("line-differs", |line| line["confidence"] = json!(1.0)),
        ("line-differs", |line| line["en_url"] = json!("https://elsewhere.example/")),
        ("line-differs", |line| line["line_sha256"] = json!("f".repeat(64))),
        ("page-missing", |line| {
            line["zh_file"] = json!("../../../../etc/hostname");
            line["zh_page_sha256"] = json!("0".repeat(64));
        }),
    ];
    for (reason, change) in refused {
        let (report, restored) = tampered(change).unwrap();
        assert!(restored.is_empty(), "{reason}");
        assert_eq!(report.refused[0].causes[0].reason, reason, "{report:?}");
        assert_eq!(report.refused[0].beads, report.read);
    }
    let broken: [Tampering; 8] = [
        ("not as many", |line| line["zh_span"] = json!([])),
        ("not as many", |line| line["en_index"] = json!([1, 2, 3, 4, 5, 6])),
        ("not as many", |line| line["en_kind"] = json!(["body", "body", "body", "body"])),
        ("ends before it starts", |line| line["zh_span"][0] = json!([5, 1])),
        ("is no SHA-256", |line| line["zh_page_sha256"] = json!("ABC")),
        ("which pages", |line| line["en_page_sha256"] = Value::Null),
        ("holds `zh`", |line| line["zh"] = json!(["一"])),
        ("version 2", |line| line["standoff"] = json!(2)),
    ];
    for (part, change) in broken {
        let said = tampered(change).unwrap_err().to_string();
        assert!(said.contains("standoff.jsonl:") && said.contains(part), "{said}");
    }
    assert!(tampered(|line| line["unknown"] = json!(["passed over"])).unwrap().0.refused.is_empty());
}

#[test]
fn beads_without_pages_cannot_be_taken_apart() {
    let work = Work::of_two_pairs();
    let mut record = work.aligned(&BOTH[..1]).remove(0);
    let line = serde_json::to_string(&record).unwrap();
    let unknown = line.replacen('{', "{\"later\":1,", 1);
    let format = export::line_format("standoff").unwrap();
    assert!((format.line)(&line, None).is_ok());
    assert!((format.line)(&unknown, None).unwrap_err().to_string().contains("`later`"));
    let licensed: Standoff = serde_json::from_str(&(format.line)(&line, Some("CC0-1.0")).unwrap()).unwrap();
    assert_eq!(licensed.record().licence, "CC0-1.0");
    record.zh_page_sha256 = None;
    let error = of(record).unwrap_err();
    assert!(error.to_string().contains("does not say which pages") && error.remedy_text().is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_sentences_are_cut_out_again_and_no_others(texts in prop::collection::vec("\\PC{0,12}", 1..8), off in 0usize..40) {
        let whole = texts.join("\n");
        let mut at = 0;
        let spans: Vec<Span> = texts.iter().map(|t| { let span = Span::new(at, at + t.len()); at += t.len() + 1; span }).collect();
        let hashes: Vec<String> = texts.iter().map(|t| sha256(t)).collect();
        prop_assert_eq!(cut(&whole, &spans, &hashes), Some(texts.clone()));
        let shifted: Vec<Span> = spans.iter().map(|span| span.shifted(off)).collect();
        if let Some(found) = cut(&whole, &shifted, &hashes) {
            prop_assert_eq!(found, texts);
        }
    }

    #[test]
    fn any_bead_with_pages_survives_being_written(
        zh in prop::collection::vec(any::<String>(), 0..4), en in prop::collection::vec(any::<String>(), 0..4),
        meta in any::<String>(), confidence in any::<f64>(), signal in any::<f64>(),
    ) {
        let spans = |texts: &[String]| texts.iter().map(|t| Span::new(0, t.len())).collect::<Vec<_>>();
        let line = json!({
            "id": meta, "pair": meta, "zh_url": meta, "en_url": meta, "zh_file": meta, "en_file": meta, "zh": zh, "en": en,
            "zh_index": vec![0; zh.len()], "en_index": vec![0; en.len()], "zh_span": spans(&zh), "en_span": spans(&en),
            "translator": meta, "licence": meta, "zh_page_sha256": sha256(&meta), "en_page_sha256": sha256(""),
            "relation": "moved", "confidence": if confidence.is_finite() { confidence } else { 0.0 },
            "signals": { meta.clone(): if signal.is_finite() { signal } else { 0.0 } },
        });
        let record: Record = serde_json::from_value(line).unwrap();
        let standoff = of(record.clone()).unwrap();
        let written = serde_json::to_string(&standoff).unwrap();
        let read: Standoff = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(&read, &standoff);
        prop_assert_eq!(sha256(&super::written(&read.with(Sides::new(zh, en))).unwrap()), read.line());
    }

    #[test]
    fn any_line_is_refused_or_named(text in "\\PC{0,80}", place in any::<prop::sample::Index>(), put in any::<char>()) {
        prop_assert!(serde_json::from_str::<Standoff>(&text).is_err());
        let work = Work::new(&[("a.md", EN)]);
        let hash = sha256(EN);
        let line = json!({
            "standoff": 1, "zh_sha256": [hash], "en_sha256": [], "line_sha256": hash, "id": "a#0", "pair": "a", "zh_url": null,
            "en_url": "a", "zh_file": "a.md", "en_file": "b.md", "zh_index": [0], "en_index": [], "zh_span": [[0, 7]], "en_span": [],
            "zh_page_sha256": hash, "en_page_sha256": hash, "relation": "added", "confidence": 1.0, "signals": {},
        });
        let mut chars: Vec<char> = line.to_string().chars().collect();
        let at = place.index(chars.len());
        chars[at] = put;
        work.put("standoff.jsonl", &chars.into_iter().collect::<String>());
        if let Ok((report, restored)) = work.restore(&["pages"]) {
            prop_assert!(restored.is_empty() && report.written == 0);
        }
    }
}
