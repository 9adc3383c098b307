//! Test sets of the shared sample and of hostile text.

use super::*;
use crate::export::tests::{meta, sample, shown, translated};
use crate::model::Severity;
use serde_json::Value;
use std::collections::BTreeMap;

fn set(options: Options) -> TestSet {
    let mut set = TestSet::new(options).unwrap();
    set.add(&sample());
    set
}

/// With these, beads 0, 3 and 4 of the sample are segments.
fn all() -> Options {
    Options { max_severity: Severity::Critical, ..Options::default() }
}

fn files(set: &TestSet, layout_name: &str) -> BTreeMap<String, String> {
    let files = (layout(layout_name).unwrap().files)(set, &meta());
    files.into_iter().map(|f| (f.path, String::from_utf8(f.bytes).unwrap())).collect()
}

#[test]
fn every_layout_is_as_it_was() {
    let mut set = set(all());
    set.add_system("toy-1", &"译文\u{202e}𠮷。\r\n".repeat(set.len())).unwrap();
    for layout in LAYOUTS {
        let files = files(&set, layout.name);
        let text: String = files.iter().map(|(name, text)| format!("--- {name}\n{}", shown(text))).collect();
        insta::assert_snapshot!(layout.name, text);
    }
}

#[test]
fn beads_with_grave_findings_are_no_references() {
    // Of the sample's four beads that translate, one has a major and a critical finding, another a minor one.
    for (severity, left) in
        [(Severity::Info, 2), (Severity::Minor, 2), (Severity::Major, 3), (Severity::Critical, 3)]
    {
        let set = set(Options { max_severity: severity, ..Options::default() });
        assert_eq!((set.len(), set.left_out["grave-finding"]), (left, 4 - left), "{severity:?}");
        assert_eq!(set.left_out["no-counterpart"], 3);
    }
}

#[test]
fn segments_stand_in_the_order_of_the_source() {
    let set = set(all());
    let ids = |set: &TestSet| set.segments().map(|(_, s)| s.id.clone()).collect::<Vec<_>>();
    let pair = sample().pair.id;
    // Bead 4 translates English sentences 3 and 5, bead 3 sentence 4.
    assert_eq!(ids(&set), [0, 4, 3].map(|n| format!("{pair}#{n}")));
    let options = Options { direction: Direction::ZhEn, allow_reverse: true, ..all() };
    assert_eq!(ids(&self::set(options)), [0, 3, 4].map(|n| format!("{pair}#{n}")));
}

#[test]
fn a_translated_source_must_be_allowed_and_says_what_it_is() {
    let options = Options { direction: Direction::ZhEn, ..all() };
    assert!(TestSet::new(options).unwrap_err().remedy_text().unwrap().contains("--allow-reverse"));
    for (direction, reverse) in [(Direction::EnZh, false), (Direction::ZhEn, true)] {
        let set = set(Options { direction, allow_reverse: true, ..all() });
        for layout in LAYOUTS {
            let metadata: Value = serde_json::from_str(&files(&set, layout.name)["metadata.json"]).unwrap();
            assert_eq!(metadata["reverse_created"], reverse);
            assert_eq!(metadata["language_pair"], direction.name());
            assert_eq!(
                (&metadata["translation_method"], &metadata["orig_lang"]),
                (&"unknown".into(), &"en".into())
            );
            assert!(metadata["findings"].as_str().unwrap().starts_with("automatic"));
        }
    }
}

/// Every file of lines, by any reader's idea of a line, has as many as there are segments; none is empty.
#[test]
fn hostile_text_moves_no_line() {
    let mut set = set(all());
    set.add(&sample());
    let hostile = "=cmd()\t\u{0}\u{b}]]>\r<b>\u{1c}\u{85}\u{2028}\u{202e}𠮷\u{feff}\n".repeat(set.len());
    set.add_system("a", &hostile).unwrap();
    for layout in LAYOUTS {
        for (name, text) in files(&set, layout.name).iter().filter(|(name, _)| !name.contains(".json")) {
            assert_eq!(text.matches('\n').count(), set.len(), "{name} of {}", layout.name);
            assert!(text.lines().all(|l| !l.trim().is_empty()), "{name}: {text}");
            let ends =
                |c: char| c != '\n' && c != '\t' && (c.is_control() || c == '\u{2028}' || c == '\u{2029}');
            assert!(!text.contains(ends), "{name}: {text:?}");
        }
    }
    let texts: Vec<String> = translated(&sample()).iter().map(|t| line(&t.zh)).collect();
    assert!(set.segments().all(|(_, s)| texts.contains(&s.reference)));
}

#[test]
fn documents_are_told_apart_and_stand_together() {
    let mut set = set(all());
    set.add(&sample());
    let names: Vec<&str> = set.documents().iter().map(|d| d.name.as_str()).collect();
    assert_eq!(names, ["zh/a&b.md+en/c\"d.html", "zh/a&b.md+en/c\"d.html-2"]);
    let docs = files(&set, "mt-metrics-eval")["documents/en-zh.docs"].clone();
    let expected: String = names.iter().map(|name| format!("news\t{name}\n").repeat(3)).collect();
    assert_eq!(docs, expected);
    let contexts = files(&set, "comet")["context.jsonl"].clone();
    let counts: Vec<usize> = contexts
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).unwrap()["src"].as_array().unwrap().len())
        .collect();
    assert_eq!(counts, [0, 1, 2, 0, 1, 2]);
}

#[test]
fn a_system_gives_as_many_lines_as_there_are_segments_and_none_empty() {
    let mut set = set(all());
    for (name, text, line, expected) in [
        ("a", "一。\n二。\n", None, "has 2 lines for 3 segments"),
        ("a", "一。\n二。\n三。\n\n", None, "has 4 lines for 3 segments"),
        ("a", "一。\n\u{3000}\u{1}\n三。", Some(2), "is an empty line"),
        ("a/b", "一。\n二。\n三。", None, "`a/b` cannot be a system's name"),
        ("refa", "一。\n二。\n三。", None, "`refa` cannot be a system's name"),
        ("", "一。\n二。\n三。", None, "`` cannot be a system's name"),
    ] {
        let error = set.add_system(name, text).unwrap_err().at("a.txt");
        let place = line.map_or_else(|| "a.txt:".to_owned(), |n: u32| format!("a.txt:{n}:"));
        assert_eq!(error.to_string(), format!("{place} {expected}"));
        assert!(error.remedy_text().is_some());
    }
    set.add_system("a", "\u{feff}一。\r\n二\r。\r\n三。").unwrap();
    assert_eq!(files(&set, "sacrebleu")["hyp.a.zh"], "一。\n二 。\n三。\n");
    assert!(set.add_system("A", "一。\n二。\n三。").is_err(), "the name is taken");
}

#[test]
fn an_empty_set_is_empty_files() {
    let mut set = TestSet::new(Options::default()).unwrap();
    set.add_system("a", "").unwrap();
    assert!(set.is_empty());
    for layout in LAYOUTS {
        let files = files(&set, layout.name);
        assert!(files.iter().all(|(name, text)| name.contains(".json") || text.is_empty()), "{files:?}");
    }
}
