//! `align`: two pages, or sentences that are cut already.

use super::*;

#[test]
fn two_pages_are_shown_side_by_side_or_in_any_format() {
    let (post, original) = (sample(POST), sample(ORIGINAL));
    let table = duizhao(&["align", &post, &original]).succeeds().stdout;
    assert!(table.contains("中文") && table.contains("English") && table.contains("repeat"), "{table}");
    let json = duizhao(&["align", &post, &original, "-f", "json"]).succeeds().stdout;
    assert_eq!(json, duizhao(&["align", &post, &original, "-f", "jsonl"]).succeeds().stdout);
    assert!(json.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    let pages = Pages::new();
    duizhao(&["align", &post, &original, "-f", "json", "-o", &pages.path("x.jsonl")]).succeeds();
    assert_eq!(pages.read("x.jsonl"), json);
}

#[test]
fn align_says_why_a_file_is_no_page() {
    let pages = Pages::new();
    pages.write("notes.docx", b"notes");
    let done = duizhao(&["align", &pages.path("notes.docx"), &sample(ORIGINAL)]).fails(64);
    assert!(done.stderr.contains("notes.docx: is no page: only "), "{}", done.stderr);
    let line = "{\"text\": \"A page.\"}\n";
    pages.write("two.jsonl", line.repeat(2).as_bytes());
    let done = duizhao(&["align", &pages.path("two.jsonl"), &sample(ORIGINAL)]).fails(64);
    assert!(done.stderr.contains("two.jsonl: is not one page"), "{}", done.stderr);
}

#[test]
fn pages_the_wrong_way_round_are_told_the_right_one() {
    let done = duizhao(&["align", &sample(ORIGINAL), &sample(POST)]).fails(64);
    let remedy = format!("duizhao align {} {}", sample(POST), sample(ORIGINAL));
    assert!(done.stderr.contains(&remedy), "{}", done.stderr);
    let done = duizhao(&["align", &sample(POST), &sample(POST)]).fails(3);
    assert!(done.stderr.contains("is not English"), "{}", done.stderr);
}

#[test]
fn a_few_bytes_that_are_no_characters_do_not_stop_align() {
    let pages = Pages::new();
    let mut bytes = fs::read(sample(POST)).unwrap();
    let at = bytes.len() / 2;
    let at = (at..bytes.len()).find(|&i| bytes[i] == b'\n').unwrap();
    bytes.insert(at, 0xff);
    pages.write("post.md", &bytes);
    let done = duizhao(&["align", &pages.path("post.md"), &sample(ORIGINAL), "-f", "tsv"]).succeeds();
    assert!(done.stdout.lines().count() > 10 && done.stderr.contains("1 bytes"), "{}", done.stderr);
}

/// Sentence numbers of both sides in a file of vecalign's form, sorted.
fn numbers(beads: &str) -> [Vec<usize>; 2] {
    let mut sides = [Vec::new(), Vec::new()];
    for line in beads.lines() {
        for (side, field) in sides.iter_mut().zip(line.split(':')) {
            side.extend(serde_json::from_str::<Vec<usize>>(field).unwrap());
        }
    }
    sides.iter_mut().for_each(|side| side.sort_unstable());
    sides
}

#[test]
fn sentences_that_are_cut_keep_their_numbers() {
    let pages = Pages::new();
    pages.write("zh.txt", "\u{feff}标题\r\n\r\n攻击者窃取了数据。\r\n攻击者索要赎金。".as_bytes());
    pages.write("en.txt", b"Title\n\n\nAttackers stole data.\nThey demanded a ransom.\n\n");
    let (zh, en) = (pages.path("zh.txt"), pages.path("en.txt"));
    let beads = duizhao(&["align", "--segmented", &zh, &en, "-f", "vecalign"]).succeeds().stdout;
    assert_eq!(numbers(&beads), [(0..4).collect::<Vec<_>>(), (0..6).collect()]);
    assert!(beads.contains("[1]:[]:") && beads.contains("[2]:[3]:"), "{beads}");
    let json = duizhao(&["align", "--segmented", &zh, &en, "-f", "json"]).succeeds().stdout;
    assert!(json.contains("\"zh\":[\"攻击者窃取了数据。\"]") && json.contains("\"zh\":[\"标题\"]"), "{json}");
    let piped = duizhao(&["align", "--segmented", "-", &en, "-f", "vecalign"]);
    assert_eq!(piped.given(&fs::read(&zh).unwrap()).succeeds().stdout, beads);
    pages.write("empty.txt", b"");
    let beads = duizhao(&["align", "--segmented", &pages.path("empty.txt"), &en, "-f", "vecalign"]);
    assert_eq!(numbers(&beads.succeeds().stdout), [Vec::new(), (0..6).collect::<Vec<_>>()]);
    pages.write("gbk.txt", b"\xb9\xa5\xbb\xf7\n");
    let done = duizhao(&["align", "--segmented", &pages.path("gbk.txt"), &en]).fails(3);
    assert!(
        done.stderr.contains("gbk.txt: is not UTF-8") && done.stderr.contains("iconv"),
        "{}",
        done.stderr
    );
}

#[test]
fn folders_of_sentences_are_aligned_file_by_file() {
    let pages = Pages::new();
    for (name, text) in [("zh/a.txt", "攻击。\n"), ("zh/b.zh.txt", "数据。\n"), ("zh/lone.txt", "。\n")]
    {
        pages.write(name, text.as_bytes());
    }
    for (name, text) in [("en/a.txt", "Attack.\n"), ("en/b.en.txt", "Data.\n")] {
        pages.write(name, text.as_bytes());
    }
    let (zh, en) = (pages.path("zh"), pages.path("en"));
    let align =
        |more: &[&str]| duizhao(&[&["align", "--segmented", &zh, &en, "-f", "vecalign"], more].concat());
    assert!(align(&[]).fails(64).stderr.contains("--out"));
    let done = align(&["--out", &pages.path("beads")]).fails(3);
    assert!(done.stderr.contains("lone"), "{}", done.stderr);
    let names: BTreeSet<_> = fs::read_dir(pages.path("beads"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names, BTreeSet::from(["a.beads".to_owned(), "b.beads".to_owned()]));
    let done = duizhao(&["align", "--segmented", &zh, &pages.path("en/a.txt")]).fails(64);
    assert!(done.stderr.contains("two files or two folders"), "{}", done.stderr);
}

#[test]
fn a_text_that_is_not_utf8_costs_only_its_own_pair() {
    let pages = Pages::new();
    for (name, text) in [("zh/a.txt", "攻击。\n"), ("en/a.txt", "Attack.\n"), ("en/b.txt", "Data.\n")] {
        pages.write(name, text.as_bytes());
    }
    pages.write("zh/b.txt", b"\xb9\xa5\xbb\xf7\n");
    let beads = pages.path("beads");
    let [zh, en] = ["zh", "en"].map(|lang| pages.path(lang));
    let align = ["align", "--segmented", &zh, &en, "-f", "vecalign", "--out", &beads];
    let done = duizhao(&align).fails(3);
    assert!(done.stderr.contains("b.txt: is not UTF-8") && done.stderr.contains("b is left out"));
    assert_eq!(numbers(&pages.read("beads/a.beads")), [[0], [0]]);
    assert!(!Path::new(&pages.path("beads/b.beads")).exists());
}

/// Which of them was aligned hung on the order in which the system lists a folder.
#[test]
fn two_texts_of_one_stem_are_refused() {
    let pages = Pages::new();
    for name in ["zh/a.txt", "zh/a.zh.txt", "en/a.txt"] {
        pages.write(name, b"");
    }
    let [zh, en] = ["zh", "en"].map(|lang| pages.path(lang));
    let done = duizhao(&["align", "--segmented", &zh, &en, "--out", &pages.path("beads")]).fails(64);
    assert!(
        done.stderr.contains("both a.txt and a.zh.txt") && done.stderr.contains("help: "),
        "{}",
        done.stderr
    );
}
