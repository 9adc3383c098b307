//! Sheets that are written, filled in and read back.
#![cfg(feature = "report")]

use super::super::testing::{Folder, record, text};
use super::*;
use crate::model::{
    Bitext, Finding, Lang, Message, Relation, Revision, Severity, SheetCell, SheetRow, Sides, Silent, Span,
};
use crate::{export, import};
use proptest::prelude::*;

use Relation::{Added, Moved, Omitted, Repeat, Translation};

const ZH: usize = 4;
const EN: usize = 5;
const MERGE: usize = 7;
const COMMENT: usize = 8;

type Spec<'s> = (&'s [&'s str], &'s [&'s str], Relation);

/// The beads of an article; a repeat's English is that of the bead that translates it.
fn article(name: &str, beads: &[Spec<'_>]) -> Vec<Record> {
    let mut texts: [Vec<&str>; 2] = Default::default();
    let mut places: Vec<[Vec<u32>; 2]> = Vec::new();
    for (zh, en, relation) in beads {
        let next = |side: usize, count: usize| {
            let from = texts[side].len();
            (from as u32..(from + count) as u32).collect::<Vec<u32>>()
        };
        let zh_places = next(0, zh.len());
        let en_places = if *relation == Repeat { Vec::new() } else { next(1, en.len()) };
        texts[0].extend(zh.iter());
        if *relation != Repeat {
            texts[1].extend(en.iter());
        }
        places.push([zh_places, en_places]);
    }
    let spans = texts.clone().map(|side| {
        let mut at = 2;
        let span = |text: &&str| {
            let span = Span::new(at, at + text.len());
            at += text.len() + 1;
            span
        };
        side.iter().map(span).collect::<Vec<_>>()
    });
    let of =
        |side: usize, places: &[u32]| places.iter().map(|&p| spans[side][p as usize]).collect::<Vec<_>>();
    let mut records = Vec::new();
    for (number, ((zh, en, relation), [zh_places, en_places])) in (0u32..).zip(beads.iter().zip(places)) {
        let en_places = match relation {
            Repeat => en.iter().map(|s| texts[1].iter().position(|t| t == s).unwrap() as u32).collect(),
            _ => en_places,
        };
        let owned = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        records.push(Record {
            zh: owned(zh),
            en: owned(en),
            zh_span: of(0, &zh_places),
            en_span: of(1, &en_places),
            zh_paragraph: vec![0; zh.len()],
            en_paragraph: vec![0; en.len()],
            zh_kind: vec![crate::model::ParagraphKind::Body; zh.len()],
            en_kind: vec![crate::model::ParagraphKind::Body; en.len()],
            zh_index: zh_places,
            en_index: en_places,
            relation: *relation,
            confidence: 0.5 + 0.1 * f64::from(number),
            ..record(name, number, "", "")
        });
    }
    records
}

/// A finding that marks a whole side of a bead.
fn finding(record: &Record, lang: Lang) -> Finding {
    let (zh, en) = match lang {
        Lang::Zh => (record.zh_span.clone(), Vec::new()),
        Lang::En => (Vec::new(), record.en_span.clone()),
    };
    let bead = record.id.rsplit_once('#').unwrap().1.parse().unwrap();
    Finding {
        id: "0123456789ab".to_owned(),
        group: "0123456789ab".to_owned(),
        check: "number".to_owned(),
        severity: Severity::Major,
        category: "Accuracy/Mistranslation".to_owned(),
        confidence: 0.5,
        bead,
        spans: Sides::new(zh, en),
        message: Message::new("Another figure.", "数字不同。"),
        suggestion: None,
    }
}

fn bitexts(text: &str) -> Vec<Bitext> {
    (import::reader("jsonl").unwrap().read)("aligned.jsonl", text.as_bytes()).unwrap()
}

/// The rows of the sheet that is made of a file.
fn rows(folder: &Folder, text: &str) -> Vec<SheetRow> {
    let meta =
        export::Meta { version: "1".to_owned(), signature: "s".to_owned(), licence: None, rules: Vec::new() };
    let format = export::container::container("xlsx").unwrap();
    let (bytes, _) = export::container::fill(format, &meta, Lang::En, &bitexts(text)).unwrap();
    read(&folder.put_bytes("review.xlsx", &bytes))
}

fn read(path: &std::path::Path) -> Vec<SheetRow> {
    let mut rows = Vec::new();
    import::review_sheet(path, |row| {
        rows.push(row);
        Ok(())
    })
    .unwrap();
    rows
}

/// What becomes of a file if cells are filled in, by row from 1 (the first below the header) and column.
struct Revised {
    report: Report,
    text: String,
    records: Vec<Record>,
}

fn revise(text: &str, cells: &[(usize, usize, &str)]) -> Revised {
    let folder = Folder::new();
    let mut rows = rows(&folder, text);
    for (row, column, typed) in cells {
        rows[*row].cells.resize(10, SheetCell::Empty);
        rows[*row].cells[*column] = SheetCell::Text((*typed).to_owned());
    }
    with(text, &rows).unwrap()
}

fn with(text: &str, rows: &[SheetRow]) -> Result<Revised> {
    let folder = Folder::new();
    let mut sheet = Sheet::default();
    rows.iter().try_for_each(|row| sheet.row(row))?;
    let mut bytes = Vec::new();
    let mut output = Output::stream("memory", &mut bytes);
    let report = run(&[folder.put("aligned.jsonl", text)], &Silent, sheet, &mut output)?;
    output.finish()?;
    let text = String::from_utf8(bytes).unwrap();
    let records = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    // Whatever was done, it is whole articles again.
    bitexts(&text);
    Ok(Revised { report, text, records })
}

fn reasons(revised: &Revised) -> Vec<(u64, &str)> {
    revised.report.problems.iter().map(|p| (p.row, p.reason)).collect()
}

/// A lead that repeats, a translation of two, an omission, an addition, and another article.
fn sample() -> Vec<Record> {
    let mut records = article(
        "a",
        &[
            (&["雾狐入侵。"], &["Mistfox broke in."], Repeat),
            (&["雾狐组织入侵了。", "数据被盗。"], &["Mistfox broke in.", "Data was stolen."], Translation),
            (&[], &["Left out."], Omitted),
            (&["译者加的。"], &[], Added),
            (&["再见。"], &["Goodbye."], Moved),
        ],
    );
    records[4].findings = vec![finding(&records[4], Lang::Zh)];
    records[1].findings = vec![finding(&records[1], Lang::En)];
    records.extend(article("b", &[(&["另一篇。"], &["Another one."], Translation)]));
    records
}

#[test]
fn what_nobody_touched_stays_byte_for_byte() {
    let before = text(&sample()).replace("\"signals\":{}", "\"signals\": {}").replacen("\n", "\r\n", 1);
    let after = revise(&before, &[]);
    assert_eq!(after.text, before.replace('\r', ""));
    assert_eq!((after.report.rows, after.report.unchanged, after.report.refused), (6, 6, 0));
}

#[test]
fn an_edited_side_is_named_and_what_stands_behind_it_moves() {
    let records = sample();
    let after = revise(
        &text(&records),
        &[(2, ZH, "雾狐组织入侵了。\n大量数据被盗。\n真的。"), (6, COMMENT, "好 \n 的")],
    );
    assert_eq!(reasons(&after), []);
    let [.., second, third, fourth, fifth, other] = &after.records[..] else { panic!() };
    assert_eq!(second.zh, ["雾狐组织入侵了。", "大量数据被盗。", "真的。"]);
    assert_eq!((second.zh_index.as_slice(), second.zh_paragraph.len()), (&[1, 2, 3][..], 3));
    assert_eq!(second.revision.as_ref().unwrap().edited, [Lang::Zh]);
    assert!(second.findings.is_empty() && second.en_span == records[1].en_span);
    assert_eq!(third, &records[2]);
    let shift = "大量".len() + "真的。".len();
    assert_eq!((fourth.zh_index[0], fourth.zh_span[0]), (4, records[3].zh_span[0].shifted(shift)));
    assert_eq!(fifth.findings[0].spans.zh, fifth.zh_span);
    assert_eq!(other.revision, Some(Revision { comment: Some("好\n的".to_owned()), ..Revision::default() }));
    let Report { edited, commented, findings, unchanged, written, .. } = after.report;
    assert_eq!((edited, commented, findings, unchanged, written), (1, 1, 1, 2, 6));
}

#[test]
fn a_sentence_that_two_beads_name_is_edited_once() {
    let records = text(&sample());
    let after = revise(&records, &[(1, EN, "Mistfox broke in again.")]);
    assert_eq!(after.records[0].en, ["Mistfox broke in again."]);
    assert_eq!(after.records[1].en, ["Mistfox broke in again.", "Data was stolen."]);
    assert_eq!((after.report.edited, after.report.findings), (2, 1));
    let both = [(1, EN, "It broke in."), (2, EN, "It broke in.\nData was stolen.")];
    assert_eq!(revise(&records, &both).records[1].en[0], "It broke in.");
    let after = revise(&records, &[(1, EN, "It broke in."), (2, EN, "Mistfox came.\nData was stolen.")]);
    assert_eq!((after.text.as_str(), after.report.refused), (records.as_str(), 1));
    let problem = &after.report.problems[0];
    assert_eq!((problem.row, problem.other, problem.reason), (2, Some(3), "edited-twice"));
}

#[test]
fn an_empty_cell_takes_the_text_out() {
    let records = text(&sample());
    let after = revise(&records, &[(5, ZH, ""), (4, ZH, " \n"), (3, ZH, "补上。")]);
    assert_eq!(reasons(&after), []);
    let relations: Vec<Relation> = after.records.iter().map(|r| r.relation).collect();
    assert_eq!(relations, [Repeat, Translation, Translation, Omitted, Translation]);
    assert_eq!(
        (after.records[2].zh_index.as_slice(), after.records[3].id.as_str()),
        (&[3][..], "zh/a.md+en/a.html#4")
    );
    assert_eq!((after.report.taken_out, after.report.findings), (1, 1));
    // A repeat lets go of what it repeats; the sentence stays where it is translated.
    let after = revise(&records, &[(1, EN, "")]);
    assert_eq!((after.records[0].relation, after.records[1].en.len()), (Added, 2));
    assert_eq!(revise(&records, &[(1, ZH, "")]).records.len(), 5);
    // What another bead repeats cannot lose its translation.
    let after = revise(&records, &[(2, ZH, ""), (6, COMMENT, "ok")]);
    assert_eq!((reasons(&after), after.report.commented), (vec![(3, "still-repeated")], 1));
    let after = revise(&records, &[(2, ZH, ""), (1, EN, "")]);
    assert_eq!((reasons(&after), after.records[1].relation), (vec![], Omitted));
    let after = revise(&records, &[(4, ZH, ""), (4, COMMENT, "not his")]);
    assert_eq!(reasons(&after), [(5, "nothing-left")]);
}

#[test]
fn merged_beads_are_one() {
    let records = sample();
    let after = revise(
        &text(&records),
        &[(3, MERGE, "Down"), (5, MERGE, "上"), (3, COMMENT, "one"), (5, COMMENT, "two")],
    );
    assert_eq!(reasons(&after), []);
    assert_eq!((after.records.len(), after.report.merged), (4, 2));
    let merged = &after.records[2];
    assert_eq!(merged.zh, ["译者加的。", "再见。"]);
    assert_eq!(merged.en, ["Left out.", "Goodbye."]);
    assert_eq!((merged.relation, merged.confidence), (Moved, records[2].confidence));
    let revision = merged.revision.clone().unwrap();
    assert_eq!(
        (revision.merged, revision.comment.as_deref(), revision.edited),
        (3, Some("one\ntwo"), vec![])
    );
    assert_eq!((merged.findings[0].bead, merged.findings[0].spans.zh[0]), (2, merged.zh_span[1]));
    assert_eq!((after.records[3].id.as_str(), &after.records[3]), ("zh/b.md+en/b.html#0", &records[5]));
    assert_eq!(merged.id, records[2].id);
    // A repeat can be merged with the bead that translates it, and with no other that has English.
    let after = revise(&text(&records), &[(1, MERGE, "down")]);
    assert_eq!((after.records[0].relation, after.records[0].en.len()), (Translation, 2));
    let lead = article(
        "c",
        &[(&["一"], &["Two."], Repeat), (&["二"], &["One."], Translation), (&["三"], &["Two."], Translation)],
    );
    let after = revise(&text(&lead), &[(1, MERGE, "down")]);
    assert_eq!((reasons(&after), after.text.clone()), (vec![(2, "no-such-merge")], text(&lead)));
    let after = revise(&text(&records), &[(1, MERGE, "up"), (5, MERGE, "down"), (6, MERGE, "sideways")]);
    assert_eq!(reasons(&after), [(2, "no-neighbour"), (6, "no-neighbour"), (7, "no-merge")]);
}

#[test]
fn rows_may_be_sorted_and_left_out_but_not_doubled_or_foreign() {
    let records = text(&sample());
    let folder = Folder::new();
    let mut sheet = rows(&folder, &records);
    sheet[2].cells[EN] = SheetCell::Text("Mistfox broke in.\nEverything was stolen.".to_owned());
    let expected = with(&records, &sheet).unwrap();
    sheet[1..].reverse();
    assert_eq!(with(&records, &sheet).unwrap().text, expected.text);
    let fewer: Vec<SheetRow> = sheet.iter().filter(|row| row.number != 6).cloned().collect();
    let after = with(&records, &fewer).unwrap();
    assert_eq!((after.text, after.report.absent, after.report.refused), (expected.text, 1, 0));
    let twice = [sheet.clone(), vec![SheetRow { number: 8, ..sheet[5].clone() }]].concat();
    let after = with(&records, &twice).unwrap();
    assert_eq!((reasons(&after), after.text.clone()), (vec![(8, "twice")], records.clone()));
    assert_eq!(after.report.problems[0].other, Some(3));
    let mut foreign = sheet.clone();
    foreign[1].cells[1] = SheetCell::Text("elsewhere".to_owned());
    foreign[2].cells[0] = SheetCell::Text("last".to_owned());
    foreign[3].cells[9] = SheetCell::Empty;
    let after = with(&records, &foreign).unwrap();
    assert_eq!(reasons(&after), [(5, "no-mark"), (6, "no-bead"), (7, "unknown")]);
    assert_eq!(after.report.absent, 2);
}

#[test]
fn what_is_no_text_is_told_with_its_row() {
    let records = text(&sample());
    let folder = Folder::new();
    let mut sheet = rows(&folder, &records);
    sheet[2].cells[ZH] = SheetCell::Formula("1+1".to_owned());
    sheet[3].cells[EN] = SheetCell::Number("46000".to_owned());
    sheet[4].cells[2] = SheetCell::Text("translation".to_owned());
    let after = with(&records, &sheet).unwrap();
    assert_eq!(after.text, records);
    assert_eq!(reasons(&after), [(3, "no-text"), (4, "no-text"), (5, "not-read-back")]);
    assert_eq!(after.report.problems[0].message, "has the formula =1+1 in `Chinese`");
    assert!(after.report.problems.iter().all(|p| !p.remedy.is_empty()));
    let headless = with(&records, &sheet[1..]).map(|r| r.text).unwrap_err();
    assert!(headless.to_string().contains("no column `bead`"), "{headless}");
}

#[test]
fn a_file_that_changed_meanwhile_is_not_revised() {
    let mut records = sample();
    let folder = Folder::new();
    let mut sheet = rows(&folder, &text(&records));
    sheet[3].cells[EN] = SheetCell::Text("Left in.".to_owned());
    records[2].en[0] = "Leftout!!".to_owned();
    let after = with(&text(&records), &sheet).unwrap();
    assert_eq!((reasons(&after), after.text.clone()), (vec![(4, "stale")], text(&records)));
    records.swap(1, 5);
    let torn = with(&text(&records), &sheet).map(|r| r.text).unwrap_err().to_string();
    assert!(torn.contains("aligned.jsonl:3: a bead of zh/a.md+en/a.html that stands apart"), "{torn}");
}

#[test]
fn a_cut_cell_is_not_edited_and_a_kept_sentence_keeps_what_a_cell_cannot_show() {
    let long = "长".repeat(40_000);
    let records = text(&article("a", &[(&[&long], &["a\tb\u{1}", "Two."], Translation)]));
    let after = revise(&records, &[(1, ZH, "短。"), (1, EN, "a b\nThree.")]);
    assert_eq!(reasons(&after), [(2, "too-long")]);
    assert_eq!(after.records[0].en, ["a\tb\u{1}", "Three."]);
    assert_eq!(after.records[0].zh, [long]);
}

#[test]
fn a_revised_file_is_revised_again() {
    let first = revise(&text(&sample()), &[(4, COMMENT, "first"), (2, ZH, "改。")]);
    let second = revise(&first.text, &[(4, COMMENT, "second"), (2, EN, "Changed.\nData was stolen.")]);
    let edited = |n: usize| second.records[n].revision.clone().unwrap();
    assert_eq!(edited(3).comment.as_deref(), Some("second"));
    assert_eq!(edited(1).edited, [Lang::Zh, Lang::En]);
    assert_eq!(revise(&second.text, &[(4, COMMENT, "")]).records[3].revision, None);
    assert_eq!(revise(&second.text, &[]).text, second.text);
}

#[test]
fn a_filtered_corpus_is_revised_as_far_as_it_is_there() {
    let mut records = sample();
    records.remove(3);
    records.remove(1);
    let before = text(&records);
    let after = revise(&before, &[(2, ZH, "补上。"), (3, EN, "Bye.\nSee you.")]);
    assert_eq!(reasons(&after), []);
    assert_eq!((after.records[0].clone(), after.report.absent), (records[0].clone(), 0));
    assert_eq!((after.records[1].zh_index[0], after.records[1].relation), (1, Translation));
    assert_eq!(
        (&after.records[2].id, &after.records[2].zh_index[..], after.records[2].en.len()),
        (&records[2].id, &[5][..], 2)
    );
    assert_eq!(revise(&before, &[]).text, before);
}

/// Any beads of one article: how many sentences on each side, and their texts.
fn any_article() -> impl Strategy<Value = Vec<Record>> {
    let sentence = prop_oneof!["[a-c=甲\t \u{1}\n_x0\u{202e}𠮷]{0,4}", any::<String>()];
    let side = || prop::collection::vec(sentence.clone(), 0..3);
    prop::collection::vec((side(), side(), any::<bool>()), 1..5).prop_map(|beads| {
        let beads = beads.iter().filter(|(zh, en, _)| !zh.is_empty() || !en.is_empty());
        let owned: Vec<(Vec<&str>, Vec<&str>, Relation)> = beads
            .map(|(zh, en, is_moved)| {
                let relation = match (zh.is_empty(), en.is_empty(), is_moved) {
                    (true, ..) => Omitted,
                    (_, true, _) => Added,
                    (.., true) => Moved,
                    _ => Translation,
                };
                (zh.iter().map(String::as_str).collect(), en.iter().map(String::as_str).collect(), relation)
            })
            .collect();
        let specs: Vec<Spec<'_>> = owned.iter().map(|(zh, en, r)| (&zh[..], &en[..], *r)).collect();
        article("a", &specs)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_goes_through_the_sheet_and_back(records in any_article()) {
        let before = text(&records);
        let after = revise(&before, &[]);
        prop_assert_eq!(after.text, before);
        prop_assert_eq!(after.report.refused, 0);
    }

    #[test]
    fn whatever_is_typed_leaves_whole_articles(
        records in any_article(),
        typed in prop::collection::vec((0usize..5, prop::sample::select(vec![ZH, EN, MERGE, COMMENT]), "[ab甲\n]{0,5}|up|down"), 0..8),
    ) {
        let cells: Vec<(usize, usize, &str)> = typed
            .iter()
            .filter(|(row, ..)| *row < records.len())
            .map(|(row, column, typed)| (row + 1, *column, typed.as_str()))
            .collect();
        let before = text(&records);
        let after = revise(&before, &cells);
        prop_assert_eq!(after.report.written as usize, after.records.len());
        // What stands in the file shows what was typed, unless that was refused.
        if after.report.refused == 0 && cells.iter().all(|cell| cell.1 == ZH) {
            let typed = |row: usize| cells.iter().rev().find(|cell| cell.0 == row + 1);
            let expected = records.iter().enumerate().flat_map(|(row, record)| match typed(row) {
                Some(cell) => cells::lines(cell.2),
                None => record.zh.iter().map(|s| cells::line(s)).collect(),
            });
            let expected: Vec<String> = expected.filter(|line| !line.is_empty()).collect();
            let now = after.records.iter().flat_map(|r| &r.zh).map(|s| cells::line(s));
            prop_assert_eq!(now.filter(|line| !line.is_empty()).collect::<Vec<_>>(), expected);
        }
    }
}
