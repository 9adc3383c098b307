//! A reviewer's changes, applied to one pair of articles.
//!
//! A change that cannot be applied is told and taken back, and the rest applied without it, until all that is left can be.

use super::Problem;
use super::beads::{Beads, written};
use super::diff::{Piece, pieces};
use super::sheet::{Change, Merge};
use super::side::{self, Edits, Side, view};
use crate::error::{Error, Result};
use crate::model::{Alignment, Bead, Lang, Record, Relation, Sides};
use crate::text::cells;
use std::collections::{BTreeMap, BTreeSet};

/// A pair after its revision.
#[derive(Debug, Default)]
pub(super) struct Revised {
    pub(super) records: Vec<Record>,
    pub(super) problems: Vec<Problem>,
    pub(super) edited: u64,
    pub(super) commented: u64,
    pub(super) merged: u64,
    pub(super) taken_out: u64,
    pub(super) findings: u64,
}

/// What is to be taken back of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    All,
    Text(Lang),
    Merge,
}

/// Changes that cannot be applied, by the beads' numbers, and why.
pub(super) struct Refused {
    pub(super) parts: Vec<(u32, Part)>,
    pub(super) reason: &'static str,
    pub(super) what: String,
}

type Tried<T> = std::result::Result<T, Refused>;

/// Applies changes to the beads of a pair, given by the beads' places among these.
///
/// # Errors
/// If a bead has not as many spans as sentences.
pub(super) fn revised(records: &[Record], mut changes: BTreeMap<u32, Change>) -> Result<Revised> {
    let mut problems = Vec::new();
    let sentences = Sides::new(side::sentences(records, Lang::Zh)?, side::sentences(records, Lang::En)?);
    loop {
        match tried(records, &sentences, &changes) {
            Ok(mut revised) => {
                prove(records, &revised.records)?;
                problems.append(&mut revised.problems);
                return Ok(Revised { problems, ..revised });
            }
            Err(refused) => {
                problems.push(problem(records, &changes, &refused));
                let before = changes.clone();
                refused.parts.iter().for_each(|(bead, part)| take_back(&mut changes, *bead, *part));
                if changes == before {
                    return Err(Error::input(refused.what));
                }
            }
        }
    }
}

fn problem(records: &[Record], changes: &BTreeMap<u32, Change>, refused: &Refused) -> Problem {
    let mut beads = refused.parts.iter().map(|(bead, _)| *bead);
    let first = beads.next().unwrap_or_default();
    let row = |bead: u32| changes.get(&bead).map_or(0, |change| change.row);
    let id = records.get(first as usize).map_or("", |r| &r.id);
    let problem = Problem::new(row(first), id, refused.reason, &refused.what);
    match beads.next() {
        Some(other) => problem.and(row(other)),
        None => problem,
    }
}

fn take_back(changes: &mut BTreeMap<u32, Change>, bead: u32, part: Part) {
    if let Some(change) = changes.get_mut(&bead) {
        match part {
            Part::All => *change = Change { row: change.row, bead: change.bead.clone(), ..Change::default() },
            Part::Text(Lang::Zh) => change.zh = None,
            Part::Text(Lang::En) => change.en = None,
            Part::Merge => change.merge = None,
        }
    }
    changes.retain(|_, change| change.does_something());
}

/// Proves that these are whole articles, as far as they were so before: of a corpus that was filtered, some beads are not here.
fn prove(before: &[Record], after: &[Record]) -> Result<()> {
    let alignment = |records: &[Record]| {
        let ranks = Sides::new(Lang::Zh, Lang::En).map(|lang| {
            let all: BTreeSet<u32> = records.iter().flat_map(|r| view(r, lang).indices).copied().collect();
            all.into_iter().zip(0..).collect::<BTreeMap<u32, u32>>()
        });
        let side = |record: &Record, lang: Lang| {
            view(record, lang)
                .indices
                .iter()
                .filter_map(|index| ranks.get(lang).get(index).copied())
                .collect()
        };
        let bead = |r: &Record| Bead {
            zh: side(r, Lang::Zh),
            en: side(r, Lang::En),
            relation: r.relation,
            confidence: 0.0,
            parts: Vec::new(),
        };
        Alignment::new(records.iter().map(bead).collect(), ranks.zh.len(), ranks.en.len(), String::new())
    };
    match alignment(after) {
        Err(e) if alignment(before).is_ok() => {
            let pair = before.first().map_or("", |r| &r.pair);
            Err(Error::input(format!("the sheet leaves no alignment of {pair}"))
                .caused_by(e)
                .remedy("take out the rows of this article, and tell those who make duizhao"))
        }
        _ => Ok(()),
    }
}

fn tried(
    records: &[Record],
    sentences: &Sides<BTreeMap<u32, side::Sentence>>,
    changes: &BTreeMap<u32, Change>,
) -> Tried<Revised> {
    check(records, changes)?;
    let edits = Sides::new(edits(records, changes, Lang::Zh)?, edits(records, changes, Lang::En)?);
    let laid = Sides::new(
        side::laid(&sentences.zh, &edits.zh, Lang::Zh),
        side::laid(&sentences.en, &edits.en, Lang::En),
    );
    let mut beads = Beads::new(records, changes, &edits, &laid);
    beads.check_repeats()?;
    let merges = merges(records.len(), changes)?;
    beads.merge(&merges)?;
    Ok(written(beads, &laid))
}

/// Whether the beads are what the sheet was made from, and all that was edited could be seen.
fn check(records: &[Record], changes: &BTreeMap<u32, Change>) -> Tried<()> {
    for (&number, change) in changes {
        let refused = |part, reason, what: &str| {
            Err(Refused { parts: vec![(number, part)], reason, what: what.to_owned() })
        };
        let Some(record) = records.get(number as usize) else { continue };
        if cells::bead_mark(&record.zh, &record.en) != change.bead {
            return refused(
                Part::All,
                "stale",
                "is of a bead that is not as it was when the sheet was written",
            );
        }
        for (lang, edited) in [(Lang::Zh, &change.zh), (Lang::En, &change.en)] {
            if edited.is_some() && !cells::shown(view(record, lang).texts).is_whole {
                return refused(
                    Part::Text(lang),
                    "too-long",
                    "was edited where a text was cut that is too long for a cell",
                );
            }
        }
    }
    Ok(())
}

/// What stands in the place of each sentence of one side.
fn edits(records: &[Record], changes: &BTreeMap<u32, Change>, lang: Lang) -> Tried<Edits> {
    let mut edits = Edits::default();
    // Which bead edited a sentence.
    let mut editors: BTreeMap<u32, u32> = BTreeMap::new();
    for (&number, change) in changes {
        let lines = if lang == Lang::Zh { &change.zh } else { &change.en };
        let (Some(lines), Some(record)) = (lines, records.get(number as usize)) else { continue };
        let view = view(record, lang);
        if view.indices.is_empty() {
            let before = place_of(records, number as usize, lang);
            edits.inserted.entry(before).or_default().push((number as usize, lines.clone()));
            continue;
        }
        let is_borrowed = lang == Lang::En && record.relation == Relation::Repeat;
        for (&index, own) in view.indices.iter().zip(pieces(view.texts, lines)) {
            // A repeat lets go of a sentence; the sentence stays where it is translated.
            if own == [Piece::Kept] || (is_borrowed && own.is_empty()) {
                continue;
            }
            match edits.pieces.get(&index) {
                Some(other) if *other != own => {
                    let other = editors.get(&index).copied().unwrap_or(number);
                    return Err(Refused {
                        parts: vec![(other, Part::Text(lang)), (number, Part::Text(lang))],
                        reason: "edited-twice",
                        what: "edits a sentence that another row edits otherwise".to_owned(),
                    });
                }
                _ => {
                    edits.pieces.insert(index, own);
                    editors.insert(index, number);
                }
            }
        }
    }
    Ok(edits)
}

/// Before which sentence a text goes that a bead had none of: behind the side's last sentence above it.
fn place_of(records: &[Record], number: usize, lang: Lang) -> u32 {
    let above = records.get(..number).unwrap_or_default().iter().rev();
    let in_order =
        |r: &&Record| lang == Lang::Zh || !matches!(r.relation, Relation::Repeat | Relation::Moved);
    let last = above.filter(in_order).find_map(|r| view(r, lang).indices.iter().max());
    last.map_or(0, |last| last.saturating_add(1))
}

/// Which beads become one with the next, by number.
fn merges(count: usize, changes: &BTreeMap<u32, Change>) -> Tried<BTreeMap<usize, u32>> {
    let mut merges = BTreeMap::new();
    for (&number, change) in changes {
        let upper = match change.merge {
            None => continue,
            Some(Merge::Up) => (number as usize).checked_sub(1),
            Some(Merge::Down) => Some(number as usize).filter(|&upper| upper + 1 < count),
        };
        let Some(upper) = upper else {
            let what = match change.merge {
                Some(Merge::Up) => "is to become one with the bead above, and is the first of its article",
                _ => "is to become one with the bead below, and is the last of its article",
            };
            let parts = vec![(number, Part::Merge)];
            return Err(Refused { parts, reason: "no-neighbour", what: what.to_owned() });
        };
        merges.insert(upper, number);
    }
    Ok(merges)
}

/// What a sentence became that is in no edit: itself.
pub(super) fn is_edited(edits: &Edits, laid: &Side, number: usize, indices: &[u32]) -> bool {
    laid.own.contains_key(&number) || indices.iter().any(|index| edits.pieces.contains_key(index))
}
