//! The dynamic programme: the best path of beads from the documents' beginnings to their ends.
//!
//! A state is a cell (how many sentences of either side are behind) and the kind of the last bead, so that a run of
//! omitted sentences can be likelier than single ones here and there.

use super::score::Scorer;
use super::shapes::{Candidate, Rung, shapes};

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

/// What the path's last bead was, and what the path to it is worth.
#[derive(Clone, Copy)]
struct Cell {
    score: f32,
    shape: (u8, u8),
    from: u8,
}

const UNREACHED: Cell = Cell { score: f32::NEG_INFINITY, shape: (0, 0), from: 0 };

/// How far from the coarse path the search looks on documents that are too long to be searched whole.
const CORRIDOR: usize = 20;

/// The columns that are looked at, for each row of the search: row `i` lies behind Chinese sentence `i - 1`.
type Rows = Vec<std::ops::Range<usize>>;

/// The best path through all candidates, as rungs in order. Long documents are searched twice: coarsely, without merged
/// beads, within the scorer's band, then fully in a corridor around the coarse path.
pub fn best_path(scorer: &Scorer<'_>, max_side: usize) -> Vec<Rung> {
    let steps = &scorer.weights().steps;
    let mut buffer = Vec::new();
    let mut score = |c: &Candidate| scorer.score(c, &mut buffer);
    let rows = match scorer.is_banded() {
        false => whole(scorer),
        true => corridor(&climb(whole(scorer), &shapes(1), steps, &mut score), scorer.size()),
    };
    climb(rows, &shapes(max_side), steps, score).iter().map(Rung::from).collect()
}

/// The best path with scores from elsewhere (learning asks for candidates it has already measured).
pub fn best_path_by(
    scorer: &Scorer<'_>,
    max_side: usize,
    steps: &[f32],
    score: impl FnMut(&Candidate) -> f32,
) -> Vec<Candidate> {
    climb(whole(scorer), &shapes(max_side), steps, score)
}

/// All that the scorer's band lets through: a row takes in the bands of the sentences on both its sides.
fn whole(scorer: &Scorer<'_>) -> Rows {
    let (n, m) = scorer.size();
    let row = |i: usize| {
        let (before, after) = (scorer.band(i.saturating_sub(1)), scorer.band(i.min(n.saturating_sub(1))));
        let start = if i == 0 { 0 } else { before.start.min(after.start) };
        let end = if i == n { m } else { before.end.max(after.end) };
        start..end + 1
    };
    (0..=n).map(row).collect()
}

/// The neighbourhood of a path.
fn corridor(path: &[Candidate], (n, m): (usize, usize)) -> Rows {
    let mut rows: Rows = vec![m..0; n + 1];
    let mut visit = |i: usize, j: usize| {
        if let Some(row) = rows.get_mut(i) {
            *row = row.start.min(j.saturating_sub(CORRIDOR))..row.end.max((j + CORRIDOR + 1).min(m + 1));
        }
    };
    visit(0, 0);
    for bead in path {
        visit(bead.zh.end, bead.en.end);
    }
    rows
}

/// The dynamic programme within `rows`.
fn climb(
    rows: Rows,
    shapes: &[(usize, usize)],
    steps: &[f32],
    mut score: impl FnMut(&Candidate) -> f32,
) -> Vec<Candidate> {
    let mut table = Table::new(&rows);
    table.set(0, 0, 0, Cell { score: 0.0, ..UNREACHED });
    for (i, columns) in rows.iter().enumerate() {
        for j in columns.clone() {
            for &(a, b) in shapes.iter().filter(|&&(a, b)| a <= i && b <= j) {
                if table.reached(i - a, j - b) {
                    let own = score(&Candidate::new(i - a..i, j - b..j));
                    table.relax((i, j), (a, b), own, steps);
                }
            }
        }
    }
    table.trace(rows.len().saturating_sub(1), rows.last().map_or(0, |row| row.end.saturating_sub(1)))
}

/// Cells by row; a row holds the columns of its band.
struct Table {
    rows: Vec<(usize, Vec<[Cell; 3]>)>,
}

impl Table {
    fn new(rows: &Rows) -> Self {
        Self { rows: rows.iter().map(|row| (row.start, vec![[UNREACHED; 3]; row.len()])).collect() }
    }

    fn get(&self, i: usize, j: usize) -> Option<&[Cell; 3]> {
        let (start, row) = self.rows.get(i)?;
        row.get(j.checked_sub(*start)?)
    }

    fn reached(&self, i: usize, j: usize) -> bool {
        self.get(i, j).is_some_and(|cells| cells.iter().any(|c| c.score > f32::NEG_INFINITY))
    }

    fn set(&mut self, i: usize, j: usize, kind: usize, cell: Cell) {
        if let Some((start, row)) = self.rows.get_mut(i)
            && let Some(slot) = row.get_mut(j - *start).and_then(|cells| cells.get_mut(kind))
        {
            *slot = cell;
        }
    }

    /// Takes the bead of shape `(a, b)` that ends in `(i, j)` if it is the best of its kind so far.
    fn relax(&mut self, (i, j): (usize, usize), (a, b): (usize, usize), own: f32, steps: &[f32]) {
        let to = kind((a, b));
        let Some(before) = self.get(i - a, j - b).copied() else { return };
        for (from, cell) in before.iter().enumerate() {
            let score = cell.score + own + steps.get(step(from, to)).copied().unwrap_or(0.0);
            let best = self.get(i, j).and_then(|cells| cells.get(to)).map_or(f32::NEG_INFINITY, |c| c.score);
            if score > best {
                self.set(i, j, to, Cell { score, shape: (a as u8, b as u8), from: from as u8 });
            }
        }
    }

    fn trace(&self, n: usize, m: usize) -> Vec<Candidate> {
        let (mut i, mut j) = (n, m);
        let ends = self.get(n, m).copied().unwrap_or([UNREACHED; 3]);
        let mut kind = 0;
        for (k, cell) in ends.iter().enumerate() {
            if ends.get(kind).is_none_or(|best| cell.score > best.score) {
                kind = k;
            }
        }
        let mut path = Vec::new();
        while (i, j) != (0, 0) {
            let Some(cell) = self.get(i, j).and_then(|cells| cells.get(kind)).copied() else { break };
            let (a, b) = (cell.shape.0 as usize, cell.shape.1 as usize);
            if a + b == 0 {
                break;
            }
            path.push(Candidate::new(i - a..i, j - b..j));
            (i, j, kind) = (i - a, j - b, cell.from as usize);
        }
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::{Line, Prepared};
    use crate::lexicon::Lexicon;
    use crate::model::Sides;

    #[test]
    fn the_corridor_leads_where_the_whole_search_leads() {
        let things = [
            ("服务器", "server"),
            ("密码", "password"),
            ("漏洞", "vulnerability"),
            ("用户", "user"),
            ("银行", "bank"),
        ];
        let side = |zh: bool| -> Vec<String> {
            let sentence = |k: usize| {
                let (a, b) = things[k % 5];
                let (c, d) = things[(k / 5) % 5];
                if zh {
                    format!("第{k}个{a}影响{c}。")
                } else {
                    format!("The {b} number {k} affects the {d}.")
                }
            };
            (0..80).filter(|k| k % if zh { 7 } else { 11 } != 3).map(sentence).collect()
        };
        let (zh, en) = (side(true), side(false));
        let lines = Sides::new(&zh, &en).map(|s| s.iter().map(|text| Line::body(text)).collect());
        let prepared = Prepared::new(&lines, Lexicon::builtin(), &crate::align::Config::default());
        let (kept, weights) = (prepared.kept(), crate::align::Weights::builtin());
        let scorer = Scorer::new(prepared.terms(), &kept, &weights);
        let mut buffer = Vec::new();
        let mut score = |c: &Candidate| scorer.score(c, &mut buffer);
        let full = climb(whole(&scorer), &shapes(8), &weights.steps, &mut score);
        let coarse = climb(whole(&scorer), &shapes(1), &weights.steps, &mut score);
        let near = climb(corridor(&coarse, scorer.size()), &shapes(8), &weights.steps, &mut score);
        assert_eq!(near, full);
        assert!(full.iter().filter(|c| c.shape() == (1, 1)).count() > 50, "{full:?}");
    }
}
