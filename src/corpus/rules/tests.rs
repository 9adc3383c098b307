//! What each rule drops and lets through, and what all of them must keep.

use super::super::testing::record;
use super::*;
use crate::model::{Finding, Message, ParagraphKind, Relation, Severity, Sides, TdmReservation};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Why a rule as it is would drop this.
fn said(name: &str, record: &Record) -> Option<String> {
    open(&rule(name).unwrap().step()).unwrap().breach(&Pair::new(record))
}

/// Why a rule with this setting would drop these texts.
fn said_with(name: &str, key: &str, value: &str, zh: &str, en: &str) -> Option<String> {
    let mut step = rule(name).unwrap().step();
    step.set(key, value);
    open(&step).unwrap().breach(&Pair::new(&record("a", 0, zh, en)))
}

fn texts(name: &str, zh: &str, en: &str) -> Option<String> {
    said(name, &record("a", 0, zh, en))
}

#[test]
fn a_good_pair_passes_every_rule() {
    let pair = record(
        "a",
        0,
        "攻击者利用该漏洞窃取了500万用户的密码，占总数的47%。",
        "Attackers used the flaw to steal the passwords of 5 million users, 47% of the total.",
    );
    for rule in RULES {
        assert_eq!(said(rule.name, &pair), None, "{}", rule.name);
    }
}

#[test]
fn rights_hold_what_pages_reserve_and_which_licences_are_wanted() {
    let mut pair = record("a", 0, "一句话。", "A sentence.");
    let tdm = |reserved| Some(TdmReservation { reserved, statement: "tdm-reservation: 1".to_owned() });
    pair.en_tdm = tdm(true);
    assert_eq!(said("rights", &pair).unwrap(), "a page says `tdm-reservation: 1`");
    pair.en_tdm = tdm(false);
    assert_eq!(said("rights", &pair), None);
    let listed = |list| said_with("rights", "licences", list, "一句话。", "A sentence.");
    assert_eq!(listed("[\"CC-BY-4.0\"]").unwrap(), "the licence is `unknown`");
    assert_eq!(listed("[\"unknown\"]"), None);
}

#[test]
fn relation_keeps_translations() {
    let mut pair = record("a", 0, "一句话。", "A sentence.");
    pair.relation = Relation::Repeat;
    assert_eq!(said("relation", &pair).unwrap(), "is repeat");
    assert_eq!(texts("relation", "", "A sentence.").unwrap(), "is omitted");
    assert_eq!(said_with("relation", "keep", "[\"omitted\"]", "", "A sentence."), None);
}

#[test]
fn confidence_must_be_reached() {
    let mut pair = record("a", 0, "一句话。", "A sentence.");
    pair.confidence = 0.499;
    assert_eq!(said("confidence", &pair).unwrap(), "0.50 is under 0.5");
    pair.confidence = f64::NAN;
    assert!(said("confidence", &pair).is_some());
    pair.confidence = 0.5;
    assert_eq!(said("confidence", &pair), None);
}

#[test]
fn kind_drops_code() {
    let mut pair = record("a", 0, "rm -rf", "rm -rf");
    pair.en_kind = vec![ParagraphKind::Code];
    assert_eq!(said("kind", &pair).unwrap(), "the English side is code");
    pair.en_kind = vec![ParagraphKind::Code, ParagraphKind::Body];
    assert_eq!(said("kind", &pair), None);
}

#[test]
fn findings_count_by_severity_confidence_and_check() {
    let mut pair = record("a", 0, "一句话。", "A sentence.");
    pair.findings.push(Finding {
        id: "0".repeat(12),
        group: "0".repeat(12),
        check: "number".to_owned(),
        severity: Severity::Major,
        category: "Accuracy/Mistranslation".to_owned(),
        confidence: 0.9,
        bead: 0,
        spans: Sides::default(),
        message: Message::default(),
        suggestion: None,
    });
    assert_eq!(said("findings", &pair).unwrap(), "number (major)");
    let mut step = rule("findings").unwrap().step();
    for (key, value) in [("min_severity", "critical"), ("min_confidence", "0.95"), ("ignore", "['number']")] {
        let usual = step.settings.clone();
        step.set(key, value);
        assert_eq!(open(&step).unwrap().breach(&Pair::new(&pair)), None, "{key}");
        step.settings = usual;
    }
}

#[test]
fn boilerplate_is_known_by_its_phrases() {
    assert!(texts("boilerplate", "如若转载，请注明原文地址", "Please credit us.").is_some());
    assert!(texts("boilerplate", "相关阅读。", "RELATED: What happened next").is_some());
    assert_eq!(texts("boilerplate", "这与之相关。", "It is related: both are bad."), None);
}

#[test]
fn lengths_are_characters_and_words() {
    assert!(texts("length", "是", "Yes, indeed.").unwrap().contains("1 Chinese characters"));
    assert!(texts("length", "省略号。", "…").unwrap().contains("0 English words"));
    assert_eq!(texts("length", "是的", "Yes"), None);
    assert!(texts("length", &"长".repeat(401), "Yes").is_some());
}

#[test]
fn ratios_are_judged_by_shape() {
    let en = "one two three four five six seven eight nine ten";
    assert!(texts("length-ratio", "短。", en).unwrap().contains("0.20 characters a word, not 0.6 to 5"));
    assert_eq!(texts("length-ratio", "这一句话的长度正好合适，不长不短。", en), None);
    assert_eq!(texts("length-ratio", "微软公司发布", "Microsoft"), None);
    assert!(texts("length-ratio", &"长".repeat(60), "Microsoft said").is_some());
    let mut pair = record("a", 0, &"字".repeat(45), en);
    assert_eq!(said("length-ratio", &pair), None);
    pair.en = vec!["one two three four five".to_owned(), "six seven eight nine ten".to_owned()];
    assert!(said("length-ratio", &pair).unwrap().contains("4.50"));
}

#[test]
fn scripts_are_those_of_the_side() {
    assert!(texts("script", "Nothing was translated here", "Nothing was translated here").is_some());
    assert!(texts("script", "已经翻译了", "Already 翻译了").unwrap().contains("English"));
    assert!(texts("script", "已经翻译了", "Ничего не переведено").unwrap().contains("0 % Latin"));
    assert_eq!(texts("script", "微软 Office 已修复", "Microsoft fixed Office, said José Peña"), None);
}

#[test]
fn copies_are_dropped_whatever_their_layout() {
    assert!(texts("copied", "curl -O http://a.example/x", "curl -o HTTP://a.example/x").is_some());
    assert!(
        texts(
            "copied",
            "运行 certutil -urlcache -f http://a.example/x",
            "certutil -urlcache -f http://a.example/x"
        )
        .is_some()
    );
    assert_eq!(texts("copied", "运行命令", "Run the command"), None);
}

#[test]
fn third_languages_are_dropped() {
    let german = "Die Angreifer haben die Schwachstelle ausgenutzt und die Daten der Kunden gestohlen.";
    assert!(texts("language", "攻击者窃取了数据。", german).unwrap().contains("German"));
    assert!(texts("language", "攻撃者はデータを盗みました。", "The attackers stole the data.").is_some());
    assert_eq!(texts("language", "攻击者窃取了数据。", "Die Hard"), None);
}

#[test]
fn numbers_are_compared_by_value() {
    assert!(
        texts("numbers", "影响500万用户。", "It affects 6 million users.")
            .unwrap()
            .contains("500万, 6 million")
    );
    assert_eq!(texts("numbers", "影响近4.2万人。", "It affects over 41,000 people."), None);
    assert!(texts("numbers", "影响12人。", "It affects 21 people.").is_some());
    assert_eq!(said_with("numbers", "most_alone", "2", "影响12人。", "It affects 21 people."), None);
}

#[test]
fn settings_that_are_not_understood_are_refused() {
    for (name, key, value) in [
        ("confidence", "min", "1.5"),
        ("confidence", "min", "nan"),
        ("confidence", "least", "0.5"),
        ("confidence", "min", "much"),
        ("relation", "keep", "['nothing']"),
        ("length", "zh_chars", "[5, 2]"),
        ("length", "zh_chars", "[-1, 2]"),
        ("length-ratio", "usual", "[3.0, 2.0]"),
        ("boilerplate", "zh", "['']"),
        ("findings", "min_confidence", "2"),
    ] {
        let mut step = rule(name).unwrap().step();
        step.set(key, value);
        let error = open(&step).err().unwrap_or_else(|| panic!("{name}.{key} = {value}"));
        assert!(error.to_string().contains(name) && error.remedy_text().is_some(), "{error}");
    }
    assert!(rule("no-such-rule").is_err());
}

#[test]
fn steps_are_the_same_after_a_round_through_toml() {
    #[derive(Serialize, Deserialize)]
    struct File {
        filter: Vec<Step>,
    }
    let text = toml::to_string(&File { filter: steps() }).unwrap();
    let read: File = toml::from_str(&text).unwrap();
    assert_eq!(read.filter, steps(), "{text}");
    let bare: File = toml::from_str("[[filter]]\nrule = \"confidence\"\n").unwrap();
    assert!(open(&bare.filter[0]).is_ok(), "what is left out is as usual");
}

#[test]
fn names_are_unique() {
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
}

proptest! {
    #[test]
    fn no_text_makes_a_rule_panic(zh in any::<String>(), en in any::<String>(), confidence in any::<f64>()) {
        let mut pair = record("a", 0, &zh, &en);
        pair.confidence = confidence;
        let other = record("a", 0, &en, &zh);
        for rule in RULES {
            let test = open(&rule.step()).unwrap();
            for pair in [&pair, &other] {
                let pair = Pair::new(pair);
                prop_assert_eq!(test.breach(&pair), test.breach(&pair));
            }
        }
    }
}
