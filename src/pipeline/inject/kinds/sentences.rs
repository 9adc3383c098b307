//! Whole sentences: left out, or put in.

use super::super::super::random::Dice;
use super::super::scan;
use super::super::{Change, Edit, Host};
use super::{Kind, Nature};

/// A sentence is left out.
pub const DELETED: Kind = Kind {
    name: "sentence-deleted",
    doc: "the Chinese of a bead is left out, and the articles are aligned again",
    nature: Nature::Fault,
    checks: &["omission"],
    target: 0.90,
    edits: deleted,
};

/// A sentence is put in.
pub const ADDED: Kind = Kind {
    name: "sentence-added",
    doc: "a sentence of another post is put behind a bead, and the articles are aligned again",
    nature: Nature::Fault,
    checks: &["addition"],
    target: 0.90,
    edits: added,
};

/// The least length of a sentence whose loss is one.
const LEAST_HAN: usize = 10;
const LEAST_WORDS: usize = 6;

fn deleted(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let en = host.en.trim();
    let is_sentence = en.ends_with(['.', '!', '?', '"', '”']) && en.split_whitespace().count() >= LEAST_WORDS;
    let is_credit = ["Source", "Image", "Photo"].iter().any(|word| en.starts_with(word));
    let is_long = scan::han(&host.zh) >= LEAST_HAN;
    if host.bead == 0 || host.is_repeated() || !is_sentence || is_credit || !is_long {
        return Vec::new();
    }
    vec![Edit { change: Change::Drop, en: host.whole_en(), near: Vec::new() }]
}

fn added(host: &Host<'_>, dice: &mut Dice) -> Vec<Edit> {
    if host.bead == 0 || !host.zh.ends_with('。') {
        return Vec::new();
    }
    let Some(text) = dice.pick(&host.case.foreign) else { return Vec::new() };
    vec![Edit { change: Change::Add(text), en: Vec::new(), near: Vec::new() }]
}
