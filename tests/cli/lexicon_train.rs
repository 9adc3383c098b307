//! `lexicon train`, `run --adapt`, `--lexicon`.

use super::program::{Pages, duizhao, sample};

/// Beads that teach what no dictionary has, as a run would have written them.
fn beads(confidence: f32) -> String {
    let bead = |zh: &str, en: &str, relation: &str| {
        let (zh, en) = ([zh], [en]);
        let line = serde_json::json!({ "zh": zh, "en": en, "relation": relation, "confidence": confidence });
        format!("{line}\n")
    };
    [
        bead("攻击者部署了卓尔布。", "Attackers deployed Zorblat.", "translation"),
        bead("卓尔布的服务器。", "The servers of Zorblat.", "moved"),
        bead("卓尔布。", "Qorvex.", "repeat"),
        bead("卓尔布。", "Qorvex.", "repeat"),
    ]
    .concat()
}

#[test]
fn a_lexicon_learns_from_aligned_text() {
    let pages = Pages::new();
    pages.write("a.jsonl", beads(0.9).as_bytes());
    let (aligned, overlay) = (pages.path("a.jsonl"), pages.path("overlay.tsv"));
    let text = duizhao(&["lexicon", "train", &aligned]).succeeds().stdout;
    assert!(text.starts_with("# duizhao-overlay 1: ") && text.contains("\n# from a.jsonl sha256:"), "{text}");
    assert!(text.contains("\nzh\ten_stem\tweight\n卓尔布\tzorblat\t0."), "{text}");
    assert!(
        !text.contains("qorvex") && !text.contains("server") && !text.contains(&pages.path("")),
        "{text}"
    );
    for threads in ["1", "2"] {
        let done =
            duizhao(&["lexicon", "train", &aligned, "--threads", threads, "--out", &overlay]).succeeds();
        assert!(done.stderr.contains("1 rendering"), "{}", done.stderr);
        assert_eq!(pages.read("overlay.tsv"), text);
    }
    let piped = duizhao(&["lexicon", "train", "-"]).given(beads(0.9).as_bytes()).succeeds().stdout;
    assert_eq!(piped.replace("standard input", "a.jsonl"), text);
    pages.write("duizhao.toml", b"[align]\nlexicon = \"overlay.tsv\"\n");
    let by_option = duizhao(&["run", &sample(""), "--out", &pages.path("one"), "--lexicon", &overlay]);
    by_option.succeeds();
    duizhao(&["run", &sample(""), "--out", &pages.path("two")]).within(&pages).succeeds();
    duizhao(&["run", &sample(""), "--out", &pages.path("none")]).succeeds();
    assert_eq!(pages.read("one/manifest.json"), pages.read("two/manifest.json"));
    let lexicon =
        |name: &str| serde_json::from_str::<serde_json::Value>(&pages.read(name)).unwrap()["lexicon"].clone();
    assert_ne!(lexicon("one/manifest.json"), lexicon("none/manifest.json"));
}

#[test]
fn what_cannot_be_learned_from_or_laid_over_is_named() {
    let pages = Pages::new();
    pages.write("bad.jsonl", format!("{}\n{{\"zh\": 1}}\n", beads(0.9)).as_bytes());
    pages.write("unsure.jsonl", beads(0.1).as_bytes());
    pages.write("bad.tsv", "zh\ten_stem\tweight\n漏洞\tflaw\n".as_bytes());
    let (bad, unsure, overlay) = (pages.path("bad.jsonl"), pages.path("unsure.jsonl"), pages.path("bad.tsv"));
    for (arguments, code, said) in [
        (&["lexicon", "train", &bad][..], 3, "bad.jsonl:6: is no bead"),
        (&["lexicon", "train", &unsure], 3, "no bead to learn from"),
        (&["lexicon", "train", "absent.jsonl"], 74, "absent.jsonl: cannot be read"),
        (&["lexicon", "train", "-", "-"], 64, "read only once"),
        (&["lexicon", "train", &unsure, "--min-confidence", "2"], 64, "out of range"),
        (&["run", &sample(""), "--out", "out", "--lexicon", &overlay], 3, "bad.tsv:2: has 2 columns"),
    ] {
        let done = duizhao(arguments).fails(code);
        assert!(
            done.stderr.contains(said) && done.stderr.contains("help: "),
            "{arguments:?}: {}",
            done.stderr
        );
    }
    duizhao(&["lexicon", "train", &unsure, "--min-confidence", "0.1"]).succeeds();
}

#[test]
fn a_run_may_adapt_its_lexicon() {
    let pages = Pages::new();
    duizhao(&["run", &sample(""), "--adapt", "--out", &pages.path("out")]).succeeds();
    let learned = pages.read("out/overlay.tsv");
    // What it learned is learned from what a run without it writes.
    duizhao(&["run", &sample(""), "--out", &pages.path("first")]).succeeds();
    let again = duizhao(&["lexicon", "train", &pages.path("first/aligned.jsonl")]).succeeds().stdout;
    let table =
        |text: &str| text.lines().filter(|l| !l.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(table(&learned), table(&again));
}
