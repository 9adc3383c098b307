//! The dynamic programme: the best path of beads from the documents' beginnings to their ends.
//!
//! A state is a cell (how many sentences of either side are behind) and the kind of the last bead, so that a run of
//! omitted sentences can be likelier than single ones here and there. Every admissible bead of every shape is looked at
//! (see [`Scorer::is_admissible`](super::score::Scorer::is_admissible)): the path is the best there is in its lattice.

use super::lattice::Lattice;
use super::shapes::Candidate;

/// Kinds of steps from bead to bead: a bead of the one kind followed by one of the other.
pub const STEPS: &[&str] = &[
    "match-match",
    "match-added",
    "match-omitted",
    "added-match",
    "added-added",
    "added-omitted",
    "omitted-match",
    "omitted-added",
    "omitted-omitted",
];

/// The kind of a bead for steps: 0 match, 1 Chinese alone, 2 English alone.
pub fn kind(shape: (usize, usize)) -> usize {
    match shape {
        (_, 0) => 1,
        (0, _) => 2,
        _ => 0,
    }
}

/// The index in [`STEPS`] of a step from a bead of kind `from` to one of kind `to`.
pub fn step(from: usize, to: usize) -> usize {
    from * 3 + to
}

/// A bead of a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Its number in the lattice.
    pub edge: usize,
    /// Its sentences.
    pub bead: Candidate,
}

/// The best paths through a lattice.
pub struct Search<'l> {
    lattice: &'l Lattice,
    scores: &'l [f32],
    steps: &'l [f32],
    /// What the best path to each cell is worth, by the kind of its last bead.
    to: Vec<[f32; 3]>,
    /// The candidate that ends it, and the kind of the one before.
    by: Vec<[(u32, u8); 3]>,
}

const UNREACHED: f32 = f32::NEG_INFINITY;

impl<'l> Search<'l> {
    /// Climbs the lattice; `scores` holds one score a candidate, `steps` one for each of [`STEPS`].
    pub fn new(lattice: &'l Lattice, scores: &'l [f32], steps: &'l [f32]) -> Self {
        let cells = lattice.cell_count();
        let (mut to, mut by) = (vec![[UNREACHED; 3]; cells], vec![[(0, 0); 3]; cells]);
        if let Some(start) = to.first_mut() {
            *start = [0.0, UNREACHED, UNREACHED];
        }
        let step_score = |from: usize, to: usize| steps.get(step(from, to)).copied().unwrap_or(0.0);
        for (cell, (i, j), edges) in lattice.cells() {
            for edge in edges {
                let (a, b) = lattice.shape(edge);
                let Some(&before) = lattice.cell(i - a, j - b).and_then(|c| to.get(c)) else { continue };
                let (own, this) = (scores.get(edge).copied().unwrap_or(UNREACHED), kind((a, b)));
                for (from, score) in before.into_iter().enumerate() {
                    let score = score + own + step_score(from, this);
                    if let (Some(best), Some(by)) = (
                        to.get_mut(cell).and_then(|c| c.get_mut(this)),
                        by.get_mut(cell).and_then(|c| c.get_mut(this)),
                    ) && score > *best
                    {
                        (*best, *by) = (score, (edge as u32, from as u8));
                    }
                }
            }
        }
        Self { lattice, scores, steps, to, by }
    }

    /// What was searched: the lattice, a score for each candidate, one for each of [`STEPS`].
    pub fn searched(&self) -> (&'l Lattice, &'l [f32], &'l [f32]) {
        (self.lattice, self.scores, self.steps)
    }

    fn step(&self, from: usize, to: usize) -> f32 {
        self.steps.get(step(from, to)).copied().unwrap_or(0.0)
    }

    /// The best path: beads in order, with what it is worth.
    pub fn path(&self) -> (Vec<Link>, f32) {
        let (mut i, mut j) = self.lattice.end();
        let ends = self.lattice.cell(i, j).and_then(|c| self.to.get(c)).copied().unwrap_or([UNREACHED; 3]);
        let (mut kind, mut total) = (0, UNREACHED);
        for (k, score) in ends.into_iter().enumerate() {
            if score > total {
                (kind, total) = (k, score);
            }
        }
        let mut path = Vec::new();
        while (i, j) != (0, 0) && total > UNREACHED {
            let cell = self.lattice.cell(i, j);
            let Some(&(edge, from)) = cell.and_then(|c| self.by.get(c)).and_then(|by| by.get(kind)) else {
                break;
            };
            let (a, b) = self.lattice.shape(edge as usize);
            if a + b == 0 {
                break;
            }
            path.push(Link { edge: edge as usize, bead: Candidate::new(i - a..i, j - b..j) });
            (i, j, kind) = (i - a, j - b, from as usize);
        }
        path.reverse();
        (path, total)
    }

    /// What the best path through each candidate is worth.
    pub fn through(&self) -> Vec<f32> {
        let mut from: Vec<[f32; 3]> = vec![[UNREACHED; 3]; self.lattice.cell_count()];
        let (n, m) = self.lattice.end();
        if let Some(end) = self.lattice.cell(n, m).and_then(|c| from.get_mut(c)) {
            *end = [0.0; 3];
        }
        let mut through = vec![UNREACHED; self.lattice.len()];
        for (cell, (i, j), edges) in self.lattice.cells().rev() {
            let behind = from.get(cell).copied().unwrap_or([UNREACHED; 3]);
            for edge in edges {
                let (a, b) = self.lattice.shape(edge);
                let Some(before) = self.lattice.cell(i - a, j - b) else { continue };
                let this = kind((a, b));
                let own = self.scores.get(edge).copied().unwrap_or(UNREACHED);
                let own = own + behind.get(this).copied().unwrap_or(UNREACHED);
                let Some(heads) = self.to.get(before).copied() else { continue };
                for (k, head) in heads.into_iter().enumerate() {
                    let rest = own + self.step(k, this);
                    if let Some(slot) = from.get_mut(before).and_then(|c| c.get_mut(k)) {
                        *slot = slot.max(rest);
                    }
                    if let Some(slot) = through.get_mut(edge) {
                        *slot = slot.max(head + rest);
                    }
                }
            }
        }
        through
    }
}

/// The next best thing that might become of a bead's sentences.
#[derive(Debug, Clone, PartialEq)]
pub struct RunnerUp {
    /// The bead that would hold the first of them.
    pub bead: Candidate,
    /// How much worse the best path with it is.
    pub margin: f32,
}

/// For each bead of the best path, the best path without it: by how much it is worse, and where it leads. `None` if
/// there is no other.
///
/// A path without a bead has its first sentence in another bead; so the best of these over all paths is found in one
/// pass over the candidates. A sentence left alone is the same bead wherever it stands on the other side.
pub fn runners_up(search: &Search<'_>, path: &[Link], total: f32) -> Vec<Option<RunnerUp>> {
    let (n, m) = search.lattice.end();
    let (mut zh_home, mut en_home) = (vec![usize::MAX; n], vec![usize::MAX; m]);
    for (k, link) in path.iter().enumerate() {
        let (home, first) = match link.bead.zh.is_empty() {
            false => (&mut zh_home, link.bead.zh.start),
            true => (&mut en_home, link.bead.en.start),
        };
        if let Some(slot) = home.get_mut(first) {
            *slot = k;
        }
    }
    let mut best: Vec<Option<RunnerUp>> = vec![None; path.len()];
    for (bead, through) in search.lattice.candidates().zip(search.through()) {
        let homes = bead
            .zh
            .clone()
            .filter_map(|i| zh_home.get(i))
            .chain(bead.en.clone().filter_map(|j| en_home.get(j)));
        for &home in homes {
            let (Some(link), Some(slot)) = (path.get(home), best.get_mut(home)) else { continue };
            let margin = total - through;
            let better = margin.is_finite() && slot.as_ref().is_none_or(|known| margin < known.margin);
            if better && !is_same(&link.bead, &bead) {
                *slot = Some(RunnerUp { bead: bead.clone(), margin: margin.max(0.0) });
            }
        }
    }
    best
}

fn is_same(a: &Candidate, b: &Candidate) -> bool {
    let side =
        |a: &std::ops::Range<usize>, b: &std::ops::Range<usize>| a == b || (a.is_empty() && b.is_empty());
    side(&a.zh, &b.zh) && side(&a.en, &b.en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::lattice::whole;
    use crate::align::shapes::shapes;
    use proptest::prelude::*;

    /// What every path through the lattice is worth, with its beads.
    fn all_paths(lattice: &Lattice, scores: &[f32], steps: &[f32]) -> Vec<(f32, Vec<Candidate>)> {
        let candidates: Vec<Candidate> = lattice.candidates().collect();
        let mut done = Vec::new();
        let mut open = vec![(0.0, 0, (0, 0), Vec::new())];
        while let Some((score, last, at, beads)) = open.pop() {
            if at == lattice.end() {
                done.push((score, beads));
                continue;
            }
            for (edge, bead) in candidates.iter().enumerate().filter(|(_, c)| (c.zh.start, c.en.start) == at)
            {
                let this = kind(bead.shape());
                let mut beads: Vec<Candidate> = beads.clone();
                beads.push(bead.clone());
                open.push((
                    score + scores[edge] + steps[step(last, this)],
                    this,
                    (bead.zh.end, bead.en.end),
                    beads,
                ));
            }
        }
        done
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn no_path_is_better_and_runners_up_are_the_best_without(
            n in 0usize..4, m in 0usize..4, scores in prop::collection::vec(-3i8..4, 200), steps in prop::collection::vec(-2i8..3, 9)
        ) {
            let lattice = Lattice::new(whole((n, m)), &shapes(3), |_| true);
            let scores: Vec<f32> = scores.iter().map(|s| f32::from(*s)).take(lattice.len()).collect();
            let steps: Vec<f32> = steps.iter().map(|s| f32::from(*s)).collect();
            let search = Search::new(&lattice, &scores, &steps);
            let (path, total) = search.path();
            let all = all_paths(&lattice, &scores, &steps);
            let best = all.iter().map(|p| p.0).fold(UNREACHED, f32::max);
            prop_assert_eq!(total, best);
            for (link, runner_up) in path.iter().zip(runners_up(&search, &path, total)) {
                let without = all.iter().filter(|p| !p.1.iter().any(|b| is_same(b, &link.bead))).map(|p| p.0);
                let expected = without.fold(UNREACHED, f32::max);
                prop_assert_eq!(runner_up.map_or(UNREACHED, |r| total - r.margin), expected);
            }
        }
    }
}
