//! Beads of several sentences on both sides that hide a changed order.

use super::{Finder, Worth, alone, best_first, holds, is_null, left_alone, single};
use crate::align::shapes::{Candidate, Rung};

impl Finder<'_> {
    /// Takes apart what is tangled.
    pub(super) fn untangle(&mut self, rungs: &mut Vec<Rung>) {
        let tangled = |rung: &&Rung| !rung.moved && rung.bead.zh.len() > 1 && rung.bead.en.len() > 1;
        for old in rungs.iter().filter(tangled).cloned().collect::<Vec<_>>() {
            let pairs = self.pairs_of(&old.bead, rungs);
            let chain = in_order(&pairs, &old.bead);
            let moves = (pairs.len() - chain.len()) as f32;
            let worth = pairs.iter().map(|(better, _)| better).sum::<f32>() - moves * self.gain;
            if worth <= self.worth(&old.bead) + self.gain {
                continue;
            }
            let paired = |null: &Candidate| pairs.iter().any(|(_, bead)| holds(bead, null));
            rungs.retain(|rung| rung.bead != old.bead && !(is_null(&rung.bead) && paired(&rung.bead)));
            let left = alone(&old.bead.zh, &old.bead.en).filter(|null| !paired(null));
            rungs.extend(left.map(|bead| Rung { bead, moved: false, confidence: old.confidence }));
            for (k, (better, bead)) in pairs.into_iter().enumerate() {
                rungs.push(Rung { moved: !chain.contains(&k), ..self.moved(bead, better) });
            }
        }
    }

    /// Which single sentences of a bead match which of its own or of those that were left alone, best first, each taken
    /// once.
    fn pairs_of(&mut self, bead: &Candidate, rungs: &[Rung]) -> Vec<Worth> {
        let (zh_alone, en_alone) = left_alone(rungs);
        let zh = bead.zh.clone().chain(zh_alone);
        let en = || bead.en.clone().chain(en_alone.iter().copied());
        let mut pairs = Vec::new();
        for (i, j) in zh.flat_map(|i| en().map(move |j| (i, j))) {
            let own = bead.zh.contains(&i) || bead.en.contains(&j);
            if own && self.near(i, j) && self.scorer.is_admissible(&single(i, j)) {
                pairs.push((self.worth(&single(i, j)), single(i, j)));
            }
        }
        pairs.retain(|(better, _)| *better > self.gain);
        best_first(&mut pairs);
        let mut taken: Vec<Worth> = Vec::new();
        for (better, pair) in pairs {
            if taken.iter().all(|(_, other)| other.zh != pair.zh && other.en != pair.en) {
                taken.push((better, pair));
            }
        }
        taken
    }
}

/// The pairs inside a bead that can stay in order, by their numbers: of all such choices the one that is worth most.
fn in_order(pairs: &[Worth], bead: &Candidate) -> Vec<usize> {
    let inside = |pair: &Candidate| bead.zh.contains(&pair.zh.start) && bead.en.contains(&pair.en.start);
    let mut inner: Vec<(usize, &Worth)> = pairs.iter().enumerate().filter(|(_, (_, p))| inside(p)).collect();
    inner.sort_by_key(|(_, (_, pair))| pair.zh.start);
    // The best chain that ends with each pair: what it is worth, where it ends, its pairs.
    let mut chains: Vec<(f32, usize, Vec<usize>)> = Vec::new();
    for (k, (better, pair)) in inner {
        let before = chains.iter().filter(|(_, end, _)| *end < pair.en.start);
        let (worth, _, mut chain) = before.max_by(|a, b| a.0.total_cmp(&b.0)).cloned().unwrap_or_default();
        chain.push(k);
        chains.push((worth + better, pair.en.start, chain));
    }
    chains.into_iter().max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default().2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_worth_most_stays_in_order() {
        let bead = Candidate::new(6..9, 7..10);
        let pairs = [(9.0, single(6, 9)), (5.0, single(8, 7)), (4.0, single(7, 4)), (3.0, single(7, 8))];
        assert_eq!(in_order(&pairs, &bead), [0]);
        let pairs = [(6.0, single(6, 9)), (5.0, single(8, 9)), (4.0, single(7, 8)), (3.0, single(6, 7))];
        assert_eq!(in_order(&pairs, &bead), [3, 2, 1]);
        assert!(in_order(&[], &bead).is_empty());
    }
}
