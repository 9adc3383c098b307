//! What counts as there twice.

use super::super::testing::{Folder, record as bead, text};
use super::*;
use crate::model::Silent;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::HashSet;

fn dedup(folder: &Folder, beads: &[Record], config: &Config) -> (Report, Vec<Record>, Vec<Value>) {
    let input = folder.put("in", &text(beads));
    let mut kept = Output::file(&folder.path("kept")).unwrap();
    let mut dropped = Output::file(&folder.path("dropped")).unwrap();
    let report = run(&[input], &Silent, config, &mut kept, &mut dropped).unwrap();
    kept.finish().unwrap();
    dropped.finish().unwrap();
    let records = folder.get("kept").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let values = folder.get("dropped").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (report, records, values)
}

fn ids(records: &[Record]) -> Vec<&str> {
    records.iter().map(|r| r.id.rsplit_once('#').unwrap().1).collect()
}

#[test]
fn the_same_text_across_articles_is_dropped_with_its_place() {
    let folder = Folder::new();
    let beads = [
        bead("a", 0, "攻击者窃取了数据。", "Attackers stole the data."),
        bead("b", 1, "攻击者窃取了数据！", "ATTACKERS stole  the data"),
        bead("b", 2, "攻击者窃取了数据。", "The data was stolen by attackers."),
    ];
    let exact = Config { method: Method::Exact, ..Config::default() };
    let (report, kept, dropped) = dedup(&folder, &beads, &exact);
    assert_eq!((report.read, report.kept, report.exact, report.near), (3, 2, 1, 0));
    assert_eq!(ids(&kept), ["0", "2"]);
    assert_eq!(dropped[0]["rule"], "exact");
    assert_eq!(dropped[0]["of"]["line"], 1);
    assert_eq!(dropped[0]["bead"]["id"], "zh/b.md+en/b.html#1");
    assert_eq!(report.clusters, 1);
    assert_eq!(report.largest[0].size, 2);
    for (on, expected) in [(On::Zh, 1), (On::En, 2), (On::Either, 1)] {
        let (report, ..) = dedup(&folder, &beads, &Config { on, ..exact });
        assert_eq!(report.kept, expected, "{on:?}");
    }
}

#[test]
fn nearly_the_same_is_dropped_if_both_sides_are() {
    let folder = Folder::new();
    let (zh, en) = (
        "网络安全研究人员周二披露，一个新的恶意软件家族正在针对东南亚的金融机构发起攻击，已有数十家银行受到影响",
        "Researchers said on Tuesday that a new family of malware is attacking financial institutions in Southeast Asia, \
         and that dozens of banks have been hit so far",
    );
    let beads = [
        bead("a", 0, zh, en),
        bead("b", 1, &format!("{zh}了。"), &format!("{en}.")),
        bead("c", 2, zh, "Something else altogether was said here, and nobody knows why it was."),
    ];
    let (report, kept, dropped) = dedup(&folder, &beads, &Config::default());
    assert_eq!((report.near, report.exact), (1, 0));
    assert_eq!(ids(&kept), ["0", "2"]);
    assert_eq!((&dropped[0]["rule"], &dropped[0]["on"]), (&Value::from("near"), &Value::from("both")));
    assert!(dropped[0]["similarity"].as_f64().unwrap() >= 0.8);
    assert!(report.index_bytes > 0);
}

#[test]
fn sides_without_text_are_not_compared() {
    let folder = Folder::new();
    let beads = [
        bead("a", 0, "", "Nobody translated this."),
        bead("a", 1, "", "Nobody translated this."),
        bead("a", 2, "……", "…"),
        bead("a", 3, "……", "…"),
    ];
    let (report, ..) = dedup(&folder, &beads, &Config::default());
    assert_eq!((report.kept, report.not_compared), (4, 4));
    let (report, ..) = dedup(&folder, &beads, &Config { on: On::Either, ..Config::default() });
    assert_eq!((report.kept, report.not_compared), (3, 2));
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    for config in [
        Config { threshold: 0.3, ..Config::default() },
        Config { threshold: f64::NAN, ..Config::default() },
        Config { zh_shingle: 0, ..Config::default() },
    ] {
        let error = run(&[], &Silent, &config, &mut Output::nowhere(), &mut Output::nowhere()).unwrap_err();
        assert!(error.to_string().contains("corpus.dedup."), "{error}");
    }
}

fn on() -> impl Strategy<Value = On> {
    prop_oneof![Just(On::Both), Just(On::Either), Just(On::Zh), Just(On::En)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_stays_is_never_there_twice_and_what_goes_is(
        texts in prop::collection::vec(("[一二三]{0,8}[。！]", "[ab]{0,8}[. ]"), 1..40),
        on in on(),
        near in any::<bool>(),
    ) {
        let folder = Folder::new();
        let beads: Vec<_> =
            texts.iter().enumerate().map(|(n, (zh, en))| bead("a", n as u32, zh, en)).collect();
        let method = if near { Method::Near } else { Method::Exact };
        let config = Config { on, method, ..Config::default() };
        let (report, kept, dropped) = dedup(&folder, &beads, &config);
        prop_assert_eq!(report.kept + report.exact + report.near, beads.len() as u64);
        prop_assert_eq!(kept.len() + dropped.len(), beads.len());
        let total: u64 = report.sizes.iter().map(|(size, count)| u64::from(size - 1) * count).sum();
        prop_assert_eq!(total, dropped.len() as u64);
        let mut seen = HashSet::new();
        for asked in kept.iter().flat_map(|record| known_by(record, &config)) {
            prop_assert!(seen.insert((asked.on, asked.exact)), "{} is there twice", asked.on);
        }
        // Of what stays, nothing is dropped again.
        let (again, same, _) = dedup(&folder, &kept, &config);
        prop_assert_eq!(again.kept, kept.len() as u64);
        prop_assert_eq!(same, kept);
    }
}
