//! The page of statistics: its markup, from beads of all kinds.

use super::super::super::testing::{Folder, record, text};
use super::super::plots;
use super::super::run;
use super::*;
use crate::model::{Finding, Message, Record, Severity, Sides, Silent};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn page(beads: &[Record]) -> String {
    let folder = Folder::new();
    html(&run(&[folder.put("beads", &text(beads))], &Silent).unwrap())
}

fn finding(check: &str, severity: Severity) -> Finding {
    Finding {
        id: String::new(),
        group: String::new(),
        check: check.to_owned(),
        severity,
        category: String::new(),
        confidence: 1.0,
        bead: 0,
        spans: Sides::new(Vec::new(), Vec::new()),
        message: Message::default(),
        suggestion: None,
    }
}

#[test]
fn every_figure_is_drawn_and_stands_in_a_table() {
    let mut beads = vec![
        record("a", 0, "雾狐组织入侵了塔恩威克公司。", "Mistfox breached Tarnwick."),
        record("b", 0, "", "It has not answered."),
    ];
    beads[0].findings = vec![finding("number", Severity::Major), finding("number", Severity::Info)];
    beads[1].zh_published = Some("2031-08-01".to_owned());
    let page = page(&beads);
    for id in ["zh", "en", "ratio", "confidence", "months"] {
        assert!(page.contains(&format!("<h3 id=\"{id}-t\">")), "{id}");
    }
    for id in ["relations", "shapes", "findings", "sites", "translators"] {
        assert!(page.contains(&format!("<table class=\"bars\" aria-labelledby=\"{id}-t\">")), "{id}");
    }
    assert_eq!(page.matches("role=\"img\" aria-label=\"").count(), page.matches("<details>").count());
    // From May to August, months without a translation too; the table has what there is.
    assert!(
        page.contains("<title>2031-06: 0 beads</title>") && !page.contains("<th scope=\"row\">2031-06</th>")
    );
    assert!(page.contains("<rect class=\"s2\" x=\"0.00%\" width=\"50.00%\""), "{page}");
    assert!(page.contains("<bdi>zh.example</bdi>") && page.contains("<bdi>山猫</bdi>"));
    assert!(!page.contains("<script") && !page.contains(" style=") && !page.contains("http://"));
}

#[test]
fn numbers_are_round_and_read_well() {
    let round = [0, 1, 2, 3, 6, 11, 20, 499, u64::MAX].map(plots::round_up);
    assert_eq!(round, [1, 1, 2, 5, 10, 20, 20, 500, u64::MAX]);
    assert_eq!([0, 999, 1000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    assert_eq!((percent(1, 3), percent(0, 0)), ("33.3 %".to_owned(), "0.0 %".to_owned()));
}

#[test]
fn what_files_say_is_text() {
    let mut bead = record("a", 0, "一", "one");
    bead.findings = vec![finding("</table><script>alert(1)</script>", Severity::Minor)];
    bead.zh_published = Some("<b>\"'&".to_owned());
    let page = page(&[bead]);
    assert!(!page.contains("<script") && !page.contains("<b>\"'"), "{page}");
}

#[test]
fn nothing_is_a_page_too() {
    let page = page(&[]);
    assert!(page.contains("There is nothing in these files.") && page.ends_with("</html>"));
}

#[test]
fn a_long_tail_is_one_row_and_centuries_are_not_drawn() {
    let beads: Vec<Record> = (0..40)
        .map(|n| {
            let mut bead = record(&n.to_string(), 0, "一", "one");
            bead.zh_url = Some(format!("https://site{n:02}.example/a"));
            bead.zh_published = Some(format!("{:04}-01-01", n * 200));
            bead
        })
        .collect();
    let page = page(&beads);
    assert!(
        page.contains("<bdi>16 others</bdi>")
            && page.contains("site23.example")
            && !page.contains("site24.example")
    );
    let columns = page.split("<title>").filter(|part| part.contains("-01: 1 beads</title>")).count();
    assert_eq!(columns, 40);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_beads_make_a_page_whose_columns_lie_within(
        rows in prop::collection::vec((".{0,40}", ".{0,200}", prop::option::of(".{0,12}"), 0.0f64..1.0), 1..12),
    ) {
        let bead = |(n, (zh, en, date, confidence)): (usize, &(String, String, Option<String>, f64))| {
            let mut bead = record(&n.to_string(), 0, zh, en);
            bead.zh_published.clone_from(date);
            bead.confidence = *confidence;
            bead
        };
        let beads: Vec<Record> = rows.iter().enumerate().map(bead).collect();
        let first = page(&beads);
        prop_assert_eq!(&first, &page(&beads));
        prop_assert!(!first.contains("NaN") && !first.contains("inf%"));
        let places: BTreeSet<&str> = first.split('"').filter(|part| part.ends_with('%')).collect();
        for place in places {
            let number: f64 = place.trim_end_matches('%').parse().unwrap();
            prop_assert!((0.0..=100.005).contains(&number), "{place}");
        }
    }
}
