//! What went is gone, what stays is as it was, and where it cannot be taken out that is said.

use super::super::dropped;
use super::super::testing::{Folder, record as bead, text};
use super::*;
use crate::model::Silent;
use proptest::prelude::*;
use serde_json::json;

fn run(files: &[PathBuf], progress: &dyn Progress, targets: &[Target]) -> Result<Vec<Proof>> {
    super::run(files, progress, targets).map(|removal| removal.proofs)
}

fn url(text: &str) -> [Target; 1] {
    [Target::Url(text.to_owned())]
}

#[test]
fn an_article_goes_from_every_file_by_its_address() {
    let folder = Folder::new();
    let (a, b) =
        (bead("a", 0, "攻击者窃取了数据。", "Attackers stole the data."), bead("b", 0, "别的", "Other."));
    let aligned = folder.put("aligned", &text(&[a.clone(), b.clone()]));
    let line = dropped::line(&json!({"rule": "length"}), text(&[a]).trim());
    let rest = folder.put("dropped", &(line + "\n"));
    let articles = folder.put(
        "articles",
        "{\"article\":{\"id\":\"en/a.html\",\"url\":\"https://en.example/news/a\"}}\n\
         {\"article\":{\"id\":\"zh/b.md\",\"cites\":[{\"url\":\"https://en.example/news/a\"}]}}\n",
    );
    let proofs =
        run(&[aligned, rest, articles], &Silent, &url("http://www.en.example/news/a/?utm=feed#top")).unwrap();
    assert_eq!(
        proofs.iter().map(|p| (p.lines_before, p.removed, p.gone)).collect::<Vec<_>>(),
        [(2, 1, true), (1, 1, true), (2, 1, true)]
    );
    assert_eq!(folder.get("aligned"), text(&[b]));
    assert_eq!(folder.get("dropped"), "");
    // The post that cites it is not the article, but is told of.
    assert_eq!(proofs[2].mentions, [1]);
    assert_eq!(proofs[0].sha256_after, sha256(&folder.path("aligned")).unwrap());
    assert_ne!(proofs[0].sha256_after, proofs[0].sha256_before);
    assert_eq!(folder.names(), ["aligned", "articles", "dropped"]);
}

#[test]
fn articles_whose_pages_tell_no_address_go_by_the_files_of_their_pairs() {
    let folder = Folder::new();
    let aligned = folder.put("aligned", &text(&[bead("a", 0, "一", "One."), bead("b", 0, "二", "Two.")]));
    let ids = ["zh/a.md", "en/a.html", "zh/b.md", "en/b.html"];
    let list = || ids.map(|id| json!({"article": {"id": id, "url": null}}).to_string() + "\n").concat();
    // With an original goes what translates it; with a translation, its original stays.
    for (target, left) in [("https://en.example/news/a", 2), ("https://zh.example/posts/b", 1)] {
        let articles = folder.put("articles", &list());
        let proofs = run(&[aligned.clone(), articles], &Silent, &url(target)).unwrap();
        assert_eq!((proofs[1].removed as usize, proofs[1].gone), (left, true), "{target}");
    }
}

#[test]
fn what_is_found_nowhere_is_told() {
    let folder = Folder::new();
    let input = [folder.put("in", &text(&[bead("a", 0, "一", "One.")]))];
    let targets = [
        Target::Url("https://zh.example/posts/a?from=feed".to_owned()),
        Target::Url("https://en.example/news/a".to_owned()),
        Target::Url("https://en.example/news/b".to_owned()),
        Target::Url("https://en.example/news/a?page=2".to_owned()),
        Target::Article("a.md".to_owned()),
        Target::Article("zh/a.md".to_owned()),
    ];
    let removal = super::run(&input, &Silent, &targets).unwrap();
    assert_eq!(removal.not_found, ["en.example/news/a?page=2", "en.example/news/b", "a.md"]);
    assert_eq!(removal.proofs[0].removed, 1);
}

#[test]
fn names_are_whole_names() {
    let folder = Folder::new();
    let beads = [bead("a", 0, "一", "One."), bead("aa", 0, "二", "Two.")];
    let input = folder.put("in", &text(&beads));
    let go =
        |name: &str| run(std::slice::from_ref(&input), &Silent, &[Target::Article(name.to_owned())]).unwrap();
    assert_eq!(go("a.md")[0].removed, 0);
    assert_eq!(go("zh/a")[0].removed, 0);
    let proof = &go("zh/a.md")[0];
    assert_eq!((proof.removed, proof.gone), (1, true));
    assert_eq!(go("zh/aa.md+en/aa.html")[0].removed, 1);
    assert_eq!(folder.get("in"), "");
}

#[test]
fn the_same_sentence_elsewhere_is_told() {
    let folder = Folder::new();
    let (zh, en) = ("攻击者窃取了大量数据。", "Attackers stole the data.");
    let input = folder.put("in", &text(&[bead("b", 0, zh, "Other."), bead("a", 0, zh, en)]));
    let proofs = run(&[input], &Silent, &url("https://zh.example/posts/a")).unwrap();
    assert_eq!(proofs[0].same_sentences, [1]);
}

#[test]
fn a_file_without_it_is_not_touched() {
    let folder = Folder::new();
    let odd = format!("\n{}\r\n", text(&[bead("a", 0, "一", "One.")]).trim());
    let input = folder.put("in", &odd);
    let proofs = run(&[input], &Silent, &url("https://zh.example/posts/none")).unwrap();
    assert!(proofs[0].gone && proofs[0].removed == 0);
    assert_eq!(proofs[0].sha256_before, proofs[0].sha256_after);
    assert_eq!(folder.get("in"), odd);
}

#[test]
fn what_cannot_be_removed_is_refused() {
    let folder = Folder::new();
    let input = [folder.put("in", "no json\n")];
    assert!(run(&input, &Silent, &[]).is_err());
    assert!(run(&input, &Silent, &url("nowhere")).is_err());
    assert!(run(&input, &Silent, &[Target::Article(" ".to_owned())]).is_err());
    let said = run(&input, &Silent, &url("https://a.example/b")).unwrap_err().to_string();
    assert!(said.contains("in:1: is no JSON"), "{said}");
    assert_eq!(folder.get("in"), "no json\n");
}

#[test]
fn rows_go_where_a_cell_names_it() {
    let folder = Folder::new();
    let (a, b) = (bead("a", 0, "攻击者窃取了数据。", "Attackers stole it."), bead("b", 0, "别的", "Other."));
    folder.put("out/aligned.jsonl", &text(&[a.clone(), b]));
    let rows = "pair\tzh\n{PAIR}\t攻击者窃取了数据。\nzh/b.md+en/b.html\t别的\n".replace("{PAIR}", &a.pair);
    folder.put("out/aligned.tsv", &rows);
    folder.put("out/pairs.tsv", "a.md\ta.html\tcitation\nb.md\tb.html\tcitation\nb.md\ta.html\tcontent\n");
    folder.put("out/urls.tsv", "https://en.example/news/a/\tx\nhttps://en.example/news/ab\ty\n");
    let proofs = run(&[folder.path("out")], &Silent, &url("https://en.example/news/a")).unwrap();
    assert!(proofs.iter().all(|proof| proof.gone && proof.removed == 1), "{proofs:?}");
    assert_eq!(folder.get("out/aligned.tsv"), "pair\tzh\nzh/b.md+en/b.html\t别的\n");
    assert_eq!(folder.get("out/pairs.tsv"), "b.md\tb.html\tcitation\nb.md\ta.html\tcontent\n");
    assert_eq!(folder.get("out/urls.tsv"), "https://en.example/news/ab\ty\n");
}

/// Findings name their pair, not the article's address; the file that says which pairs go may come later.
#[test]
fn findings_go_with_their_beads() {
    let folder = Folder::new();
    let a = bead("a", 0, "攻击者窃取了数据。", "Attackers stole it.");
    let pair = a.pair.clone();
    let findings = ["zh/b.md+en/b.html", &pair]
        .map(|pair| json!({ "pair": pair, "check": "number" }).to_string() + "\n");
    let first = folder.put("1.jsonl", &findings.concat());
    let second = folder.put("2.jsonl", &text(&[a]));
    let proofs = run(&[first, second], &Silent, &url("https://zh.example/posts/a")).unwrap();
    assert_eq!(proofs.iter().map(|p| (p.removed, p.gone)).collect::<Vec<_>>(), [(1, true), (1, true)]);
    assert_eq!(folder.get("1.jsonl"), findings[0]);
}

#[test]
fn files_that_cannot_be_taken_apart_are_searched() {
    let folder = Folder::new();
    folder.put("a.jsonl", &text(&[bead("a", 0, "攻击者窃取了“数据”。", "Attackers stole <it> & more.")]));
    for (name, content, gone) in [
        ("address.html", "<a href=\"https://en.example/news/a?x\">", false),
        ("sentence.tmx", "<seg>Attackers stole &lt;it&gt; &amp; more.</seg>", false),
        ("chinese.md", "攻击者窃取了「数据」", false),
        ("pair.csv", "\"zh/a.md+en/a.html#0\",x", false),
        ("clean.html", "<p>Attackers stole something else.</p>", true),
        ("longer.html", "<a href=\"https://en.example/news/a-longer-one\">zh/a.mdx</a>", true),
    ] {
        folder.put(name, content);
        let proofs =
            run(&[folder.path("a.jsonl"), folder.path(name)], &Silent, &url("https://en.example/news/a"));
        let proof = &proofs.unwrap()[1];
        assert_eq!((proof.gone, folder.get(name).as_str()), (gone, content), "{proof:?}");
        folder.put("a.jsonl", &text(&[bead("a", 0, "攻击者窃取了“数据”。", "Attackers stole <it> & more.")]));
    }
    folder.put_bytes("x.parquet", b"PAR1\xff\x00");
    assert!(!run(&[folder.path("x.parquet")], &Silent, &url("https://en.example/news/a")).unwrap()[0].gone);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_went_is_gone_and_all_else_is_as_it_was(articles in prop::collection::vec(0..6u32, 0..30), which in 0..6u32) {
        let folder = Folder::new();
        let beads: Vec<_> =
            articles.iter().enumerate().map(|(n, a)| bead(&a.to_string(), n as u32, "一句", "One.")).collect();
        let input = folder.put("in", &text(&beads));
        let proofs = run(&[input], &Silent, &url(&format!("https://en.example/news/{which}"))).unwrap();
        let rest: Vec<_> = beads.iter().filter(|b| b.en_url != format!("https://en.example/news/{which}")).cloned().collect();
        prop_assert!(proofs[0].gone);
        prop_assert_eq!(proofs[0].removed as usize, beads.len() - rest.len());
        prop_assert_eq!(folder.get("in"), text(&rest));
    }
}
