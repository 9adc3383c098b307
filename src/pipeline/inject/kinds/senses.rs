//! Terms: in another sense of the English word, or not translated at all.

use super::super::super::random::Dice;
use super::super::scan;
use super::super::{Edit, Host};
use super::words::{PHRASES, SENSES};
use super::{Kind, Nature};
use std::ops::Range;

/// A term is rendered in another sense of its English word.
pub const SWAPPED: Kind = Kind {
    name: "term-sense-swapped",
    doc: "a term is rendered in another sense of its English word: 投放器 (dropper) → 滴管",
    nature: Nature::Fault,
    checks: &["term", "name-consistency"],
    target: 0.70,
    edits: swapped,
};

/// A phrase is left in English.
pub const LEFT_IN_ENGLISH: Kind = Kind {
    name: "left-in-english",
    doc: "a term or phrase is left in English: 僵尸网络 → botnet",
    nature: Nature::Fault,
    checks: &["untranslated", "wrong-language"],
    target: 0.90,
    edits: left_in_english,
};

/// Where a term and its English stand, each once.
fn place(host: &Host<'_>, en: &str, zh: &str) -> Option<(Range<usize>, Range<usize>)> {
    let heads = scan::heads(&host.en, en);
    let [head] = heads.as_slice() else { return None };
    if scan::count(&host.zh, zh) != 1 {
        return None;
    }
    let at = host.zh.find(zh)?;
    Some((at..at + zh.len(), head.clone()))
}

fn swapped(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for &(en, renderings, wrong) in SENSES {
        let found = renderings.iter().find_map(|zh| place(host, en, zh));
        if let Some((range, head)) = found.filter(|_| !host.zh.contains(wrong)) {
            edits.push(Edit::rewrite(range, wrong, vec![head]));
        }
    }
    edits
}

fn left_in_english(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let senses = SENSES.iter().flat_map(|(en, renderings, _)| renderings.iter().map(move |zh| (*en, *zh)));
    for (en, zh) in senses.chain(PHRASES.iter().copied()) {
        let Some((range, head)) = place(host, en, zh) else { continue };
        // Part of a longer term: 漏洞 in 漏洞利用 would leave half of a word.
        let is_part = SENSES
            .iter()
            .flat_map(|(_, renderings, _)| *renderings)
            .any(|longer| longer.len() > zh.len() && longer.contains(zh) && host.zh.contains(longer));
        let text = scan::slice(&host.en, head.clone());
        let is_latin_around = [scan::before(&host.zh, range.start), scan::after(&host.zh, range.end)]
            .iter()
            .flatten()
            .any(|c| c.is_ascii_alphanumeric());
        if !is_part && !is_latin_around && !host.zh.contains(text) {
            edits.push(Edit::rewrite(range, text, vec![head]));
        }
    }
    edits
}
