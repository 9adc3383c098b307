//! Beads in order that are worse than a crossing alternative.

use super::{Finder, alone, holds, is_null, left_alone, single};
use crate::align::shapes::{Candidate, Rung};

/// A crossing alternative undoes one bead and makes another: it must gain so many times as much as one that undoes none.
const UNDOING: f32 = 2.0;
/// Beads of more sentences are not looked at.
const MOST_SENTENCES: usize = 3;

/// A bead that would be better than a rung: by how much, and which.
struct Crossing {
    better: f32,
    rung: usize,
    bead: Candidate,
}

impl Finder<'_> {
    /// Gives each bead in order the chance to change one of its sides for a sentence that was left alone, best first.
    pub(super) fn cross(&mut self, rungs: &mut Vec<Rung>) {
        while let Some(Crossing { better, rung, bead }) = self.best_crossing(rungs) {
            let moved = self.moved(bead.clone(), better - (UNDOING - 1.0) * self.gain);
            let Some(old) = rungs.get_mut(rung).map(|rung| std::mem::replace(rung, moved)) else { return };
            rungs.retain(|rung| !(is_null(&rung.bead) && holds(&bead, &rung.bead)));
            let left = alone(&old.bead.zh, &old.bead.en).filter(|null| !holds(&bead, null));
            rungs.extend(left.map(|bead| Rung { bead, moved: false, confidence: old.confidence }));
        }
    }

    /// The crossing alternative that gains most.
    fn best_crossing(&mut self, rungs: &[Rung]) -> Option<Crossing> {
        let (zh_alone, en_alone) = left_alone(rungs);
        let mut best: Option<Crossing> = None;
        let few = |bead: &Candidate| bead.zh.len() + bead.en.len() <= MOST_SENTENCES;
        for (k, rung) in
            rungs.iter().enumerate().filter(|(_, r)| !r.moved && !is_null(&r.bead) && few(&r.bead))
        {
            let Candidate { zh, en } = &rung.bead;
            let to_en = en_alone.iter().filter(|&&j| self.near(zh.start, j));
            let to_zh = zh_alone.iter().filter(|&&i| self.near(i, en.start));
            let to_en = to_en.map(|&j| Candidate::new(zh.clone(), single(0, j).en));
            let to_zh = to_zh.map(|&i| Candidate::new(single(i, 0).zh, en.clone()));
            let others: Vec<Candidate> = to_en.chain(to_zh).collect();
            for bead in others.into_iter().filter(|bead| self.scorer.is_admissible(bead)).collect::<Vec<_>>()
            {
                let better = self.worth(&bead) - self.worth(&rung.bead);
                let most = best.as_ref().map_or(UNDOING * self.gain, |best| best.better);
                if better > most {
                    best = Some(Crossing { better, rung: k, bead });
                }
            }
        }
        best
    }
}
