//! What the gold allows.

use crate::align::shapes::Candidate;
use crate::eval::Gold;
use std::collections::{BTreeMap, HashSet};

/// The gold beads that the search can make, the heaviest monotone chain of them, and null beads for all other sentences.
pub(super) fn allowed(gold: &Gold, kept: &[usize], shapes: &[(usize, usize)]) -> HashSet<Candidate> {
    let place: BTreeMap<usize, usize> = kept.iter().enumerate().map(|(k, &i)| (i, k)).collect();
    let mut beads: Vec<Candidate> = Vec::new();
    for bead in &gold.beads {
        let zh: Option<Vec<usize>> = bead.zh().iter().map(|&i| place.get(&(i as usize)).copied()).collect();
        let en: Vec<usize> = bead.en().iter().map(|&j| j as usize).collect();
        if let Some(zh) = zh
            && let (Some(zh), Some(en)) = (run(&zh), run(&en))
            && shapes.contains(&(zh.len(), en.len()))
        {
            beads.push(Candidate::new(zh, en));
        }
    }
    let mut chain: HashSet<Candidate> = heaviest_chain(beads).into_iter().collect();
    let (n, m) = (kept.len(), gold.en.len());
    let used =
        |f: &dyn Fn(&Candidate) -> std::ops::Range<usize>| chain.iter().flat_map(f).collect::<HashSet<_>>();
    let (zh, en) = (used(&|c| c.zh.clone()), used(&|c| c.en.clone()));
    // A null bead may stand at any place of the other side: which one is left to the weights.
    let nulls: Vec<Candidate> = (0..n)
        .filter(|i| !zh.contains(i))
        .flat_map(|i| (0..=m).map(move |j| Candidate::new(i..i + 1, j..j)))
        .chain(
            (0..m)
                .filter(|j| !en.contains(j))
                .flat_map(|j| (0..=n).map(move |i| Candidate::new(i..i, j..j + 1))),
        )
        .collect();
    chain.extend(nulls);
    chain
}

fn run(positions: &[usize]) -> Option<std::ops::Range<usize>> {
    let (first, last) = (*positions.first()?, *positions.last()?);
    (last - first + 1 == positions.len()).then_some(first..last + 1)
}

fn heaviest_chain(mut beads: Vec<Candidate>) -> Vec<Candidate> {
    beads.sort_by_key(|c| (c.zh.start, c.en.start));
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for (k, bead) in beads.iter().enumerate() {
        let before = (0..k).filter(|&p| {
            beads.get(p).is_some_and(|b| b.zh.end <= bead.zh.start && b.en.end <= bead.en.start)
        });
        let from = before.max_by_key(|&p| best.get(p).map_or(0, |b| b.0));
        let weight = bead.zh.len() * bead.en.len() + from.and_then(|p| best.get(p)).map_or(0, |b| b.0);
        best.push((weight, from));
    }
    let mut at = (0..best.len()).max_by_key(|&k| best.get(k).map_or(0, |b| b.0));
    let mut chain = Vec::new();
    while let Some(k) = at {
        chain.extend(beads.get(k).cloned());
        at = best.get(k).and_then(|b| b.1);
    }
    chain
}
