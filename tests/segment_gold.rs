//! Sentence boundaries against hand-made gold on real pages, which are not part of the project (see `common`).
//!
//! Run with `--nocapture` to see the figures and every boundary that differs.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use duizhao::model::{Lang, Sides};
use duizhao::segment::{self, Config};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What the rules reached when this was last recorded, a little lowered: F1 of the boundaries inside paragraphs.
const FLOORS: Sides<f64> = Sides { zh: 0.985, en: 0.99 };

#[derive(serde::Deserialize)]
struct Gold {
    zh_file: String,
    en_file: String,
    zh: Vec<String>,
    en: Vec<String>,
    zh_paragraph: Vec<usize>,
    en_paragraph: Vec<usize>,
}

/// A paragraph put together again, with the gold's boundaries in it.
struct Paragraph {
    text: String,
    boundaries: BTreeSet<usize>,
}

#[derive(Default)]
struct Tally {
    right: usize,
    made: usize,
    wanted: usize,
    /// Boundaries of the gold at which nothing can end.
    slips: usize,
    slips_made: usize,
}

impl Tally {
    fn add(&mut self, name: &str, paragraph: &Paragraph) {
        let made: BTreeSet<usize> =
            segment::split(&paragraph.text, &Config::default()).iter().map(|s| s.end()).collect();
        let made = made.into_iter().filter(|&at| at < paragraph.text.len()).collect::<BTreeSet<_>>();
        let (slips, wanted): (BTreeSet<_>, BTreeSet<_>) =
            paragraph.boundaries.iter().partition(|&&at| is_slip(&paragraph.text, at));
        self.slips += slips.len();
        self.slips_made += made.intersection(&slips).count();
        self.made += made.difference(&slips).count();
        self.wanted += wanted.len();
        self.right += made.intersection(&wanted).count();
        for &at in made.symmetric_difference(&paragraph.boundaries) {
            let kind = if made.contains(&at) {
                "extra"
            } else if slips.contains(&at) {
                "slip"
            } else {
                "missed"
            };
            eprintln!("{kind:6} {name}: {}", around(&paragraph.text, at));
        }
    }

    fn f1(&self, raw: bool) -> (f64, f64, f64) {
        let (slips, slips_made) = if raw { (self.slips, self.slips_made) } else { (0, 0) };
        let share = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
        let p = share(self.right + slips_made, self.made + slips_made);
        let r = share(self.right + slips_made, self.wanted + slips);
        (p, r, if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) })
    }
}

#[test]
fn boundaries_agree_with_the_gold() {
    let Some(shared) = common::shared() else { return };
    let dev = shared.join("real/dev");
    let mut tallies = Sides { zh: Tally::default(), en: Tally::default() };
    let mut files: Vec<_> =
        fs::read_dir(dev.join("gold")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    for file in &files {
        let gold: Gold = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let page = |folder: &str, name: &str| fs::read_to_string(page_path(&dev.join(folder), name)).unwrap();
        for paragraph in paragraphs(&gold.zh, &gold.zh_paragraph, Lang::Zh, &page("zh", &gold.zh_file)) {
            tallies.zh.add(&gold.zh_file, &paragraph);
        }
        for paragraph in paragraphs(&gold.en, &gold.en_paragraph, Lang::En, &page("en", &gold.en_file)) {
            tallies.en.add(&gold.en_file, &paragraph);
        }
    }
    for (name, tally, floor) in [("zh", &tallies.zh, FLOORS.zh), ("en", &tallies.en, FLOORS.en)] {
        let (p, r, f1) = tally.f1(false);
        let raw = tally.f1(true);
        eprintln!(
            "{name}: P {p:.4} R {r:.4} F1 {f1:.4} over {} boundaries; with the gold's {} slips P {:.4} R {:.4} F1 {:.4}",
            tally.wanted, tally.slips, raw.0, raw.1, raw.2
        );
        assert!(f1 >= floor, "{name}: F1 {f1:.4} is below the floor of {floor}");
    }
}

fn page_path(folder: &Path, name: &str) -> std::path::PathBuf {
    folder.join(Path::new(name).file_name().unwrap())
}

/// The gold's paragraphs: sentences joined as they are in the page, else by a blank in English, by nothing in Chinese.
fn paragraphs(sentences: &[String], of: &[usize], lang: Lang, page: &str) -> Vec<Paragraph> {
    let mut list: Vec<Paragraph> = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let Some(before) = index.checked_sub(1).filter(|&before| of[before] == of[index]) else {
            list.push(Paragraph { text: sentence.clone(), boundaries: BTreeSet::new() });
            continue;
        };
        let paragraph = list.last_mut().unwrap();
        paragraph.text.push_str(separator(&sentences[before], sentence, lang, page));
        paragraph.boundaries.insert(paragraph.text.len());
        paragraph.text.push_str(sentence);
    }
    list
}

fn separator(left: &str, right: &str, lang: Lang, page: &str) -> &'static str {
    // Short, since markup may stand a few characters further off.
    let tail: String = left.chars().skip(left.chars().count().saturating_sub(2)).collect();
    let head: String = right.chars().take(6).collect();
    let glued = page.contains(&format!("{tail}{head}"));
    let parted = page.contains(&format!("{tail} {head}"));
    match lang {
        Lang::En => {
            if glued && !parted {
                ""
            } else {
                " "
            }
        }
        Lang::Zh => {
            if parted && !glued {
                " "
            } else {
                ""
            }
        }
    }
}

/// Whether the gold's boundary stands behind a stop at which nothing can end, since the stop follows an opening mark,
/// a slash, an asterisk or a blank: `~/.|config`, `*.|txt`, `evil[。|com`.
fn is_slip(text: &str, at: usize) -> bool {
    let body = text[..at].trim_end();
    let mut chars = body.chars().rev();
    matches!(chars.next(), Some('.' | '。'))
        && body.len() == at
        && matches!(chars.next(), Some('[' | '“' | '/' | '*' | ' '))
}

fn around(text: &str, at: usize) -> String {
    let left: String = text[..at].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
    let right: String = text[at..].chars().take(40).collect();
    format!("{left}⏐{right}")
}

/// Every real page, menus and all: whatever is cut tiles its paragraph.
#[test]
fn every_paragraph_of_the_haystack_is_tiled() {
    let Some(shared) = common::shared() else { return };
    for folder in ["real/pool/zh", "real/pool/en", "real/dev/zh", "real/dev/en"] {
        for entry in fs::read_dir(shared.join(folder)).unwrap() {
            let page = fs::read_to_string(entry.unwrap().path()).unwrap();
            for paragraph in page.split("\n\n") {
                let spans = segment::split(paragraph, &Config::default());
                assert_eq!(spans.iter().map(|span| span.slice(paragraph)).collect::<String>(), paragraph);
            }
        }
    }
}
