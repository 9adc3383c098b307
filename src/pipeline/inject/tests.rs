//! The registry of kinds, an example of each, and the whole on a small gold.

use super::*;
use crate::eval::{IndexBead, Issue};
use crate::pipeline::Silent;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The checks by the names that users know.
const CHECKS: [&str; 30] = [
    "number",
    "unit",
    "date",
    "version",
    "quantifier",
    "identifier",
    "indicator",
    "code",
    "name-mangled",
    "name-extra",
    "name-missing",
    "name-consistency",
    "omission",
    "addition",
    "partial-omission",
    "partial-addition",
    "negation",
    "modality",
    "attribution",
    "term",
    "untranslated",
    "wrong-language",
    "source-differs",
    "source-error",
    "punctuation",
    "spacing",
    "repeated-word",
    "residue",
    "mt-artefact",
    "traditional-variant",
];

#[test]
fn kinds_are_named_documented_and_mapped_to_checks() {
    let names: BTreeSet<&str> = KINDS.iter().map(|kind| kind.name).collect();
    assert_eq!(names.len(), KINDS.len(), "a name is used twice");
    for kind in KINDS {
        let is_kebab =
            kind.name.split('-').all(|p| !p.is_empty() && p.chars().all(|c| c.is_ascii_lowercase()));
        assert!(is_kebab && kind.doc.len() >= 10 && !kind.doc.contains('\n'), "{}", kind.name);
        assert!((0.0..=1.0).contains(&kind.target));
        assert_eq!(kind.checks.is_empty(), kind.nature == Nature::Twin, "{}", kind.name);
        for check in kind.checks {
            assert!(CHECKS.contains(check), "{}: there is no check `{check}`", kind.name);
        }
    }
    assert!(KINDS.is_sorted_by_key(|kind| kind.nature == Nature::Twin), "errors stand first");
}

/// A gold of these beads, each a paragraph; behind a title, and before a passage that names more companies.
fn gold(slug: &str, rows: &[(&str, &str)]) -> Gold {
    let title = ("Orlvane遭黑客入侵", "Orlvane hacked");
    let end = (
        "Fernholt公司和Brightmoor实验室发布了联合声明，这里不再重复其全部内容。",
        "Fernholt and Brightmoor published a joint statement, which is not repeated here in full.",
    );
    let rows: Vec<_> = [title].into_iter().chain(rows.iter().copied()).chain([end]).collect();
    let bead = |n: u32| IndexBead::new(vec![n], vec![n]);
    Gold {
        slug: slug.to_owned(),
        zh: rows.iter().map(|row| row.0.to_owned()).collect(),
        en: rows.iter().map(|row| row.1.to_owned()).collect(),
        beads: (0..rows.len() as u32).map(bead).collect(),
        ..Gold::default()
    }
}

/// What a kind makes of a bead, over a few seeds.
fn made(kind: &Kind, zh: &str, en: &str) -> BTreeSet<String> {
    let case = Case::new(&gold("a", &[(zh, en)])).unwrap();
    let host = case.hosts(0).find(|host| host.bead == 1).unwrap();
    let edits = (0..30).flat_map(|seed| (kind.edits)(&host, &mut Dice::new(seed, "")));
    edits.filter(|edit| edit.is_sound(&host)).map(|edit| edit.texts(&host).1).collect()
}

/// Kind, bead, what may come of it, and a bead that it must leave alone.
type Example = (&'static str, (&'static str, &'static str), &'static str, (&'static str, &'static str));

const EXAMPLES: [Example; 32] = [
    (
        "figure-changed",
        ("共有500台服务器。", "500 servers."),
        "共有800台服务器。",
        ("共有500台服务器。", "Many servers."),
    ),
    (
        "figure-changed",
        ("共有三家公司。", "Three firms."),
        "共有七家公司。",
        ("第三家公司。", "Three firms."),
    ),
    (
        "figure-changed",
        ("约1.2万人。", "About 12,000."),
        "约1.3万人。",
        ("2031年的CVE-2031-40412。", "2031, CVE-2031-40412"),
    ),
    (
        "magnitude-shifted",
        ("损失2.5亿美元。", "Lost $250 million."),
        "损失2.5万美元。",
        ("损失2.5亿美元。", "Lost $2.5 million."),
    ),
    (
        "magnitude-shifted",
        ("120万名用户。", "1.2 million users."),
        "12万名用户。",
        ("120名用户。", "120 users."),
    ),
    ("date-changed", ("7月29日发布。", "On July 29."), "7月3日发布。", ("7月29日发布。", "On June 2.")),
    ("day-dropped", ("于7月29日发布。", "On July 29."), "于7月发布。", ("于7月发布。", "In July.")),
    (
        "cve-digit",
        ("漏洞CVE-2031-40412。", "CVE-2031-40412"),
        "漏洞CVE-2031-40421。",
        ("漏洞CVE-2031-40412。", "A flaw."),
    ),
    (
        "hash-digit",
        ("哈希0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef"),
        "哈希0123456789abcdef012346789abcdef",
        ("哈希0123456789abcdef", "0123456789abcdef"),
    ),
    (
        "version-changed",
        ("影响8.4.3版本。", "Affects 8.4.3."),
        "影响8.4.5版本。",
        ("影响10.0.0.1主机。", "10.0.0.1"),
    ),
    (
        "domain-altered",
        ("连接quill[.]example。", "quill[.]example"),
        "连接quill[.]com。",
        ("运行quill.exe。", "quill.exe"),
    ),
    (
        "defang-broken",
        ("连接quill[.]example。", "quill[.]example"),
        "连接quill[.example。",
        ("quill.example", "quill.example"),
    ),
    (
        "defang-full-stop",
        ("连接quill[.]example。", "quill[.]example"),
        "连接quill[。]example。",
        ("完。", "End."),
    ),
    (
        "name-prefix-cut",
        ("名为QuillSnatch的软件。", "QuillSnatch"),
        "名为illSnatch的软件。",
        ("QuillSnatch", "It"),
    ),
    (
        "name-corrected",
        ("Corrvane表示。", "Corrvane says."),
        "Corvane表示。",
        ("见Corrvane.example。", "Corrvane.example"),
    ),
    (
        "acronym-lower-cased",
        ("NCSA发布警告。", "NCSA warns."),
        "ncsa发布警告。",
        ("1.5 BTC被盗。", "1.5 BTC stolen"),
    ),
    (
        "actor-replaced",
        ("Corvane表示。", "Corvane says."),
        "Fernholt表示。",
        ("Windows系统。", "Windows systems."),
    ),
    (
        "name-dropped",
        ("名为Quillsnatch的软件。", "Quillsnatch"),
        "软件。",
        ("Fernholt表示。", "Fernholt says."),
    ),
    (
        "list-member-dropped",
        ("影响医院、学校和银行。", "Hits hospitals, schools, and banks."),
        "影响医院和银行。",
        ("影响医院、学校和银行。", "Hits many."),
    ),
    (
        "clause-dropped",
        (
            "该公司关闭了受影响的服务器，并聘请外部专家调查此事，预计周末恢复运营。",
            "The company shut down the affected servers, hired outside experts, and expects to be back by the weekend.",
        ),
        "该公司关闭了受影响的服务器，预计周末恢复运营。",
        ("该公司关闭了服务器，并聘请专家。", "It shut down servers."),
    ),
    (
        "attribution-dropped",
        ("Corvane表示，客户数据没有受到影响。", "Corvane says customer data was not affected."),
        "客户数据没有受到影响。",
        ("Corvane表示，客户数据没有受到影响。", "Customer data was not affected."),
    ),
    (
        "attribution-dropped",
        ("“我们已经关闭了所有服务器，”发言人说。", "\"We shut down all servers,\" a spokesperson said."),
        "“我们已经关闭了所有服务器，”。",
        ("他说。", "He said."),
    ),
    (
        "negation-dropped",
        ("设备无法启动。", "Devices do not start."),
        "设备能够启动。",
        ("不同的设备。", "No such device."),
    ),
    (
        "negation-added",
        ("用户可以登录。", "Users can log in."),
        "用户不能登录。",
        ("用户可以登录。", "Users cannot log in."),
    ),
    (
        "hedge-strengthened",
        ("黑客可能已窃取数据。", "Hackers may have stolen data."),
        "黑客已窃取数据。",
        ("不可能窃取数据。", "It may not be."),
    ),
    ("term-sense-swapped", ("一种投放器。", "A dropper."), "一种滴管。", ("一种投放器。", "A tool.")),
    ("left-in-english", ("一个僵尸网络。", "A botnet."), "一个botnet。", ("一个僵尸网络。", "A network.")),
    ("quote-unpaired", ("他说“好”。", "He said \"fine.\""), "他说“好。", ("他说好。", "He said \"fine.\"")),
    ("same-magnitude", ("2.5亿人。", "250 million people."), "25000万人。", ("三人。", "Three people.")),
    ("same-percent", ("25%的人。", "25% of them."), "百分之二十五的人。", ("共358。", "358.")),
    ("same-date", ("7月29日。", "July 29."), "7/29。", ("7月。", "July.")),
    ("same-defang", ("连接a[.]example。", "a[.]example"), "连接a[dot]example。", ("a.example", "a.example")),
];

#[test]
fn every_kind_makes_its_error_and_only_where_it_is_one() {
    let kind = |name: &str| kind(name).unwrap();
    for (name, (zh, en), expected, (other_zh, other_en)) in EXAMPLES {
        let after = made(kind(name), zh, en);
        assert!(after.contains(expected), "{name}: {zh} gives {after:?}");
        let none = made(kind(name), other_zh, other_en);
        assert!(none.is_empty(), "{name}: {other_zh} gives {none:?}");
    }
    for (name, (zh, en), expected) in [
        ("same-digits", ("共500台。", "500"), "共５００台。"),
        ("same-hedge", ("可能已泄露。", "may be"), "或许已泄露。"),
        ("same-saying", ("他表示，好。", "he says"), "他指出，好。"),
        ("same-approximation", ("近500台。", "nearly 500"), "接近500台。"),
        ("same-list", ("甲国、乙国、丙国和丁国。", "A, B, C, and D."), "甲国、丙国、乙国和丁国。"),
        ("same-exonym", ("微软表示。", "Microsoft says."), "Microsoft表示。"),
        ("same-exonym", ("Europol表示。", "Europol says."), "欧洲刑警组织表示。"),
    ] {
        assert!(made(kind(name), zh, en).contains(expected), "{name}");
    }
    let shown: BTreeSet<&str> = EXAMPLES.iter().map(|example| example.0).collect();
    let elsewhere = ["sentence-deleted", "sentence-added", "same-joined"];
    let unshown: Vec<&str> = KINDS
        .iter()
        .map(|kind| kind.name)
        .filter(|name| !shown.contains(name) && !elsewhere.contains(name))
        .collect();
    assert_eq!(
        unshown,
        ["same-digits", "same-hedge", "same-saying", "same-approximation", "same-list", "same-exonym"],
        "shown without a bead that is left alone"
    );
}

const ROWS: [(&str, &str); 3] = [
    (
        "Corvane公司的研究人员在一家地区银行的网络中发现了这一后门。",
        "Researchers at Corvane found the backdoor in the network of a regional bank.",
    ),
    (
        "攻击者在三月底之前一直没有被任何人注意到。",
        "The attackers remained unnoticed by anyone until the end of March.",
    ),
    (
        "该银行已经通知了所有受到影响的客户和监管机构。",
        "The bank has notified all affected customers and the regulator.",
    ),
];

#[test]
fn a_sentence_that_is_deleted_is_found_and_annotated_beads_are_left_alone() {
    let mut first = gold("a", &ROWS);
    first.issues.push(Issue { z: vec![2], ..Issue::default() });
    let other = gold("b", &ROWS[..1]);
    let config = Config { kinds: vec!["sentence-deleted".to_owned()], ..Config::default() };
    let report = run(&[first, other], &Settings::default(), &config, &Silent).unwrap();
    // Two of the three rows of one, the one of the other, and the passage at the end of each.
    let [row] = report.rows.as_slice() else { unreachable!() };
    assert_eq!((row.hosts, row.beads, row.found), (5, 5, 5), "{report}");
    assert_eq!(report.beads, 4 + 3);
}

#[test]
fn what_is_made_depends_on_the_seed_alone() {
    let golds = [gold("a", &ROWS), gold("b", &ROWS[..2])];
    let made = |seed, hosts| {
        let config = Config { seed, hosts, kinds: Vec::new() };
        serde_json::to_string(&run(&golds, &Settings::default(), &config, &Silent).unwrap()).unwrap()
    };
    assert_eq!(made(1, 3), made(1, 3));
    assert_ne!(made(1, 3), made(2, 3));
}

#[test]
fn an_unknown_kind_is_wrong_usage() {
    let config = Config { kinds: vec!["typo".to_owned()], ..Config::default() };
    let error = run(&[], &Settings::default(), &config, &Silent).unwrap_err();
    assert!(error.remedy_text().is_some_and(|remedy| remedy.contains("figure-changed")));
}

/// Every span of the edited article cuts out what the edited text says.
#[test]
fn edited_articles_stay_whole() {
    let mut with_paragraph = gold("a", &ROWS);
    with_paragraph.zh_paragraph = vec![0, 1, 1, 2, 3];
    with_paragraph.en_paragraph = vec![0, 1, 1, 2, 3];
    let mut cases = vec![Case::new(&with_paragraph).unwrap(), Case::new(&gold("b", &ROWS)).unwrap()];
    case::exchange(&mut cases, 1);
    let mut joined = 0;
    for kind in KINDS {
        for host in cases[0].hosts(0) {
            for edit in (kind.edits)(&host, &mut Dice::new(1, "")) {
                joined += usize::from(edit.change == Change::Join);
                let edited = edit.apply(&host, &Settings::default()).unwrap();
                let document = &edited.pair.documents.zh;
                let (_, after) = edit.texts(&host);
                assert!(document.article.text.contains(&after), "{}: {after}", kind.name);
                let text: Vec<&str> = (0..document.sentences.len()).map(|i| document.sentence(i)).collect();
                assert_eq!(text.concat(), document.article.text.replace('\n', ""), "{}", kind.name);
                let paragraphs = &document.article.paragraphs;
                let whole: Vec<&str> =
                    paragraphs.iter().map(|p| document.article.paragraph_text(p)).collect();
                assert_eq!(whole.join("\n"), document.article.text, "{}", kind.name);
            }
        }
    }
    assert_eq!(joined, 1);
}

proptest! {
    #[test]
    fn nothing_panics_on_any_text(zh in any::<String>(), en in any::<String>(), near in "[0-9万亿年月日、，。“”（）A-Za-z\\[\\].不可能表示 -]{0,40}") {
        for (zh, en) in [(&zh, &en), (&near, &near)] {
            if zh.is_empty() || en.is_empty() {
                continue;
            }
            let case = Case::new(&gold("a", &[(zh.as_str(), en.as_str())])).unwrap();
            for host in case.hosts(0) {
                for kind in KINDS {
                    for edit in (kind.edits)(&host, &mut Dice::new(1, "")) {
                        let _ = edit.texts(&host);
                        if edit.is_sound(&host) && matches!(edit.change, Change::Rewrite(..)) {
                            edit.apply(&host, &Settings::default()).unwrap();
                        }
                    }
                }
            }
        }
    }
}
