//! How likely each candidate is, if a path is as likely as the exponential of its score (a semi-Markov conditional random
//! field, Sarawagi and Cohen 2004): the forward–backward algorithm over the lattice.

use super::lattice::Lattice;
use super::search::{STEPS, kind, step};

/// Sums over all paths, as logarithms.
pub struct Marginals<'l> {
    lattice: &'l Lattice,
    scores: &'l [f32],
    /// Paths from the beginning to a cell, with the step to a bead of each kind: `[cell][kind of the next bead]`.
    before: Vec<[f32; 3]>,
    /// Paths from the beginning to a cell by the kind of their last bead.
    to: Vec<[f32; 3]>,
    /// Paths from a cell to the end, by the kind of the last bead before it.
    from: Vec<[f32; 3]>,
    total: f32,
}

const NEVER: f32 = f32::NEG_INFINITY;

impl<'l> Marginals<'l> {
    /// Sums over the lattice; `scores` holds one score a candidate, `steps` one for each of [`STEPS`].
    pub fn new(lattice: &'l Lattice, scores: &'l [f32], steps: &[f32]) -> Self {
        let cells = lattice.cell_count();
        let steps: [f32; 9] = std::array::from_fn(|k| steps.get(k).copied().unwrap_or(0.0));
        let mut sums = Self {
            lattice,
            scores,
            before: vec![[NEVER; 3]; cells],
            to: vec![[NEVER; 3]; cells],
            from: vec![[NEVER; 3]; cells],
            total: NEVER,
        };
        sums.forward(&steps);
        sums.backward(&steps);
        sums
    }

    fn forward(&mut self, steps: &[f32; 9]) {
        if let Some(start) = self.to.first_mut() {
            *start = [0.0, NEVER, NEVER];
        }
        for (cell, (i, j), edges) in self.lattice.cells() {
            let mut here = self.to.get(cell).copied().unwrap_or([NEVER; 3]);
            for edge in edges {
                let (a, b) = self.lattice.shape(edge);
                let Some(tail) = self.lattice.cell(i - a, j - b) else { continue };
                let this = kind((a, b));
                let path = at(&self.before, tail, this) + self.score(edge);
                if let Some(slot) = here.get_mut(this) {
                    *slot = sum(*slot, path);
                }
            }
            let next = |this: usize| {
                here.iter().enumerate().fold(NEVER, |all, (k, head)| sum(all, head + at_step(steps, k, this)))
            };
            if let (Some(to), Some(before)) = (self.to.get_mut(cell), self.before.get_mut(cell)) {
                *to = here;
                *before = [next(0), next(1), next(2)];
            }
        }
        let (n, m) = self.lattice.end();
        let last = self.lattice.cell(n, m).and_then(|cell| self.to.get(cell));
        self.total = last.map_or(NEVER, |ends| ends.iter().fold(NEVER, |all, &end| sum(all, end)));
    }

    fn backward(&mut self, steps: &[f32; 9]) {
        let (n, m) = self.lattice.end();
        // Paths from a cell to the end by the kind of the *next* bead; turned into the kind of the last one in the end.
        let mut next: Vec<[f32; 3]> = vec![[NEVER; 3]; self.lattice.cell_count()];
        let end = self.lattice.cell(n, m);
        for (cell, (i, j), edges) in self.lattice.cells().rev() {
            let ahead = next.get(cell).copied().unwrap_or([NEVER; 3]);
            let after = |last: usize| {
                ahead
                    .iter()
                    .enumerate()
                    .fold(NEVER, |all, (k, tail)| sum(all, tail + at_step(steps, last, k)))
            };
            let here = if Some(cell) == end { [0.0; 3] } else { [after(0), after(1), after(2)] };
            if let Some(from) = self.from.get_mut(cell) {
                *from = here;
            }
            for edge in edges {
                let (a, b) = self.lattice.shape(edge);
                let this = kind((a, b));
                let path = here.get(this).copied().unwrap_or(NEVER) + self.score(edge);
                let tail = self.lattice.cell(i - a, j - b).and_then(|tail| next.get_mut(tail));
                if let Some(slot) = tail.and_then(|tail| tail.get_mut(this)) {
                    *slot = sum(*slot, path);
                }
            }
        }
    }

    fn score(&self, edge: usize) -> f32 {
        self.scores.get(edge).copied().unwrap_or(NEVER)
    }

    /// The logarithm of the sum over all paths.
    pub fn total(&self) -> f32 {
        self.total
    }

    /// The share of each candidate's paths in all, 0–1.
    pub fn candidates(&self) -> Vec<f32> {
        let mut shares = vec![0.0; self.lattice.len()];
        for (cell, (i, j), edges) in self.lattice.cells() {
            for edge in edges {
                let (a, b) = self.lattice.shape(edge);
                let Some(tail) = self.lattice.cell(i - a, j - b) else { continue };
                let this = kind((a, b));
                let all = at(&self.before, tail, this) + self.score(edge) + at(&self.from, cell, this);
                if let Some(slot) = shares.get_mut(edge) {
                    *slot = (all - self.total).exp().min(1.0);
                }
            }
        }
        shares
    }

    /// How often each of [`STEPS`] is to be expected.
    pub fn steps(&self, steps: &[f32]) -> Vec<f32> {
        let steps: [f32; 9] = std::array::from_fn(|k| steps.get(k).copied().unwrap_or(0.0));
        let mut counts = vec![0.0; STEPS.len()];
        for (cell, (i, j), edges) in self.lattice.cells() {
            for edge in edges {
                let (a, b) = self.lattice.shape(edge);
                let Some(tail) = self.lattice.cell(i - a, j - b) else { continue };
                let this = kind((a, b));
                let rest = self.score(edge) + at(&self.from, cell, this) - self.total;
                for last in 0..3 {
                    let share = (at(&self.to, tail, last) + at_step(&steps, last, this) + rest).exp();
                    if let Some(slot) = counts.get_mut(step(last, this)) {
                        *slot += share;
                    }
                }
            }
        }
        counts
    }
}

fn at(table: &[[f32; 3]], cell: usize, kind: usize) -> f32 {
    table.get(cell).and_then(|kinds| kinds.get(kind)).copied().unwrap_or(NEVER)
}

fn at_step(steps: &[f32; 9], from: usize, to: usize) -> f32 {
    steps.get(step(from, to)).copied().unwrap_or(0.0)
}

/// `ln(exp a + exp b)`.
fn sum(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == NEVER || high - low > 20.0 { high } else { high + (low - high).exp().ln_1p() }
}
