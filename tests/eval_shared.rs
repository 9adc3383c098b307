//! The scores against the reference scorer, on the real gold with hypotheses spoilt at random.
#![allow(clippy::unwrap_used)]

mod common;

use duizhao::eval::{self, Gold, IndexBead};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same hypotheses for the same seed, everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

/// The reference scorer, and python3 to run it with.
struct Reference(PathBuf);

impl Reference {
    fn output(&self, arguments: &[&std::ffi::OsStr]) -> String {
        let output = Command::new("python3")
            .arg(&self.0)
            .args(arguments)
            .env("PYTHONUTF8", "1")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Compares the data to the last bit (so also to four decimals), counts included, and the text.
    fn assert_agrees<T: serde::Serialize + std::fmt::Display>(
        &self,
        mode: &str,
        a: &Path,
        b: &Path,
        ours: &T,
    ) {
        let mut arguments = vec![mode.as_ref(), a.as_os_str(), b.as_os_str()];
        let text = self.output(&arguments);
        arguments.push("--json".as_ref());
        let parse = |json: &str| serde_json::from_str::<Value>(json).unwrap();
        let ours_data = parse(&serde_json::to_string(ours).unwrap());
        assert_eq!(ours_data, parse(&self.output(&arguments)), "{mode}");
        assert_eq!(format!("{ours}\n"), text, "{mode}");
    }
}

fn setup() -> Option<(Reference, PathBuf)> {
    let shared = common::shared()?;
    let scorer = shared.join("eval/score.py");
    let python = Command::new("python3").arg("--version").output().is_ok_and(|o| o.status.success());
    if scorer.is_file() && python {
        return Some((Reference(scorer), shared.join("real")));
    }
    assert!(std::env::var_os("DUIZHAO_REQUIRE_SHARED").is_none(), "no reference scorer or no python3");
    common::skipped("no reference scorer or no python3");
    None
}

/// The gold's beads with some dropped, doubled, joined, swapped, shifted or emptied; some repeats linked; some
/// articles left out.
fn spoilt(gold: &[Gold], random: &mut Random) -> BTreeMap<String, Vec<IndexBead>> {
    let mut all = BTreeMap::new();
    for article in gold {
        if random.one_in(9) {
            continue;
        }
        let mut beads: Vec<(Vec<u32>, Vec<u32>)> = Vec::new();
        let repeats = article.repeats.iter().filter(|_| random.one_in(2)).cloned().collect::<Vec<_>>();
        for bead in article.beads.iter().chain(&repeats) {
            let (mut zh, mut en): (Vec<u32>, Vec<u32>) = bead.clone().into();
            match random.below(24) {
                0 => continue,
                1 => beads.push((zh.clone(), en.clone())),
                2 => zh.clear(),
                3 => en.clear(),
                4 => en.iter_mut().for_each(|e| *e += 1),
                5 => zh.iter_mut().for_each(|z| *z = z.saturating_sub(1)),
                6 => zh.push(random.below(article.zh.len() + 1) as u32),
                7 => en.push(random.below(article.en.len() + 1) as u32),
                8 => en.reverse(),
                9 if !beads.is_empty() => {
                    let (z, e) = beads.swap_remove(random.below(beads.len()));
                    zh.extend(z);
                    en.extend(e);
                }
                10 if !beads.is_empty() => {
                    let other = random.below(beads.len());
                    std::mem::swap(&mut beads[other].1, &mut en);
                }
                _ => {}
            }
            beads.push((zh, en));
        }
        all.insert(article.slug.clone(), beads.into_iter().map(IndexBead::from).collect());
    }
    all
}

fn write_beads(dir: &Path, hypotheses: &BTreeMap<String, Vec<IndexBead>>, random: &mut Random) {
    for (slug, beads) in hypotheses {
        let mut text = String::from("# spoilt\n");
        for bead in beads {
            let end = ["\n", "\r\n", ":0.25\n", " : [3]\n"][random.below(4)];
            write!(text, "{:?}:{:?}{end}", bead.zh(), bead.en()).unwrap();
        }
        fs::write(dir.join(format!("{slug}.beads")), text).unwrap();
    }
}

/// The sentences as another extraction and segmentation might have them.
fn edited(sentences: &[String], numbers: &[u32], random: &mut Random) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in numbers.iter().filter_map(|&n| sentences.get(n as usize)) {
        let chars: Vec<char> = text.chars().collect();
        let cut = random.below(chars.len());
        let (head, tail) = chars.split_at(cut);
        let (head, tail): (String, String) = (head.iter().collect(), tail.iter().collect());
        match random.below(12) {
            0 => out.extend([head, tail]),
            1 => out.push(head),
            2 => out.push(tail),
            3 => out.push(format!("{head}ＮＥＷ {tail}")),
            4 => out.push(head + &tail.chars().skip(1).collect::<String>()),
            5 => out.push(text.to_uppercase()),
            6 => out.push(text.replace([',', '，', '.'], "\u{2014}\u{a0}")),
            7 if !out.is_empty() => out.last_mut().unwrap().push_str(text),
            _ => out.push(text.clone()),
        }
    }
    out
}

fn write_aligned(
    path: &Path,
    gold: &[Gold],
    hypotheses: &BTreeMap<String, Vec<IndexBead>>,
    random: &mut Random,
) {
    let mut text = String::new();
    for article in gold {
        let url = format!("https://news.example.com/a/{}", article.slug);
        for bead in hypotheses.get(&article.slug).into_iter().flatten() {
            let zh = edited(&article.zh, bead.zh(), random);
            let en = edited(&article.en, bead.en(), random);
            let row = match random.below(4) {
                0 => json!({"pair": article.slug, "zh": zh, "en": en}),
                1 => json!({"en_url": url.to_uppercase(), "zh": zh, "en": en, "confidence": 0.5}),
                2 => json!({"en_url": format!("{url}//?a=b/c#d"), "pair": "x", "zh": zh, "en": en}),
                _ => json!({"en_url": url, "zh": zh, "en": en}),
            };
            writeln!(text, "{row}{}", if random.one_in(9) { "\n" } else { "" }).unwrap();
        }
    }
    fs::write(path, text).unwrap();
}

fn compare(set: &str, beads_seeds: std::ops::Range<u64>, aligned_seeds: std::ops::Range<u64>) {
    let Some((reference, real)) = setup() else { return };
    let folder = real.join(set).join("gold");
    let gold = eval::read_gold(&folder).unwrap();
    for seed in beads_seeds {
        let (random, dir) = (&mut Random(seed), tempfile::tempdir().unwrap());
        write_beads(dir.path(), &spoilt(&gold, random), random);
        let scores = eval::run(&folder, dir.path()).unwrap();
        assert!(scores.strict.f1 > 0.3 && scores.strict.f1 < 1.0, "{scores}");
        reference.assert_agrees("beads", &folder, dir.path(), &scores);
    }
    for seed in aligned_seeds {
        let (random, dir) = (&mut Random(seed), tempfile::tempdir().unwrap());
        let path = dir.path().join("aligned.jsonl");
        write_aligned(&path, &gold, &spoilt(&gold, random), random);
        let scores = eval::run(&folder, &path).unwrap();
        assert!(scores.strict.f1 > 0.3 && scores.strict.f1 < 1.0, "{scores}");
        reference.assert_agrees("e2e", &folder, &path, &scores);
    }
}

#[test]
fn spoilt_news_scores_as_the_reference_says() {
    compare("dev", 0..4, 100..103);
}

#[test]
fn spoilt_novels_score_as_the_reference_says() {
    compare("literary", 10..13, 110..111);
}

#[test]
fn spoilt_pairs_score_as_the_reference_says() {
    let Some((reference, real)) = setup() else { return };
    let (expected, random) = (real.join("dev/pairs.tsv"), &mut Random(7));
    let dir = tempfile::tempdir().unwrap();
    let hypothesis = dir.path().join("pairs.tsv");
    let mut text = String::new();
    for line in fs::read_to_string(&expected).unwrap().lines() {
        let line = match random.below(5) {
            0 => format!("a/b/{line}\t0.5"),
            1 => format!("#{line}"),
            2 => line.replace('\t', "x\t"),
            3 => line.replace('\t', "\ty/"),
            _ => line.to_owned(),
        };
        writeln!(text, "{line}").unwrap();
    }
    fs::write(&hypothesis, text).unwrap();
    reference.assert_agrees(
        "pairs",
        &expected,
        &hypothesis,
        &eval::score_pairs(&expected, &hypothesis).unwrap(),
    );
}

/// Every character that python3's edition of Unicode knows, one by one.
#[test]
fn keys_are_the_reference_keys_of_every_character() {
    let Some((reference, _)) = setup() else { return };
    let program = "import sys, json, unicodedata, importlib.util as u\n\
                   s = u.spec_from_file_location('score', sys.argv[1]); m = u.module_from_spec(s)\n\
                   s.loader.exec_module(m)\n\
                   known = (c for c in map(chr, range(0x110000)) if unicodedata.category(c) not in ('Cn', 'Cs', 'Co'))\n\
                   print(json.dumps([[c, m.norm('a' + c), m.norm(c + 'B')] for c in known]))";
    let output = Command::new("python3").args(["-B", "-c", program]).arg(&reference.0).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let keys: Vec<[String; 3]> = serde_json::from_slice(&output.stdout).unwrap();
    let other: Vec<_> = keys
        .iter()
        .filter(|[c, after, before]| {
            eval::key(&format!("a{c}")) != *after || eval::key(&format!("{c}B")) != *before
        })
        .map(|[c, after, _]| format!("U+{:04X} {after}", c.chars().next().unwrap() as u32))
        .collect();
    assert!(keys.len() > 100_000 && other.is_empty(), "{} of {} differ: {other:?}", other.len(), keys.len());
}
