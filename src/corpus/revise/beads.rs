//! The beads of a pair after edits, and what becomes of them when they are merged.

use super::Problem;
use super::article::{Part, Refused, Revised, is_edited};
use super::diff::{Piece, pieces};
use super::number;
use super::sheet::Change;
use super::side::{self, Edits, Side, view};
use crate::model::{Finding, Lang, Record, Relation, Revision, Sides, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A bead on its way.
#[derive(Debug, Clone)]
struct Bead {
    /// Its number before.
    number: usize,
    record: Record,
    /// Its sentences in the articles as they are laid anew.
    zh: Vec<u32>,
    en: Vec<u32>,
    relation: Option<Relation>,
    revision: Revision,
    /// Its row, where it has one that does something.
    row: u64,
    is_merged: bool,
}

/// All beads of a pair, by their old numbers.
pub(super) struct Beads {
    beads: Vec<Bead>,
    are_laid_anew: Sides<bool>,
    counts: Revised,
}

impl Beads {
    /// The beads as edits leave them.
    pub(super) fn new(
        records: &[Record],
        changes: &BTreeMap<u32, Change>,
        edits: &Sides<Edits>,
        laid: &Sides<Side>,
    ) -> Self {
        let are_laid_anew =
            edits.as_ref().map(|edits| !edits.pieces.is_empty() || !edits.inserted.is_empty());
        let mut beads = Self { beads: Vec::new(), are_laid_anew, counts: Revised::default() };
        for (number, record) in records.iter().enumerate() {
            let change = changes.get(&(number as u32));
            let bead = beads.edited(record, number, change, edits, laid);
            beads.beads.push(bead);
        }
        beads
    }

    fn edited(
        &mut self,
        record: &Record,
        number: usize,
        change: Option<&Change>,
        edits: &Sides<Edits>,
        laid: &Sides<Side>,
    ) -> Bead {
        let let_go = change.map_or_else(BTreeSet::new, |change| let_go(record, change));
        let mut revision = record.revision.clone().unwrap_or_default();
        let mut is_touched = !let_go.is_empty();
        let mut now = |lang: Lang| {
            let (edits, laid) = (edits.get(lang), laid.get(lang));
            let indices = view(record, lang).indices;
            let held: Vec<u32> =
                indices.iter().filter(|i| lang == Lang::Zh || !let_go.contains(i)).copied().collect();
            if is_edited(edits, laid, number, &held) {
                is_touched = true;
                if !revision.edited.contains(&lang) {
                    revision.edited.push(lang);
                }
            }
            let places = held.iter().flat_map(|&index| laid.places(index));
            let mut all: Vec<u32> =
                places.chain(laid.own.get(&number).into_iter().flatten()).copied().collect();
            all.sort_unstable();
            all
        };
        let (zh, en) = (now(Lang::Zh), now(Lang::En));
        revision.edited.sort_unstable();
        self.counts.edited += u64::from(is_touched);
        if let Some(comment) = change.and_then(|change| change.comment.clone()) {
            self.counts.commented += u64::from(comment.is_some());
            revision.comment = comment;
        }
        let relation = relation(record.relation, &zh, &en);
        let mut record = record.clone();
        if is_touched {
            self.counts.findings += record.findings.len() as u64;
            record.findings.clear();
        }
        let (zh, en) = if relation.is_none() { (Vec::new(), Vec::new()) } else { (zh, en) };
        let row = change.map_or(0, |change| change.row);
        Bead { number, record, zh, en, relation, revision, row, is_merged: false }
    }

    /// Refuses to leave the Chinese out that translates what another bead repeats.
    pub(super) fn check_repeats(&self) -> Result<(), Refused> {
        let linked = |b: &&Bead| matches!(b.relation, Some(Relation::Translation | Relation::Moved));
        let translated: BTreeSet<u32> = self.beads.iter().filter(linked).flat_map(|b| b.en.clone()).collect();
        let repeats = self.beads.iter().filter(|b| b.relation == Some(Relation::Repeat));
        let Some(lost) = repeats.flat_map(|b| &b.en).find(|en| !translated.contains(en)) else {
            return Ok(());
        };
        let is_culprit = |b: &&Bead| b.zh.is_empty() && !b.record.zh.is_empty() && b.en.contains(lost);
        // Where none is, it was so before, which is told when all is proved.
        let Some(culprit) = self.beads.iter().find(is_culprit) else { return Ok(()) };
        let parts = vec![(culprit.number as u32, Part::Text(Lang::Zh))];
        let what = "leaves the Chinese out whose English another bead repeats".to_owned();
        Err(Refused { parts, reason: "still-repeated", what })
    }

    /// Puts beads together: each of these with the one that follows, as the row of the bead behind it says.
    pub(super) fn merge(&mut self, merges: &BTreeMap<usize, u32>) -> Result<(), Refused> {
        for (&upper, &by) in merges.iter().rev() {
            let Some(lower) = self.beads.get(upper + 1).cloned() else { continue };
            let Some(bead) = self.beads.get_mut(upper) else { continue };
            bead.join(&lower).map_err(|what| Refused {
                parts: vec![(by, Part::Merge)],
                reason: "no-such-merge",
                what: what.to_owned(),
            })?;
            self.beads.remove(upper + 1);
            self.counts.merged += 1;
        }
        Ok(())
    }
}

/// The English sentences that a repeat no longer names.
fn let_go(record: &Record, change: &Change) -> BTreeSet<u32> {
    let Some(lines) = change.en.as_ref().filter(|_| record.relation == Relation::Repeat) else {
        return BTreeSet::new();
    };
    let own: Vec<Vec<Piece>> = pieces(&record.en, lines);
    record.en_index.iter().zip(own).filter(|(_, own)| own.is_empty()).map(|(index, _)| *index).collect()
}

/// What a bead with these sentences is; nothing if nothing is left of it.
fn relation(before: Relation, zh: &[u32], en: &[u32]) -> Option<Relation> {
    match (zh.is_empty(), en.is_empty(), before) {
        (true, true, _) | (true, false, Relation::Repeat) => None,
        (true, false, _) => Some(Relation::Omitted),
        (false, true, _) => Some(Relation::Added),
        (false, false, Relation::Omitted | Relation::Added) => Some(Relation::Translation),
        (false, false, before) => Some(before),
    }
}

impl Bead {
    /// Takes the bead that follows into this one.
    fn join(&mut self, lower: &Self) -> Result<(), &'static str> {
        let all = |a: &[u32], b: &[u32]| a.iter().chain(b).copied().collect::<BTreeSet<u32>>();
        let is_repeat = |b: &Self| b.relation == Some(Relation::Repeat);
        let of = |wanted: bool| {
            let beads =
                [&*self, lower].into_iter().filter(|b| b.relation.is_some() && is_repeat(b) == wanted);
            beads.flat_map(|b| b.en.clone()).collect::<BTreeSet<u32>>()
        };
        let (borrowed, own) = (of(true), of(false));
        if !own.is_empty() && !borrowed.is_subset(&own) {
            return Err("is to become one with a bead that repeats what is translated elsewhere");
        }
        let (zh, en) = (all(&self.zh, &lower.zh), all(&self.en, &lower.en));
        let both = [self.relation, lower.relation];
        let linked = both.into_iter().flatten().filter(|r| !matches!(r, Relation::Omitted | Relation::Added));
        let linked: BTreeSet<Relation> = linked.collect();
        let kind = match linked.into_iter().collect::<Vec<_>>()[..] {
            [Relation::Moved] => Relation::Moved,
            [Relation::Repeat] if own.is_empty() => Relation::Repeat,
            _ => Relation::Translation,
        };
        (self.zh, self.en) = (zh.into_iter().collect(), en.into_iter().collect());
        self.relation = if both == [None, None] { None } else { relation(kind, &self.zh, &self.en) };
        self.record.confidence = self.record.confidence.min(lower.record.confidence);
        // What signals said of a part says nothing of the whole.
        self.record.signals.clear();
        let number = number(&self.record, self.number as u32);
        let findings = lower.record.findings.iter().map(|f| Finding { bead: number, ..f.clone() });
        self.record.findings.extend(findings);
        let comments = [&self.revision.comment, &lower.revision.comment].into_iter().flatten().cloned();
        self.revision.comment = Some(comments.collect::<Vec<_>>().join("\n")).filter(|text| !text.is_empty());
        let sides: BTreeSet<Lang> =
            self.revision.edited.iter().chain(&lower.revision.edited).copied().collect();
        self.revision.edited = sides.into_iter().collect();
        self.revision.merged = self.revision.merged.max(1) + lower.revision.merged.max(1);
        self.is_merged = true;
        Ok(())
    }
}

/// The pair as it is written: sentences and what findings mark where they stand now. A bead that was merged has the number of its
/// first part.
pub(super) fn written(beads: Beads, laid: &Sides<Side>) -> Revised {
    let Beads { beads, are_laid_anew, mut counts } = beads;
    for mut bead in beads {
        let Some(relation) = bead.relation else {
            counts.taken_out += 1;
            counts.problems.extend(lost(&bead));
            continue;
        };
        for (lang, indices) in [(Lang::Zh, &bead.zh), (Lang::En, &bead.en)] {
            let is_other = view(&bead.record, lang).indices != indices;
            if is_other || bead.is_merged || *are_laid_anew.get(lang) {
                side::set(&mut bead.record, lang, indices, laid.get(lang));
            }
        }
        let mut record = bead.record;
        let before = record.findings.len();
        record.findings.retain_mut(|finding| {
            [Lang::Zh, Lang::En]
                .into_iter()
                .all(|lang| !are_laid_anew.get(lang) || moved(finding, lang, laid.get(lang)))
        });
        counts.findings += (before - record.findings.len()) as u64;
        record.relation = relation;
        record.revision = Some(bead.revision).filter(|revision| !revision.is_empty());
        counts.records.push(record);
    }
    counts
}

/// What was said of a bead that is gone.
fn lost(bead: &Bead) -> Option<Problem> {
    let what = "says something of a bead that it takes out";
    let is_said = bead.revision.comment.is_some() && bead.row > 0;
    is_said.then(|| Problem::new(bead.row, &bead.record.id, "nothing-left", what))
}

/// Moves what a finding marks on one side; whether all of it is still there.
fn moved(finding: &mut Finding, lang: Lang, laid: &Side) -> bool {
    let spans = if lang == Lang::Zh { &mut finding.spans.zh } else { &mut finding.spans.en };
    let now: Option<Vec<Span>> = spans.iter().map(|span| laid.moved(*span)).collect();
    now.map(|now| *spans = now).is_some()
}
