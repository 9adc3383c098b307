//! `duizhao corpus`, over files that a run might have written; fiction.

use super::program::{Pages, duizhao, sample};
use serde_json::{Value, json};

/// A bead of an article as a line.
fn bead(article: &str, number: usize, zh: &str, en: &str) -> String {
    let pair = format!("zh/{article}.md+en/{article}.html");
    let line = json!({
        "id": format!("{pair}#{number}"), "pair": pair,
        "zh_url": format!("https://zh.example/posts/{article}"), "en_url": format!("https://en.example/{article}"),
        "zh_file": format!("zh/{article}.md"), "en_file": format!("en/{article}.html"),
        "zh": [zh], "en": [en], "zh_index": [number], "en_index": [number], "zh_span": [[0, zh.len()]], "en_span": [[0, en.len()]],
        "zh_paragraph": [0], "en_paragraph": [0], "zh_kind": ["body"], "en_kind": ["body"],
        "zh_published": "2031-05-06", "en_published": "2031-05-04",
        "relation": "translation", "confidence": 0.9, "signals": {}, "findings": [],
    });
    format!("{line}\n")
}

fn corpus() -> Pages {
    let pages = Pages::new();
    let first = bead("a", 0, "雾狐组织入侵了塔恩威克公司。", "Mistfox breached Tarnwick.");
    let wrong = bead("a", 1, "它窃取了500份文件。", "It stole 600 files.");
    let again = bead("b", 0, "雾狐组织入侵了塔恩威克公司！", "Mistfox breached Tarnwick");
    pages.write("one.jsonl", (first + &wrong).as_bytes());
    pages.write("two.jsonl", again.as_bytes());
    pages
}

#[test]
fn every_step_leads_to_the_next() {
    let pages = corpus();
    let run = |arguments: &[&str]| duizhao(&[&["corpus"], arguments].concat()).within(&pages).succeeds();
    let said = run(&["merge", "one.jsonl", "two.jsonl", "--out", "all.jsonl"]);
    assert!(said.stderr.contains("3 read, 3 written of 2 pairs"), "{}", said.stderr);
    let said =
        run(&["filter", "all.jsonl", "--out", "good.jsonl", "--dropped", "bad.jsonl", "--report", "r.json"]);
    assert!(said.stderr.contains("3 read, 2 kept"), "{}", said.stderr);
    let bad: Value = serde_json::from_str(&pages.read("bad.jsonl")).unwrap();
    assert_eq!((&bad["rule"], &bad["reason"]), (&json!("numbers"), &json!("only one side has 500, 600")));
    assert_eq!(serde_json::from_str::<Value>(&pages.read("r.json")).unwrap()["kept"], 2);
    let said = run(&["dedup", "good.jsonl", "--dropped", "twice.jsonl"]);
    assert_eq!(said.stdout.lines().count(), 1);
    assert!(pages.read("twice.jsonl").contains("\"of\":{\"file\":\"good.jsonl\",\"line\":1}"));
    run(&["split", "good.jsonl", "--out", "parts", "--test", "0.5"]);
    let lines = |name: &str| pages.read(&format!("parts/{name}.jsonl")).lines().count();
    assert_eq!(["train", "dev", "test", "withheld"].map(lines).iter().sum::<usize>(), 2);
    assert!(pages.read("parts/split.json").contains("\"seed\": 1"));
    let said = run(&["stats", "all.jsonl"]);
    assert!(said.stdout.starts_with("3 beads of 2 pairs"), "{}", said.stdout);
    let stats: Value =
        serde_json::from_str(&run(&["stats", "all.jsonl", "--format", "json"]).stdout).unwrap();
    assert_eq!(stats["shapes"]["1:1"], 3);
    #[cfg(feature = "report")]
    {
        run(&["stats", "all.jsonl", "--format", "html", "--out", "stats.html"]);
        assert!(pages.read("stats.html").contains("<h1>A corpus in numbers</h1>"));
    }
    let said =
        run(&["remove", "--url", "en.example/a/?utm_source=x", "all.jsonl", "bad.jsonl", "good.jsonl"]);
    assert_eq!(said.stdout.matches(": gone").count(), 3, "{}", said.stdout);
    assert!(!pages.read("all.jsonl").contains("en.example/a\""));
}

#[test]
fn a_preview_writes_nothing_and_shows_what_would_go() {
    let pages = corpus();
    let arguments = [
        "corpus",
        "filter",
        "one.jsonl",
        "--preview",
        "--rules",
        "numbers,length",
        "--set",
        "length.zh_chars=[12, 99]",
    ];
    let said = duizhao(&arguments).within(&pages).succeeds();
    assert!(said.stdout.contains("numbers: only one side has 500, 600"), "{}", said.stdout);
    assert!(said.stdout.lines().nth(2).unwrap().starts_with("length"), "{}", said.stdout);
}

#[test]
fn what_is_wrong_is_said_with_its_remedy() {
    let pages = corpus();
    for (arguments, code, part) in [
        (&["filter", "one.jsonl", "--rules", "no-such"][..], 64, "there is no rule `no-such`"),
        (&["filter", "one.jsonl", "--set", "confidence=1"][..], 64, "RULE.KEY=VALUE"),
        (&["filter", "one.jsonl", "--set", "confidence.min=2"][..], 64, "min = 2 is not 0 to 1"),
        (&["dedup", "one.jsonl", "--threshold", "0.1"][..], 64, "give a number from 0.6 to 1"),
        (&["split", "-", "--out", "parts"][..], 64, "standard input can be read only once"),
        (&["stats", "missing.jsonl"][..], 74, "missing.jsonl: cannot be read"),
        (&["remove", "one.jsonl"][..], 64, "--url"),
    ] {
        let said = duizhao(&[&["corpus"], arguments].concat()).within(&pages).fails(code);
        assert!(said.stderr.contains(part), "{arguments:?}: {}", said.stderr);
    }
    pages.write("broken.jsonl", b"{}\n");
    let said = duizhao(&["corpus", "stats", "broken.jsonl"]).within(&pages).fails(3);
    assert!(said.stderr.contains("broken.jsonl:1: is no line of an aligned.jsonl"), "{}", said.stderr);
}

#[test]
fn rules_stand_in_the_settings_in_their_order() {
    let pages = corpus();
    pages.write("duizhao.toml", b"[[corpus.filter]]\nrule = \"length\"\nzh_chars = [99, 100]\n");
    let said = duizhao(&["corpus", "filter", "one.jsonl", "--preview"]).within(&pages).succeeds();
    assert!(said.stdout.contains("not 99 to 100") && !said.stdout.contains("numbers"), "{}", said.stdout);
    pages.write("duizhao.toml", b"[[corpus.filter]]\nrule = \"length\"\nmost = 3\n");
    let said = duizhao(&["corpus", "filter", "one.jsonl", "--preview"]).within(&pages).fails(64);
    assert!(said.stderr.contains("duizhao.toml") && said.stderr.contains("most"), "{}", said.stderr);
}

/// What a run wrote goes through filters into every format, and comes back from other formats.
#[test]
fn a_filtered_corpus_is_exported_and_read_again() {
    let pages = Pages::new();
    let run = |arguments: &[&str]| duizhao(arguments).within(&pages).succeeds();
    run(&["run", &sample("zh"), &sample("en"), "--out", "out", "--quiet", "--licence", "CC-BY-4.0"]);
    let said = run(&["corpus", "filter", "out/aligned.jsonl", "--out", "good.jsonl"]).stderr;
    let kept = pages.read("good.jsonl").lines().count();
    assert!(said.contains(&format!("{kept} kept")) && kept > 100, "{said}");
    run(&["corpus", "export", "good.jsonl", "--format", "tmx", "--out", "good.tmx"]);
    let tmx = pages.read("good.tmx");
    assert_eq!(tmx.matches("<tu tuid=").count(), kept);
    assert_eq!(tmx.matches("<prop type=\"licence\">CC-BY-4.0</prop>").count(), kept);
    for (id, line) in tmx.lines().filter(|l| l.contains("<tu ")).zip(pages.read("good.jsonl").lines()) {
        let bead: Value = serde_json::from_str(line).unwrap();
        assert!(id.contains(&format!("\"{}\"", bead["id"].as_str().unwrap())), "{id} is not {}", bead["id"]);
    }
    let counted = |file: &str| -> Value {
        serde_json::from_str(&run(&["corpus", "stats", file, "--format", "json"]).stdout).unwrap()
    };
    let (lines, units) = (counted("good.jsonl"), counted("good.tmx"));
    for key in ["beads", "pairs", "en_words"] {
        assert_eq!(lines[key], units[key], "{key}");
    }
    run(&["export", "good.jsonl", "--format", "moses", "--out", "pair"]);
    run(&["corpus", "dedup", "--from", "moses", "pair/corpus.zh", "pair/corpus.en", "--out", "once.jsonl"]);
    assert!(pages.read("once.jsonl").lines().count() > 100);
}

#[test]
fn an_article_is_taken_out_of_a_whole_folder() {
    let pages = Pages::new();
    duizhao(&["run", &sample("zh"), &sample("en"), "--out", "out", "--quiet"]).within(&pages).succeeds();
    let address = "https://www.4hou.com/posts/2gHs";
    assert!(pages.read("out/findings.jsonl").contains("2gHs"));
    let said = duizhao(&["corpus", "remove", "--url", address, "out"]).within(&pages).fails(3);
    // What was made of the lines must be made anew, and is named.
    assert!(said.stdout.contains("report.html: searched, not changed: NOT GONE"), "{}", said.stdout);
    for name in ["aligned.jsonl", "aligned.tsv", "articles.jsonl", "findings.jsonl", "mqm.tsv", "pairs.tsv"] {
        assert!(!pages.read(&format!("out/{name}")).contains("2gHs"), "{name}");
        let line = said.stdout.lines().find(|line| line.contains(&format!("{name}:"))).unwrap();
        assert!(line.ends_with(": gone"), "{line}");
    }
    duizhao(&["export", "out/aligned.jsonl", "--format", "tmx", "--out", "out/aligned.tmx"])
        .within(&pages)
        .succeeds();
    let said = duizhao(&["corpus", "remove", "--url", address, "out/aligned.tmx"]).within(&pages).succeeds();
    assert!(said.stdout.contains("gone") && !said.stdout.contains("NOT"), "{}", said.stdout);
}

#[test]
fn nothing_is_written_over_what_is_read_or_twice() {
    let pages = corpus();
    let before = pages.read("one.jsonl");
    for arguments in [
        &["filter", "one.jsonl", "--out", "x", "--dropped", "one.jsonl"][..],
        &["filter", "one.jsonl", "--out", "x", "--dropped", "x"],
        &["dedup", "one.jsonl", "--out", "x", "--report", "./x"],
        &["merge", "one.jsonl", "--report", "one.jsonl"],
        &["stats", "one.jsonl", "--out", "one.jsonl"],
        &["restore", "one.jsonl", "--pages", ".", "--out", "one.jsonl"],
    ] {
        let said = duizhao(&[&["corpus"], arguments].concat()).within(&pages).fails(64);
        assert!(
            said.stderr.contains("written") && said.stderr.contains("name another file"),
            "{}",
            said.stderr
        );
    }
    assert_eq!(pages.read("one.jsonl"), before);
    pages.write("parts/dev.jsonl", before.as_bytes());
    duizhao(&["corpus", "split", "parts/dev.jsonl", "--out", "parts"]).within(&pages).fails(64);
    assert_eq!(pages.read("parts/dev.jsonl"), before);
    // What is read may be written anew.
    duizhao(&["corpus", "filter", "one.jsonl", "--out", "one.jsonl"]).within(&pages).succeeds();
    let said = duizhao(&["corpus", "merge", "one.jsonl", "--out", "-", "--quiet"]).within(&pages).succeeds();
    assert_eq!(said.stdout, pages.read("one.jsonl"));
    // A device holds nothing that could be lost.
    #[cfg(unix)]
    {
        let device = ["--dropped", "/dev/stderr", "--report", "/dev/stderr"];
        duizhao(&[&["corpus", "dedup", "one.jsonl"][..], &device].concat()).within(&pages).succeeds();
    }
}

#[test]
fn what_is_removed_must_be_there() {
    let pages = corpus();
    let arguments =
        ["corpus", "remove", "--url", "https://en.example/a", "--article", "b.md", "one.jsonl", "two.jsonl"];
    let said = duizhao(&arguments).within(&pages).fails(3);
    assert!(
        said.stderr.contains("no line is of b.md\n  help: see whether it went before"),
        "{}",
        said.stderr
    );
    assert_eq!(pages.read("one.jsonl"), "");
}
